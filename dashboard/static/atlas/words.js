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
    // `inner`: behind a preposition.
    say.when = (day, unit, inner = false) => {
      const date = atlas.time.dateOf(day);
      return say(inner && unit === "day" ? "date.inner_day" : `date.${unit}`, { day: String(date.day), month: entries["date.months"][date.month - 1], year: String(date.year) });
    };
    // The number of a month by its name, in the language of the interface or in English, or by the first letters of it; 0 where it is none.
    say.monthOf = (name) => [entries, english].map((language) => language["date.months"].findIndex((month) => month.toLowerCase().startsWith(name.toLowerCase()))).find((found) => found >= 0) + 1 || 0;
    // A phase's label: translated where the codebook uses the catalogue's own English one.
    say.phase = (phase) => (say.isOwn(phase) && entries[`phase.${phase.id}`]) || phase.label;
    say.isOwn = (phase) => english[`phase.${phase.id}`] === phase.label;
    // The same as a part of a sentence: the catalogue's own as a common noun, any other in quotation marks.
    say.inside = (phase) => {
      const label = say.phase(phase);
      return say.isOwn(phase) ? label.charAt(0).toLowerCase() + label.slice(1) : say("finding.label", { label });
    };
    // Who says something: the publisher; of a document without one its title, which in a list would read as a sentence.
    say.source = ({ publisher, title }) => publisher || (title && say("list.titled", { title }));
    // Why a name has no place: in plain words where it is one of the reasons in the catalogue, with its country by name.
    say.reason = (text) => {
      for (const key of ["reason.unknown", "reason.unsupported", "reason.elsewhere"]) {
        const [before, after] = entries[`${key}_written`].split("{place}");
        if (after === undefined ? text !== before : !(text.startsWith(before) && text.endsWith(after))) continue;
        return say(key, { place: text.slice(before.length, text.length - (after || "").length).replace(/\(([A-Z]{2})\)$/, (_, code) => `(${say.country(code)})`) });
      }
      return text;
    };
    say.country = (code, fallback) => entries[`country.${code}`] || fallback || code;
    return say;
  }

  // What places are called for reading: as in the tables, but countries, world regions and well-known towns in the language of the interface.
  function labels({ places, levels }, say, entries) {
    return places.name.map((name, place) => (say.language === "en" && levels[places.level[place]] !== "locality" ? name : translated({ places, levels }, place, entries) || name));
  }

  // All other names by which a place is found: those of countries, world regions and towns in every language.
  function otherNames(data, place, messages) {
    return Object.values(messages).map((entries) => translated(data, place, entries)).filter(Boolean);
  }

  function translated({ places, levels }, place, entries) {
    const level = levels[places.level[place]];
    if (level === "locality") return entries[`town.${places.id[place].replace(/^gn:/, "")}`];
    return level === "country" ? entries[`country.${places.country[place]}`] : level === "region" ? entries[`region.${places.id[place].replace(/^ea:/, "")}`] : undefined;
  }

  atlas.words = { words, labels, otherNames };
})((globalThis.atlas = globalThis.atlas || {}));
