// For the room: one statement a slide in large type, the map behind it, forward and back by keyboard or clicker.
(function (atlas) {
  "use strict";

  const { el, iconButton, perFrame } = atlas.dom;
  const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter", "n"]);
  const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace", "p"]);

  // Which shares of the width and of the height of a window marks have, where the words stand above the map and where they stand beside it.
  const [BELOW, BESIDE] = [[0.78, 0.58], [0.6, 0.82]];
  // How much larger it must be for that, and how wide a window, in pixels.
  const [MUCH, LEAST_BESIDE] = [1.2, 1000];

  function room(root, map, shared, host, config) {
    shared.large = true;
    atlas.shared.dress(shared);
    const { say, data } = shared;
    const model = atlas.model.model(data);
    const objects = atlas.scene.pool(data.places.count);
    const looks = [atlas.time.emptyLooks(data.places.count), atlas.time.emptyLooks(data.places.count)];
    const state = { slide: 0, ...atlas.memory.recall(config) };
    let handled = state.handled || null, isShown = false, isBeside = false, link = {};
    const stage = atlas.stage.stage(map, shared);

    const about = el("p", { className: "about" });
    const title = el("h1", { className: "present-title" });
    const line = el("p", { className: "present-line" });
    const later = el("p", { className: "present-later" });
    const legend = el("ul", { className: "present-legend" });
    const key = el("ul", { className: "present-key", aria: { label: say("legend.how") } });
    const cover = el("div", { className: "cover" });
    const filters = el("p", { className: "present-filters", hidden: true });
    const number = el("span", { className: "present-number" });
    const live = el("p", { className: "unseen", attr: { role: "status" }, aria: { live: "polite" } });
    const buttons = [iconButton("previous", say("present.previous"), () => go(-1)), iconButton("next", say("present.next"), () => go(1)), iconButton("full", say("map.full_screen"), full), iconButton("close", say("present.leave"), leave)];
    const head = el("header", { className: "present-head" }, about, title, line);
    const body = el("main", { className: "stage" }, legend, cover);
    const whole = el("div", { className: "room" }, head, body, el("footer", { className: "present-foot" }, later, key, filters, el("span", { className: "present-source", text: `${say("legend.absence_short")} ${say("legend.natural_earth")}` }), live, number, ...buttons));
    root.replaceChildren(whole);
    body.prepend(map.getContainer());

    // The legend stands beside the marks, on a phone below them.
    shared.margins = () => {
      const isWide = body.clientWidth > 640;
      const edge = 30 * shared.scale;
      if (isBeside) return { paddingTopLeft: [edge + 10, edge + 10], paddingBottomRight: [edge + 10, edge] };
      return { paddingTopLeft: [isWide ? edge + 10 : edge, edge + 10], paddingBottomRight: isWide ? [legend.offsetWidth + edge + 20, edge] : [edge, legend.offsetHeight + edge] };
    };
    shared.covers = () => (isBeside ? [] : atlas.shared.coveredBy(body, [legend]));

    // What reaches further from north to south than from west to east is shown larger beside the words than below them.
    function lay() {
      const { clientWidth: width, clientHeight: height } = root;
      const now = model.final();
      const box = stage.boxOf(data.points.concat(data.areas).filter((place) => atlas.time.says(now, place)), () => 0);
      const size = (right, down) => Math.min((width * right) / (box[2] - box[0]), (height * down) / (box[3] - box[1]));
      isBeside = width >= LEAST_BESIDE && size(...BESIDE) > MUCH * size(...BELOW);
      whole.classList.toggle("beside", isBeside);
      if (isBeside) head.append(legend); else body.insertBefore(legend, cover);
    }

    // The slides: the cover, a phase each, the close.
    const slides = () => ["cover", ...model.story(), "close"];

    function go(by) {
      const last = slides().length - 1;
      const next = Math.min(Math.max(state.slide + by, 0), last);
      if (next === state.slide) return;
      state.slide = next;
      draw();
      host.report({ room: "present", why: "slide", handled, state: { slide: state.slide } });
    }

    function draw() {
      const all = slides();
      state.slide = Math.min(Math.max(state.slide, 0), all.length - 1);
      const slide = all[state.slide];
      const isMap = typeof slide === "object";
      lay();
      about.textContent = atlas.story.about(say, data, model.filter);
      cover.hidden = isMap;
      head.hidden = !isMap;
      legend.hidden = key.hidden = later.hidden = !isMap;
      number.textContent = `${state.slide + 1} / ${all.length}`;
      buttons[0].disabled = state.slide === 0;
      buttons[1].disabled = state.slide === all.length - 1;
      if (isMap) drawMap(slide, all[state.slide - 1]); else drawCover(slide);
      atlas.memory.keep(config, { ...state, handled });
      host.address([["slide", state.slide], ...Object.entries(link).flatMap(([name, values]) => values.map((value) => [name, value]))]);
    }

    function drawMap(slide, earlier) {
      const moment = atlas.time.upTo(slide.day);
      const now = atlas.time.fillLooks(looks[0], data, model.mask(slide.phase), moment);
      later.textContent = laterReach(slide, now) || goesOn(slide, now); // before the map is measured: it takes some of its room
      map.invalidateSize({ animate: false });
      const before = typeof earlier === "object" ? atlas.time.fillLooks(looks[1], data, model.mask(earlier.phase), atlas.time.upTo(earlier.day)) : null;
      const scene = atlas.scene.scene(data, now, before, { hidden: { ...atlas.shared.noneHidden(), named: true, routes: true }, focus: slide.phase }, objects);
      const about = atlas.story.ofPhase(data, now, slide.phase);
      const places = data.points.concat(data.areas).filter((place) => scene.visible(place) && about(place));
      showLegend(slide.phase, now);
      if (places.length) stage.fit(places, { maxZoom: 6 });
      stage.draw(scene);
      showKey(scene);
      const state_ = { mode: "upto", day: slide.day, step: "phase", focus: slide.phase, start: 0 };
      title.textContent = atlas.story.finding(say, data, now, atlas.story.when(say, moment, model.unit(state_)), slide.phase);
      tellChanges(before ? atlas.story.changed(data, before, now, slide.phase) : null);
      live.textContent = `${title.textContent}. ${line.textContent} ${later.textContent}`;
    }

    // What has changed, with as many names of each kind as there is room for: where one is too much, in numbers.
    function tellChanges(found) {
      const { changes } = atlas.time;
      const fits = (most) => {
        line.style.webkitLineClamp = "";
        line.textContent = found ? atlas.story.changedLine(say, data, found, most) : "";
        return line.scrollHeight <= line.clientHeight + 1;
      };
      let most = Object.fromEntries(changes.map((kind) => [kind, 1]));
      if (!fits(most)) { tellNumbers(found); return; }
      for (const count of [2, 3]) for (const kind of changes) {
        const more = { ...most, [kind]: count };
        if (most[kind] === count - 1 && fits(more)) most = more;
      }
      fits(most);
    }

    function tellNumbers(found) {
      const some = atlas.time.changes.slice(0, -1).filter((kind) => found[kind].length);
      line.textContent = `${some.map((kind) => say(`change.${kind}`, { n: found[kind].length })).join(", ")}.`;
      clampLine();
    }

    // No line is cut in two: as many of them as there is room for, the last with dots.
    function clampLine() {
      if (line.scrollHeight > line.clientHeight + 1) line.style.webkitLineClamp = String(Math.max(1, Math.floor(line.clientHeight / parseFloat(getComputedStyle(line).lineHeight))));
    }

    // The signs that a slide uses beside those of its phases, each with what it means.
    function showKey(scene) {
      const middle = Math.min(2, data.ordered.length - 1);
      const mark = (spec) => atlas.glyphs.sample({ rank: middle, certainty: 0, outcomes: 0, radius: 8 * shared.scale, tokens: shared.tokens, colours: shared.colours, number: shared.numbers[middle], ...spec }, Math.round(28 * shared.scale));
      const marks = stage.drawnMarks();
      const areas = data.areas.filter((place) => scene.visible(place));
      const looks_ = [...marks.map(({ place }) => place), ...areas].map((place) => scene.visible(place)).filter((look) => look.rank >= 0);
      const signs = [
        [looks_.some((look) => look.certainty === 1), mark({ certainty: 1 }), "status.reported"],
        [looks_.some((look) => look.certainty === 2), mark({ certainty: 2 }), "status.suspected"],
        [looks_.some((look) => look.known), mark({ known: 1 }), "legend.known"],
        [marks.some((one) => one.fresh || scene.fresh(one.place)) || areas.some(scene.fresh), mark({ fresh: true, radius: 6 * shared.scale }), "legend.fresh"],
        [marks.some((one) => one.count > 1), el("b", { className: "legend-tag", text: "3" }), "legend.under"],
        [areas.some((place) => scene.visible(place).rank >= 0 && scene.visible(place).certainty > 0), el("span", { className: "legend-line hatched" }), "legend.suspected_area"],
      ];
      key.replaceChildren(...signs.filter(([isUsed]) => isUsed).map(([, sign, text]) => el("li", {}, sign, el("span", { text: say(text) }))));
    }

    // The step of a phase goes by the dates of the text. Where the opening, which goes by the last day, says more of the furthest phase, its slide says why.
    function laterReach(slide, now) {
      const moment = atlas.time.upTo(model.latest());
      const all = model.final();
      const rank = data.ordered.findIndex(({ id }) => id === slide.phase);
      if (slide.day >= moment.day || rank < 0 || all.rank.some((other, place) => all.there[place] && other > rank)) return "";
      const [then, shown] = [all, now].map((some) => atlas.story.reached(say, atlas.story.reach(data, some, atlas.story.ofPhase(data, some, slide.phase))));
      return then === shown ? "" : say("present.later", { moment: momentOf(moment.day), reach: then });
    }

    // A slide shows a place at its phase though the next ones show it at a later one: without a word the numbers would seem to shrink.
    function goesOn(slide, now) {
      const count = atlas.story.further(data, now, model.final(), slide.phase);
      return count ? say("present.further", { n: count }) : "";
    }

    const momentOf = (day) => model.when(say, atlas.time.upTo(day), model.unit({ mode: "upto", day, step: "event", focus: null }));

    function showLegend(phase, now) {
      const counts = atlas.story.counts(data, now);
      const isTold = atlas.story.told(model.story(), phase);
      const row = (entry, spec, count) => el("li", { className: entry.id === phase ? "present-now" : "" }, atlas.glyphs.sample({ ...spec, radius: 13 * shared.scale, tokens: shared.tokens, colours: shared.colours, number: shared.numbers[spec.rank] }, Math.round(40 * shared.scale)), el("span", { text: say.phase(entry) }), el("b", { text: say.number(count) }));
      const rows = [...data.ordered.map((entry, rank) => [entry, { rank, certainty: 0, outcomes: 0 }, counts.phases[rank]]),
        ...data.outcomes.map((entry, outcome) => [entry, { rank: -1, outcomes: 1 << outcome }, counts.outcomes[outcome]])];
      legend.replaceChildren(...rows.filter(([entry]) => isTold(entry)).map((told) => row(...told)));
    }

    function drawCover(slide) {
      const [first, end] = model.span();
      const last = model.latest();
      const now = model.final();
      const dates = { from: say.when(first, "year"), to: say.when(end, "year") };
      const finding = atlas.story.finding(say, data, now, momentOf(last), null);
      const documents = model.documents().map((position) => data.documents[position]);
      const publishers = [...new Set(documents.map(say.source).filter(Boolean))];
      const parts = slide === "cover"
        ? [el("h1", { text: say("present.title", { actor: atlas.story.about(say, data, model.filter) }) }), el("p", { className: "cover-finding", text: finding }), el("p", { text: say(`present.sources${model.isTimeless() ? "_undated" : dates.from === dates.to ? "_one" : ""}`, { n: documents.length, ...dates }) })]
        : [el("h1", { text: say("present.close") }), el("ul", {}, ...["absence", "sources_only", "known", "boundaries"].map((key) => el("li", { text: say(key === "sources_only" || key === "known" ? `present.${key}` : `legend.${key}`) }))),
          el("p", { className: "cover-sources", text: say("present.source_names", { names: say.names(publishers, 12) }) })];
      cover.replaceChildren(...parts);
      live.textContent = parts.map((part) => part.textContent).join(". ");
    }

    function full() { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen().catch(() => { live.textContent = say("map.no_full_screen"); }); }
    function leave() { host.report({ room: "present", why: "leave", handled, state: { slide: state.slide } }); }

    function keys(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.key === " " || event.key === "Enter") && event.target instanceof Element && event.target.closest("button")) return;
      const to = event.key === "Home" ? -1e6 : event.key === "End" ? 1e6 : FORWARD.has(event.key) ? 1 : BACK.has(event.key) ? -1 : 0;
      if (event.key === "Escape" && !document.fullscreenElement) leave();
      if (!to) return;
      event.preventDefault();
      go(to);
    }
    // Before the map hears them: there the arrow keys would move it.
    window.addEventListener("keydown", keys, true);
    if (host.parent) host.parent.document.addEventListener("keydown", keys);
    window.addEventListener("pagehide", () => { if (host.parent) host.parent.document.removeEventListener("keydown", keys); });

    function obey(content) {
      link = content.link || {};
      model.setFilter(content.filter || {});
      filters.hidden = !content.filters;
      filters.textContent = content.filters ? say("present.filters", { filters: content.filters }) : "";
      if (content.number !== undefined && content.number !== handled) { handled = content.number; Object.assign(state, content.state); }
      draw();
      if (isShown) return;
      isShown = true;
      if (atlas.areas.needUnits(data, shared.base)) shared.base.units().then(() => stage.outlinesArrived());
      new ResizeObserver(perFrame(() => { if (atlas.shared.scaleOf(shared) === shared.scale) draw(); else redress(atlas.theme.isDark()); })).observe(body);
      host.report({ room: "present", why: "ready", handled });
      root.dataset.ready = "true";
      window.focus();
    }

    function redress(isDark) {
      atlas.shared.dress(shared, isDark);
      atlas.theme.apply(root, shared.tokens);
      stage.redrawAll();
      draw();
    }

    return { obey, redress, app: { ...shared, state, model }, shared, stage, map, go };
  }

  atlas.roomPresent = { room };
})((globalThis.atlas = globalThis.atlas || {}));
