// Marks: a shape, a colour and a number for each phase; a badge for each outcome and for the home. Drawn once each and kept as small pictures.
(function (atlas) {
  "use strict";

  const { INK, inkOn } = atlas.theme;
  const { HOME } = atlas.data;
  const polygon = (sides, turn) => Array.from({ length: sides }, (_, i) => [Math.cos(turn + (i * 2 * Math.PI) / sides), Math.sin(turn + (i * 2 * Math.PI) / sides)]);
  const UP = -Math.PI / 2;
  // By rank; a circle has no corners. Sizes are set so that the shapes look equally large.
  const SHAPES = [
    polygon(4, UP / 2).map(([a, b]) => [a * 1.22, b * 1.22]), polygon(3, UP).map(([a, b]) => [a * 1.34, b * 1.34 + 0.16]), polygon(4, UP).map(([a, b]) => [a * 1.24, b * 1.24]), [],
    polygon(5, UP).map(([a, b]) => [a * 1.12, b * 1.12]), polygon(6, 0).map(([a, b]) => [a * 1.08, b * 1.08]), polygon(8, Math.PI / 8),
  ];

  function trace(context, rank, radius) {
    const corners = SHAPES[rank % SHAPES.length];
    context.beginPath();
    if (!corners.length) { context.arc(0, 0, radius, 0, 2 * Math.PI); return; }
    corners.forEach(([east, south], i) => (i ? context.lineTo(east * radius, south * radius) : context.moveTo(east * radius, south * radius)));
    context.closePath();
  }

  // The sign of an outcome, in a circle of its own: a cross, a bar, then letters.
  function badge(context, outcome, radius, dashed) {
    const dark = outcome % 2 === 1;
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.lineWidth = 3.5; context.strokeStyle = "rgba(255,255,255,0.95)"; context.stroke();
    context.fillStyle = dark ? INK : "#ffffff"; context.fill();
    context.setLineDash(dashed ? [1.5, 1.5] : []);
    context.lineWidth = 1.5; context.strokeStyle = INK; context.stroke();
    context.setLineDash([]);
    context.strokeStyle = dark ? "#ffffff" : INK; context.fillStyle = context.strokeStyle; context.lineWidth = Math.max(1.6, radius * 0.3);
    const arm = radius * 0.45;
    context.beginPath();
    if (outcome === 0) { context.moveTo(-arm, -arm); context.lineTo(arm, arm); context.moveTo(arm, -arm); context.lineTo(-arm, arm); }
    if (outcome === 1) { context.moveTo(-radius * 0.55, 0); context.lineTo(radius * 0.55, 0); }
    context.stroke();
    if (outcome > 1) { context.font = `700 ${Math.round(radius * 1.4)}px system-ui, sans-serif`; context.textAlign = "center"; context.textBaseline = "middle"; context.fillText(String.fromCharCode(63 + outcome), 0, 0.5); }
  }

  // The body of a mark. Confirmed is full, reported has a white ring inside its outline, suspected is hollow; a dotted outline is known by its document's date alone.
  function body(context, spec) {
    const { rank, certainty, known, radius, colours, number } = spec;
    const colour = colours[rank];
    trace(context, rank, radius);
    context.lineJoin = "round";
    context.lineWidth = 5; context.strokeStyle = "rgba(255,255,255,0.95)"; context.stroke();
    context.fillStyle = certainty === 0 ? colour : "#ffffff"; context.fill();
    if (certainty === 1) { trace(context, rank, radius * 0.72); context.fillStyle = colour; context.fill(); }
    if (certainty === 2) { trace(context, rank, radius * 0.78); context.lineWidth = radius * 0.28; context.strokeStyle = colour; context.stroke(); }
    trace(context, rank, radius);
    context.setLineDash(known ? [2.4, 2] : []);
    context.lineWidth = known ? 1.5 : 1.8; context.strokeStyle = INK; context.stroke();
    context.setLineDash([]);
    if (number === undefined) return;
    context.fillStyle = certainty === 2 ? INK : inkOn(colour);
    context.font = `700 ${Math.round(radius * (certainty === 0 ? 1.15 : 1.02))}px system-ui, sans-serif`;
    context.textAlign = "center"; context.textBaseline = "middle";
    context.fillText(String(number), 0, rank % SHAPES.length === 1 ? radius * 0.24 : 0.5);
  }

  // Draws a whole mark around the origin. `spec`: rank (-1 for none), certainty, known, outcomes (bits), fresh, selected, radius, colours, tokens, number, home (its rank).
  function draw(context, spec) {
    const { radius, tokens } = spec;
    const bits = Array.from({ length: 30 }, (_, outcome) => outcome).filter((outcome) => spec.outcomes & (1 << outcome));
    if (spec.selected) ring(context, radius * 1.5 + 2.5, tokens.text, tokens.casing, 3);
    if (spec.fresh) ring(context, radius * 1.5 + (spec.selected ? 6 : 1.5), tokens.accent, tokens.casing, 3);
    if (spec.rank >= 0) body(context, spec);
    else if (!bits.length) { context.beginPath(); context.arc(0, 0, radius * 0.4, 0, 2 * Math.PI); context.fillStyle = tokens.panel; context.fill(); context.lineWidth = 1.6; context.strokeStyle = tokens.named; context.stroke(); }
    if (spec.outcomes & HOME) began(context, spec.home, spec.colours[spec.home], radius);
    if (spec.sign) sign(context, spec.sign, signAt(radius, spec.rank >= 0 ? 0 : bits.length), tokens);
    bits.forEach((outcome, place) => {
      context.save();
      const at = badgeAt(spec.rank, place, bits.length, radius);
      context.translate(at.x, at.y);
      badge(context, outcome, at.reach, spec.rank < 0 && spec.known);
      context.restore();
    });
  }

  // Where the badge of an outcome stands, and how far it reaches: at the right of a phase's mark, above and below; by themselves in a row of `count`.
  function badgeAt(rank, place, count, radius) {
    if (rank < 0) return { x: (place - (count - 1) / 2) * radius * 1.5, y: 0, reach: radius * 0.85 };
    return { x: radius * (0.95 + 0.75 * (place > 1 ? 1 : 0)), y: radius * (place % 2 ? 0.75 : -0.95), reach: radius * 0.6 };
  }

  function homeAt(radius) {
    const reach = Math.max(radius * 0.62, 6);
    return { x: -radius * 0.75 - reach * 0.5, y: -radius * 0.75 - reach * 0.5, reach };
  }

  // The home, at the upper left of what it has come to: its own mark made small, with as large a digit as that holds.
  function began(context, rank, colour, radius) {
    const { x, y, reach: small } = homeAt(radius);
    context.save();
    context.translate(x, y);
    trace(context, rank, small);
    context.lineJoin = "round";
    context.lineWidth = 3.5; context.strokeStyle = "rgba(255,255,255,0.95)"; context.stroke();
    context.fillStyle = colour; context.fill();
    context.lineWidth = 1.2; context.strokeStyle = INK; context.stroke();
    context.fillStyle = inkOn(colour); context.font = `700 ${Math.round(small * 1.6)}px system-ui, sans-serif`; context.textAlign = "center"; context.textBaseline = "middle";
    context.fillText("0", 0, 0.5);
    context.restore();
  }

  // Where the sign of what became of a place stands, at the lower left of its mark and clear of the number in it, and how far it reaches, with its white edge.
  // `count`: how many badges stand in place of a mark, 0 beside one.
  function signAt(radius, count = 0) {
    const reach = Math.max(radius * 0.68, 6) + 1.5;
    return { x: -(reach + radius * (count ? 0.5 + 0.75 * (count - 1) : 0.45)), y: radius * 0.75, reach };
  }

  // What became of a place between two dates.
  function sign(context, content, at, tokens) {
    const radius = at.reach - 1.5;
    context.save();
    context.translate(at.x, at.y);
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.lineWidth = 3; context.strokeStyle = tokens.casing; context.stroke();
    context.fillStyle = tokens.accent; context.fill();
    context.fillStyle = tokens.onAccent; context.font = `800 ${Math.round(radius * 1.75)}px system-ui, sans-serif`; context.textAlign = "center"; context.textBaseline = "middle";
    context.fillText(content, 0, 0.5);
    context.restore();
  }

  function ring(context, radius, colour, casing, width) {
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.lineWidth = width + 2.5; context.strokeStyle = casing; context.stroke();
    context.lineWidth = width; context.strokeStyle = colour; context.stroke();
  }

  // Keeps each kind of mark as a picture; `at(context, x, y, spec)` puts it on the map. `colours` and `numbers` go by rank.
  function collection(tokens, colours, numbers) {
    const pictures = new Map();
    const picture = (spec) => {
      const key = (((((spec.rank + 1) * 4 + spec.certainty) * 2 + (spec.known ? 1 : 0)) * 2 ** 31 + spec.outcomes) * 4 + (spec.fresh ? 2 : 0) + (spec.selected ? 1 : 0)) * 64 + Math.round(spec.radius * 2) + (spec.sign || "");
      let found = pictures.get(key);
      if (!found) {
        const half = Math.ceil(spec.radius * 2.4 + 8);
        const made = atlas.dom.canvas(half * 2, half * 2);
        made.context.translate(half, half);
        draw(made.context, { ...spec, tokens, colours, number: numbers[spec.rank], home: numbers.indexOf(0) });
        found = { image: made.node, half };
        pictures.set(key, found);
      }
      return found;
    };
    return {
      at(context, x, y, spec) {
        const { image, half } = picture(spec);
        context.drawImage(image, Math.round(x - half), Math.round(y - half), half * 2, half * 2);
      },
    };
  }

  // A mark on a canvas of its own, for the legend and for lists.
  function sample(spec, size = 26) {
    const made = atlas.dom.canvas(size, size);
    made.context.translate(size / 2, size / 2);
    draw(made.context, { certainty: 0, known: 0, outcomes: 0, radius: 7.5, ...spec });
    made.node.setAttribute("aria-hidden", "true");
    return made.node;
  }

  // The sign of a change by itself.
  function signSample(content, tokens, size = 26) {
    const made = atlas.dom.canvas(size, size);
    sign(made.context, content, { x: size / 2, y: size / 2, reach: 11 }, tokens);
    made.node.setAttribute("aria-hidden", "true");
    return made.node;
  }

  atlas.glyphs = { badgeAt, homeAt, draw, collection, sample, sign, signAt, signSample, trace };
})((globalThis.atlas = globalThis.atlas || {}));
