// What one map shows at one moment: which places are visible and how, what is new, what is chosen. Made once a step; the drawing only asks it.
(function (atlas) {
  "use strict";

  const { changeOf } = atlas.time;
  const NEWS = new Set(["new", "advanced", "outcome"]);
  const SIGNS = { new: "+", advanced: "↑", outcome: "•", receded: "↓", gone: "−" };

  // One look object a place, used again at every step.
  const pool = (count) => Array.from({ length: count }, () => ({ rank: -1, certainty: 0, known: 0, outcomes: 0 }));

  // `hidden`: { ranks, outcomes, named, routes } (sets and flags); `focus`: a phase's id or null. With `compared` (a set of kinds) places are shown by what became of them.
  function scene(data, looks, before, options, objects) {
    const { hidden, focus, place: selected = null, leg = null, legs = [], freshLegs = new Set(), compared = null } = options;
    const shown = new Array(data.places.count).fill(null);
    const [seen, was] = [looks, before].map((all) => all && visible(data, all, hidden, focus));
    // What counts as a change: a place that was there and not drawn is not new, but an outcome that is switched off is none.
    const [now, earlier] = [[looks, seen], [before, was]].map(([all, some]) => all && { ...all, outcomes: some.outcomes });
    const fresh = new Uint8Array(data.places.count);
    const kinds = compared ? new Array(data.places.count).fill("") : null;
    let isOfNames = true;
    const focusRank = data.ordered.findIndex((phase) => phase.id === focus);
    const focusOutcome = data.outcomes.findIndex((phase) => phase.id === focus);

    for (let place = 0; place < data.places.count; place++) {
      const kind = before ? changeOf(earlier, now, place) : "";
      const source = compared && kind === "gone" ? was : seen;
      if (!source.there[place]) continue;
      if (compared) { kinds[place] = kind; if (!compared.has(kind)) continue; }
      const look = objects[place];
      look.rank = source.rank[place]; look.certainty = source.certainty[place]; look.known = source.known[place]; look.outcomes = source.outcomes[place];
      shown[place] = look;
      if (look.rank >= 0 || look.outcomes) isOfNames = false;
      if (!compared && NEWS.has(kind)) fresh[place] = 1;
    }

    const isFaded = (place) => {
      if (compared) return kinds[place] === "unchanged" || kinds[place] === "gone";
      if (!focus) return false;
      return focusRank >= 0 ? shown[place].rank !== focusRank : !(shown[place].outcomes & (1 << focusOutcome));
    };
    if (focus) for (let place = 0; place < data.places.count; place++) if (fresh[place] && isFaded(place)) fresh[place] = 0;
    const order = (place) => (selected === place ? 1e9 : 0) + (isFaded(place) ? 0 : 5e8) + (shown[place].rank + 1) * 4e6 + (shown[place].outcomes & atlas.data.HOME ? 2e6 : 0) + (shown[place].outcomes ? 1e6 : 0) + Math.min(data.weights[place], 999999);
    return {
      // The looks without what is switched off: what a title speaks of. `all` are those of all places, `earlier` the same one step before.
      looks: seen, all: now, earlier,
      // What changed of what is drawn, or was: see `news` in story.py. Null at the first step.
      changed: () => before && atlas.story.changed(data, earlier, now, focus, (place, kind) => seen.there[place] === 1 || (was.there[place] === 1 && (kind === "gone" || kind === "receded"))),
      // Whether all that is shown is only named.
      isOfNames,
      visible: (place) => shown[place],
      fresh: (place) => fresh[place] === 1,
      faded: isFaded,
      sign: (place) => (kinds ? SIGNS[kinds[place]] || "" : ""),
      kind: (place) => (kinds ? kinds[place] : fresh[place] ? "new" : ""),
      before: (a, b) => { const gap = order(a) - order(b); return gap ? gap > 0 : a < b; },
      selected, leg, focus, legs: hidden.routes ? [] : legs, freshLeg: (index) => freshLegs.has(index),
      fields: fieldsOf(data, shown, fresh, selected, isFaded),
      ways: waysOf(hidden.routes ? [] : legs, freshLegs, leg, focus),
    };
  }

  // Looks without what is switched off: see `visible` in story.py.
  function visible(data, looks, hidden, focus) {
    const seen = { ...looks, there: new Uint8Array(data.places.count), outcomes: new Int32Array(data.places.count) };
    let off = hidden.ranks.has(data.home) ? atlas.data.HOME : 0;
    hidden.outcomes.forEach((outcome) => { off |= 1 << outcome; });
    for (let place = 0; place < data.places.count; place++) {
      if (!looks.there[place]) continue;
      const [rank, outcomes] = [looks.rank[place], looks.outcomes[place]];
      seen.outcomes[place] = outcomes & ~off;
      const isOff = rank >= 0 ? hidden.ranks.has(rank) : outcomes ? !seen.outcomes[place] : hidden.named || Boolean(focus);
      seen.there[place] = isOff ? 0 : 1;
    }
    return seen;
  }

  // A number that changes when an area would be drawn differently: areas and routes are the dearest to draw, and many steps leave them as they are.
  function fieldsOf(data, shown, fresh, selected, isFaded) {
    let sum = 17;
    for (const place of data.areas) {
      const look = shown[place];
      const state = look ? 1 + (look.rank + 1) * 2 + look.certainty * 32 + look.known * 128 + fresh[place] * 256 + (selected === place ? 512 : 0) + (isFaded(place) ? 1024 : 0) : 0;
      sum = (Math.imul(sum, 31) + state) | 0;
      sum = (Math.imul(sum, 31) + (look ? look.outcomes : 0)) | 0; // by itself, for its bits reach far
    }
    return sum;
  }

  // The same for the routes.
  function waysOf(legs, freshLegs, selected, focus) {
    let sum = focus ? 17 : 19;
    for (const leg of legs) sum = (Math.imul(sum, 31) + leg * 4 + (freshLegs.has(leg) ? 2 : 0) + (leg === selected ? 1 : 0)) | 0;
    return sum;
  }

  atlas.scene = { scene, pool, SIGNS };
})((globalThis.atlas = globalThis.atlas || {}));
