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
      found.push({ place, shape: Object.create(shape), soft: data.levels[data.places.level[place]] === "region" });
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

  function paint(context, view, all, scene, tokens, colours, pattern) {
    inWorld(context, view);
    context.lineJoin = "round";
    for (const { place, shape, soft } of all) {
      const look = scene.visible(place);
      if (!look || !overlaps(view, shape.box)) continue;
      const path = shape.path(view.zoom);
      const faded = scene.faded(place) ? tokens.fade : 1;
      fill(context, view, path, look, soft, faded, colours, pattern, tokens);
      outline(context, view, shape.edge(view.zoom), look, scene, place, soft || shape.isCircle, faded, tokens);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
    inPixels(context, view);
  }

  function fill(context, view, path, look, soft, faded, colours, pattern, tokens) {
    if (look.rank < 0) return;
    context.globalAlpha = faded * (soft ? 0.22 : look.certainty === 0 ? tokens.field : tokens.field + 0.16);
    context.fillStyle = look.certainty === 0 ? colours[look.rank] : pattern(context, view, look.rank, look.certainty);
    context.fill(path, "evenodd");
  }

  function outline(context, view, path, look, scene, place, approximate, faded, tokens) {
    const pixel = 1 / view.scale;
    const selected = scene.selected === place;
    const fresh = scene.fresh(place);
    context.globalAlpha = faded;
    if (selected || fresh) stroke(context, path, (selected ? 7 : 5.5) * pixel, tokens.casing, []);
    const says = look.rank >= 0 || look.outcomes;
    const dash = look.known ? [2 * pixel, 3 * pixel] : approximate ? [8 * pixel, 5 * pixel] : [];
    stroke(context, path, (selected ? 4 : fresh ? 3 : says ? 1.5 : 1) * pixel, selected ? tokens.text : fresh ? tokens.accent : says ? (tokens.name === "dark" ? tokens.casing : INK) : tokens.named, dash);
  }

  function stroke(context, path, width, colour, dash) {
    context.setLineDash(dash);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
  }

  let prober = null;
  // Whether a point in world units lies in an area.
  function holds(shape, view, x, y) {
    if (x < shape.box[0] || x > shape.box[2] || y < shape.box[1] || y > shape.box[3]) return false;
    prober = prober || document.createElement("canvas").getContext("2d");
    return prober.isPointInPath(shape.path(view.zoom), x, y, "evenodd");
  }

  // The area at a point in world units, the smallest first; null where there is none.
  function at(all, scene, view, x, y) {
    for (let i = all.length - 1; i >= 0; i--) if (scene.visible(all[i].place) && holds(all[i].shape, view, x, y)) return all[i].place;
    return null;
  }

  atlas.areas = { shapes, needUnits, patterns, paint, at, holds };
})((globalThis.atlas = globalThis.atlas || {}));
