// Points, and the names of what is drawn.
(function (atlas) {
  "use strict";

  const { INK } = atlas.theme;
  const { HOME } = atlas.data;
  // How much ink what is pale has.
  const PALE = 0.45;

  // Which marks there are: one for each leader that has visible members, among the places that are drawn as marks. Reads `scene`, returns { place, leader, count, beside, x, y } in the order in which they
  // are drawn. `beside`: the outcomes of the place on top, and the home of any of them where it has come further, so that where it began stays visible.
  function gather(view, data, scene, { points, leader }, scratch) {
    const { x, y } = data.places;
    const margin = 30;
    const leaders = [];
    const { top, count, fresh, home } = scratch;
    for (const place of points) {
      const look = scene.visible(place);
      if (!look) continue;
      const group = leader[place];
      if (!count[group]) { leaders.push(group); top[group] = place; fresh[group] = 0; home[group] = 0; }
      else if (scene.before(place, top[group])) top[group] = place;
      count[group]++;
      if (scene.fresh(place)) fresh[group] = 1;
      if (look.rank === data.home || look.outcomes & HOME) home[group] = 1;
    }
    const marks = [];
    for (const group of leaders) {
      const place = top[group];
      const look = scene.visible(place);
      const beside = look.outcomes | (home[group] && look.rank > data.home ? HOME : 0);
      // Several places stand where their leader does, so that a step in time does not move them; one alone stands where it is.
      const spot = count[group] > 1 ? group : place;
      const [px, py] = [x[spot] * view.scale - view.left, y[spot] * view.scale - view.top];
      if (px > -margin && py > -margin && px < view.width + margin && py < view.height + margin) marks.push({ place, leader: group, count: count[group], fresh: fresh[group] === 1, beside, x: px, y: py });
      count[group] = 0;
    }
    return marks.sort((a, b) => (scene.before(a.place, b.place) ? 1 : -1));
  }

  // Takes an opened mark apart into its members, which are drawn over all others.
  function open(marks, members, scene, radius) {
    const closed = [];
    const opened = [];
    const legs = [];
    for (const mark of marks) {
      const inside = mark.count > 1 ? members(mark) : null;
      if (!inside) { closed.push(mark); continue; }
      atlas.clusters.opened(inside.length, radius).forEach(([right, down], i) => {
        opened.push({ place: inside[i], leader: mark.leader, count: 1, fresh: false, beside: scene.visible(inside[i]).outcomes, x: mark.x + right, y: mark.y + down, isOpen: true });
        legs.push([mark.x, mark.y, mark.x + right, mark.y + down]);
      });
    }
    return { marks: [...closed, ...opened], legs };
  }

  function halos(context, view, data, marks, tokens, radius) {
    for (const { place, x, y, isOpen, count } of marks) {
      const perKm = atlas.geometry.perKm(data.places.latitude[place]) * view.scale;
      const error = data.places.error[place] * perKm;
      const extent = atlas.story.isPoint(data, place) ? data.places.radius[place] * perKm : 0;
      const size = error > radius + 3 ? error : extent > radius * 2.4 ? extent : 0;
      if (!size || isOpen || count > 1 || size > 4000) continue;
      context.beginPath();
      context.arc(x, y, size, 0, 2 * Math.PI);
      context.setLineDash(error > radius + 3 ? [6, 5] : []);
      context.globalAlpha = 0.1; context.fillStyle = tokens.text; context.fill();
      context.globalAlpha = 0.75; context.lineWidth = 1.3; context.strokeStyle = tokens.soft; context.stroke();
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  function paint(context, view, data, scene, marks, legs, glyphs, tokens, radius) {
    context.strokeStyle = tokens.soft;
    context.lineWidth = 1.3;
    for (const [x1, y1, x2, y2] of legs) { context.beginPath(); context.moveTo(x1, y1); context.lineTo(x2, y2); context.stroke(); }
    for (const mark of marks) {
      const look = scene.visible(mark.place);
      context.globalAlpha = scene.faded(mark.place) ? tokens.fade : 1;
      glyphs.at(context, mark.x, mark.y, {
        rank: look.rank, certainty: look.certainty, known: look.known, outcomes: mark.beside, fresh: mark.fresh || scene.fresh(mark.place), selected: scene.selected === mark.place, radius,
        sign: scene.sign(mark.place),
      });
    }
    context.globalAlpha = 1;
  }

  // What a mark covers around its middle: itself, its badges and its sign.
  function discs(mark, scene, radius) {
    const look = scene.visible(mark.place);
    const count = bitsOf(mark.beside);
    const badges = Array.from({ length: count }, (_, place) => atlas.glyphs.badgeAt(look.rank, place, count, radius));
    const home = mark.beside & HOME ? [atlas.glyphs.homeAt(radius)] : [];
    const sign = scene.sign(mark.place) ? [atlas.glyphs.signAt(radius, look.rank >= 0 ? 0 : count)] : [];
    return [...(look.rank >= 0 ? [{ x: 0, y: 0, reach: radius }] : []), ...badges, ...home, ...sign].map(({ x, y, reach }) => ({ mark, x: mark.x + x, y: mark.y + y, reach }));
  }

  // Gives each mark of several places the box of its tag, of the size that `sizeOf` tells: at its lower right, or wherever else around it the tag lies on no badge
  // and on no other mark.
  function tags(marks, scene, radius, sizeOf) {
    const span = radius * 6;
    const cells = new Map();
    const cell = (east, south) => `${Math.floor(east)} ${Math.floor(south)}`;
    const keep = (disc) => { const key = cell(disc.x / span, disc.y / span); if (cells.has(key)) cells.get(key).push(disc); else cells.set(key, [disc]); };
    for (const mark of marks) discs(mark, scene, radius).forEach(keep);
    for (const mark of [...marks].reverse()) {
      mark.tag = null;
      if (mark.count < 2) continue;
      const [width, height] = sizeOf(mark);
      const near = [-1, 0, 1].flatMap((east) => [-1, 0, 1].flatMap((south) => cells.get(cell(mark.x / span + east, mark.y / span + south)) || []));
      const others = near.filter((disc) => disc.mark !== mark || disc.x !== mark.x || disc.y !== mark.y);
      const hidden = ([west, north, east, south]) => others.reduce((sum, { x, y, reach }) => sum + Math.max(0, reach - Math.hypot(Math.max(west - x, 0, x - east), Math.max(north - y, 0, y - south))), 0);
      const sides = [[0.5 * radius, 0.45 * radius], [-0.5 * radius - width, 0.45 * radius], [-width / 2, 0.95 * radius], [1.05 * radius, -height / 2], [-1.05 * radius - width, -height / 2], [-0.5 * radius - width, -0.45 * radius - height]];
      const boxes = sides.map(([left, top]) => [mark.x + left, mark.y + top, mark.x + left + width, mark.y + top + height]);
      mark.tag = boxes.reduce((best, box) => (hidden(box) < hidden(best) - 0.5 ? box : best));
      keep({ mark, x: (mark.tag[0] + mark.tag[2]) / 2, y: (mark.tag[1] + mark.tag[3]) / 2, reach: height / 2 });
    }
  }

  const sizeOf = (text) => (mark) => { const { width, height } = text("count", String(mark.count)); return [width + 4, height]; };

  // Number of places under one mark, in a small tag.
  function tag(context, text, mark, tokens, isPale) {
    const picture = text("count", String(mark.count));
    const [left, top, right, bottom] = mark.tag;
    const [width, height] = [right - left, bottom - top];
    context.globalAlpha = isPale ? 0.6 : 1;
    context.beginPath();
    context.roundRect(left, top, width, height, height / 2);
    context.fillStyle = tokens.panel; context.fill();
    context.lineWidth = 1; context.strokeStyle = tokens.name === "dark" ? tokens.soft : INK; context.stroke();
    context.drawImage(picture.image, left + 2, top, picture.width, picture.height);
    context.globalAlpha = 1;
  }

  const MOST_NAMES = 70;

  // Names: areas first, then marks, the selected, the new and the furthest first. `taken` holds what the names must keep clear of.
  // Returns the areas in view whose change there is no room to sign.
  function names(context, view, data, scene, marks, areas, text, glyphs, tokens, radius, taken) {
    tags(marks, scene, radius, sizeOf(text));
    for (const mark of marks) if (mark.tag) tag(context, text, mark, tokens, scene.faded(mark.place));
    const unsigned = [];
    // What is pale makes room for what is not.
    for (const isPale of [false, true]) {
      const isNow = ({ place }) => scene.faded(place) === isPale;
      for (const mark of marks) if (isNow(mark)) for (const box of [boxOf(mark, scene, radius), mark.tag]) if (box) taken.take(box);
      for (const area of [...areas].reverse()) if (isNow(area) && !areaName(context, view, data, scene, area, text, glyphs, tokens, radius, taken)) unsigned.push(area.place);
    }
    const urgency = (mark) => (scene.selected === mark.place ? 4 : 0) + (mark.isOpen ? 3 : 0) + (mark.fresh ? 2 : 0) + (scene.faded(mark.place) ? -3 : 0);
    const order = marks.map((mark, position) => ({ mark, urgent: urgency(mark), position })).sort((a, b) => b.urgent - a.urgent || b.position - a.position).slice(0, MOST_NAMES * 2);
    let shown = 0;
    for (const { mark } of order) {
      if (shown >= MOST_NAMES) break;
      const look = scene.visible(mark.place);
      if (((look.rank < 0 && !look.outcomes && !scene.isOfNames) || scene.faded(mark.place)) && view.zoom < 6 && scene.selected !== mark.place) continue;
      const own = boxOf(mark, scene, radius);
      const box = mark.tag ? own.map((edge, side) => Math[side < 2 ? "min" : "max"](edge, mark.tag[side])) : own;
      const gaps = [mark.x - box[0], mark.y - box[1], box[2] - mark.x, box[3] - mark.y].map((gap) => gap + 3);
      context.globalAlpha = scene.faded(mark.place) ? PALE : 1; // as the name of a pale area: in full ink it would be read as what the map is about
      if (atlas.labels.beside(context, taken, text("mark", data.places.label[mark.place]), mark.x, mark.y, gaps, view)) shown++;
    }
    context.globalAlpha = 1;
    return unsigned;
  }

  const bitsOf = (outcomes) => { let count = 0; for (let left = outcomes & ~HOME; left; left &= left - 1) count++; return count; };

  // How far the sign of a change reaches to the west and to the south of the middle of its mark; nothing where there is none.
  function signed(scene, place, look, outcomes, radius) {
    if (!scene.sign(place)) return [0, 0];
    const { x, y, reach } = atlas.glyphs.signAt(radius, look.rank >= 0 ? 0 : bitsOf(outcomes));
    return [reach - x, reach + y];
  }

  // What a mark covers, with its badges, its sign and the ring of what is new or chosen: west, north, east, south.
  function boxOf(mark, scene, radius) {
    const look = scene.visible(mark.place);
    const outcomes = mark.beside & ~HOME;
    const least = mark.fresh || scene.fresh(mark.place) || scene.selected === mark.place ? 1.5 + 4 / radius : 1.1;
    const [home, badged] = [mark.beside & HOME ? 1.8 : least, look.rank >= 0 && outcomes ? 1.6 : least];
    const low = look.rank >= 0 && outcomes & (outcomes - 1) ? 1.4 : least;
    const [west, south] = signed(scene, mark.place, look, mark.beside, radius);
    return [mark.x - Math.max(radius * Math.max(home, least), west), mark.y - radius * Math.max(home, badged, least), mark.x + radius * Math.max(badged, least), mark.y + Math.max(radius * Math.max(low, least), south)];
  }

  // Around the middle of an area, nearest first, in units of a step.
  const SPOTS = [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1], [0, -2], [0, 2], [-2, 0], [2, 0], [-2, -2], [2, -2], [-2, 2], [2, 2], [0, -3], [0, 3], [0, -4], [0, 4]];
  // A region has no border that would say what its sign is on: it always has its name, which is looked for a place in all of the region.
  const SPOTS_OF_A_REGION = [...SPOTS, ...[3, 5, 7, 10].flatMap((far) => [[0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]].map(([east, south]) => [east * far, south * far]))];

  // An area says what it is in its middle: the sign of its phase, and under it its name, where there is room; else at least what became of it, where that is what the map shows.
  // A sign belongs inside its area: outside it would be a pin. That of a region never stands without its name: it would be read as a town. Tells whether all is said that was to be.
  function areaName(context, view, data, scene, area, text, glyphs, tokens, radius, taken) {
    const { place, shape, soft } = area;
    const spots = soft ? SPOTS_OF_A_REGION : SPOTS;
    const look = scene.visible(place);
    if (look.rank < 0 && !look.outcomes) return true;
    const small = radius * 0.8;
    const wide = (shape.box[2] - shape.box[0]) * view.scale;
    const change = scene.sign(place);
    if (wide < small * 1.6 && !change) return true;
    const middle = (area.middle = area.middle || (shape.ring ? atlas.geometry.labelPoint(shape) : { x: data.places.x[place], y: data.places.y[place] }));
    const [x, y] = [middle.x * view.scale - view.left, middle.y * view.scale - view.top];
    const isSeen = x > 0 && y > 0 && x < view.width && y < view.height;
    const picture = text("mark", data.places.label[place]);
    const [west, south] = signed(scene, place, look, look.outcomes, small);
    const sign = [Math.max(small * (look.outcomes & HOME ? 2 : 1.3), west), small * (look.outcomes & HOME ? 2 : look.outcomes ? 1.5 : 1.3), small * (look.rank >= 0 && look.outcomes & ~HOME ? 1.7 : 1.3), Math.max(small * 1.3, south)];
    const named = [Math.max(sign[0], picture.width / 2), sign[1], Math.max(sign[2], picture.width / 2), sign[3] + picture.height - 2];
    const known = (area.spots = area.spots && area.spots.zoom === view.zoom ? area.spots : { zoom: view.zoom, inside: [] });
    const inside = (index, east, south) => (known.inside[index] ??= atlas.areas.holds(area, view, (east + view.left) / view.scale, (south + view.top) / view.scale));
    const free = (sides) => {
      for (let index = 0; index < spots.length; index++) {
        const [east, south] = [x + spots[index][0] * small * 2.6, y + spots[index][1] * small * 2.6];
        const box = [east - sides[0], south - sides[1], east + sides[2], south + sides[3]];
        if (inside(index, east, south) && taken.isFree(box)) return { east, south, box };
      }
      return null;
    };
    // No name where it would be much wider than its area.
    const changed = () => {
      const { reach } = atlas.glyphs.signAt(small);
      const spot = wide > reach ? free([reach, reach, reach, reach]) : null;
      if (!spot) return false;
      taken.take(spot.box);
      context.globalAlpha = scene.faded(place) ? PALE : 1;
      atlas.glyphs.sign(context, change, { x: spot.east, y: spot.south, reach }, tokens);
      context.globalAlpha = 1;
      return true;
    };
    const whole = wide > picture.width * 0.55 ? free(named) : null;
    const at = whole || (wide < small * 1.6 || soft ? null : free(sign));
    if (!at) return !change || !isSeen || changed();
    taken.take(at.box);
    context.globalAlpha = scene.faded(place) ? PALE : 1;
    const look_ = { rank: look.rank, certainty: look.certainty, known: look.known, outcomes: look.outcomes, fresh: false, selected: false, radius: small, sign: scene.sign(place) };
    glyphs.at(context, at.east, at.south, look_);
    if (whole) context.drawImage(picture.image, Math.round(at.east - picture.width / 2), Math.round(at.south + sign[3] - 2), picture.width, picture.height);
    context.globalAlpha = 1;
    return true;
  }

  atlas.marks = { gather, open, halos, paint, tags, names };
})((globalThis.atlas = globalThis.atlas || {}));
