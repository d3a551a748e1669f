// The page that stands alone: opens the map with the files that are in the page, and shows the evidence of what is chosen beside it.
// Takes the place of the server: the map tells it what is chosen and when, as it would tell Streamlit.
(function (atlas, redraw) {
  "use strict";

  const { OPEN_START, OPEN_END } = atlas.data;
  const PAGE = 8;

  const read = (name) => JSON.parse(document.getElementById(name).textContent);
  const [config, command, evidence] = ["config", "command", "evidence"].map(read);
  config.files = Object.fromEntries(Object.entries(config.urls).filter(([, url]) => url).map(([name, url]) => [url, read(name)]));
  const words = config.files[config.urls.words][config.language];
  const say = (key) => words[key];

  const aside = document.getElementById("beside");
  const shadow = aside.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(read("notes-style"));
  shadow.adoptedStyleSheets = [style];
  const notes = document.createElement("div");
  notes.className = "notes";
  shadow.append(notes);

  let state = { mode: "upto", day: null, start: null, place: null, route: null };
  let page = 0;
  let shown = null;

  const markOf = (rank, outcome) => config.marks.phases[rank] || config.marks.outcomes[outcome];
  const heading = (text, level) => ({ kind: "heading", text, level });
  const text = (content, soft = false) => ({ kind: "text", text: content, soft });
  const close = () => ({ kind: "buttons", actions: [{ name: "close", label: say("beside.close"), value: null }] });
  const roles = { place: say("card.place_label"), date: say("card.date_label"), cue: say("card.why_label") };

  // Which of some cards are in force at the moment that is shown.
  function inForce(cards) {
    const table = { first: cards.map(([, , , , , , first]) => first ?? OPEN_START), last: cards.map((card) => card[7] ?? OPEN_END), begin: cards.map((card) => card[6] ?? card[7] ?? OPEN_END) };
    cards.forEach((card, i) => { if (card[6] === null && card[7] === null) { table.first[i] = OPEN_END; table.last[i] = OPEN_START; } });
    const { mode, day, start } = state;
    const moment = mode === "at" ? atlas.time.at(day) : mode === "window" ? atlas.time.within(start, day) : atlas.time.upTo(day);
    const holds = atlas.time.inForce(table, moment);
    return { holds, begin: table.begin };
  }

  const cardOf = ([title, rank, outcome, pieces, source, rows, first, last], now) => ({
    kind: "card", heading: title, mark: markOf(rank, outcome), now, later: say(first === null && last === null ? "card.undated" : "card.later"), roles, source, rows, actions: [], pieces: pieces.map(([content, role]) => ({ text: content, role })),
  });

  // What is in force first, the furthest phase first, and of each the surest reading, as they come; then the rest, in the order of time.
  function ordered(cards) {
    const { holds, begin } = inForce(cards);
    const weight = ([, rank, outcome]) => (rank >= 0 ? rank : outcome >= 0 ? -0.5 : -1);
    const all = cards.map((card, i) => ({ card, now: holds(i), begin: begin[i] }));
    const now = all.filter((one) => one.now).sort((a, b) => weight(b.card) - weight(a.card));
    return [...now, ...all.filter((one) => !one.now).sort((a, b) => a.begin - b.begin)].map((one) => cardOf(one.card, one.now));
  }

  function chosen() {
    const name = state.route ? evidence.routes[`${state.route.id} ${state.route.leg}`] : evidence.places[state.place];
    if (!name) return null;
    return state.route ? { title: say("beside.route"), cards: name.map((card) => cardOf(card, true)) } : { title: name.name, cards: ordered(name.cards) };
  }

  function show() {
    const found = chosen();
    const key = JSON.stringify([state.place, state.route]);
    const isNew = key !== shown;
    if (isNew) { page = 0; aside.scrollTop = 0; }
    shown = key;
    if (!found) { redraw(notes, config.about, act); return; }
    const pages = Math.max(1, Math.ceil(found.cards.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const blocks = [heading(found.title, 2), close(), ...found.cards.slice(page * PAGE, page * PAGE + PAGE)];
    if (pages > 1) blocks.push({ kind: "pager", previous: say("page.previous"), next: say("page.next"), label: say("page.pager"), text: say("page.of").replace(/\{(\w+)\}/g, (_, name) => String(name === "page" ? page + 1 : pages)), hasPrevious: page > 0, hasNext: page + 1 < pages });
    if (!found.cards.length) blocks.push(text(say("panel.no_undated"), true));
    redraw(notes, blocks, act);
    if (isNew && getComputedStyle(aside).position === "static") aside.scrollIntoView({ block: "nearest" });
  }

  // On paper nothing can be pressed: what is chosen stands there with all its sentences, else each place of the map with the first of its own.
  function onPaper() {
    const found = chosen();
    redraw(notes, [...(found ? [heading(found.title, 2), ...found.cards] : places()), ...config.about], act);
  }

  function places() {
    const { app, scene } = atlas.room;
    const { visible, before } = scene();
    const { id } = app.data.places;
    const says = ({ rank, outcomes }) => rank >= 0 || outcomes > 0;
    const shown = id.map((_, place) => place).filter((place) => visible(place) && says(visible(place)) && evidence.places[id[place]]).sort((a, b) => (before(a, b) ? -1 : 1));
    return [heading(say("take.evidence"), 2), ...shown.flatMap((place) => first(evidence.places[id[place]]))];
  }

  function first({ name, cards }) {
    const [card] = ordered(cards);
    const isWithheld = card.pieces.length === 1 && card.pieces[0].text === say("take.withheld");
    return [heading(name, 3), { ...card, rows: [], pieces: isWithheld ? [] : card.pieces }];
  }

  function act(name, value) {
    if (name === "close") atlas.room.choose(null);
    if (name === "page") { page += value; show(); aside.scrollTop = 0; }
  }

  window.Streamlit = { setComponentValue(told) { if (told.state) state = told.state; show(); } };

  async function start() {
    const map = L.map("map", { center: [15, 0], zoom: 2, minZoom: 1.5, maxZoom: 13, zoomSnap: 0.5, wheelPxPerZoomLevel: 100, zoomControl: false, fadeAnimation: false, boxZoom: false, trackResize: false });
    atlas.command(command);
    const room = await atlas.mount(map, config);
    // An address that is nobody else's is nothing to copy.
    for (const button of document.querySelectorAll(".map-tools button")) if (button.title === say("map.copy_link")) button.hidden = true;
    if (room) { const { mode, day, start: from, place, route } = room.app.state; state = { mode, day, start: from, place, route }; }
    show();
    // Before the sheets are counted: the map, which always fills one, waits for the size of it.
    window.addEventListener("beforeprint", onPaper);
    window.addEventListener("afterprint", show);
  }
  start();
})(globalThis.atlas, globalThis.drawNotes);
