// The map room's furniture: heading, tools, notes, lists, numbers.
(function (atlas) {
  "use strict";

  const { el, iconButton, zoomButtons } = atlas.dom;

  function build(app, actions) {
    const { say } = app;
    const about = el("p", { className: "about" });
    const finding = el("h1", { className: "finding" });
    const line = el("p", { className: "changes" });
    const off = el("p", { className: "off", hidden: true }, el("span"), el("button", { type: "button", className: "link", text: say("map.all_layers"), on: { click: actions.showAllLayers } }));
    const live = el("p", { className: "unseen", attr: { role: "status" }, aria: { live: "polite" } });
    const toast = el("p", { className: "toast", hidden: true });
    const tip = el("div", { className: "tip", hidden: true, aria: { hidden: "true" } }, el("b"), el("span"));
    const emptyText = el("span");
    const emptyList = el("button", { type: "button", className: "link", text: say("map.see_undated"), on: { click: () => panel.open("undated") } });
    const empty = el("p", { className: "empty", hidden: true }, emptyText, emptyList);

    const announce = (text, isSeen = false) => {
      live.textContent = live.textContent === text ? `${text} ` : text;
      if (!isSeen) return;
      toast.textContent = text; toast.hidden = false;
      clearTimeout(announce.timer);
      announce.timer = setTimeout(() => { toast.hidden = true; }, 5000);
    };
    app.announce = announce;
    app.isHidden = (kind, index) => ({ rank: () => app.hidden.ranks.has(index), outcome: () => app.hidden.outcomes.has(index) }[kind] || (() => app.hidden[kind]))();

    const time = atlas.timeBar.timeBar(Object.assign(app, { change: actions.change, intervals: actions.intervals }));
    const legend = atlas.legend.legend(Object.assign(app, { toggleLayer: actions.toggleLayer, zoomTo: actions.zoomTo }));
    const panel = atlas.panel.panel(Object.assign(app, { choose: actions.choose, chooseLeg: actions.chooseLeg, isVisible: actions.isVisible, onToggle: actions.onPanel }));
    const search = atlas.search.search(app);
    const number = (tab) => el("button", { type: "button", className: "link", on: { click: () => panel.toggle(tab) } });
    const [shown, undated, unplaced] = ["places", "undated", "unplaced"].map(number);
    const map = app.map;

    const tools = el("div", { className: "map-tools", attr: { role: "group" }, aria: { label: say("map.tools") } },
      ...zoomButtons(say, app.zoom), iconButton("home", say("map.home"), actions.home), iconButton("fit", say("map.fit"), actions.fit, { className: "icon-button wide" }), iconButton("target", say("map.fit_selection"), actions.fitSelection, { className: "icon-button wide" }),
      iconButton("full", say("map.full_screen"), actions.fullScreen, { className: "icon-button wide" }), iconButton("list", say("panel.open"), () => panel.toggle("places")), iconButton("link", say("map.copy_link"), actions.copyLink));
    const stage = el("main", { className: "stage" }, tools, search.node, legend.node, panel.node, empty, toast, tip);
    const node = el("div", { className: "room" },
      el("header", { className: "head" }, about, finding, line, off),
      stage, time.node,
      el("footer", { className: "status" }, shown, undated, unplaced, live));

    return {
      node, stage, time, panel, legend, announce, search, covers: [search.node, tools, legend.node, panel.node],
      refresh() { about.textContent = atlas.story.about(say, app.data, app.model.filter); legend.refresh(); panel.update(); },
      say(told) {
        finding.textContent = told.finding;
        line.textContent = told.line;
        empty.hidden = !told.isEmpty;
        const why = !app.data.observations.count ? say("map.none") : app.model.isTimeless() && told.undated ? "" : say("map.empty");
        emptyText.textContent = [why, told.undated ? say("map.only_undated", { n: told.undated }) : ""].filter(Boolean).join(" ");
        emptyList.hidden = !told.undated;
        legend.update(told.counts, told.legs, app.state.focus);
        const force = say("map.shown", { force: told.counts.force, all: app.data.observations.count });
        const filtered = told.filtered ? say(onlyActors(app.model.filter) ? "map.others" : "map.filtered", { n: told.filtered }) : "";
        shown.textContent = [force, told.off ? say("map.off", { n: told.off }) : "", filtered, told.unplaced ? say("map.nowhere", { n: told.unplaced }) : ""].filter(Boolean).join(", ");
        const names = layersOff(app);
        off.hidden = !names.length;
        off.firstChild.textContent = names.length ? say("map.layers_off", { names: say.names(names, names.length) }) : "";
        undated.textContent = say("map.undated", { n: told.undated });
        unplaced.textContent = say("map.unplaced", { n: app.data.unplaced.count.reduce((sum, count) => sum + count, 0) });
      },
      tip(texts, point) {
        tip.hidden = !texts;
        if (!texts) return;
        tip.children[0].textContent = texts[0];
        tip.children[1].textContent = texts[1];
        const { clientWidth, clientHeight } = stage;
        tip.style.left = `${Math.min(point.x + 14, Math.max(4, clientWidth - tip.offsetWidth - 6))}px`;
        tip.style.top = `${point.y + 18 + tip.offsetHeight > clientHeight ? point.y - tip.offsetHeight - 10 : point.y + 18}px`;
      },
    };
  }

  // Names of the layers that are switched off, in the order of the legend.
  const layersOff = ({ data, hidden, say }) => [
    ...data.ordered.filter((_, rank) => hidden.ranks.has(rank)).map(say.phase), ...data.outcomes.filter((_, outcome) => hidden.outcomes.has(outcome)).map(say.phase),
    ...["named", "routes"].filter((kind) => hidden[kind]).map((kind) => say(`legend.${kind}`)),
  ];

  // Whether a filter, as a map opens with it, leaves out other actors and nothing else.
  const onlyActors = ({ actors: _, ...rest }) => Object.values(rest).every((value) => !value || value === "all" || value.length === 0);

  // Why a map shows names alone: nothing is said of whom it follows, or nothing of it passes the filter.
  function unsaid({ say, data, model }) {
    return onlyActors(model.filter) ? say("map.unsaid", { actor: atlas.story.about(say, data, model.filter) }) : say("map.unsaid_filtered");
  }

  atlas.roomParts = { build, unsaid };
})((globalThis.atlas = globalThis.atlas || {}));
