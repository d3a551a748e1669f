// Which observations are looked at: the same choice as `dashboard/filters.py`; a test compares the two.
(function (atlas) {
  "use strict";

  const { OPEN_END } = atlas.data;

  // A test of one column: is the value's name among those that are allowed? An empty list allows everything.
  function among(names, allowed, column) {
    if (!allowed || !allowed.length) return null;
    const wanted = new Set(allowed);
    const passes = Uint8Array.from(names, (name) => (wanted.has(name) ? 1 : 0));
    return (i) => column(i) >= 0 && passes[column(i)] === 1;
  }

  // A place that is only named has no actor and no activity of its own: those choices leave it.
  const orNamed = (test, table, context) => test && ((i) => table.phase[i] === context || test(i));

  function tests(data, filter) {
    const table = data.observations;
    const combinations = data.activities.map((names) => (names.some((name) => (filter.activities || []).includes(name)) ? "yes" : "no"));
    return [
      orNamed(among(data.actors.map((actor) => actor.id), filter.actors, (i) => table.actor[i]), table, data.context),
      among(data.phases.map((phase) => phase.id), filter.phases, (i) => table.phase[i]),
      among(data.documents.map((document) => document.id), filter.documents, (i) => table.document[i]),
      among(data.statuses, filter.statuses, (i) => table.certainty[i]),
      orNamed(filter.activities && filter.activities.length ? among(combinations, ["yes"], (i) => table.activities[i]) : null, table, data.context),
      among(data.precisions, filter.precisions, (i) => table.precision[i]),
      among(data.levels, filter.levels, (i) => table.level[i]),
      among(data.countries, filter.countries, (i) => table.country[i]),
      filter.confidence ? (i) => table.confidence[i] >= filter.confidence : null,
      dating(filter, table),
    ].filter(Boolean);
  }

  function dating(filter, table) {
    const dated = (i) => table.begin[i] !== OPEN_END;
    return { text: (i) => dated(i) && !table.known[i], known: (i) => dated(i) && table.known[i] === 1, none: (i) => !dated(i) }[filter.dating] || null;
  }

  // 1 for each observation that passes.
  function mask(data, filter) {
    const all = tests(data, filter);
    const keep = new Uint8Array(data.observations.count);
    for (let i = 0; i < keep.length; i++) keep[i] = all.every((test) => test(i)) ? 1 : 0;
    return keep;
  }

  // 1 for each leg of a route that passes: see `routes_passing` in filters.py.
  function routes(data, filter) {
    const { routes: legs, places } = data;
    const isNone = Boolean((filter.phases && filter.phases.length) || (filter.activities && filter.activities.length) || filter.confidence);
    const atAnEnd = (names, allowed, column) => {
      const test = among(names, allowed, (place) => (place < 0 ? -1 : column(place)));
      return test && ((i) => test(legs.from[i]) || test(legs.to[i]));
    };
    const all = [
      isNone ? () => false : null,
      among(data.actors.map((actor) => actor.id), filter.actors, (i) => legs.actor[i]),
      among(data.documents.map((document) => document.id), filter.documents, (i) => legs.document[i]),
      among(data.statuses, filter.statuses, (i) => legs.status[i]),
      among(data.precisions, filter.precisions, (i) => legs.precision[i]),
      atAnEnd(data.countries, filter.countries, (place) => data.countries.indexOf(places.country[place])),
      atAnEnd(data.levels, filter.levels, (place) => places.level[place]),
      dating(filter, legs),
    ].filter(Boolean);
    return Uint8Array.from(legs.id, (_, i) => (all.every((test) => test(i)) ? 1 : 0));
  }

  atlas.filters = { mask, routes };
})((globalThis.atlas = globalThis.atlas || {}));
