// Observations over time, stacked by phase, under the slider. One that is dated to a season or a year is spread over it: a band, not a day.
(function (atlas) {
  "use strict";

  const { OPEN_START, OPEN_END } = atlas.data;
  const BARS = 38, BAND = 15, AXIS = 15;
  const HEIGHT = BARS + BAND + AXIS;
  const PAD = 11;
  // How tall the lowest bar is, in pixels.
  const LEAST = 3;

  // Bars from `first` to `last` day, as few as can stand `least` pixels wide: months, quarters, years or decades. Rows by rank, then outcomes; then the same for what is known by its document alone.
  function bins(data, mask, span, width, least = 5) {
    const [first, last] = span;
    const months = [1, 3, 12, 60, 120, 1200].find((size) => ((last - first) / 30.4 / size) * least <= width) || 1200;
    const edges = edgesOf(first, last, months);
    const kinds = data.ordered.length + 1;
    const rows = kinds * 2;
    const heights = Array.from({ length: rows }, () => new Float64Array(edges.length - 1));
    const { begin, first: from, last: to, rank, outcome, known, place, count } = data.observations;
    for (let i = 0; i < count; i++) {
      if (!mask[i] || place[i] < 0 || begin[i] === OPEN_END || (rank[i] < 0 && outcome[i] < 0)) continue;
      const row = (known[i] ? kinds : 0) + (rank[i] >= 0 ? rank[i] : kinds - 1);
      const isClosed = from[i] !== OPEN_START && to[i] !== OPEN_END;
      spread(heights[row], edges, isClosed ? from[i] : begin[i], isClosed ? Math.min(to[i], edges[edges.length - 1] - 1) : begin[i]);
    }
    let most = 0;
    for (let bin = 0; bin < edges.length - 1; bin++) most = Math.max(most, heights.reduce((sum, row) => sum + row[bin], 0));
    return { edges, heights, most, months };
  }

  function edgesOf(first, last, months) {
    const start = atlas.time.dateOf(first);
    let month = Math.floor((start.year * 12 + start.month - 1) / months) * months;
    const edges = [];
    while (!edges.length || edges[edges.length - 1] <= last) {
      edges.push(atlas.time.dayOf(Math.floor(month / 12), (month % 12) + 1, 1));
      month += months;
    }
    return edges;
  }

  function spread(row, edges, from, to) {
    let bin = Math.max(0, lowest(edges, from));
    const days = Math.max(1, to - from + 1);
    for (; bin < row.length && edges[bin] <= to; bin++) {
      const overlap = Math.min(to, edges[bin + 1] - 1) - Math.max(from, edges[bin]) + 1;
      if (overlap > 0) row[bin] += overlap / days;
    }
  }

  // The bin that holds a day.
  function lowest(edges, day) {
    let low = 0, high = edges.length - 1;
    while (high - low > 1) { const middle = (low + high) >> 1; if (edges[middle] <= day) low = middle; else high = middle; }
    return low;
  }

  // Where a day is, in pixels. From the first day of the first bar to the last of the last: a day in the middle of a bar is in the middle of it.
  function scale(found, width) {
    const [first, last] = [found.edges[0], found.edges[found.edges.length - 1]];
    return (day) => PAD + ((day - first) / (last - first)) * (width - 2 * PAD);
  }

  // Where each bar stands and how tall it is, in pixels. By the square root of its number: beside the many that one document dates, the few of a year would not be seen.
  function bars(found, width) {
    const x = scale(found, width);
    return found.edges.slice(0, -1).map((edge, bin) => {
      const total = found.heights.reduce((sum, row) => sum + row[bin], 0);
      return { bin, total, left: x(edge), wide: Math.max(1, x(found.edges[bin + 1]) - x(edge) - 1), tall: total ? Math.max(LEAST, Math.sqrt(total / found.most) * (BARS - 3)) : 0 };
    });
  }

  // `marks`: intervals { first, last, begin, colour } of the chosen place; `band`: the interval that the present step stands for.
  function paint(node, width, model, view) {
    const { context } = atlas.dom.canvas(width, HEIGHT, node);
    const { found, tokens, colours, range, marks, band } = view;
    const x = scale(found, width);
    context.clearRect(0, 0, width, HEIGHT);
    for (const bar of bars(found, width)) if (bar.total) stack(context, found, bar, tokens, colours, range);
    context.globalAlpha = 1;
    context.fillStyle = tokens.line;
    context.fillRect(PAD, BARS, width - 2 * PAD, 1);
    if (band) { context.fillStyle = tokens.accent; context.globalAlpha = 0.85; context.fillRect(x(band[0]), BARS + 1, Math.max(3, x(band[1] + 1) - x(band[0])), 4); context.globalAlpha = 1; }
    intervals(context, marks, x, width, tokens);
    axis(context, found, x, width, tokens);
  }

  function stack(context, found, { bin, total, left, wide, tall }, tokens, colours, range) {
    const kinds = [...colours, tokens.soft];
    const alpha = found.edges[bin + 1] > range[0] && found.edges[bin] <= range[1] ? 1 : 0.32;
    let floor = BARS;
    found.heights.forEach((row, index) => {
      const own = (row[bin] / total) * tall;
      context.fillStyle = kinds[index % kinds.length];
      context.globalAlpha = alpha * (index >= kinds.length ? 0.42 : 1);
      context.fillRect(left, floor - own, wide, own);
      floor -= own;
    });
    context.globalAlpha = alpha;
    context.lineWidth = 0.8; context.strokeStyle = tokens.soft; context.strokeRect(left + 0.4, floor + 0.4, Math.max(0.2, wide - 0.8), BARS - floor);
  }

  function intervals(context, marks, x, width, tokens) {
    marks.slice(0, 40).forEach(({ first, last, begin, colour }, position) => {
      const left = first === OPEN_START ? PAD : Math.max(PAD, x(first));
      const right = last === OPEN_END ? width - PAD : Math.min(width - PAD, Math.max(x(last + 1), left + 3));
      const top = BARS + 1 + (position % 3) * 3;
      context.fillStyle = tokens.text; context.fillRect(left - 0.5, top - 0.5, right - left + 1, 3.5);
      context.fillStyle = colour; context.fillRect(left, top, right - left, 2.5);
      if (begin === OPEN_END) return;
    });
  }

  function axis(context, { edges }, x, width, tokens) {
    const [first, last] = [atlas.time.dateOf(edges[0]).year, atlas.time.dateOf(edges[edges.length - 1] - 1).year];
    const every = [1, 2, 5, 10, 20, 50, 100, 500].find((years) => ((last - first + 1) / years) * 46 <= width) || 1000;
    context.fillStyle = tokens.soft;
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "top";
    let free = -Infinity;
    for (let year = Math.ceil(first / every) * every; year <= last; year += every) {
      const at = Math.max(x(atlas.time.dayOf(year, 1, 1)), PAD);
      const wide = context.measureText(String(year)).width;
      if (at < free || at + wide > width) continue;
      context.fillRect(at, BARS, 1, 4);
      context.fillText(String(year), Math.min(at, width - wide - 2), BARS + BAND);
      free = at + wide + 10;
    }
  }

  atlas.histogram = { bins, bars, paint, scale, PAD };
})((globalThis.atlas = globalThis.atlas || {}));
