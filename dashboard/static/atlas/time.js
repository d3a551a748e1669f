// What a place looks like at a time. The rule is that of `dashboard/moments.py`, where it is written down; a test compares the two.
(function (atlas) {
  "use strict";

  const { HOME, OPEN_END } = atlas.data;
  const MILLISECONDS = 86400000;

  const dayOf = (year, month, day) => {
    const when = new Date(0);
    when.setUTCFullYear(year, month - 1, day);
    return Math.round(when.getTime() / MILLISECONDS);
  };

  const dateOf = (day) => {
    const when = new Date(day * MILLISECONDS);
    return { year: when.getUTCFullYear(), month: when.getUTCMonth() + 1, day: when.getUTCDate() };
  };

  // The same day of the year before, of a leap day the one before it.
  const yearBefore = (day) => {
    const when = dateOf(day);
    return dayOf(Math.max(when.year - 1, 1), when.month, when.month === 2 && when.day === 29 ? 28 : when.day);
  };

  const upTo = (day) => ({ kind: "upto", day });
  const at = (day) => ({ kind: "at", day });
  const within = (start, end) => ({ kind: "window", start, end });

  // Which rows of `table` are in force, as a function of their position.
  function inForce(table, moment) {
    const { begin, first, last } = table;
    if (moment.kind === "upto") return (i) => begin[i] <= moment.day && begin[i] !== OPEN_END;
    const start = moment.kind === "at" ? moment.day : moment.start;
    const end = moment.kind === "at" ? moment.day : moment.end;
    return (i) => first[i] <= end && last[i] >= start;
  }

  // Columns for the looks of `count` places. `there` is 1 where a place has something in force, `held` how many observations; `since` is the observation since which it looks so.
  function emptyLooks(count) {
    return {
      size: count, there: new Uint8Array(count), rank: new Int8Array(count), certainty: new Uint8Array(count), known: new Uint8Array(count),
      outcomes: new Int32Array(count), count: new Int32Array(count), sources: new Int32Array(count), differ: new Uint8Array(count), since: new Int32Array(count), held: new Int32Array(count),
    };
  }

  const weight = (rank, outcome) => (rank >= 0 ? rank : outcome >= 0 ? -1 : -2);

  // Fills `looks` with what each place looks like; `mask` is 1 for the observations that are looked at. One pass, for the rows of a place stand together.
  function fillLooks(looks, data, mask, moment) {
    const table = data.observations;
    const holds = inForce(table, moment);
    looks.there.fill(0);
    let i = 0;
    while (i < table.count && table.place[i] < 0) i++;
    while (i < table.count) i = onePlace(looks, table, mask, holds, i);
    return looks;
  }

  function onePlace(looks, table, mask, holds, start) {
    const place = table.place[start];
    let best = -3, certainty = 255, known = 1, outcomes = 0, count = 0, sources = 0, force = 0, since = start;
    let home = 127, low = 127, high = -1, document = -1, documentTop = -1, documentSaid = false;
    let i = start;
    for (; i < table.count && table.place[i] === place; i++) {
      if (!mask[i] || !holds(i)) continue;
      const rank = table.rank[i];
      const outcome = table.outcome[i];
      const counts = weight(rank, outcome);
      force++;
      if (table.document[i] !== document) {
        if (documentSaid) sources++;
        if (documentTop >= 0) { low = Math.min(low, documentTop); high = Math.max(high, documentTop); }
        document = table.document[i]; documentTop = -1; documentSaid = false;
      }
      if (counts > best) { best = counts; certainty = table.certainty[i]; known = table.known[i]; since = i; }
      else if (counts === best) {
        certainty = Math.min(certainty, table.certainty[i]); known &= table.known[i];
        if (table.begin[i] < table.begin[since]) since = i;
      }
      if (outcome >= 0) outcomes |= 1 << outcome;
      if (table.home[i]) home = rank;
      if (counts > -2) { count++; documentSaid = true; }
      if (rank > documentTop) documentTop = rank;
    }
    if (!force) return i;
    if (documentSaid) sources++;
    if (documentTop >= 0) { low = Math.min(low, documentTop); high = Math.max(high, documentTop); }
    looks.held[place] = force;
    looks.there[place] = 1;
    looks.rank[place] = Math.max(best, -1);
    looks.certainty[place] = certainty;
    looks.known[place] = known;
    looks.outcomes[place] = home < best ? outcomes | HOME : outcomes;
    looks.count[place] = count;
    looks.sources[place] = sources;
    looks.differ[place] = low < high ? 1 : 0;
    looks.since[place] = since;
    return i;
  }

  const says = (looks, place) => looks.there[place] === 1 && (looks.rank[place] >= 0 || looks.outcomes[place] !== 0);

  // What became of a place between two looks: one of `changes`, or "" where it is in neither.
  function changeOf(before, after, place) {
    const was = says(before, place);
    const is = says(after, place);
    if (!was || !is) return is ? "new" : was ? "gone" : "";
    if (after.rank[place] !== before.rank[place]) return after.rank[place] > before.rank[place] ? "advanced" : "receded";
    const [had, has] = [before.outcomes[place] & ~HOME, after.outcomes[place] & ~HOME];
    if (has & ~had) return "outcome";
    return had & ~has ? "receded" : "unchanged";
  }

  // Phases that the story has reached at `phase`, as a set of positions in `data.phases`.
  function focusPhases(data, phase) {
    const story = [...data.ordered, ...data.outcomes].map((known) => known.id);
    const reached = story.indexOf(phase) < 0 ? story : story.slice(0, story.indexOf(phase) + 1);
    return new Set(reached.map((id) => data.phases.findIndex((known) => known.id === id)));
  }

  function focusMask(data, mask, phase) {
    const reached = focusPhases(data, phase);
    return mask.map((keep, i) => (keep && reached.has(data.observations.phase[i]) ? 1 : 0));
  }

  // Positions of the observations that are looked at, placed and dated, by the day on which they begin.
  function byBegin(data, mask) {
    const { begin, place, count } = data.observations;
    const found = [];
    for (let i = 0; i < count; i++) if (mask[i] && place[i] >= 0 && begin[i] !== OPEN_END) found.push(i);
    return found.sort((a, b) => begin[a] - begin[b] || a - b);
  }

  // The days on which something changes, ascending: see `event_days` in moments.py.
  function eventDays(data, mask, kind) {
    const { begin } = data.observations;
    const rows = byBegin(data, mask);
    if (kind === "upto") {
      const found = daysOfChange(data, rows);
      const latest = rows.length ? begin[rows[rows.length - 1]] : null;
      return latest === null || found[found.length - 1] === latest ? found : [...found, latest];
    }
    return [...new Set(rows.map((i) => begin[i]))];
  }

  function daysOfChange(data, rows) {
    const table = data.observations;
    const best = new Int8Array(data.places.count).fill(-3);
    const certainty = new Uint8Array(data.places.count);
    const known = new Uint8Array(data.places.count);
    const outcomes = new Int32Array(data.places.count);
    const days = [];
    for (const i of rows) {
      const place = table.place[i];
      const counts = weight(table.rank[i], table.outcome[i]);
      let changed = false;
      if (counts > best[place]) {
        changed = true;
        best[place] = counts; certainty[place] = table.certainty[i]; known[place] = table.known[i];
      } else if (counts === best[place]) {
        changed = table.certainty[i] < certainty[place] || (known[place] === 1 && table.known[i] === 0);
        certainty[place] = Math.min(certainty[place], table.certainty[i]); known[place] &= table.known[i];
      }
      const bit = table.outcome[i] >= 0 ? 1 << table.outcome[i] : 0;
      if (bit & ~outcomes[place]) { changed = true; outcomes[place] |= bit; }
      if (changed && days[days.length - 1] !== table.begin[i]) days.push(table.begin[i]);
    }
    return days;
  }

  // Last days of months (or, with `months` 12, of years) from that of `first` to that of `last`.
  function ends(first, last, months) {
    const unit = (day) => { const when = dateOf(day); return Math.floor((when.year * 12 + when.month - 1) / months); };
    const days = [];
    for (let next = unit(first) + 1; next <= unit(last) + 1; next++) {
      const month = next * months;
      days.push(dayOf(Math.floor(month / 12), (month % 12) + 1, 1) - 1);
    }
    return days;
  }

  // The day on which the map opens, null where nothing is dated. See `opening` in moments.py.
  function opening(data, mask) {
    const { begin, place, count } = data.observations;
    let [last, past] = [null, null];
    for (let i = 0; i < count; i++) {
      if (!mask[i] || place[i] < 0 || begin[i] === OPEN_END) continue;
      if (last === null || begin[i] > last) last = begin[i];
      if (data.newest !== null && begin[i] <= data.newest && (past === null || begin[i] > past)) past = begin[i];
    }
    return past ?? last;
  }

  // The story: one step a phase. See `phase_steps` in steps.py.
  function phaseSteps(data, mask) {
    const { begin, phase, known } = data.observations;
    const latest = new Map();
    const latestOfText = new Map();
    const end = opening(data, mask);
    for (const i of byBegin(data, mask)) {
      if (begin[i] > end) break;
      latest.set(phase[i], begin[i]);
      if (!known[i]) latestOfText.set(phase[i], begin[i]);
    }
    const steps = [];
    let last = -Infinity;
    for (const entry of [...data.ordered, ...data.outcomes]) {
      const index = data.phases.indexOf(entry);
      if (!latest.has(index)) continue;
      const day = latestOfText.has(index) ? latestOfText.get(index) : latest.get(index);
      steps.push({ phase: entry.id, day: steps.length ? Math.max(day, steps[steps.length - 1].day) : day });
      last = Math.max(last, latest.get(index));
    }
    if (steps.length) steps[steps.length - 1].day = last;
    return steps;
  }

  // First and last day on which something begins, null where nothing is dated.
  function span(data, mask) {
    const rows = byBegin(data, mask);
    return rows.length ? [data.observations.begin[rows[0]], data.observations.begin[rows[rows.length - 1]]] : null;
  }

  const changes = ["new", "advanced", "outcome", "receded", "gone", "unchanged"];

  atlas.time = {
    dayOf, dateOf, yearBefore, upTo, at, within, inForce, emptyLooks, fillLooks, says, changeOf, changes, focusPhases, focusMask, eventDays, opening, phaseSteps, span,
    monthEnds: (first, last) => ends(first, last, 1), yearEnds: (first, last) => ends(first, last, 12),
  };
})((globalThis.atlas = globalThis.atlas || {}));
