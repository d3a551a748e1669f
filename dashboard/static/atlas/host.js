// The page around the map: what is told to it, what it asks for, and its address. Without one (a file that was opened by itself) all of it does nothing.
(function (atlas) {
  "use strict";

  const REST = 250;

  function parentOf() {
    try { return window.parent !== window && window.parent.document ? window.parent : null; } catch (error) { if (error instanceof DOMException) return null; throw error; }
  }

  // `report` tells the server: at once, and then once more after a rest where more was to be told meanwhile.
  function host() {
    const streamlit = window.Streamlit || null;
    const parent = streamlit ? parentOf() : null;
    let waiting = null, timer = null, number = 0;
    const busy = (isBusy) => { if (parent) parent.document.documentElement.toggleAttribute("data-atlas-plays", isBusy); };
    const send = () => {
      if (!waiting) { timer = null; return; }
      streamlit.setComponentValue({ ...waiting, number: ++number });
      waiting = null;
      timer = setTimeout(send, REST);
    };
    return {
      isServed: Boolean(streamlit),
      parent,
      report(what) {
        if (!streamlit) return;
        waiting = { ...(waiting || {}), ...what };
        if (timer === null) send();
      },
      // What the frame is called; the page around it is in its language too.
      name(title, language) {
        if (window.frameElement) window.frameElement.title = title;
        if (parent) parent.document.documentElement.lang = language;
        document.title = title;
      },
      // Puts the state into the address of the page around, without a step in its history.
      address(parameters) {
        if (!parent) return;
        const query = new URLSearchParams(parameters).toString();
        const path = parent.location.pathname + (query ? `?${query}` : "");
        if (path !== parent.location.pathname + parent.location.search) parent.history.replaceState(parent.history.state, "", path);
      },
      // While the map plays, what the server drew beside it is of another moment.
      busy,
      // Calls `run` when the map goes, with its page or for another language. It plays no more, whatever it did.
      leaving(run) { window.addEventListener("pagehide", () => { busy(false); run(); }); },
      link: () => (parent || window).location.href,
    };
  }

  // Commands of the server wait here until the map is ready for them.
  const waiting = [];
  let receiver = null;
  function command(content) {
    if (receiver) receiver(content); else waiting.push(content);
  }
  function receive(run) {
    receiver = run;
    for (const content of waiting.splice(0)) run(content);
  }

  async function fetchJson(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer.json();
  }

  // When all style sheets have come. streamlit-folium asks for them last of all and waits for none: a map that is there before them would be fitted into a
  // page that is laid out in another way. One that cannot be had is not waited for.
  function styled() {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !link.sheet);
    return Promise.all(links.map((link) => new Promise((done) => { for (const kind of ["load", "error"]) link.addEventListener(kind, done); })));
  }

  atlas.host = { host, receive, fetchJson, styled };
  atlas.command = command;
})((globalThis.atlas = globalThis.atlas || {}));
