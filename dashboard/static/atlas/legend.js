// The legend, always there: each phase and outcome with its mark, its number on the map, a switch and a way to its places; then how certainty, dates and precision are drawn.
(function (atlas) {
  "use strict";

  const { el, iconButton } = atlas.dom;

  // `app`: { say, data, model, tokens, colours, numbers, hidden, toggleLayer(kind, index), zoomTo(kind, index) }.
  function legend(app) {
    const { say, data } = app;
    const counters = new Map();
    const samples = [];

    const mark = (spec) => {
      if (spec.isRoute) return el("span", { className: "legend-mark" }, el("span", { className: "legend-line arrow" }));
      const holder = el("span", { className: "legend-mark" });
      samples.push(() => holder.replaceChildren(atlas.glyphs.sample({ ...spec, tokens: app.tokens, colours: app.colours, number: app.numbers[spec.rank] })));
      return holder;
    };

    function row(kind, index, label, spec) {
      const id = `atlas-layer-${kind}-${index}`;
      const count = el("span", { className: "legend-count", text: "0" });
      counters.set(`${kind} ${index}`, count);
      const box = el("input", { type: "checkbox", id, checked: true, on: { change: () => app.toggleLayer(kind, index, !box.checked) } });
      samples.push(() => { box.checked = !app.isHidden(kind, index); });
      return el("li", {}, box, el("label", { htmlFor: id }, mark(spec), el("span", { className: "legend-name", text: label })), count,
        iconButton("zoom", say("legend.zoom", { phase: label }), () => app.zoomTo(kind, index), { className: "icon-button small" }));
    }

    const key = (label, spec) => el("li", { className: "legend-key" }, mark(spec), el("span", { text: label }));
    const line = (label, className) => el("li", { className: "legend-key" }, el("span", { className: `legend-line ${className}` }), el("span", { text: label }));
    const tagged = (label) => el("li", { className: "legend-key" }, el("span", { className: "legend-mark", aria: { hidden: "true" } }, el("b", { className: "legend-tag", text: "3" })), el("span", { text: label }));
    const middle = Math.min(2, data.ordered.length - 1);

    const layers = el("ul", { className: "legend-layers" },
      ...data.ordered.map((phase, rank) => row("rank", rank, say.phase(phase), { rank, certainty: 0, outcomes: 0 })),
      ...data.outcomes.map((phase, outcome) => row("outcome", outcome, say.phase(phase), { rank: -1, outcomes: 1 << outcome })),
      row("named", 0, say("legend.named"), { rank: -1, outcomes: 0 }),
      data.routes.count ? row("routes", 0, say("legend.routes"), { isRoute: true }) : null);
    const keys = el("ul", { className: "legend-keys" },
      ...data.statuses.map((status, certainty) => key(say(`status.${status}`), { rank: middle, certainty, outcomes: 0 })),
      key(say("legend.known"), { rank: middle, certainty: 0, known: 1, outcomes: 0 }),
      key(say("legend.fresh"), { rank: middle, certainty: 0, fresh: true, outcomes: 0, radius: 5.5 }),
      tagged(say("legend.under")),
      line(say("legend.error"), "dashed"), line(say("legend.suspected_area"), "hatched"));
    const notes = el("div", { className: "legend-notes" }, el("p", { text: say("legend.absence") }), el("p", { text: say("legend.bars") }), el("p", { text: say("legend.boundaries") }));
    const more = el("details", { className: "legend-more" }, el("summary", { text: say("legend.how") }), keys, notes);
    const node = el("aside", { className: "legend", aria: { label: say("legend.title") } }, layers, more, el("p", { className: "legend-absence", text: say("legend.absence_short") }));

    return {
      node, more,
      refresh() { for (const draw of samples) draw(); },
      // `counts` as `story.counts` gives them; `focus`: the phase that a step of the story is about. What such a step does not draw has no number, nor has what is switched off.
      update(counts, legs, focus) {
        const isTold = atlas.story.told(app.model.story(), focus);
        const tell = (kind, index, count, isTold) => {
          const [counter, isDrawn] = [counters.get(`${kind} ${index}`), isTold && !app.isHidden(kind, index)];
          counter.textContent = isDrawn ? say.number(count) : "";
          counter.parentElement.classList.toggle("untold", !isDrawn);
        };
        counts.phases.forEach((count, rank) => tell("rank", rank, count, isTold(data.ordered[rank])));
        counts.outcomes.forEach((count, outcome) => tell("outcome", outcome, count, isTold(data.outcomes[outcome])));
        tell("named", 0, counts.named, !focus);
        if (counters.has("routes 0")) tell("routes", 0, legs, !focus);
      },
    };
  }

  atlas.legend = { legend };
})((globalThis.atlas = globalThis.atlas || {}));
