// Search for a place: a field with suggestions, by keyboard and by pointer.
(function (atlas) {
  "use strict";

  const { el } = atlas.dom;
  const MOST = 8;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Where what is wanted was found in a name: at its beginning, at that of a word, elsewhere, nowhere.
  const NONE = 3;
  const rate = (name, at) => (at < 0 ? NONE : at === 0 ? 0 : name[at - 1] === " " ? 1 : 2);

  // `app`: { say, data, otherNames(place), choose(place), announce }.
  function search(app) {
    const { say, data } = app;
    let folded = null, found = [], active = -1;
    const list = el("ul", { id: "atlas-found", className: "found", hidden: true, attr: { role: "listbox" }, aria: { label: say("search.results") } });
    const none = el("p", { className: "found", hidden: true, text: say("search.none") });
    const input = el("input", {
      type: "search", id: "atlas-search", autocomplete: "off", attr: { role: "combobox", placeholder: say("search.placeholder") },
      aria: { label: say("search.label"), expanded: "false", controls: "atlas-found", autocomplete: "list" },
    });

    function look() {
      const wanted = fold(input.value.trim());
      folded = folded || data.places.name.map((name, place) => [name, ...app.otherNames(place)].map(fold));
      if (!wanted) { found = []; show(); return; }
      const rated = [];
      folded.forEach((names, place) => {
        if (data.places.latitude[place] === null) return;
        const best = Math.min(...names.map((name) => rate(name, name.indexOf(wanted))));
        if (best < NONE) rated.push([best, -data.weights[place], place]);
      });
      found = rated.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).slice(0, MOST).map((row) => row[2]);
      show();
      none.hidden = rated.length > 0;
      app.announce(rated.length ? say("search.found", { n: rated.length }) : say("search.none"));
    }

    function show() {
      active = found.length ? 0 : -1;
      list.replaceChildren(...found.map((place, index) => el("li", {
        id: `atlas-found-${index}`, attr: { role: "option" }, aria: { selected: String(index === active) },
        on: { pointerdown: (event) => { event.preventDefault(); take(place); } },
      }, el("span", { text: data.places.label[place] }), el("small", { text: `${say(`level.${data.levels[data.places.level[place]]}`)}${data.places.country[place] ? `, ${say.country(data.places.country[place])}` : ""}` }))));
      list.hidden = !found.length;
      none.hidden = true;
      mark();
    }

    function mark() {
      input.setAttribute("aria-expanded", String(!list.hidden));
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
      if (active >= 0 && !list.hidden) input.setAttribute("aria-activedescendant", `atlas-found-${active}`); else input.removeAttribute("aria-activedescendant");
    }

    function take(place) { found = []; show(); input.value = data.places.label[place]; app.choose(place); }

    input.addEventListener("input", look);
    input.addEventListener("blur", () => { list.hidden = none.hidden = true; mark(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && (found.length || input.value)) { event.preventDefault(); input.value = ""; found = []; show(); }
      if (event.key === "Enter" && active >= 0 && !list.hidden) { event.preventDefault(); take(found[active]); }
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
        event.preventDefault();
        active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
        mark();
      }
    });
    return { node: el("div", { className: "search", attr: { role: "search" } }, input, list, none), input };
  }

  atlas.search = { search };
})((globalThis.atlas = globalThis.atlas || {}));
