// Names on the map that do not lie on one another or on a mark.
(function (atlas) {
  "use strict";

  const CELL = 64;

  // Keeps rectangles and says whether another one is free.
  function space() {
    const cells = new Map();
    const each = (box, visit) => {
      for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i++) for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j++) if (visit(i * 65537 + j)) return true;
      return false;
    };
    const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    return {
      isFree: (box) => !each(box, (key) => (cells.get(key) || []).some((other) => touch(box, other))),
      take(box) { each(box, (key) => { if (cells.has(key)) cells.get(key).push(box); else cells.set(key, [box]); return false; }); },
    };
  }

  // `step`: 0 in a window, 1 in a wide one, 2 for the room. Texts drawn once each and kept as pictures: drawing letters with a halo at every step costs more than all marks together.
  function writer(tokens, step, scale = 1) {
    const kept = new Map();
    const style = {
      mark: { size: [12.5, 14, 17][step], weight: 600, colour: tokens.text, space: 0 },
      country: { size: [11.5, 12.5, 14][step], weight: 500, colour: tokens.label, space: [0.8, 1, 1.2][step] },
      count: { size: [10.5, 11.5, 13][step], weight: 700, colour: tokens.text, space: 0 },
    };
    return function text(kind, content) {
      const key = `${kind} ${content}`;
      if (kept.has(key)) return kept.get(key);
      if (kept.size > 3000) kept.clear();
      const { weight, colour } = style[kind];
      const [size, gap] = [style[kind].size * scale, style[kind].space * scale];
      const font = `${weight} ${size}px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif`;
      const probe = atlas.dom.canvas(1, 1).context;
      const letters = Array.from(content);
      const shown = letters.length > 40 ? `${letters.slice(0, 38).join("")}…` : content;
      probe.font = font;
      if ("letterSpacing" in probe) probe.letterSpacing = `${gap}px`;
      const width = Math.ceil(probe.measureText(shown).width) + 6 * scale;
      const height = Math.ceil(size * 1.35);
      const { node, context } = atlas.dom.canvas(width, height);
      context.font = font;
      if ("letterSpacing" in context) context.letterSpacing = `${gap}px`;
      context.textBaseline = "middle";
      context.lineJoin = "round";
      context.lineWidth = 3.5 * scale; context.strokeStyle = tokens.halo; context.strokeText(shown, 3 * scale, height / 2 + 0.5);
      context.fillStyle = colour; context.fillText(shown, 3 * scale, height / 2 + 0.5);
      const made = { image: node, width, height };
      kept.set(key, made);
      return made;
    };
  }

  // Puts a name beside a point, on the first side that is free; false where none is. `gaps`: how far off it must stay, west, north, east, south.
  function beside(context, taken, picture, x, y, gaps, view) {
    const { width, height } = picture;
    const sides = [[gaps[2], -height / 2], [-gaps[0] - width, -height / 2], [-width / 2, gaps[3]], [-width / 2, -gaps[1] - height]];
    for (const [right, down] of sides) {
      const box = [x + right, y + down, x + right + width, y + down + height];
      if (box[0] < 0 || box[1] < 0 || box[2] > view.width || box[3] > view.height || !taken.isFree(box)) continue;
      taken.take(box);
      context.drawImage(picture.image, Math.round(box[0]), Math.round(box[1]), width, height);
      return true;
    }
    return false;
  }

  // Puts a name in the middle of a place that it names.
  function across(context, taken, picture, x, y) {
    const box = [x - picture.width / 2, y - picture.height / 2, x + picture.width / 2, y + picture.height / 2];
    if (!taken.isFree(box)) return false;
    taken.take(box);
    context.drawImage(picture.image, Math.round(box[0]), Math.round(box[1]), picture.width, picture.height);
    return true;
  }

  atlas.labels = { space, writer, beside, across };
})((globalThis.atlas = globalThis.atlas || {}));
