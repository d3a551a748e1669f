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
    // The looks without what is switched off: what a title speaks of.
    const seen = { ...looks, there: new Uint8Array(data.places.count), outcomes: new Int32Array(data.places.count) };
    const fresh = new Uint8Array(data.places.count);
    const kinds = compared ? new Array(data.places.count).fill("") : null;
    const focusRank = data.ordered.findIndex((phase) => phase.id === focus);
    const focusOutcome = data.outcomes.findIndex((phase) => phase.id === focus);
    let keep = 0;
    hidden.outcomes.forEach((outcome) => { keep |= 1 << outcome; });
    if (hidden.ranks.has(data.home)) keep |= atlas.data.HOME;

    for (let place = 0; place < data.places.count; place++) {
      const kind = before ? changeOf(before, looks, place) : "";
      const source = compared && kind === "gone" ? before : looks;
      if (!source.there[place]) continue;
      if (compared) { kinds[place] = kind; if (!compared.has(kind)) continue; }
      const rank = source.rank[place];
      const outcomes = source.outcomes[place] & ~keep;
      if (rank >= 0 ? hidden.ranks.has(rank) : source.outcomes[place] ? !outcomes : hidden.named || (focus !== null && focus !== undefined)) continue;
      const look = objects[place];
      look.rank = rank; look.certainty = source.certainty[place]; look.known = source.known[place]; look.outcomes = outcomes;
      shown[place] = look;
      seen.there[place] = 1; seen.outcomes[place] = outcomes;
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
      looks: seen,
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
