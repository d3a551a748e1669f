// Colours, light and dark. The ramp of the phases is the same in both: blue to yellow in even steps of lightness, told apart by every kind of colour vision and in grey.
(function (atlas) {
  "use strict";

  const RAMP = ["#10295a", "#4b6c9e", "#b9a94f", "#ffe83b"];
  const INK = "#14161a";

  const LIGHT = {
    name: "light", water: "#eef2f4", land: "#dedbd2", border: "#b3ada0", unit: "#cbc6ba", label: "#5d584d", halo: "rgba(255,255,255,0.9)", text: "#17191d", soft: "#53565c",
    panel: "#ffffff", line: "#c9cbd0", accent: "#b5174b", onAccent: "#ffffff", casing: "rgba(255,255,255,0.95)", named: "#6f7278", fade: 0.28, route: "#2b2f36", field: 0.62,
  };
  const DARK = {
    name: "dark", water: "#13171c", land: "#2a3037", border: "#525b66", unit: "#3b434c", label: "#a5adb8", halo: "rgba(10,12,15,0.9)", text: "#f1f3f5", soft: "#b4bac2",
    panel: "#1b2026", line: "#3d454e", accent: "#ff7ca3", onAccent: "#17191d", casing: "rgba(255,255,255,0.9)", named: "#a5adb8", fade: 0.3, route: "#cdd3da", field: 0.8,
  };

  const channels = (colour) => [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));

  // `count` colours along the ramp.
  function ramp(count) {
    return Array.from({ length: count }, (_, index) => {
      const position = count === 1 ? RAMP.length - 1 : (index / (count - 1)) * (RAMP.length - 1);
      const low = Math.min(Math.floor(position), RAMP.length - 2);
      const [from, to] = [channels(RAMP[low]), channels(RAMP[low + 1])];
      return `#${from.map((value, channel) => Math.round(value + (to[channel] - value) * (position - low)).toString(16).padStart(2, "0")).join("")}`;
    });
  }

  function luminance(colour) {
    const [red, green, blue] = channels(colour).map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  // What can be read on a colour.
  const inkOn = (colour) => (luminance(colour) > 0.2 ? INK : "#ffffff");

  // The colours of a theme as custom properties, for the style sheet.
  function apply(root, tokens) {
    root.dataset.theme = tokens.name;
    for (const [name, value] of Object.entries(tokens)) if (typeof value === "string" && name !== "name") root.style.setProperty(`--${name}`, value);
  }

  // Whether the page around is dark: by its background, else by what the reader's system asks for. Paper never is.
  function isDark() {
    if (window.matchMedia("print").matches) return false;
    const given = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const parsed = /^#[0-9a-f]{6}/i.test(given) ? luminance(given) : null;
    return parsed === null ? window.matchMedia("(prefers-color-scheme: dark)").matches : parsed < 0.4;
  }

  atlas.theme = { LIGHT, DARK, INK, ramp, inkOn, apply, isDark };
})((globalThis.atlas = globalThis.atlas || {}));
