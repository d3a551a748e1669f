// The map room: one map with its time control, legend, lists and search; it tells the page around what is chosen and when.
(function (atlas) {
  "use strict";

  const { el, iconButton, perFrame } = atlas.dom;

  const START = { mode: "upto", day: null, start: null, locked: false, step: "event", focus: null, speed: 2, place: null, route: null, view: null, hide: [] };

  function room(root, map, shared, host, config) {
    const { say, data } = shared;
    const model = atlas.model.model(data);
    const objects = atlas.scene.pool(data.places.count);
    const stage = atlas.stage.stage(map, shared);
    const app = { ...shared, model, state: { ...START, ...atlas.memory.recall(config) }, hidden: atlas.shared.noneHidden(), looks: () => ({ now: scene.all, before: scene.earlier }), changed: () => scene.changed() };
    Object.assign(app, { map, zoom: (by) => map.setZoom(map.getZoom() + by) });
    let covered = [], isCramped = false, looked = null, scene = null, link = {}, handled = app.state.handled || null;
    // See `shared.frame`; at first, what it was when the map was last drawn in this window.
    let homed = app.state.homed || null;
    delete app.state.handled;
    delete app.state.homed;
    // The day that was asked for, null for the latest: a filter may have no such day, and without it the day comes back.
    let wanted = app.state.day;

    const parts = atlas.roomParts.build(app, {
      change, choose, chooseLeg, toggleLayer, showAllLayers, zoomTo, home, fit: () => stage.fit(visiblePlaces()), fitSelection, fullScreen, copyLink,
      isVisible: (place) => Boolean(scene && scene.visible(place)), intervals, onPanel: measured,
    });
    // What the legend and the lists cover is not a good place for marks.
    shared.margins = () => {
      const isWide = parts.stage.clientWidth > 640;
      const list = isWide && parts.panel.isOpen() ? parts.panel.node.offsetWidth : 0;
      return { paddingTopLeft: [isWide ? Math.max(60, list + 26) : 46, isWide ? 26 : 50], paddingBottomRight: isWide ? [parts.legend.node.offsetWidth + 26, 30] : [20, parts.legend.node.offsetHeight + 30] };
    };
    shared.covers = () => covered;
    root.replaceChildren(parts.node);
    // Escape ends what is under way and closes what is open, one at a time: a play first, what is chosen last.
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (parts.time.isPlaying()) parts.time.pause(true);
      else if (stage.isOpen()) stage.open(null);
      else if (app.state.place !== null || app.state.route !== null) choose(null);
    });
    parts.stage.prepend(map.getContainer());
    app.announce = parts.announce;

    function change(part, why) {
      Object.assign(app.state, part);
      clampDay();
      if (part.day !== undefined) wanted = app.state.day === model.latest() ? null : app.state.day;
      draw(why);
      host.busy(why === "play" || why === "scrub");
      if (why !== "play" && why !== "scrub") tell(why);
    }

    function clampDay() {
      const [first, last] = model.span();
      const { state } = app;
      if (state.day === null) state.day = model.latest();
      state.day = Math.min(Math.max(state.day, first), last);
      // A window opens as the last year of what is shown, or as what it was. It may reach back before the first day, or it would be shorter after a step there and back.
      if (state.mode === "window") state.start = Math.min(state.start === null ? atlas.time.yearBefore(state.day) : state.start, state.day);
      else if (state.start > state.day) state.start = null;
    }

    function draw(why) {
      const { state } = app;
      looked = model.looks(state);
      const legs = model.legs(state);
      const old = looked.earlier ? new Set(model.legs(looked.earlier)) : new Set(legs);
      scene = atlas.scene.scene(data, looked.now, looked.before, {
        hidden: app.hidden, focus: state.focus, place: data.places.index.get(state.place) ?? null, leg: legOf(state.route), legs, freshLegs: new Set(legs.filter((leg) => !old.has(leg))),
      }, objects);
      stage.draw(scene);
      parts.time.update();
      sayIt(why, legs.length);
      if (parts.panel.isOpen() && why !== "play" && why !== "scrub") parts.panel.update();
    }

    function sayIt(why, legs) {
      const { state } = app;
      const moment = model.when(say, model.moment(state), model.unit(state));
      const finding = atlas.story.finding(say, data, scene.looks, moment, state.focus);
      const changed = scene.changed();
      const news = changed ? atlas.story.changedLine(say, data, changed) : "";
      const line = model.isUnsaid() ? atlas.roomParts.unsaid(app) : [goesOn(), news].filter(Boolean).join(" ");
      const counts = atlas.story.counts(data, scene.looks);
      const off = atlas.story.counts(data, looked.now).force - counts.force;
      parts.say({ finding, line, counts, legs, off, undated: model.undated().total, filtered: model.filtered(), unplaced: model.unplaced(), isEmpty: model.isEmpty() });
      if (why === "step" || why === "pause" || why === "type" || why === "mode" || why === "layer") parts.announce(`${finding}. ${line}`);
    }

    // A step of the story shows a place at its phase though a later one shows it further on: without a word the numbers would seem to shrink.
    function goesOn() {
      const { focus } = app.state;
      const count = focus ? atlas.story.further(data, scene.looks, model.final(), focus) : 0;
      return count ? say("map.further", { n: count }) : "";
    }

    const legOf = (route) => (route ? data.routes.id.findIndex((id, leg) => id === route.id && data.routes.leg[leg] === route.leg) : -1);
    const visiblePlaces = () => Array.from({ length: data.places.count }, (_, place) => place).filter((place) => scene.visible(place) && (scene.visible(place).rank >= 0 || scene.visible(place).outcomes || model.isUnsaid()));

    // All that is said of the chosen place, as intervals for the histogram.
    function intervals() {
      const place = data.places.index.get(app.state.place);
      if (place === undefined) return [];
      const { observations } = data;
      const mask = model.mask();
      const found = [];
      for (let i = 0; i < observations.count; i++) if (observations.place[i] === place && mask[i] && observations.begin[i] !== atlas.data.OPEN_END && (observations.rank[i] >= 0 || observations.outcome[i] >= 0)) {
        found.push({ first: observations.first[i], last: observations.last[i], begin: observations.begin[i], colour: observations.rank[i] >= 0 ? shared.colours[observations.rank[i]] : shared.tokens.panel });
      }
      return found;
    }

    // Tells the server what is chosen and when, and puts it into the address.
    function tell(why) {
      const { state } = app;
      const { mode, day, start, locked, step, focus, place, route } = state;
      noteView();
      host.report({ room: "map", why, handled, state: { mode, day, start, locked, step, focus, place, route, view: homed ? null : state.view, hide: hiddenNames() } });
      keepSoon();
    }

    // As the map moves, and not whenever it is kept: when it is asked once more it tells of a whole pixel, and a link would drift.
    const noteView = () => { app.state.view = atlas.shared.viewOf(map); };

    const remember = () => atlas.memory.keep(config, { ...app.state, hide: hiddenNames(), handled, homed });

    function keep() {
      remember();
      host.address(atlas.memory.parameters(app, model, hiddenNames(), link));
    }

    const keepSoon = atlas.memory.soon(keep);

    const hiddenNames = () => [
      ...[...app.hidden.ranks].map((rank) => data.ordered[rank].id), ...[...app.hidden.outcomes].map((outcome) => data.outcomes[outcome].id),
      ...(app.hidden.named ? ["context"] : []), ...(app.hidden.routes ? ["routes"] : []),
    ];

    function hide(names) {
      app.hidden.ranks = new Set(data.ordered.flatMap((phase, rank) => (names.includes(phase.id) ? [rank] : [])));
      app.hidden.outcomes = new Set(data.outcomes.flatMap((phase, outcome) => (names.includes(phase.id) ? [outcome] : [])));
      app.hidden.named = names.includes("context");
      app.hidden.routes = names.includes("routes");
    }

    function toggleLayer(kind, index, isOff) {
      const set = { rank: app.hidden.ranks, outcome: app.hidden.outcomes }[kind];
      if (set) { if (isOff) set.add(index); else set.delete(index); } else app.hidden[kind] = isOff;
      draw("layer");
      tell("layer");
    }

    function showAllLayers() {
      hide([]);
      parts.refresh();
      draw("layer");
      tell("layer");
      parts.legend.node.querySelector("input").focus(); // what was pressed is gone
    }

    function zoomTo(kind, index) {
      const entry = { rank: data.ordered, outcome: data.outcomes }[kind]?.[index];
      const shown = entry ? atlas.story.shows(data, entry.id) : () => false;
      const wanted = visiblePlaces().filter((place) => { const look = scene.visible(place); return shown(look.rank, look.outcomes); });
      const legs = kind === "routes" ? scene.legs.flatMap((leg) => [data.routes.from[leg], data.routes.to[leg]]) : [];
      if (wanted.length || legs.length) stage.fit([...wanted, ...legs]); else parts.announce(say("map.nothing"), true);
    }

    // `isSeen`: it was pressed on the map itself.
    function choose(place, isSeen = false) {
      app.state.place = place === null ? null : data.places.id[place];
      app.state.route = null;
      draw("select");
      if (place !== null && !isSeen) stage.bring(place);
      tell("select");
    }

    function chooseLeg(leg) {
      app.state.route = { id: data.routes.id[leg], leg: data.routes.leg[leg] };
      app.state.place = null;
      draw("select");
      tell("select");
    }

    function fitSelection() {
      const place = data.places.index.get(app.state.place);
      const leg = legOf(app.state.route);
      if (place !== undefined) stage.fit([place], { maxZoom: 10 });
      else if (leg >= 0) stage.fit([data.routes.from[leg], data.routes.to[leg]]);
      else parts.announce(say("map.no_selection"), true);
    }

    // All that the map is about: places of which something is said at any time, or those that are named where nothing is.
    function home() {
      const { observations } = data;
      const mask = model.mask();
      const wanted = new Set(), isUnsaid = model.isUnsaid();
      for (let i = 0; i < observations.count; i++) if (mask[i] && observations.place[i] >= 0 && (observations.rank[i] >= 0 || observations.outcome[i] >= 0 || isUnsaid)) wanted.add(observations.place[i]);
      isCramped = wanted.size > 0 && !stage.fit([...wanted]);
      if (!wanted.size) map.setView([15, 0], 2, { animate: false });
      homed = frame();
    }

    // What is left of a frame when the reader asks for more controls is another one. What is written above the map changes at every step, and must not move it.
    const frame = () => `${atlas.shared.frame()} ${parts.time.node.offsetHeight}`;

    // A map of another size moves; that is nobody's wish.
    function resize() {
      const was = homed;
      map.invalidateSize({ animate: false });
      homed = was;
    }

    function framed() {
      resize();
      if (isCramped || (homed && homed !== frame())) home();
      measured();
    }

    function fullScreen() {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen().catch(() => parts.announce(say("map.no_full_screen"), true));
    }

    function copyLink() {
      keep();
      const done = () => parts.announce(say("map.link_copied"), true);
      if (navigator.clipboard) navigator.clipboard.writeText(host.link()).then(done, () => parts.announce(host.link(), true)); else parts.announce(host.link(), true);
    }

    const pointer = atlas.pointer.watch(map, stage, parts, {
      choose: (place) => choose(place, true), chooseLeg,
      clear: () => { if (app.state.place !== null || app.state.route !== null) choose(null); },
      describe: (target) => describe(target),
    });

    function describe(target) {
      if (target.leg !== undefined) return [atlas.panel.legText(say, data, target.leg), say(`status.${data.statuses[data.routes.status[target.leg]]}`)];
      if (target.members) return [say("map.several", { n: target.members.length }), say.names(target.members.map((place) => data.places.label[place]), 4)];
      const look = scene.visible(target.place);
      if (!look) return [data.places.label[target.place], ""];
      const since = model.began(looked.now.since[target.place]);
      const parts_ = [atlas.panel.phasesOf(say, data, look)];
      if (look.rank >= 0 || look.outcomes) parts_.push(say(`status.${data.statuses[look.certainty]}`));
      if (look.known) parts_.push(say("map.known"));
      if (look.rank >= 0 || look.outcomes) parts_.push(say("map.since", { when: say.when(since.day, since.unit, true) }));
      if (looked.now.differ[target.place]) parts_.push(say("map.differ"));
      return [data.places.label[target.place], parts_.join(" · ")];
    }

    // What the server asks for: a filter, and, where it has a number that was not handled yet, a state.
    function obey(content) {
      link = content.link || {};
      model.setFilter(content.filter || {});
      const isNew = content.number !== undefined && content.number !== handled;
      if (isNew) {
        handled = content.number;
        const { hide: names, ...state } = content.state || {};
        Object.assign(app.state, state);
        if (state.day !== undefined) wanted = state.day;
        if (state.view) homed = null;
        if (names) hide(names);
      } else if (app.state.hide && scene === null) hide(app.state.hide);
      app.state.day = wanted;
      clampDay();
      if (scene === null) { show(); return; }
      parts.time.refresh();
      parts.refresh();
      draw("command");
      const chosen = data.places.index.get(app.state.place);
      if (isNew && chosen !== undefined) stage.bring(chosen);
      noteView(); // and not the one that the command came with: a living map stays where it is
      keep();
    }

    function show() {
      // Drawn before the view is known, for what is written around the map decides how much room it has.
      parts.time.refresh();
      parts.refresh();
      draw("show");
      map.invalidateSize({ animate: false });
      covered = atlas.shared.coveredBy(parts.stage, parts.covers);
      // A view that nobody chose is made anew for another frame.
      if (app.state.view && (!homed || homed === frame())) atlas.shared.setView(map, ...app.state.view); else home();
      stage.redrawMarks();
      if (atlas.areas.needUnits(data, shared.base)) shared.base.units().then(() => stage.outlinesArrived());
      map.on("moveend", () => { noteView(); keepSoon(); });
      map.on("movestart", () => { homed = null; });
      new ResizeObserver(perFrame(framed)).observe(parts.stage);
      parts.legend.more.addEventListener("toggle", measured);
      watchPaper();
      host.leaving(remember); // a play has come further than what was told
      tell("ready"); // with the state, which may be one that this window has kept from before
      root.dataset.ready = "true";
    }

    // On paper nobody can open what the legend folds away.
    function watchPaper() {
      const { more } = parts.legend;
      let wasOpen = false;
      atlas.shared.watchPaper(map, {
        homed: () => homed, home,
        resize: (isPaper) => { if (isPaper) wasOpen = more.open; more.open = isPaper || wasOpen; map.invalidateSize({ animate: false }); },
        settle: (before) => { homed = before; parts.time.drawChart(); measured(); },
      });
    }

    // What lies on the map has moved: names keep clear of it.
    function measured() {
      covered = atlas.shared.coveredBy(parts.stage, parts.covers);
      if (scene) stage.redrawMarks();
    }

    function redress(isDark) {
      atlas.shared.dress(shared, isDark);
      atlas.theme.apply(root, shared.tokens);
      Object.assign(app, { tokens: shared.tokens, colours: shared.colours });
      stage.redrawAll();
      parts.refresh();
      parts.time.drawChart();
    }

    return { obey, redress, app, stage, map, model, change, choose, pointer, scene: () => scene };
  }

  atlas.roomMap = { room };
})((globalThis.atlas = globalThis.atlas || {}));
