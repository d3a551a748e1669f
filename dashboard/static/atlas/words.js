// Every word of the interface in the chosen language: the catalogue of `dashboard/messages.toml`, read as `dashboard/messages.py` reads it.
(function (atlas) {
  "use strict";

  const I_SOUND = /^h?[ií](?![aeoáéó])/i;

  // `entries` by key; a message is a template with {fields}, or a pair of them, for one and for many. Values are put in once and never read as templates.
  function words(language, entries, english) {
    const number = (value) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, entries["number.group"]);
    const shown = (value) => (Number.isInteger(value) ? number(value) : String(value));
    const say = (key, values = {}) => {
      const entry = entries[key];
      if (entry === undefined) throw new Error(`no message ${key}`);
      const template = Array.isArray(entry) ? entry[values.n === 1 ? 0 : 1] : entry;
      return template.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
    };
    say.language = language;
    say.number = number;
    say.names = (items, most = 3) => {
      const some = items.slice(0, most);
      if (items.length > most) return say("list.more", { names: some.join(", "), n: items.length - most });
      if (some.length < 2) return some.join("");
      const last = some[some.length - 1];
      return say(I_SOUND.test(last) ? "list.and_i" : "list.and", { names: some.slice(0, -1).join(", "), last });
    };
    say.when = (day, unit) => {
      const date = atlas.time.dateOf(day);
      return say(`date.${unit}`, { day: String(date.day), month: entries["date.months"][date.month - 1], year: String(date.year) });
    };
    // A phase's label: translated where the codebook uses the catalogue's own English one.
    say.phase = (phase) => (english[`phase.${phase.id}`] === phase.label && entries[`phase.${phase.id}`]) || phase.label;
    say.inside = (phase) => {
      const label = say.phase(phase);
      return label.slice(1) === label.slice(1).toLowerCase() ? label.charAt(0).toLowerCase() + label.slice(1) : label;
    };
    return say;
  }

  atlas.words = { words };
})((globalThis.atlas = globalThis.atlas || {}));
