// Ways that a text gives, as arrows from place to place: dashed where suspected, dotted where known by the document's date alone.
(function (atlas) {
  "use strict";

  // How far from its middle the head of an arrow reaches, in pixels.
  const HEAD = 8;

  // A leg on the screen: its ends and the point that bends it. Null where an end is not on the map.
  function curve(data, view, leg) {
    const { from, to } = data.routes;
    if (from[leg] < 0 || to[leg] < 0 || from[leg] === to[leg]) return null;
    const point = (place) => [data.places.x[place] * view.scale - view.left, data.places.y[place] * view.scale - view.top];
    const [a, b] = [point(from[leg]), point(to[leg])];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy);
    if (length < 14) return null;
    const bend = Math.min(0.16 * length, 70) * (dx >= 0 ? -1 : 1);
    return { a, b, c: [(a[0] + b[0]) / 2 - (dy / length) * bend, (a[1] + b[1]) / 2 + (dx / length) * bend], length };
  }

  const along = ({ a, b, c }, t) => [0, 1].map((axis) => (1 - t) ** 2 * a[axis] + 2 * (1 - t) * t * c[axis] + t * t * b[axis]);

  const inside = (line, view) => Math.min(line.a[0], line.b[0], line.c[0]) < view.width && Math.max(line.a[0], line.b[0], line.c[0]) > 0
    && Math.min(line.a[1], line.b[1], line.c[1]) < view.height && Math.max(line.a[1], line.b[1], line.c[1]) > 0;

  // Draws the legs in force and returns them as they were drawn, for `at`.
  function paint(context, view, data, scene, tokens, scale) {
    const drawn = [];
    for (const leg of scene.legs) {
      const line = curve(data, view, leg);
      if (!line || !inside(line, view)) continue;
      drawn.push({ leg, line });
      const fresh = scene.freshLeg(leg);
      const selected = scene.leg === leg;
      const width = (selected ? 4.5 : 2.6) * scale;
      const colour = fresh || selected ? tokens.accent : tokens.route;
      const end = Math.max(0.6, 1 - 11 / line.length);
      context.globalAlpha = scene.focus ? tokens.fade + 0.3 : 0.95;
      stroke(context, line, end, width + 3, tokens.halo, []);
      stroke(context, line, end, width, colour, data.routes.known[leg] ? [2, 4] : data.routes.status[leg] === 2 ? [9, 6] : []);
      head(context, line, end, width, colour, tokens);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
    return drawn;
  }

  function stroke(context, line, end, width, colour, dash) {
    const tip = along(line, end);
    const bend = [0, 1].map((axis) => line.a[axis] + (line.c[axis] - line.a[axis]) * end);
    context.setLineDash(dash);
    context.lineCap = dash.length ? "butt" : "round";
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(...line.a);
    context.quadraticCurveTo(...bend, ...tip);
    context.stroke();
  }

  function head(context, line, end, width, colour, tokens) {
    const [tip, before] = [along(line, end), along(line, end - 0.05)];
    const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
    const size = 5 + width * 2;
    context.save();
    context.setLineDash([]);
    context.translate(...tip);
    context.rotate(angle);
    context.beginPath();
    context.moveTo(size * 0.6, 0); context.lineTo(-size * 0.6, -size * 0.55); context.lineTo(-size * 0.6, size * 0.55); context.closePath();
    context.lineWidth = 3; context.strokeStyle = tokens.halo; context.stroke();
    context.fillStyle = colour; context.fill();
    context.restore();
  }

  // What the heads of the legs as they were drawn cover, in pixels of the canvas: a name there would not be read.
  const heads = (drawn) => drawn.map(({ line }) => {
    const [x, y] = along(line, Math.max(0.6, 1 - 11 / line.length));
    return [x - HEAD, y - HEAD, x + HEAD, y + HEAD];
  });

  // The leg at a point of the canvas, null where there is none.
  function at(drawn, x, y) {
    let best = null, near = 7;
    for (const { leg, line } of drawn) for (let step = 1; step < 24; step++) {
      const point = along(line, step / 24);
      const gap = Math.hypot(point[0] - x, point[1] - y);
      if (gap < near) { near = gap; best = leg; }
    }
    return best;
  }

  atlas.routes = { paint, heads, at };
})((globalThis.atlas = globalThis.atlas || {}));
