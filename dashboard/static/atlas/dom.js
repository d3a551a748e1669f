// Elements, made without any HTML: whatever a document says stays text.
(function (atlas) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  // Icons on a grid of 20 by 20, drawn as strokes.
  const ICONS = {
    previous: "M12 4 L6 10 L12 16", next: "M8 4 L14 10 L8 16", play: "M6 4 L16 10 L6 16 Z", pause: "M7 4 V16 M13 4 V16",
    home: "M3 10 L10 4 L17 10 M5 9 V16 H15 V9", full: "M4 8 V4 H8 M12 4 H16 V8 M16 12 V16 H12 M8 16 H4 V12", link: "M8 12 L12 8 M9 6 L11 4 A3.5 3.5 0 0 1 16 9 L14 11 M11 14 L9 16 A3.5 3.5 0 0 1 4 11 L6 9",
    list: "M4 5 H16 M4 10 H16 M4 15 H16", zoom: "M8.5 3.5 A5 5 0 1 1 8.5 13.5 A5 5 0 1 1 8.5 3.5 M12.5 12.5 L17 17", close: "M5 5 L15 15 M15 5 L5 15", lock: "M5 9 H15 V17 H5 Z M7 9 V6 A3 3 0 0 1 13 6 V9",
    fit: "M3 7 V3 H7 M13 3 H17 V7 M17 13 V17 H13 M7 17 H3 V13 M7 10 H13 M10 7 V13", target: "M10 2 V6 M10 14 V18 M2 10 H6 M14 10 H18 M10 6 A4 4 0 1 1 10 14 A4 4 0 1 1 10 6",
  };

  // An element with properties, attributes (`aria`, `data` and `attr`), listeners (`on`) and children. `text` is always text.
  function el(tag, options = {}, ...children) {
    const { text, on, attr, aria, data, ...properties } = options;
    const node = Object.assign(document.createElement(tag), properties);
    if (text !== undefined) node.textContent = text;
    for (const [name, value] of Object.entries(attr || {})) if (value !== null && value !== undefined) node.setAttribute(name, value);
    for (const [name, value] of Object.entries(aria || {})) if (value !== null && value !== undefined) node.setAttribute(`aria-${name}`, value);
    for (const [name, value] of Object.entries(data || {})) node.dataset[name] = value;
    for (const [name, listener] of Object.entries(on || {})) node.addEventListener(name, listener);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", "icon");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  // A button with an icon; its label is read and shown as a tooltip.
  const iconButton = (name, label, click, options = {}) =>
    el("button", { type: "button", title: label, className: "icon-button", ...options, aria: { label, ...(options.aria || {}) }, on: { click } }, icon(name));

  // The two buttons of a map that call `zoom` with a step nearer and a step away.
  const zoomButtons = (say, zoom) => [["map.zoom_in", "+", 1], ["map.zoom_out", "−", -1]].map(([key, text, by]) =>
    el("button", { type: "button", className: "icon-button", title: say(key), text, aria: { label: say(key) }, on: { click: () => zoom(by) } }));

  function setIcon(button, name, label) {
    button.replaceChildren(icon(name));
    button.title = label;
    button.setAttribute("aria-label", label);
  }

  // Calls `run` once per frame at most, with the last arguments.
  function perFrame(run) {
    let waiting = null;
    return (...given) => {
      if (waiting === null) requestAnimationFrame(() => { const last = waiting; waiting = null; run(...last); });
      waiting = given;
    };
  }

  // A canvas of a size in CSS pixels, with its context scaled for the screen.
  function canvas(width, height, into) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const node = into || document.createElement("canvas");
    const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (node.width !== w || node.height !== h) { node.width = w; node.height = h; }
    node.style.width = `${width}px`;
    node.style.height = `${height}px`;
    const context = node.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return { node, context, ratio };
  }

  atlas.dom = { el, icon, iconButton, zoomButtons, setIcon, perFrame, canvas };
})((globalThis.atlas = globalThis.atlas || {}));
