// Lists beside the map: what it shows, as a table; what changed; what has no date; what has no place. The map in words, for everyone who does not use the drawing.
(function (atlas) {
  "use strict";

  const { el, iconButton } = atlas.dom;
  const PAGE = 100;

  // `app`: { say, data, model, state, looks(), changed(), choose(place) }. Returns { node, open, close, update, isOpen }.
  function panel(app) {
    const { say, data } = app;
    const tabs = ["places", "changes", "routes", "undated", "unplaced"];
    let current = null, order = { column: "phase", down: true }, shown = PAGE, back = null;
    const title = el("h2", { className: "panel-title", tabIndex: -1 });
    const body = el("div", { className: "panel-body" });
    const buttons = tabs.map((tab) => el("button", { type: "button", on: { click: () => open(tab) }, data: { tab } }));
    const node = el("section", { className: "panel", hidden: true, aria: { label: say("panel.title") }, on: { keydown: (event) => { if (event.key === "Escape") { event.preventDefault(); close(); } } } },
      el("div", { className: "panel-head" }, title, iconButton("close", say("panel.close"), close)),
      el("div", { className: "panel-tabs", attr: { role: "group" }, aria: { label: say("panel.title") } }, ...buttons), body);

    const columns = [
      { id: "name", label: "panel.place", value: (place) => data.places.label[place], text: (place) => data.places.label[place] },
      { id: "country", label: "panel.country", value: (place) => country(place), text: (place) => country(place) },
      { id: "phase", label: "panel.phase", value: (place, look) => look.rank * 100 + (look.outcomes ? 50 : 0) + look.count / 1e4, text: (place, look) => phaseText(look) },
      { id: "status", label: "panel.status", value: (place, look) => (says(look) ? look.certainty : 9), text: (place, look) => (says(look) ? say(`status.${data.statuses[look.certainty]}`) : "") },
      { id: "since", label: "panel.since", value: (place, look) => (says(look) ? app.model.began(look.since).day : 1e9), text: (place, look) => (says(look) ? since(look) : "") },
      { id: "sources", label: "panel.sources", value: (place, look) => look.sources, text: (place, look) => say.number(look.sources) },
    ];
    // Since when a place looks as it does, as far as that is known: a year, a month or a day.
    const says = (look) => look.rank >= 0 || look.outcomes;
    const since = (look) => {
      const { day, unit } = app.model.began(look.since);
      const when = atlas.model.iso(day).slice(0, { year: 4, month: 7, day: 10 }[unit]);
      return look.known ? say("panel.known_by", { when }) : when;
    };
    // A date is read as one: no line ends at a hyphen of it.
    const unbroken = (text) => text.split(/(\d{4}-[\d-]+)/).map((part, i) => (i % 2 ? el("span", { className: "date", text: part }) : document.createTextNode(part)));
    const country = (place) => (data.places.country[place] ? say.country(data.places.country[place]) : "");
    const phaseText = (look) => phasesOf(say, data, look);

    const lookOf = (place) => {
      const { now } = app.looks();
      return { rank: now.rank[place], outcomes: now.outcomes[place], certainty: now.certainty[place], known: now.known[place], sources: now.sources[place], count: now.count[place], differ: now.differ[place], since: now.since[place] };
    };

    const placeButton = (place) => el("button", { type: "button", className: "link", text: data.places.label[place], on: { click: () => app.choose(place) } });

    function places() {
      const { now } = app.looks();
      const rows = [];
      for (let place = 0; place < data.places.count; place++) if (now.there[place] && app.isVisible(place)) rows.push([place, lookOf(place)]);
      const column = columns.find((known) => known.id === order.column);
      const collator = new Intl.Collator(say.language);
      const compare = (a, b) => { const [one, two] = [column.value(...a), column.value(...b)]; return typeof one === "string" ? collator.compare(one, two) : one - two; };
      rows.sort((a, b) => (order.down ? -1 : 1) * compare(a, b) || a[0] - b[0]);
      const head = el("tr", {}, ...columns.map((known) => el("th", { attr: { scope: "col" }, aria: { sort: known.id === order.column ? (order.down ? "descending" : "ascending") : "none" } },
        el("button", { type: "button", className: "link", text: say(known.label) + (known.id === order.column ? (order.down ? " ↓" : " ↑") : ""), on: { click: () => sort(known.id) } }))));
      const lines = rows.slice(0, shown).map(([place, look]) => el("tr", { className: app.state.place === data.places.id[place] ? "chosen" : "" },
        ...columns.map((known) => (known.id === "name" ? el("th", { attr: { scope: "row" } }, placeButton(place), look.differ ? el("span", { className: "differ", text: say("panel.differ") }) : null) : el("td", {}, ...unbroken(known.text(place, look)))))));
      const table = el("table", {}, el("caption", { text: caption(rows) }), el("thead", {}, head), el("tbody", {}, ...lines));
      return [table, rows.length > shown ? el("button", { type: "button", text: say("panel.more", { n: rows.length - shown }), on: { click: () => { shown += PAGE; update(); } } }) : null];
    }

    // How many marks there are, and how many of them no title counts.
    function caption(rows) {
      const points = rows.filter(([place]) => atlas.story.isPoint(data, place)).length;
      const named = rows.filter(([, look]) => !says(look)).length;
      const marks = atlas.story.marks(say, { points, areas: rows.length - points });
      return named ? say("panel.caption_named", { marks, n: named }) : say("panel.caption", { marks });
    }

    function sort(column) {
      order = { column, down: column === order.column ? !order.down : column !== "name" && column !== "country" && column !== "since" };
      update();
    }

    function changes() {
      const { now, before } = app.looks();
      const found = app.changed();
      if (!found) return [el("p", { text: say("panel.no_step") })];
      const parts = atlas.time.changes.slice(0, -1).filter((kind) => found[kind].length).flatMap((kind) => [
        el("h3", { text: say(`change.${kind}`, { n: found[kind].length }) }),
        el("ul", {}, ...found[kind].slice(0, PAGE).map((place) => el("li", {}, placeButton(place), el("span", { text: ` ${step(before, now, place)}` })))),
      ]);
      return parts.length ? parts : [el("p", { text: say("panel.no_change") })];
    }

    const step = (before, now, place) => {
      const name = (looks) => (atlas.time.says(looks, place) ? phasesOf(say, data, { rank: looks.rank[place], outcomes: looks.outcomes[place] }) : "");
      const [was, is] = [name(before), name(now)];
      return was && is && was !== is ? say("panel.from_to", { from: was, to: is }) : is || was;
    };

    function routes() {
      const legs = app.model.legs(app.state);
      if (!legs.length) return [el("p", { text: say("panel.no_routes") })];
      return [el("ul", {}, ...legs.slice(0, PAGE * 3).map((leg) => el("li", {}, el("button", {
        type: "button", className: "link", text: legText(say, data, leg), on: { click: () => app.chooseLeg(leg) },
      }), el("span", { className: "differ", text: told(leg) }))))];
    }

    // What tells a leg from others between the same places: since when, what moves, how surely, and who says so.
    function told(leg) {
      const { begin, first, last, precision, known, moves, status, document: source } = data.routes;
      const when = say.when(begin[leg], atlas.story.unitOf(data.precisions[precision[leg]], first[leg], last[leg]), true);
      return [say(known[leg] ? "panel.known_by" : "map.since", { when }), moves[leg], say(`status.${data.statuses[status[leg]]}`), say.source(data.documents[source[leg]] || {})].filter(Boolean).join(" · ");
    }

    function undated() {
      const { places: found } = app.model.undated();
      if (!found.length) return [el("p", { text: say("panel.no_undated") })];
      return [el("p", { text: say("panel.undated_why") }), el("ul", {}, ...found.slice(0, PAGE * 3).map(([place, count]) => el("li", {},
        place >= 0 ? placeButton(place) : el("span", { text: say("panel.nowhere") }), el("span", { className: "count", text: say("count.observations", { n: count }) }))))];
    }

    function unplaced() {
      const rows = data.unplaced;
      if (!rows.surface.length) return [el("p", { text: say("panel.no_unplaced") })];
      return [el("p", { text: say("panel.unplaced_why") }), el("ul", {}, ...rows.surface.slice(0, PAGE * 3).map((surface, i) => el("li", {}, el("b", { text: surface }),
        el("span", { text: rows.count[i] > 1 ? ` × ${say.number(rows.count[i])}` : "" }), el("span", { className: "differ", text: whence(i) }))))];
    }

    // The document that a name stands in, and why it has no place.
    const whence = (row) => [data.unplaced.document[row] >= 0 ? data.documents[data.unplaced.document[row]].title : "", say.reason(data.unplaced.reason[row])].filter(Boolean).join(": ");

    const makers = { places, changes, routes, undated, unplaced };

    function open(tab) {
      if (node.hidden) back = document.activeElement;
      current = tab; shown = PAGE;
      node.hidden = false;
      update();
      title.focus({ preventScroll: true });
      app.onToggle(true);
    }
    function close() {
      node.hidden = true; current = null;
      app.onToggle(false);
      if (back && back.isConnected) back.focus();
    }
    function update() {
      const numbers = { undated: app.model.undated().total, unplaced: data.unplaced.count.reduce((sum, count) => sum + count, 0) };
      for (const button of buttons) {
        const name = say(`panel.${button.dataset.tab}`);
        button.textContent = numbers[button.dataset.tab] === undefined ? name : `${name} (${say.number(numbers[button.dataset.tab])})`;
        button.setAttribute("aria-pressed", String(button.dataset.tab === current));
      }
      if (!current) return;
      title.textContent = say(`panel.${current}`);
      // A list that is made anew keeps the focus where it was.
      const focused = [...body.querySelectorAll("button")].indexOf(document.activeElement);
      body.replaceChildren(...makers[current]().filter(Boolean));
      if (focused >= 0) (body.querySelectorAll("button")[focused] || title).focus({ preventScroll: true });
    }
    return { node, open, close, update, isOpen: () => current !== null, toggle: (tab) => (current === tab ? close() : open(tab)) };
  }

  // Phase and outcomes of a look in words, the home with them.
  function phasesOf(say, data, look) {
    const names = look.rank >= 0 ? [say.phase(data.ordered[look.rank])] : [];
    if (look.outcomes & atlas.data.HOME) names.push(say.phase(data.ordered[data.home]));
    data.outcomes.forEach((phase, outcome) => { if (look.outcomes & (1 << outcome)) names.push(say.phase(phase)); });
    return names.length ? names.join(" + ") : say("legend.named");
  }

  const legText = (say, data, leg) => say("panel.leg", { from: data.places.label[data.routes.from[leg]], to: data.places.label[data.routes.to[leg]] });

  atlas.panel = { panel, phasesOf, legText };
})((globalThis.atlas = globalThis.atlas || {}));
