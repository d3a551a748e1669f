// Countries, units and regions as areas: solid where confirmed, hatched closely where reported, widely where suspected; dotted outline where known by its document's date alone.
(function (atlas) {
  "use strict";

  const { overlaps, inWorld, inPixels } = atlas.sheet;
  const { INK } = atlas.theme;

  // The shapes of all areas, the largest first, so that a unit lies on its country. Made anew when more outlines have arrived.
  function shapes(data, base) {
    const found = [];
    for (let place = 0; place < data.places.count; place++) {
      if (atlas.story.isPoint(data, place) || data.places.latitude[place] === null) continue;
      const outline = data.places.outline[place] ? base.find(data.places.outline[place]) : null;
      const shape = outline || atlas.geometry.circle(data.places.latitude[place], data.places.longitude[place], Math.max(data.places.radius[place], 5));
      const soft = data.levels[data.places.level[place]] === "region";
      found.push({ place, shape: Object.create(shape), soft, ground: soft && within(base.land(3), data.places.x[place], data.places.y[place]) ? base.land : null });
    }
    const size = ({ shape }) => (shape.box[2] - shape.box[0]) * (shape.box[3] - shape.box[1]);
    return found.sort((a, b) => size(b) - size(a) || a.place - b.place);
  }

  // Whether outlines of first-level units are needed to draw the areas as they are.
  const needUnits = (data, base) => data.places.outline.some((id) => id && !base.held.countries.has(id));

  function patterns(colours) {
    const made = new Map();
    return (context, view, rank, certainty) => {
      const key = rank * 4 + certainty;
      if (!made.has(key)) made.set(key, hatch(context, colours[rank], certainty));
      const pattern = made.get(key);
      pattern.setTransform(new DOMMatrix([1 / view.scale / view.ratio, 0, 0, 1 / view.scale / view.ratio, 0, 0]));
      return pattern;
    };
  }

  function hatch(context, colour, certainty) {
    const size = certainty === 1 ? 8 : 12;
    const tile = document.createElement("canvas");
    tile.width = tile.height = size * 2;
    const pen = tile.getContext("2d");
    pen.scale(2, 2);
    pen.strokeStyle = colour;
    pen.lineWidth = certainty === 1 ? 4 : 2.4;
    for (const shift of [-size, 0, size]) { pen.beginPath(); pen.moveTo(shift - 2, size + 2); pen.lineTo(shift + size + 2, -2); pen.stroke(); }
    return context.createPattern(tile, "repeat");
  }

  // A region of which nothing is said would be a large circle that says nothing.
  const isIdle = (scene, place, soft) => { const look = scene.visible(place); return !look || (soft && look.rank < 0 && !look.outcomes && scene.selected !== place); };

  // `land` gives the path of all countries at a zoom: a region has no border, so its circle is drawn where it lies on land (a sea's as it is).
  function paint(context, view, all, scene, tokens, colours, pattern, land) {
    inWorld(context, view);
    context.lineJoin = "round";
    const seen = all.filter(({ place, shape, soft }) => !isIdle(scene, place, soft) && overlaps(view, shape.box));
    const regions = seen.filter(({ ground }) => ground);
    if (regions.length) {
      context.save();
      context.clip(land(view.zoom), "evenodd");
      for (const area of regions) fill(context, view, area, scene, tokens, colours, pattern);
      context.restore();
      clear(context, view, seen.filter(({ place, soft }) => !soft && scene.visible(place).rank >= 0));
    }
    for (const area of seen) {
      if (!area.ground) fill(context, view, area, scene, tokens, colours, pattern);
      outline(context, view, area, scene, tokens);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
    inPixels(context, view);
  }

  // A region's colour does not lie under that of a country: between the lines of its hatching it would look like a second phase.
  function clear(context, view, areas) {
    context.globalAlpha = 1;
    context.globalCompositeOperation = "destination-out";
    for (const { shape } of areas) context.fill(shape.path(view.zoom), "evenodd");
    context.globalCompositeOperation = "source-over";
  }

  function fill(context, view, { place, shape, soft }, scene, tokens, colours, pattern) {
    const look = scene.visible(place);
    if (look.rank < 0) return;
    context.globalAlpha = (scene.faded(place) ? tokens.fade : 1) * (soft ? 0.3 : look.certainty === 0 ? tokens.field : tokens.field + 0.16);
    context.fillStyle = look.certainty === 0 ? colours[look.rank] : pattern(context, view, look.rank, look.certainty);
    context.fill(shape.path(view.zoom), "evenodd");
  }

  function outline(context, view, { place, shape, soft }, scene, tokens) {
    const look = scene.visible(place);
    const path = shape.edge(view.zoom);
    const pixel = 1 / view.scale;
    const selected = scene.selected === place;
    const fresh = scene.fresh(place) && !soft;
    const says = look.rank >= 0 || look.outcomes;
    context.globalAlpha = (scene.faded(place) ? tokens.fade : 1) * (soft && !selected ? 0.55 : 1);
    if (selected || fresh) stroke(context, path, (selected ? 6 : 4.6) * pixel, tokens.casing, []);
    const dash = look.known && !soft ? [1.6 * pixel, 2.6 * pixel] : soft || shape.isCircle ? [6 * pixel, 5 * pixel] : [];
    const colour = selected ? tokens.text : fresh ? tokens.accent : !says || soft ? tokens.named : tokens.name === "dark" ? tokens.casing : INK;
    stroke(context, path, (selected ? 3 : fresh ? 2.4 : says && !soft ? (look.known ? 1.2 : 1.5) : 1) * pixel, colour, fresh || selected ? [] : dash);
  }

  function stroke(context, path, width, colour, dash) {
    context.setLineDash(dash);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
  }

  let prober = null;
  const within = (path, x, y) => {
    prober = prober || document.createElement("canvas").getContext("2d");
    return Boolean(path) && prober.isPointInPath(path, x, y, "evenodd");
  };

  // Whether a point in world units lies in an area; in a region, on land.
  function holds({ shape, ground }, view, x, y) {
    if (x < shape.box[0] || x > shape.box[2] || y < shape.box[1] || y > shape.box[3]) return false;
    return within(shape.path(view.zoom), x, y) && (!ground || within(ground(view.zoom), x, y));
  }

  // The area at a point in world units, the smallest first; null where there is none.
  function at(all, scene, view, x, y) {
    for (let i = all.length - 1; i >= 0; i--) if (!isIdle(scene, all[i].place, all[i].soft) && holds(all[i], view, x, y)) return all[i].place;
    return null;
  }

  atlas.areas = { shapes, needUnits, patterns, paint, at, holds };
})((globalThis.atlas = globalThis.atlas || {}));
