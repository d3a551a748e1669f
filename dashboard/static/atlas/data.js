// The tables as the browser holds them: columns of numbers, from the file that `dashboard/layers.py` writes.
(function (atlas) {
  "use strict";

  const OPEN_START = -2147483648;
  const OPEN_END = 2147483647;
  // The bit of the home in the outcomes of a look. See `HOME` in codebook.py.
  const HOME = 1 << 30;

  // Columns in a file are plain arrays; a null day is an open end, two null days are no date. `begin` is the day from which an observation has begun.
  function days(columns) {
    const count = columns.first.length;
    const first = new Int32Array(count);
    const last = new Int32Array(count);
    const begin = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const from = columns.first[i];
      const to = columns.last[i];
      const undated = from === null && to === null;
      first[i] = undated ? OPEN_END : from === null ? OPEN_START : from;
      last[i] = undated ? OPEN_START : to === null ? OPEN_END : to;
      begin[i] = undated ? OPEN_END : from === null ? to : from;
    }
    return { first, last, begin };
  }

  // `file` is the parsed JSON. Observations are sorted by place and document; those without a place come first, with place -1.
  function decode(file) {
    const phases = file.phases;
    const ordered = phases.filter((phase) => phase.rank >= 0).sort((a, b) => a.rank - b.rank);
    const outcomes = phases.filter((phase) => phase.outcome >= 0).sort((a, b) => a.outcome - b.outcome);
    const home = ordered.findIndex((phase) => phase.order === 0);
    const columns = file.observations;
    const phase = Uint8Array.from(columns.phase);
    const rank = Int8Array.from(columns.phase, (index) => phases[index].rank);
    const outcome = Int8Array.from(columns.phase, (index) => phases[index].outcome);
    const known = file.provenances.indexOf("document");
    const observations = {
      count: phase.length, phase, rank, outcome, home: Uint8Array.from(rank, (own) => (own >= 0 && own === home ? 1 : 0)), ...days(columns),
      place: Int32Array.from(columns.place), document: Int32Array.from(columns.document), actor: Int16Array.from(columns.actor),
      certainty: Uint8Array.from(columns.status), precision: Uint8Array.from(columns.precision), confidence: Uint8Array.from(columns.confidence),
      activities: Uint16Array.from(columns.activities), level: Int8Array.from(columns.level), country: Int16Array.from(columns.country),
      known: Uint8Array.from(columns.provenance, (index) => (index === known ? 1 : 0)),
    };
    const routes = { ...file.routes, ...days(file.routes), count: file.routes.id.length };
    routes.known = Uint8Array.from(file.routes.provenance, (index) => (index === known ? 1 : 0));
    const places = { ...file.places, count: file.places.id.length, index: new Map(file.places.id.map((id, index) => [id, index])) };
    return { ...file, phases, ordered, outcomes, home, observations, routes, places, context: phases.findIndex((entry) => entry.id === "context") };
  }

  atlas.data = { decode, HOME, OPEN_START, OPEN_END };
})((globalThis.atlas = globalThis.atlas || {}));
