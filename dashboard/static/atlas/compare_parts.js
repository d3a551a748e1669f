// The furniture of the comparison: two dates, the choice between two maps and one, and what the signs mean.
(function (atlas) {
  "use strict";

  const { el, iconButton, zoomButtons } = atlas.dom;
  const { changes } = atlas.time;

  // `app`: { say, data, model, state, change(part, why) }.
  function build(app) {
    const { say } = app;
    const about = el("p", { className: "about" });
    const finding = el("h1", { className: "finding" });
    const live = el("p", { className: "unseen", attr: { role: "status" }, aria: { live: "polite" } });
    app.announce = (text) => { live.textContent = text; };
    const problem = atlas.timeBar.problemLine(app, () => `${app.state.a} ${app.state.b}`);
    const dates = ["a", "b"].map(dateControl);
    const layouts = ["two", "one"].map((layout) => el("button", { type: "button", text: say(`compare.${layout}`), on: { click: () => app.change({ layout }, "mode") } }));
    const kinds = changes.map((kind) => {
      const box = el("input", { type: "checkbox", id: `atlas-kind-${kind}`, on: { change: () => app.change({ kinds: changes.filter((other) => (other === kind ? box.checked : app.state.kinds.includes(other))) }, "mode") } });
      const count = el("span", { className: "legend-count" });
      const mark = el("span", { className: "legend-mark" });
      return { kind, box, count, mark, node: el("li", {}, box, el("label", { htmlFor: box.id }, mark, el("span", { text: say(`compare.${kind}`) })), count) };
    });
    const unsigned = el("p", { className: "unsigned", hidden: true });
    const legend = el("aside", { className: "legend", aria: { label: say("compare.legend") } }, el("ul", { className: "legend-layers" }, ...kinds.map((kind) => kind.node)), unsigned, el("p", { text: say("legend.absence_short") }));

    // As the map draws them: what became of a place is its sign, and what is as it was is pale and has none.
    const drawKinds = () => kinds.forEach(({ kind, mark }) => {
      const isPale = kind === "unchanged" || kind === "gone";
      const sign = atlas.scene.SIGNS[kind];
      const made = sign ? atlas.glyphs.signSample(sign, app.tokens) : atlas.glyphs.sample({ rank: Math.min(2, app.data.ordered.length - 1), outcomes: 0, tokens: app.tokens, colours: app.colours });
      made.style.opacity = isPale ? app.tokens.fade : 1;
      mark.replaceChildren(made);
    });
    const phases = el("aside", { className: "legend compact", aria: { label: say("legend.title") } });
    const tips = [tip(), tip()];
    const titles = [el("h2", { className: "pane-title" }), el("h2", { className: "pane-title" })];
    const tools = el("div", { className: "map-tools", attr: { role: "group" }, aria: { label: say("map.tools") } },
      ...zoomButtons(say, app.zoom), iconButton("home", say("map.home"), () => app.home()));
    const left = el("div", { className: "pane" }, titles[0], tools, tips[0]);
    const right = el("div", { className: "pane" }, titles[1], tips[1]);
    const stage = el("main", { className: "stage panes" }, left, right, legend, phases);
    const node = el("div", { className: "room" }, el("header", { className: "head" }, about, finding), stage,
      el("section", { className: "time", aria: { label: say("time.title") } }, el("div", { className: "time-controls" },
        el("div", { className: "segments", attr: { role: "group" }, aria: { label: say("compare.layout") } }, ...layouts),
        el("button", { type: "button", text: say("compare.swap"), on: { click: () => app.change({ a: app.state.b, b: app.state.a }, "step") } }),
        el("div", { className: "two-dates" }, ...dates.map((date) => date.node))), problem.node),
      el("footer", { className: "status" }, live));

    function dateControl(name) {
      const id = `atlas-date-${name}`;
      const accept = (range) => { app.change({ [name]: range[1] }, "type"); return atlas.timeBar.beyond(app, range); };
      const input = atlas.timeBar.dateField(app, id, problem, accept, () => show());
      const show = () => {
        if (document.activeElement !== input) input.value = app.model.isTimeless() ? "" : atlas.model.iso(app.state[name]);
        for (const control of [input, slider]) control.disabled = app.model.isTimeless();
        input.placeholder = app.model.isTimeless() ? "" : say("time.placeholder");
        [slider.min, slider.max] = app.model.span().map(String);
        slider.value = String(app.state[name]);
        slider.setAttribute("aria-valuetext", say.when(app.state[name], "day"));
      };
      const step = (forward) => {
        const moved = app.model.move({ mode: "upto", step: "event", day: app.state[name], start: 0, focus: null }, forward);
        if (moved) app.change({ [name]: moved.day }, "step");
      };
      const slider = el("input", { type: "range", className: "plain-range", aria: { label: say(`compare.date_${name}`) }, on: {
        input: () => app.change({ [name]: Number(slider.value) }, "scrub"), change: () => app.change({ [name]: Number(slider.value) }, "step"),
      } });
      slider.addEventListener("keydown", (event) => {
        const forward = { ArrowRight: true, ArrowUp: true, ArrowLeft: false, ArrowDown: false }[event.key];
        if (forward !== undefined) { event.preventDefault(); step(forward); }
      });
      return {
        node: el("span", { className: "field date-field" }, el("label", { htmlFor: id, text: say(`compare.date_${name}`) }), iconButton("previous", say("compare.earlier", { date: say(`compare.date_${name}`) }), () => step(false)), input,
          iconButton("next", say("compare.later", { date: say(`compare.date_${name}`) }), () => step(true)), slider),
        show,
      };
    }

    return {
      node, stage, left, right, covers: [phases, legend, tools, ...titles],
      // What is to stay clear of marks.
      margins(isTwo) {
        const isWide = stage.clientWidth > 640;
        if (isTwo) return { paddingTopLeft: [isWide ? 56 : 46, 50], paddingBottomRight: [30, isWide ? phases.offsetHeight + 36 : 24] };
        if (isWide) return { paddingTopLeft: [60, 26], paddingBottomRight: [legend.offsetWidth + 36, 30] };
        return { paddingTopLeft: [46, legend.offsetHeight + 24], paddingBottomRight: [20, 34] };
      },
      refresh() {
        drawKinds();
        about.textContent = atlas.story.about(say, app.data, app.model.filter);
        const key = (text, spec, className = "") => el("li", { className }, el("span", { className: "legend-mark" }, atlas.glyphs.sample({ certainty: 0, outcomes: 0, tokens: app.tokens, colours: app.colours, ...spec })), el("span", { text }));
        const middle = Math.min(2, app.data.ordered.length - 1);
        phases.replaceChildren(el("ul", { className: "legend-layers" },
          ...app.data.ordered.map((phase, rank) => key(say.phase(phase), { rank, number: app.numbers[rank] })),
          ...app.data.outcomes.map((phase, outcome) => key(say.phase(phase), { rank: -1, outcomes: 1 << outcome })),
          // On two maps the second has a ring on what changed; on one, signs say what became of each place.
          key(say("compare.ring"), { rank: middle, number: app.numbers[middle], fresh: true, radius: 5.5 }, "ring")));
      },
      // Tells whether the maps have another size than before.
      layout(isTwo) {
        const isOther = right.hidden === isTwo;
        right.hidden = !isTwo;
        legend.hidden = isTwo;
        phases.classList.toggle("low", !isTwo);
        stage.classList.toggle("one", !isTwo);
        const unit = app.model.unitsOfTwo(app.state.a, app.state.b);
        titles.forEach((title, index) => {
          const day = index ? app.state.b : app.state.a;
          title.hidden = !isTwo || app.model.isTimeless(); title.textContent = atlas.story.when(say, atlas.time.upTo(day), unit(day));
        });
        layouts.forEach((button, index) => button.setAttribute("aria-pressed", String((index === 0) === isTwo)));
        return isOther;
      },
      say({ finding: text, found }) {
        finding.textContent = text;
        live.textContent = text;
        problem.check();
        for (const date of dates) date.show();
        for (const { kind, box, count } of kinds) { box.checked = app.state.kinds.includes(kind); count.textContent = say.number(found[kind].length); }
      },
      // How many areas have changed and have no room for the sign of it.
      unsigned(count) {
        unsigned.hidden = !count;
        unsigned.textContent = count ? say("compare.unsigned", { n: count }) : "";
      },
      tip(index, texts, point) { showTip(tips[index], index ? right : left, texts, point); },
    };
  }

  const tip = () => el("div", { className: "tip", hidden: true, aria: { hidden: "true" } }, el("b"), el("span"));

  function showTip(node, frame, texts, point) {
    node.hidden = !texts;
    if (!texts) return;
    node.children[0].textContent = texts[0];
    node.children[1].textContent = texts[1];
    node.style.left = `${Math.min(point.x + 14, Math.max(4, frame.clientWidth - node.offsetWidth - 6))}px`;
    node.style.top = `${point.y + 18 + node.offsetHeight > frame.clientHeight ? point.y - node.offsetHeight - 10 : point.y + 18}px`;
  }

  atlas.compareParts = { build };
})((globalThis.atlas = globalThis.atlas || {}));
