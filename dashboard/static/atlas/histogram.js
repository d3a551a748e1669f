// Observations over time, stacked by phase, under the slider. One that is dated to a season or a year is spread over it: a band, not a day.
(function (atlas) {
  "use strict";

  const { OPEN_START, OPEN_END } = atlas.data;
  const BARS = 38, BAND = 15, AXIS = 15;
  const HEIGHT = BARS + BAND + AXIS;
  const PAD = 11;

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

  const scale = (span, width) => (day) => PAD + ((day - span[0]) / Math.max(1, span[1] - span[0])) * (width - 2 * PAD);

  // `marks`: intervals { first, last, begin, colour } of the chosen place; `band`: the interval that the present step stands for.
  function paint(node, width, model, view) {
    const { context } = atlas.dom.canvas(width, HEIGHT, node);
    const { span, found, tokens, colours, range, marks, band } = view;
    const x = scale(span, width);
    context.clearRect(0, 0, width, HEIGHT);
    bars(context, found, x, width, tokens, colours, range);
    context.fillStyle = tokens.line;
    context.fillRect(PAD, BARS, width - 2 * PAD, 1);
    if (band) { context.fillStyle = tokens.accent; context.globalAlpha = 0.85; context.fillRect(x(band[0]), BARS + 1, Math.max(3, x(band[1] + 1) - x(band[0])), 4); context.globalAlpha = 1; }
    intervals(context, marks, x, width, tokens);
    axis(context, span, x, width, tokens);
  }

  function bars(context, found, x, width, tokens, colours, range) {
    const kinds = [...colours, tokens.soft];
    for (let bin = 0; bin < found.edges.length - 1; bin++) {
      const [left, right] = [Math.max(PAD, x(found.edges[bin])), Math.min(width - PAD, x(found.edges[bin + 1]))];
      const wide = Math.max(1, right - left - 1);
      context.globalAlpha = found.edges[bin + 1] > range[0] && found.edges[bin] <= range[1] ? 1 : 0.32;
      let floor = BARS;
      found.heights.forEach((row, index) => {
        const tall = found.most ? (row[bin] / found.most) * (BARS - 3) : 0;
        if (!tall) return;
        context.fillStyle = kinds[index % kinds.length];
        if (index >= kinds.length) context.globalAlpha *= 0.42;
        context.fillRect(left, floor - tall, wide, tall);
        if (index >= kinds.length) context.globalAlpha /= 0.42;
        floor -= tall;
      });
      if (floor < BARS) { context.lineWidth = 0.8; context.strokeStyle = tokens.soft; context.strokeRect(left + 0.4, floor + 0.4, Math.max(0.2, wide - 0.8), BARS - floor); }
    }
    context.globalAlpha = 1;
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

  function axis(context, span, x, width, tokens) {
    const [first, last] = [atlas.time.dateOf(span[0]).year, atlas.time.dateOf(span[1]).year];
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

  atlas.histogram = { bins, paint, scale, HEIGHT, PAD };
})((globalThis.atlas = globalThis.atlas || {}));
