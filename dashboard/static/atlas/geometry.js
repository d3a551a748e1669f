// Outlines and circles in world units: spherical Mercator, the whole world a square of 256 by 256, north up. A point on the screen is a world point times 2^zoom, less an offset.
(function (atlas) {
  "use strict";

  const WORLD = 256;
  const EARTH_KM = 6371.0088;
  const RADIANS = Math.PI / 180;
  const MOST = 85.0511;

  const x = (longitude) => ((longitude + 180) / 360) * WORLD;
  const y = (latitude) => {
    const sine = Math.sin(Math.max(-MOST, Math.min(MOST, latitude)) * RADIANS);
    return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
  };
  const longitude = (east) => (east / WORLD) * 360 - 180;
  const latitude = (south) => (2 * Math.atan(Math.exp(Math.PI * (1 - (2 * south) / WORLD))) - Math.PI / 2) / RADIANS;
  // World units to a kilometre at a latitude.
  const perKm = (at) => WORLD / (2 * Math.PI * EARTH_KM * Math.max(0.05, Math.cos(at * RADIANS)));

  // Arcs of a TopoJSON file as pairs of world units.
  function arcs(topology) {
    const transform = topology.transform || { scale: [1, 1], translate: [0, 0] };
    const isDelta = Boolean(topology.transform);
    return topology.arcs.map((arc) => {
      const points = new Float64Array(arc.length * 2);
      let east = 0, north = 0;
      arc.forEach((point, index) => {
        east = isDelta ? east + point[0] : point[0];
        north = isDelta ? north + point[1] : point[1];
        points[2 * index] = x(east * transform.scale[0] + transform.translate[0]);
        points[2 * index + 1] = y(north * transform.scale[1] + transform.translate[1]);
      });
      return points;
    });
  }

  // An arc without the points that are nearer to the one before than `step`; its ends stay, so that neighbours still meet.
  function thinned(points, step) {
    const kept = [points[0], points[1]];
    for (let i = 2; i < points.length - 2; i += 2) {
      if (Math.hypot(points[i] - kept[kept.length - 2], points[i + 1] - kept[kept.length - 1]) >= step) kept.push(points[i], points[i + 1]);
    }
    kept.push(points[points.length - 2], points[points.length - 1]);
    return kept;
  }

  // The outlines of a file by id, each with `name`, `country`, `box` (west, north, east, south) and `path(zoom)`.
  function outlines(topology, west) {
    const full = arcs(topology);
    const edge = x(west);
    const levels = [3.5, 5.5, Infinity];
    const detail = levels.map((zoom, level) => (level === 2 ? full : null));
    const arcsFor = (level) => (detail[level] = detail[level] || full.map((points) => thinned(points, 0.75 / 2 ** levels[level])));
    const plainArcs = new Map();
    const edgeArcs = (plain) => {
      if (!plainArcs.has(plain)) plainArcs.set(plain, new Proxy([], { get: (kept, arc) => (kept[arc] = kept[arc] || thinned(full[arc], 2.5 / 2 ** plain)) }));
      return plainArcs.get(plain);
    };
    const found = new Map();
    for (const geometry of topology.geometries) {
      const rings = (geometry.type === "Polygon" ? geometry.arcs : geometry.arcs.flat()).flatMap((ring) => turned(ring, full, edge));
      const paths = [null, null, null];
      const edges = new Map();
      let main = null;
      found.set(geometry.properties.id, {
        ...geometry.properties, rings, box: boxOf(rings, full), ring: () => largest(rings, full), mainBox: () => (main = main || boxOf([rings[largestOf(rings, full)]], full)),
        // The borders, drawn more plainly and without the parts that are only a few pixels wide: a coast of islands would be all border.
        edge(zoom) {
          const plain = Math.ceil(zoom);
          if (plain > 7) return this.path(zoom);
          if (!edges.has(plain)) {
            const kept = rings.filter((ring) => { const box = boxOf([ring], full); return Math.max(box[2] - box[0], box[3] - box[1]) * 2 ** plain >= 14; });
            edges.set(plain, pathOf(kept, edgeArcs(plain)));
          }
          return edges.get(plain);
        },
        path(zoom) {
          const level = levels.findIndex((most) => zoom <= most);
          return (paths[level] = paths[level] || pathOf(rings, arcsFor(level)));
        },
      });
    }
    return found;
  }

  // A ring where its middle lies in the world that begins at `edge`, in world units; one that goes round the pole goes on for as long as that world.
  function turned(arcs, table, edge) {
    const [here, after] = [{ arcs, east: 0 }, { arcs, east: WORLD }];
    if (edge <= 0) return [here];
    const [low, , high] = boxOf([here], table);
    return high - low > WORLD / 2 ? [here, after] : [(low + high) / 2 < edge ? after : here];
  }

  // Calls `visit` with each point of a ring, in order, without the points that two arcs share.
  function walk(ring, table, visit) {
    ring.arcs.forEach((reference, position) => {
      const points = table[reference < 0 ? ~reference : reference];
      const count = points.length / 2;
      for (let step = position ? 1 : 0; step < count; step++) {
        const at = reference < 0 ? count - 1 - step : step;
        visit(points[2 * at] + ring.east, points[2 * at + 1]);
      }
    });
  }

  function pathOf(rings, table) {
    const path = new Path2D();
    for (const ring of rings) {
      let first = true;
      walk(ring, table, (east, south) => { if (first) path.moveTo(east, south); else path.lineTo(east, south); first = false; });
      path.closePath();
    }
    return path;
  }

  function boxOf(rings, table) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) walk(ring, table, (east, south) => {
      box[0] = Math.min(box[0], east); box[1] = Math.min(box[1], south); box[2] = Math.max(box[2], east); box[3] = Math.max(box[3], south);
    });
    return box;
  }

  function largestOf(rings, table) {
    const areas = rings.map((ring) => {
      const points = [];
      walk(ring, table, (east, south) => points.push([east, south]));
      return Math.abs(points.reduce((sum, [east, south], i) => { const next = points[(i + 1) % points.length]; return sum + east * next[1] - next[0] * south; }, 0));
    });
    return areas.indexOf(Math.max(...areas));
  }

  function largest(rings, table) {
    const points = [];
    walk(rings[largestOf(rings, table)], table, (east, south) => points.push([east, south]));
    return points;
  }

  // Where a name fits best in an outline: the middle of the widest of some level lines across its largest part, and how wide that is.
  function labelPoint(outline) {
    const points = outline.ring();
    const south = points.map((point) => point[1]);
    const [top, bottom] = [Math.min(...south), Math.max(...south)];
    let best = { x: points[0][0], y: points[0][1], width: 0 };
    for (const share of [0.5, 0.42, 0.58, 0.34, 0.66]) {
      const level = top + (bottom - top) * share;
      const crossings = [];
      points.forEach(([east, at], i) => {
        const [nextEast, nextAt] = points[(i + 1) % points.length];
        if ((at <= level) !== (nextAt <= level)) crossings.push(east + ((level - at) / (nextAt - at)) * (nextEast - east));
      });
      crossings.sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const width = crossings[i + 1] - crossings[i];
        if (width > best.width * (best.width ? 1.15 : 1)) best = { x: (crossings[i] + crossings[i + 1]) / 2, y: level, width };
      }
    }
    return best;
  }

  // All points at a distance in kilometres, as an outline of its own.
  function circle(at, east, km) {
    const angle = Math.min(km / EARTH_KM, Math.PI / 2);
    const path = new Path2D();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let step = 0; step < 72; step++) {
      const bearing = (step / 72) * 2 * Math.PI;
      const sine = Math.sin(at * RADIANS) * Math.cos(angle) + Math.cos(at * RADIANS) * Math.sin(angle) * Math.cos(bearing);
      const far = Math.asin(Math.max(-1, Math.min(1, sine)));
      const turn = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(at * RADIANS), Math.cos(angle) - Math.sin(at * RADIANS) * sine);
      const point = [x(east + turn / RADIANS), y(far / RADIANS)];
      if (step) path.lineTo(...point); else path.moveTo(...point);
      box[0] = Math.min(box[0], point[0]); box[1] = Math.min(box[1], point[1]); box[2] = Math.max(box[2], point[0]); box[3] = Math.max(box[3], point[1]);
    }
    path.closePath();
    return { box, path: () => path, edge: () => path, mainBox: () => box, isCircle: true };
  }

  atlas.geometry = { x, y, longitude, latitude, perKm, outlines, labelPoint, circle, WORLD };
})((globalThis.atlas = globalThis.atlas || {}));
