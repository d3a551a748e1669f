// Two dates: side by side on two maps that move together, or as one map of what became of each place.
(function (atlas) {
  "use strict";

  const { el, perFrame } = atlas.dom;
  const { changes } = atlas.time;

  function room(root, map, shared, host, config) {
    const { say, data } = shared;
    const model = atlas.model.model(data);
    const [objectsA, objectsB] = [atlas.scene.pool(data.places.count), atlas.scene.pool(data.places.count)];
    const [looksA, looksB] = [atlas.time.emptyLooks(data.places.count), atlas.time.emptyLooks(data.places.count)];
    const recalled = atlas.memory.recall(config);
    const state = { a: null, b: null, layout: "two", kinds: changes.slice(0, -1), place: null, view: null, ...recalled };
    let handled = state.handled || null, homed = state.homed || null, link = {}, scenes = null, syncing = false, isCramped = false;
    delete state.homed;

    const app = { ...shared, model, state, change, home, zoom: (by) => map.setZoom(map.getZoom() + by) };
    const parts = atlas.compareParts.build(app);
    root.replaceChildren(parts.node);
    parts.left.append(map.getContainer());
    shared.covers = (one) => atlas.shared.coveredBy(one.getContainer(), parts.covers);
    shared.onDrawn = (one, unsigned) => { if (one === map) parts.unsigned(unsigned.length); };
    shared.margins = () => parts.margins(state.layout === "two");
    const second = el("div", { className: "folium-map", aria: { label: config.title }, attr: { role: "region" } });
    parts.right.append(second);
    const other = L.map(second, { ...map.options, maxBounds: null, center: map.getCenter(), zoom: map.getZoom() });
    atlas.shared.readyMap(other, data.west);
    const stages = [map, other].map((one) => atlas.stage.stage(one, shared));
    for (const [from, to] of [[map, other], [other, map]]) from.on("move", () => follow(from, to));
    const keepSoon = atlas.memory.soon(keep);

    function follow(from, to) {
      const isThere = to.getZoom() === from.getZoom() && from.project(to.getCenter()).distanceTo(from.project(from.getCenter())) < 1;
      if (syncing || state.layout !== "two" || isThere) return;
      syncing = true;
      const { lat, lng } = from.getCenter();
      atlas.shared.setView(to, lat, lng, from.getZoom());
      syncing = false;
    }

    function change(part, why) {
      Object.assign(state, part);
      clamp();
      draw();
      if (homed && (part.layout || why === "type")) home();
      if (why !== "scrub") tell(why);
    }

    // Opens with the last year of what is shown.
    function clamp() {
      const [first, last] = model.span();
      if (state.b === null) state.b = model.latest();
      if (state.a === null) state.a = atlas.time.yearBefore(model.latest());
      state.a = Math.min(Math.max(state.a, first), last);
      state.b = Math.min(Math.max(state.b, first), last);
    }

    const look = (looks, day) => atlas.time.fillLooks(looks, data, model.mask(), atlas.time.upTo(day));

    function draw() {
      see();
      paint();
    }

    // What there is to be seen, and said of it.
    function see() {
      look(looksA, state.a);
      look(looksB, state.b);
      const found = atlas.story.changed(data, looksA, looksB);
      const options = { hidden: { ...atlas.shared.noneHidden(), named: true, routes: true }, focus: null, place: data.places.index.get(state.place) ?? null };
      const isTwo = state.layout === "two";
      const left = isTwo ? atlas.scene.scene(data, looksA, null, options, objectsA) : null;
      const right = isTwo ? atlas.scene.scene(data, looksB, looksA, options, objectsB) : atlas.scene.scene(data, looksB, looksA, { ...options, compared: new Set(state.kinds) }, objectsB);
      scenes = [left, right];
      if (parts.layout(isTwo)) resize();
      parts.say({ finding: finding(found), found });
    }

    // With one map the first one shows it, so that the frame's own map is never hidden.
    function paint() {
      const [left, right] = scenes;
      stages[0].draw(left || right);
      if (left) stages[1].draw(right);
    }

    const isOfOne = () => { const [first, last] = model.span(); return first === last; };

    function finding(found) {
      const some = changes.slice(0, -1).filter((kind) => found[kind].length).map((kind) => say(`change.${kind}`, { n: found[kind].length }));
      const unit = model.unitsOfTwo(state.a, state.b);
      // In the order in which they were chosen: from a later date to an earlier one, what was new is gone.
      const [from, to] = [["from", state.a], ["to", state.b]].map(([side, day]) => say(`when.${side}_${unit(day)}`, { when: say.when(day, unit(day)) }));
      const dates = { from, to };
      if (model.isTimeless()) return say("compare.timeless");
      if (state.a === state.b) return isOfOne() ? say("compare.one_date", { when: say.when(state.a, unit(state.a)) }) : say("compare.same");
      return some.length ? say("compare.finding", { ...dates, changes: some.join(", ") }) : say("compare.nothing", dates);
    }

    function tell(why) {
      host.report({ room: "compare", why, handled, state: { a: state.a, b: state.b, layout: state.layout, kinds: state.kinds, place: state.place } });
      keepSoon();
    }

    const noteView = () => { state.view = atlas.shared.viewOf(map); };

    const remember = () => atlas.memory.keep(config, { ...state, handled, homed });

    function keep() {
      if (!scenes) return;
      remember();
      const pairs = [["a", atlas.model.iso(state.a)], ["b", atlas.model.iso(state.b)], ["as", state.layout]];
      if (state.layout === "one") pairs.push(["kinds", state.kinds.join(",")]);
      if (state.place) pairs.push(["place", state.place]);
      pairs.push(["view", state.view.join(",")]);
      for (const [name, values] of Object.entries(link)) for (const value of values) pairs.push([name, value]);
      host.address(pairs);
    }

    stages.forEach((stage, index) => atlas.pointer.watch(stage.map, stage, { tip: (texts, point) => parts.tip(index, texts, point) }, {
      choose: (place) => change({ place: place === null ? null : data.places.id[place] }, "select"), chooseLeg() {}, clear: () => { if (state.place) change({ place: null }, "select"); },
      describe(target) {
        if (target.members) return [say("map.several", { n: target.members.length }), say.names(target.members.map((place) => data.places.label[place]), 4)];
        const [was, is] = [looksA, looksB].map((looks) => (atlas.time.says(looks, target.place) ? atlas.panel.phasesOf(say, data, { rank: looks.rank[target.place], outcomes: looks.outcomes[target.place] }) : say("compare.absent")));
        return [data.places.label[target.place], was === is ? is : say("panel.from_to", { from: was, to: is })];
      },
    }));

    function obey(content) {
      link = content.link || {};
      model.setFilter(content.filter || {});
      const isNew = content.number !== undefined && content.number !== handled;
      if (isNew) {
        handled = content.number;
        Object.assign(state, content.state);
        if (content.state && content.state.view) homed = null;
      }
      clamp();
      const isFirst = scenes === null;
      see();
      parts.refresh();
      if (isFirst) fitAll(); // before anything is painted, or all of it would be painted twice
      paint();
      const chosen = data.places.index.get(state.place);
      if (isNew && !isFirst && chosen !== undefined) stages[0].bring(chosen);
      if (!isFirst) { noteView(); keepSoon(); return; }
      if (atlas.areas.needUnits(data, shared.base)) shared.base.units().then(() => { for (const stage of stages) stage.outlinesArrived(); });
      atlas.shared.watchPaper(map, { homed: () => homed, home, resize, settle: (before) => { homed = before; follow(map, other); } });
      noteView();
      map.on("moveend", () => { noteView(); keepSoon(); });
      map.on("movestart", () => { homed = null; });
      new ResizeObserver(perFrame(() => { resize(); if (isCramped || (homed && homed !== atlas.shared.frame())) home(); })).observe(parts.stage);
      host.leaving(remember);
      tell("ready");
      root.dataset.ready = "true";
    }

    function fitAll() {
      resize();
      // A view that nobody chose is made anew for another frame.
      if (!state.view || (homed && homed !== atlas.shared.frame())) { home(); return; }
      atlas.shared.setView(map, ...state.view);
      follow(map, other);
    }

    // All that is shown: on two maps what is there at either date, on one what became of places, without the kinds that are switched off.
    function home() {
      const places = data.points.concat(data.areas).filter((place) => scenes.some((scene) => scene && scene.visible(place)));
      isCramped = places.length > 0 && !stages[0].fit(places);
      homed = atlas.shared.frame();
      follow(map, other);
    }

    // A map of another size moves, and the other one with it; that is nobody's wish.
    function resize() {
      const was = homed;
      for (const one of [map, other]) one.invalidateSize({ animate: false });
      homed = was;
    }

    function redress(isDark) {
      atlas.shared.dress(shared, isDark);
      atlas.theme.apply(root, shared.tokens);
      Object.assign(app, { tokens: shared.tokens, colours: shared.colours });
      for (const stage of stages) stage.redrawAll();
      parts.refresh();
    }

    return { obey, redress, app, stages, stage: stages[0], map, change, scenes: () => scenes };
  }

  atlas.roomCompare = { room };
})((globalThis.atlas = globalThis.atlas || {}));
