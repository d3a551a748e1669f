// Marks that would lie on one another are drawn as one that opens. Which places go together depends on the zoom alone, so a step in time never rearranges them.
(function (atlas) {
  "use strict";

  // The leader of each place at a zoom: the place of most observations within `distance` pixels. `weights` by place; places that are not points lead themselves.
  function leaders(points, xs, ys, weights, zoom, distance) {
    const reach = distance / 2 ** zoom;
    const order = [...points].sort((a, b) => weights[b] - weights[a] || a - b);
    const leader = new Int32Array(xs.length).fill(-1);
    const cells = new Map();
    const cell = (east, south) => east * 100003 + south;
    for (const place of order) {
      const [east, south] = [Math.floor(xs[place] / reach), Math.floor(ys[place] / reach)];
      let nearest = -1, near = reach * reach;
      for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) {
        for (const other of cells.get(cell(east + i, south + j)) || []) {
          const gap = (xs[other] - xs[place]) ** 2 + (ys[other] - ys[place]) ** 2;
          if (gap <= near) { near = gap; nearest = other; }
        }
      }
      leader[place] = nearest < 0 ? place : nearest;
      if (nearest >= 0) continue;
      const key = cell(east, south);
      if (cells.has(key)) cells.get(key).push(place); else cells.set(key, [place]);
    }
    return leader;
  }

  // Where the members of an opened cluster stand around its middle: a ring, or a spiral where they are many.
  function opened(count, radius) {
    if (count <= 8) {
      const away = Math.max(radius * 3.2, (count * radius * 2.9) / (2 * Math.PI));
      return Array.from({ length: count }, (_, i) => [Math.cos(-Math.PI / 2 + (2 * Math.PI * i) / count) * away, Math.sin(-Math.PI / 2 + (2 * Math.PI * i) / count) * away]);
    }
    let turn = 0;
    return Array.from({ length: count }, () => {
      const away = radius * (2.6 + turn * 0.42);
      turn += (radius * 2.8) / away;
      return [Math.cos(turn) * away, Math.sin(turn) * away];
    });
  }

  atlas.clusters = { leaders, opened };
})((globalThis.atlas = globalThis.atlas || {}));
