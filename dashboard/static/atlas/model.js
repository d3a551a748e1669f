// Filter, steps and looks: everything between the tables and the drawing that does not need a page.
(function (atlas) {
  "use strict";

  const { time, filters, story } = atlas;

  // State of the time control: mode (upto, at, window), day, start (of the window), locked (a step moves the end alone), step (event, month, year, phase), focus (a phase's id or null).
  function model(data) {
    let mask = filters.mask(data, {});
    let legs = filters.routes(data, {});
    let memory = new Map();
    const looks = [time.emptyLooks(data.places.count), time.emptyLooks(data.places.count)];

    const once = (key, make) => { if (!memory.has(key)) memory.set(key, make()); return memory.get(key); };
    const everything = () => new Uint8Array(data.observations.count).fill(1);
    const masked = (focus) => (focus ? once(`mask ${focus}`, () => time.focusMask(data, mask, focus)) : mask);

    const self = {
      data,
      filter: {},
      setFilter(filter) { self.filter = filter; mask = filters.mask(data, filter); legs = filters.routes(data, filter); memory = new Map(); },
      mask: (focus = null) => masked(focus),
      // First and last day of the time control. Where the filter leaves nothing dated, those of all that is dated.
      span: () => once("span", () => time.span(data, mask) || time.span(data, everything()) || [0, 0]),
      // The day on which the map opens. See `opening` in moments.py.
      latest: () => once("latest", () => time.opening(data, mask) ?? time.opening(data, everything()) ?? 0),
      // Whether nothing is said of any place, with a date or without: all that the filter lets pass are names.
      isUnsaid: () => once("unsaid", () => { const { rank, outcome } = data.observations; return mask.includes(1) && !mask.some((passes, i) => passes && (rank[i] >= 0 || outcome[i] >= 0)); }),
      // What each place looks like in the end.
      final: () => once("final", () => time.fillLooks(time.emptyLooks(data.places.count), data, mask, time.upTo(self.latest()))),
      isEmpty: () => once("empty", () => time.span(data, mask) === null),
      // Whether nothing in the tables is dated, whatever the filters: then there is no moment to tell of.
      isTimeless: () => once("timeless", () => time.span(data, everything()) === null),
      story: () => once("story", () => time.phaseSteps(data, mask)),

      // None leads beyond the last day of the control: a step that cannot be reached would have no end.
      steps(state) {
        return once(`steps ${state.mode} ${state.step}`, () => {
          const [first, last] = self.span();
          if (state.step === "phase") return self.story();
          if (self.isEmpty()) return [];
          const days = state.step === "event" ? time.eventDays(data, mask, state.mode) : state.step === "month" ? time.monthEnds(first, last) : time.yearEnds(first, last);
          return [...new Set(days.map((day) => Math.min(day, last)))].map((day) => ({ day, phase: null }));
        });
      },

      // The step after or before a state, as the part of the state that it changes; null where there is none.
      move(state, forward) {
        const steps = self.steps(state);
        const reached = steps.findIndex((step) => (state.step === "phase" && state.focus ? step.phase === state.focus : step.day >= state.day));
        const isOn = reached >= 0 && (state.step === "phase" && state.focus ? true : steps[reached].day === state.day && state.step !== "phase");
        const index = forward ? (reached < 0 ? -1 : isOn ? reached + 1 : reached) : reached < 0 ? steps.length - 1 : reached - 1;
        const step = steps[index];
        return step ? self.at(state, step) : null;
      },

      at(state, step) {
        const moved = { day: step.day, focus: step.phase };
        if (state.mode === "window" && !state.locked) moved.start = state.start + (step.day - state.day);
        return moved;
      },

      moment: (state) => (state.mode === "upto" ? time.upTo(state.day) : state.mode === "at" ? time.at(state.day) : time.within(Math.min(state.start, state.day), state.day)),

      // What each place looks like now, and what it looked like one step before (null where there was none).
      looks(state) {
        const now = time.fillLooks(looks[0], data, masked(state.focus), self.moment(state));
        const step = self.move(state, false);
        if (!step) return { now, before: null };
        const earlier = { ...state, ...step };
        return { now, before: time.fillLooks(looks[1], data, masked(earlier.focus), self.moment(earlier)), earlier };
      },

      legs(state) {
        const holds = time.inForce(data.routes, self.moment(state));
        const found = [];
        if (!state.focus) for (let leg = 0; leg < data.routes.count; leg++) if (legs[leg] && data.routes.from[leg] >= 0 && data.routes.to[leg] >= 0 && holds(leg)) found.push(leg);
        return found;
      },

      // A moment in words.
      when: (say, moment, unit) => (self.isTimeless() ? say("when.never") : story.when(say, moment, unit)),

      unit: (state) => story.headingUnit(once(`units ${state.focus}`, () => story.units(data, masked(state.focus))), self.moment(state), state.step),

      // The unit in which each of two days is named beside the other. Where nothing begins on the earlier one, it is named as the later one is,
      // if it opens such a unit and nothing begins in the rest of it: "From May 2024 to May 2025".
      unitsOfTwo(a, b) {
        const known = once("units null", () => story.units(data, masked(null)));
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        const unit = known.get(late) || "day";
        const [first, last] = spanOf(early, unit);
        const isOpen = early === first && ![...known.keys()].some((day) => day > first && day <= last);
        return (day) => (day === late ? unit : known.get(early) || (isOpen ? unit : "day"));
      },

      // How many observations the filters leave out.
      filtered: () => once("filtered", () => mask.reduce((sum, passes) => sum + 1 - passes, 0)),
      // How many observations with a date are of no place on the map.
      unplaced: () => once("unplaced", () => mask.reduce((sum, passes, i) => sum + (passes && data.observations.place[i] < 0 && data.observations.begin[i] !== atlas.data.OPEN_END ? 1 : 0), 0)),
      // The documents that say or name something that the filters let pass.
      documents: () => once("documents", () => [...new Set(data.observations.document.filter((document, i) => mask[i] && document >= 0))].sort((a, b) => a - b)),
      undated: () => once("undated", () => {
        const found = new Map();
        const { begin, place, count } = data.observations;
        let total = 0;
        for (let i = 0; i < count; i++) if (mask[i] && begin[i] === atlas.data.OPEN_END) { total++; found.set(place[i], (found.get(place[i]) || 0) + 1); }
        return { total, places: [...found] };
      }),

      // The day on which an observation begins, with the unit in which it can honestly be named.
      began(i) {
        const { begin, first, last, precision } = data.observations;
        return { day: begin[i], unit: story.unitOf(data.precisions[precision[i]], first[i], last[i]) };
      },
    };
    return self;
  }

  // The first and the last day of the month or year that a day is in; the day itself twice.
  function spanOf(day, unit) {
    const { year, month } = time.dateOf(day);
    if (unit === "day") return [day, day];
    return unit === "month" ? [time.dayOf(year, month, 1), time.dayOf(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - 1] : [time.dayOf(year, 1, 1), time.dayOf(year + 1, 1, 1) - 1];
  }

  // How a date may be typed: in figures from the year on, or as the map itself writes it. 03/05/2021 is none: it is March to some and May to others.
  const TYPED = [
    /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/, /^(?<month>\d{1,2})-(?<year>\d{4})$/, /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/,
    /^(?:(?<day>\d{1,2}) (?:de |of )?)?(?<name>\p{L}{3,}),? (?:del? )?(?<year>\d{4})$/u, /^(?<name>\p{L}{3,}) (?<day>\d{1,2}),? (?<year>\d{4})$/u,
  ];

  // A typed date: a year, a month or a day, as its first and last day; null where it is none. `monthOf` tells the number of a month by its name.
  function typed(text, monthOf) {
    const tidy = text.trim().replace(/(?<=\d)[./\u2010-\u2014\u2212](?=\d)/g, "-").replace(/\.(?= |$)/g, "").replace(/\s+/g, " ");
    const found = TYPED.map((form) => form.exec(tidy)).find(Boolean);
    if (!found) return null;
    const { name, ...parts } = found.groups;
    const [year, month, day] = [parts.year, name === undefined ? parts.month : monthOf(name), parts.day].map((part) => (part === undefined ? null : Number(part)));
    if (year < 1 || (month !== null && (month < 1 || month > 12))) return null;
    if (day !== null) {
      const only = time.dayOf(year, month, day);
      const back = time.dateOf(only);
      return back.month === month && back.day === day ? [only, only] : null;
    }
    return spanOf(time.dayOf(year, month === null ? 1 : month, 1), month === null ? "year" : "month");
  }

  const iso = (day) => {
    const { year, month, day: date } = time.dateOf(day);
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  };

  atlas.model = { model, typed, iso };
})((globalThis.atlas = globalThis.atlas || {}));
