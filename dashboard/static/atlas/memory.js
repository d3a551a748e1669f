// The state in the address, and kept while the page around is drawn anew.
(function (atlas) {
  "use strict";

  const key = (config) => `expansion-atlas ${config.room} ${config.urls.data}`;

  // What was kept for this room and build in this window, {} where nothing was or where it may not be read.
  function recall(config) {
    try {
      return JSON.parse(window.sessionStorage.getItem(key(config)) || "{}");
    } catch (error) {
      if (error instanceof DOMException || error instanceof SyntaxError) return {};
      throw error;
    }
  }

  function keep(config, state) {
    try {
      window.sessionStorage.setItem(key(config), JSON.stringify(state));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  // The state as pairs for an address; what is as it was at the start is left out. `dashboard/links.py` reads them.
  function parameters(app, model, hidden, link) {
    const { state } = app;
    const pairs = [];
    const add = (name, value) => pairs.push([name, String(value)]);
    if (state.day !== model.latest()) add("on", atlas.model.iso(state.day));
    if (state.mode !== "upto") add("mode", state.mode);
    if (state.mode === "window") add("from", atlas.model.iso(state.start));
    if (state.mode === "window" && state.locked) add("locked", 1);
    if (state.step !== "event") add("step", state.step);
    if (state.focus) add("phase", state.focus);
    if (state.place) add("place", state.place);
    if (state.route) { add("route", state.route.id); add("leg", state.route.leg); }
    if (hidden.length) add("hide", hidden.join(","));
    if (state.view) add("view", state.view.join(","));
    for (const [name, values] of Object.entries(link)) for (const value of values) add(name, value);
    return pairs;
  }

  // Runs `keep` a moment after it was first asked for: a browser takes its time over an address, and the server is to hear of a step before that.
  function soon(keep) {
    let timer = null;
    return () => { timer = timer || setTimeout(() => { timer = null; keep(); }, 300); };
  }

  atlas.memory = { recall, keep, soon, parameters };
})((globalThis.atlas = globalThis.atlas || {}));
