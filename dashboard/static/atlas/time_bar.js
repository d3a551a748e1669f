// The time control: at a date, up to a date or in a window; play, steps, typed dates, and a slider over a histogram.
(function (atlas) {
  "use strict";

  const { el, iconButton, setIcon, perFrame } = atlas.dom;
  const MODES = ["upto", "at", "window"];
  const STEPS = ["event", "month", "year", "phase"];

  // The line above the time control that says what is wrong with a date that was typed, until another is typed or `shown()` has changed.
  function problemLine(app, shown) {
    const node = el("p", { className: "problem", id: "atlas-problem", hidden: true });
    let told = "";
    const tell = (text) => {
      node.hidden = !text; node.textContent = text; told = shown();
      if (text) app.announce(text);
    };
    return { node, tell, check: () => { if (told !== shown()) tell(""); } };
  }

  // A field for a typed date. `accept` takes its first and last day and gives what is wrong with them, "" where nothing is; `restore` writes the date that is shown.
  function dateField(app, id, problem, accept, restore) {
    const input = el("input", { type: "text", id, autocomplete: "off", size: 10, aria: { describedby: problem.node.id }, attr: { placeholder: app.say("time.placeholder") } });
    input.addEventListener("input", () => problem.tell(""));
    input.addEventListener("change", () => {
      const range = atlas.model.typed(input.value, app.say.monthOf);
      input.setAttribute("aria-invalid", range ? "false" : "true");
      problem.tell(range ? accept(range) : app.say("time.invalid"));
    });
    input.addEventListener("blur", () => { input.setAttribute("aria-invalid", "false"); restore(); });
    return input;
  }

  // What to say of a typed date that lies beyond all that is dated; "" for any other.
  function beyond({ say, model }, [from, to]) {
    const [first, last] = model.span();
    if (to < first) return say("time.too_early", { when: atlas.model.iso(first) });
    return from > last ? say("time.too_late", { when: atlas.model.iso(last) }) : "";
  }

  // `app`: { say, model, tokens, colours, state, change(part, why) }. Returns { node, update, refresh, pause, isPlaying }.
  function timeBar(app) {
    const { say } = app;
    // `ended`: when a play came to its end by itself. Who pressed to pause it just then does not want it from the beginning.
    let playing = null, ended = -Infinity;

    const modes = MODES.map((mode) => el("button", { type: "button", text: say(`time.${mode}`), on: { click: () => app.change({ mode, focus: null, step: app.state.step === "phase" && mode !== "upto" ? "event" : app.state.step }, "mode") } }));
    const steps = el("select", { id: "atlas-step", on: { change: () => setStep(steps.value) } }, ...STEPS.map((step) => el("option", { value: step, text: say(`time.step_${step}`) })));
    const speed = el("input", { type: "number", id: "atlas-speed", aria: { label: say("time.speed_label") }, min: "0.2", max: "20", step: "0.1", value: String(app.state.speed), on: { change: () => setSpeed() } });
    const previous = iconButton("previous", say("time.previous"), () => step(false));
    const play = iconButton("play", say("time.play"), () => toggle(), { className: "icon-button primary" });
    const next = iconButton("next", say("time.next"), () => step(true));
    const problem = problemLine(app, () => `${app.state.mode} ${app.state.start} ${app.state.day}`);
    const day = dateField(app, "atlas-day", problem, setDay, () => update());
    const start = dateField(app, "atlas-start", problem, setStart, () => update());
    const lock = el("input", { type: "checkbox", id: "atlas-lock", on: { change: () => app.change({ locked: lock.checked }, "mode") } });
    const startBox = el("span", { className: "field" }, el("label", { htmlFor: "atlas-start", text: say("time.from") }), start);
    const lockBox = el("span", { className: "field check" }, lock, el("label", { htmlFor: "atlas-lock", text: say("time.lock") }));
    const rail = el("div", { className: "rail", aria: { label: say("time.step_phase") }, attr: { role: "group" } });
    const chart = el("canvas", { aria: { hidden: "true" } });
    const handle = slider("day", say("time.slider"));
    const startHandle = slider("start", say("time.slider_start"));
    const track = el("div", { className: "track", title: say("legend.bars") }, chart, startHandle, handle);
    const dates = el("div", { className: "dates" }, startBox, el("span", { className: "field" }, el("label", { htmlFor: "atlas-day", text: say("time.date") }), day), lockBox);
    const node = el("section", { className: "time", aria: { label: say("time.title") } },
      el("div", { className: "time-controls" },
        el("div", { className: "segments", aria: { label: say("time.title") }, attr: { role: "group" } }, ...modes),
        el("div", { className: "steppers" }, previous, play, next),
        el("span", { className: "field" }, el("label", { htmlFor: "atlas-step", text: say("time.step") }), steps),
        el("span", { className: "field optional" }, el("label", { htmlFor: "atlas-speed", text: say("time.speed") }), speed),
        dates),
      problem.node, rail, track);

    function setDay(range) {
      app.change({ day: range[1], focus: null }, "type");
      return beyond(app, range);
    }

    function setStart([from]) {
      app.change({ start: from, focus: null }, "type");
      return from > app.state.day ? say("time.after_end", { when: atlas.model.iso(app.state.day) }) : "";
    }

    function slider(name, label) {
      const input = el("input", { type: "range", step: "1", className: `handle handle-${name}`, aria: { label } });
      const drag = perFrame(() => app.change({ [name]: Number(input.value), focus: null }, "scrub"));
      input.addEventListener("input", () => { pause(); drag(); });
      input.addEventListener("change", () => app.change({ [name]: Number(input.value), focus: null }, "step"));
      input.addEventListener("keydown", (event) => keys(event, name));
      return input;
    }

    // Arrow keys take a step of the chosen unit, and not of a day.
    function keys(event, name) {
      const forward = { ArrowRight: true, ArrowUp: true, ArrowLeft: false, ArrowDown: false }[event.key];
      const ends = { Home: 0, End: -1 }[event.key];
      if (forward === undefined && ends === undefined) return;
      event.preventDefault();
      if (ends !== undefined) { const all = app.model.steps(app.state); if (all.length) app.change(name === "day" ? app.model.at(app.state, all.at(ends)) : { start: all.at(ends).day }, "step"); return; }
      if (name === "day") { step(forward); return; }
      const moved = app.model.move({ ...app.state, mode: "upto", day: app.state.start, focus: null }, forward);
      if (moved) app.change({ start: Math.min(moved.day, app.state.day), focus: null }, "step");
    }

    function setStep(value) {
      const story = app.model.story();
      if (value !== "phase" || !story.length) { app.change({ step: value, focus: null }, "mode"); return; }
      app.change({ step: value, mode: "upto", day: story[story.length - 1].day, focus: story[story.length - 1].phase }, "mode");
    }

    function setSpeed() {
      const value = Number(speed.value.replace(",", "."));
      app.state.speed = Number.isFinite(value) ? Math.min(20, Math.max(0.2, value)) : 1;
      speed.value = String(app.state.speed);
    }

    function step(forward) {
      pause();
      const moved = app.model.move(app.state, forward);
      if (moved) app.change(moved, "step"); else app.announce(say(forward ? "time.at_end" : "time.at_start"));
    }

    function toggle() { if (playing) pause(true); else if (performance.now() - ended > 500) start_(); }

    function start_() {
      if (!app.model.move(app.state, true)) restart();
      // However slow, something moves soon after the button was pressed.
      let due = performance.now() + Math.min(500, 1000 / app.state.speed);
      setIcon(play, "pause", say("time.pause"));
      const tick = (now) => {
        if (now >= due) {
          due = Math.max(due + 1000 / app.state.speed, now);
          const moved = app.model.move(app.state, true);
          if (!moved) { ended = now; pause(true); return; }
          app.change(moved, "play");
        }
        playing = requestAnimationFrame(tick);
      };
      playing = requestAnimationFrame(tick);
    }

    // From the first step, where a start is locked from the first one after it.
    function restart() {
      const { state } = app;
      const isLocked = state.mode === "window" && state.locked;
      const all = app.model.steps(state).filter((at) => !isLocked || at.day >= state.start);
      if (all.length > 1) app.change(app.model.at(state, all[0]), "play");
    }

    function pause(report) {
      if (!playing) return;
      cancelAnimationFrame(playing);
      playing = null;
      setIcon(play, "play", say("time.play"));
      if (report) app.change({}, "pause");
    }

    let found = null, foundFor = "";
    function refresh() {
      const span = app.model.span();
      for (const input of [handle, startHandle]) { input.min = String(span[0]); input.max = String(span[1]); }
      foundFor = "";
      rail.replaceChildren(...app.model.story().map((at) => {
        const phase = app.model.data.phases.find((known) => known.id === at.phase);
        return el("button", { type: "button", title: say.phase(phase), on: { click: () => { pause(); app.change({ day: at.day, focus: at.phase }, "step"); } }, data: { phase: at.phase } },
          atlas.glyphs.sample({ rank: phase.rank, outcomes: phase.outcome >= 0 ? 1 << phase.outcome : 0, radius: 6.5, tokens: app.tokens, colours: app.colours, number: app.numbers[phase.rank] }, 22), el("span", { text: say.phase(phase) }));
      }));
      update();
    }

    function update() {
      const { state, model } = app;
      problem.check();
      modes.forEach((button, index) => button.setAttribute("aria-pressed", String(MODES[index] === state.mode)));
      steps.value = state.step;
      lock.checked = state.locked;
      startBox.hidden = lockBox.hidden = startHandle.hidden = state.mode !== "window";
      rail.hidden = state.step !== "phase";
      for (const button of rail.children) button.setAttribute("aria-pressed", String(button.dataset.phase === state.focus));
      const isTimeless = model.isTimeless();
      for (const control of [day, start, handle, startHandle, play]) control.disabled = isTimeless;
      track.classList.toggle("timeless", isTimeless);
      if (document.activeElement !== day) day.value = isTimeless ? "" : atlas.model.iso(state.day);
      for (const input of [day, start]) input.placeholder = isTimeless ? "" : say("time.placeholder");
      const from = state.start === null ? state.day : state.start;
      if (document.activeElement !== start) start.value = isTimeless ? "" : atlas.model.iso(from);
      handle.value = String(state.day); startHandle.value = String(from);
      handle.setAttribute("aria-valuetext", say.when(state.day, model.unit(state)));
      startHandle.setAttribute("aria-valuetext", say.when(from, "day"));
      previous.disabled = !model.move(state, false);
      next.disabled = !model.move(state, true);
      drawChart();
    }

    function drawChart() {
      const width = track.clientWidth;
      if (!width) return;
      const { state, model, tokens } = app;
      const span = model.span();
      const key = `${width} ${span} ${tokens.name} ${state.focus}`;
      if (foundFor !== key) { found = atlas.histogram.bins(model.data, model.mask(state.focus), span, width - 2 * atlas.histogram.PAD); foundFor = key; }
      // The sliders reach from the first to the last day that can be shown: each handle stands where its day is.
      const [low, high] = span.map(atlas.histogram.scale(found, width));
      const share = (pixels) => `${(pixels / width) * 100}%`; // on paper the track has another width
      for (const input of [handle, startHandle]) Object.assign(input.style, { left: share(low - atlas.histogram.PAD), width: share(high - low + 2 * atlas.histogram.PAD) });
      const range = state.mode === "upto" ? [-Infinity, state.day] : state.mode === "at" ? [state.day, state.day] : [state.start, state.day];
      atlas.histogram.paint(chart, width, model, { found, tokens, colours: app.colours, range, marks: app.intervals(), band: bandOf(state, model) });
    }

    // The interval that the observations of this step are dated to, where it is longer than a day.
    function bandOf(state, model) {
      if (state.step !== "event" || state.mode === "window") return null;
      const { begin, first, last, count, place } = model.data.observations;
      const mask = model.mask(state.focus);
      let end = state.day;
      for (let i = 0; i < count; i++) if (begin[i] === state.day && mask[i] && place[i] >= 0 && first[i] === begin[i] && last[i] !== atlas.data.OPEN_END) end = Math.max(end, last[i]);
      return end > state.day ? [state.day, Math.min(end, model.span()[1])] : null;
    }

    new ResizeObserver(() => drawChart()).observe(track);
    return { node, update, refresh, pause, drawChart, step, isPlaying: () => playing !== null };
  }

  atlas.timeBar = { timeBar, problemLine, dateField, beyond };
})((globalThis.atlas = globalThis.atlas || {}));
