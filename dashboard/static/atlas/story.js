// What there is to say of a moment: counts, changes, and the finding in one sentence. The same sentences as `dashboard/story.py`; a test compares the two.
(function (atlas) {
  "use strict";

  const { HOME, OPEN_END } = atlas.data;
  const { says, changeOf, changes, dateOf, monthEnds, yearEnds } = atlas.time;

  const isPoint = (data, place) => data.levels[data.places.level[place]] === "facility" || data.levels[data.places.level[place]] === "locality";

  // Points, areas and countries among the places that are there and for which `wanted` holds.
  function reach(data, looks, wanted) {
    const countries = new Set();
    let points = 0, areas = 0, whole = 0;
    for (let place = 0; place < looks.size; place++) {
      if (!looks.there[place] || !wanted(place)) continue;
      if (isPoint(data, place)) points++; else areas++;
      if (data.levels[data.places.level[place]] === "country") whole++;
      if (data.places.country[place]) countries.add(data.places.country[place]);
    }
    return { points, areas, countries: countries.size, whole };
  }

  function counts(data, looks) {
    const found = { phases: data.ordered.map(() => 0), outcomes: data.outcomes.map(() => 0), suspected: 0, known: 0, named: 0, marks: 0, force: 0 };
    for (let place = 0; place < looks.size; place++) {
      if (!looks.there[place]) continue;
      found.force += looks.held[place];
      if (!says(looks, place)) { found.named++; continue; }
      found.marks++;
      if (looks.rank[place] >= 0) found.phases[looks.rank[place]]++;
      if (looks.outcomes[place] & HOME) found.phases[data.home]++;
      data.outcomes.forEach((_, outcome) => { if (looks.outcomes[place] & (1 << outcome)) found.outcomes[outcome]++; });
      if (data.statuses[looks.certainty[place]] === "suspected") found.suspected++;
      if (looks.known[place]) found.known++;
    }
    return found;
  }

  // Places by kind of change, in the order of the table; with a focus, those of its phase alone. `isShown` tells of a place and its kind whether it is asked for.
  function changed(data, before, after, focus = null, isShown = () => true) {
    const about = focus ? ofPhase(data, after, focus) : () => true;
    const found = Object.fromEntries(changes.map((kind) => [kind, []]));
    for (let place = 0; place < after.size; place++) {
      const kind = changeOf(before, after, place);
      if (kind && about(place) && isShown(place, kind)) found[kind].push(place);
    }
    return found;
  }

  // `most`: how many names of each kind are told, by the kind.
  function changedLine(say, data, found, most = {}) {
    return changes.slice(0, -1).filter((kind) => found[kind].length)
      .map((kind) => say(`change.${kind}_names`, { n: found[kind].length, names: say.names(found[kind].map((place) => data.places.label[place]), most[kind] || 3) })).join(" ");
  }

  // The unit in which the first day of an interval can honestly be named.
  function unitOf(precision, first, last) {
    if (precision === "day") return "day";
    if (precision === "month" || precision === "season") return "month";
    if (precision === "year" || precision === "years") return "year";
    if (first > last || last === OPEN_END || last === first) return "day";
    return last - first < 31 * 4 ? "month" : "year";
  }

  // The finest unit among the observations that begin on a day, by day: made once for a mask.
  function units(data, mask) {
    const { place, begin, first, last, precision, count } = data.observations;
    const order = ["day", "month", "year"];
    const found = new Map();
    for (let i = 0; i < count; i++) {
      if (!mask[i] || place[i] < 0 || begin[i] === OPEN_END) continue;
      const unit = unitOf(data.precisions[precision[i]], first[i], last[i]);
      const known = found.get(begin[i]);
      if (known === undefined || order.indexOf(unit) < order.indexOf(known)) found.set(begin[i], unit);
    }
    return found;
  }

  // See `heading_unit` in story.py.
  function headingUnit(unitByDay, moment, step) {
    if (step === "month" || step === "year") return isWhole(unitByDay, moment, step) ? step : "day";
    return moment.kind === "window" ? "day" : unitByDay.get(moment.day) || "day";
  }

  // Whether months or years can be told of as wholes: a window begins with one, and the last has ended, or nothing begins any later. One day is none.
  function isWhole(unitByDay, moment, unit) {
    const isOver = (day) => (unit === "month" ? monthEnds : yearEnds)(day, day)[0] === day || [...unitByDay.keys()].every((begin) => begin <= day);
    if (moment.kind === "at") return false;
    if (moment.kind === "upto") return isOver(moment.day);
    const first = dateOf(moment.start);
    return first.day === 1 && (unit === "month" || first.month === 1) && isOver(moment.end);
  }

  function when(say, moment, unit) {
    if (moment.kind !== "window") return say(`when.${moment.kind}_${unit}`, { when: say.when(moment.day, unit) });
    const [start, end] = [say.when(moment.start, unit), say.when(moment.end, unit)];
    return start === end ? say(`when.at_${unit}`, { when: end }) : say(`when.window_${unit}`, { start, end });
  }

  function reached(say, extent) {
    const countries = say("count.countries", { n: extent.countries });
    if (!extent.points && extent.areas && extent.areas === extent.whole && extent.whole === extent.countries) return countries;
    const found = marks(say, extent);
    return extent.countries ? say("reach.both", { points: found, countries }) : found;
  }

  function marks(say, extent) {
    const [points, areas] = [say("count.places", { n: extent.points }), say("count.areas", { n: extent.areas })];
    if (extent.points && extent.areas) return say("reach.and_areas", { points, areas });
    return extent.areas ? areas : points;
  }

  // Whether a look with a rank and outcomes shows a phase, as what it has reached or beside it.
  function shows(data, phase) {
    const rank = data.ordered.findIndex((known) => known.id === phase);
    const outcome = data.outcomes.findIndex((known) => known.id === phase);
    const beside = outcome >= 0 ? 1 << outcome : rank >= 0 && rank === data.home ? HOME : 0;
    return (reached, outcomes) => (rank >= 0 && reached === rank) || (outcomes & beside) !== 0;
  }

  // The places that a step of the story is about.
  function ofPhase(data, looks, phase) {
    const shown = shows(data, phase);
    return (place) => says(looks, place) && shown(looks.rank[place], looks.outcomes[place]);
  }

  // Whether a step of the story has come to a phase. Of those that come later nothing is drawn yet: a zero would say that there is none.
  function told(steps, focus) {
    const order = steps.map((step) => step.phase);
    return ({ id }) => !focus || order.indexOf(id) <= order.indexOf(focus);
  }

  // How many places that a step of the story is about come further than its phase in the end: a step tells of them as if they had not.
  function further(data, looks, last, focus) {
    const about = ofPhase(data, looks, focus);
    const rank = data.ordered.findIndex(({ id }) => id === focus);
    let count = 0;
    for (let place = 0; place < looks.size; place++) if (rank >= 0 && says(looks, place) && about(place) && last.there[place] && last.rank[place] > rank) count++;
    return count;
  }

  // Whom it is all about, by name.
  function about(say, data, filter) {
    const names = data.actors.filter(({ id }) => (filter.actors || []).includes(id)).map(({ name }) => name);
    return names.length ? say.names(names) : say("page.all_actors");
  }

  // What the map shows, in one sentence. `moment` is `when`'s text, `focus` the phase that a step of the story is about.
  function finding(say, data, looks, moment, focus) {
    const asSure = (text, wanted) => {
      let isSuspected = false;
      for (let place = 0; place < looks.size; place++) {
        if (!says(looks, place) || !wanted(place)) continue;
        if (data.statuses[looks.certainty[place]] !== "suspected") return text;
        isSuspected = true;
      }
      return isSuspected ? say("finding.suspected", { finding: text }) : text;
    };
    if (focus) {
      const extent = reach(data, looks, ofPhase(data, looks, focus));
      const phase = data.phases.find((known) => known.id === focus) || { id: focus, label: focus, rank: -1 };
      const key = `focus${phase.rank > 0 && say.isOwn(phase) ? "" : "_in"}${extent.points || extent.areas ? "" : "_none"}`;
      const text = say(`finding.${key}`, { moment, reach: reached(say, extent), phase: say.inside(phase) });
      return phase.rank >= 0 ? asSure(text, ofPhase(data, looks, focus)) : text;
    }
    const isOut = (place) => looks.rank[place] >= 0 && looks.rank[place] !== data.home; // the home was not reached but left
    const isSaid = (place) => says(looks, place);
    let top = -1, low = Infinity, isNamed = false, anything = false;
    for (let place = 0; place < looks.size; place++) {
      if (looks.there[place]) isNamed = true;
      if (!isSaid(place)) continue;
      anything = true;
      top = Math.max(top, looks.rank[place]);
      if (isOut(place)) low = Math.min(low, looks.rank[place]);
    }
    if (!anything) return isNamed ? say("finding.named", { moment, reach: reached(say, reach(data, looks, () => true)) }) : say("finding.nothing", { moment });
    if (top < 0) return say("finding.outcomes", { moment, reach: reached(say, reach(data, looks, isSaid)) });
    if (top === data.home) return finding(say, data, looks, moment, data.ordered[top].id);
    const everything = reached(say, reach(data, looks, isOut));
    if (top < 1) return asSure(say("finding.reach", { moment, reach: everything }), isOut);
    const isFurthest = (place) => looks.rank[place] === top;
    const furthest = reached(say, reach(data, looks, isFurthest));
    const kind = low === top ? "focus" : "furthest"; // where all has come equally far, its reach is told once
    const text = say(`finding.${kind}${say.isOwn(data.ordered[top]) ? "" : "_in"}`, { moment, reach: everything, furthest, phase: say.inside(data.ordered[top]) });
    return asSure(text, isFurthest);
  }

  atlas.story = { isPoint, reach, counts, changed, changedLine, unitOf, units, headingUnit, when, reached, marks, shows, ofPhase, told, further, about, finding };
})((globalThis.atlas = globalThis.atlas || {}));
