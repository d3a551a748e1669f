// Draws notes beside the map: headings, texts, lists, evidence cards, a small timeline. All of it as text; nothing that a document says becomes markup.
// Without imports, so that it runs as a Streamlit component and in a page of its own alike. `act(name, value)` tells what was pressed.
export default function notes({ data, parentElement, setTriggerValue }, style) {
  const root = parentElement.querySelector(".notes") || parentElement;
  if (style && !parentElement.querySelector("link")) root.before(el("link", { rel: "stylesheet", href: String(style) }));
  redraw(root, data, (name, value) => setTriggerValue("act", { name, value, at: Date.now() }));
  bringIntoView(root, (data[0] && data[0].chosen) || "");
}

// On a phone the notes stand below the map, out of sight: what was just chosen comes into view. Not what a link had chosen before anything was pressed.
function bringIntoView(root, chosen) {
  const before = root.dataset.chosen;
  root.dataset.chosen = chosen;
  if (before === undefined || !chosen || chosen === before || !window.matchMedia("(max-width: 640px)").matches) return;
  requestAnimationFrame(() => root.scrollIntoView({ block: "nearest" }));
}

function el(tag, options = {}, ...children) {
  const { text, on, attr, ...properties } = options;
  const node = Object.assign(document.createElement(tag), properties);
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attr || {})) node.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on || {})) node.addEventListener(name, listener);
  node.append(...children.filter(Boolean));
  return node;
}

// A text whose dates no line ends within: EDTF has hyphens.
const unbroken = (value) => value.split(/(\d{4}-\d\d(?:-\d\d)?[~?%]?)/).map((part, index) => (index % 2 ? el("span", { className: "unbroken", text: part }) : part));

// Draws blocks in the place of those that are there. Who was on a button of those is then on the one of the same name, or else at the heading of what has come.
export function redraw(root, blocks, act) {
  const { activeElement: held } = root.getRootNode();
  const name = held && held !== root && root.contains(held) ? held.textContent : null;
  const makers = { heading, text, hint, items, card, pager, timeline, buttons, table };
  root.replaceChildren(...blocks.map((block) => makers[block.kind](block, act)));
  if (name === null) return;
  const next = [...root.querySelectorAll("button:enabled")].find((one) => one.textContent === name) || root.querySelector("h2, h3");
  if (!next) return;
  if (next.tagName !== "BUTTON") next.tabIndex = -1;
  next.focus();
}

const button = (action, act) => el("button", { type: "button", text: action.label, className: action.main ? "main" : "", on: { click: () => act(action.name, action.value) } });

const buttons = (block, act) => el("div", { className: "actions" }, ...block.actions.map((action) => button(action, act)));

const heading = (block) => el(`h${block.level || 3}`, { text: block.text });

const text = (block) => el("p", { text: block.text, className: block.soft ? "soft" : "" });

const hint = (block) => el("p", { text: block.text, className: "soft hint" });

const items = (block, act) => el("ul", { className: "items" }, ...block.items.map((item) => el("li", {},
  item.action ? el("button", { type: "button", className: "link", text: item.text, on: { click: () => act(item.action.name, item.action.value) } }) : el("span", { text: item.text }),
  item.note ? el("span", { className: "soft", text: ` ${item.note}` }) : null)));

// The mark of a phase or an outcome, as the legend of the map has it: { corners (none for a circle), fill, ink, sign }.
function sign(mark) {
  if (!mark || !mark.fill) return null;
  const draw = (tag, attributes, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text) node.textContent = text;
    return node;
  };
  const shape = (stroke, width) => {
    const look = { fill: mark.fill, stroke, "stroke-width": width, "stroke-linejoin": "round" };
    return mark.corners.length ? draw("polygon", { points: mark.corners.map((at) => at.join(",")).join(" "), ...look }) : draw("circle", { r: 1, ...look });
  };
  const root = draw("svg", { viewBox: "-1.5 -1.5 3 3", class: "sign", "aria-hidden": "true" });
  root.append(shape("#ffffff", 0.5), shape("#14161a", 0.2), draw("text", { y: 0.42, "font-size": 1.2, "font-weight": 700, "text-anchor": "middle", fill: mark.ink }, mark.sign));
  return root;
}

const pager = (block, act) => el("nav", { className: "pager", attr: { "aria-label": block.label } },
  el("button", { type: "button", text: block.previous, disabled: !block.hasPrevious, on: { click: () => act("page", -1) } }), el("span", { text: block.text }),
  el("button", { type: "button", text: block.next, disabled: !block.hasNext, on: { click: () => act("page", 1) } }));

function card(block, act) {
  const sentence = el("blockquote", { attr: { dir: "auto" } }, ...block.pieces.map((piece) => (piece.role ? el("mark", { className: piece.role, text: piece.text, title: block.roles[piece.role] }) : document.createTextNode(piece.text))));
  return el("article", { className: block.now ? "card" : "card later" },
    el("header", {}, sign(block.mark), el("h4", { text: block.heading })),
    block.now ? null : el("p", { className: "soft", text: block.later }),
    sentence,
    el("p", { className: "source", text: block.source }),
    el("dl", { className: "details" }, ...block.rows.flatMap(([label, value]) => [el("dt", { text: label }), el("dd", {}, ...unbroken(value))])),
    el("div", { className: "actions" }, ...block.actions.map((action) => button(action, act))));
}

// A word longer than a column is broken, and a date is not.
function table(block) {
  const kind = (text, column) => [block.numbers.includes(column) && "number", text.length < 12 && "short", /\S{25}/.test(text) && "long"].filter(Boolean).join(" ");
  const cells = (tag, texts, attr) => texts.map((text, column) => el(tag, { text, className: kind(text, column), attr: { dir: "auto", ...attr } }));
  return el("table", {}, el("thead", {}, el("tr", {}, ...cells("th", block.columns, { scope: "col" }))), el("tbody", {}, ...block.rows.map((row) => el("tr", {}, ...cells("td", row)))));
}

// A line of intervals for each row { label, mark, bars: [{ from, to (shares of the width), open, known, title }] }.
function timeline(block) {
  const rows = block.rows.map((row) => {
    const bars = row.bars.map((told) => {
      const bar = el("span", { className: `bar${told.open ? " open" : ""}${told.known ? " known" : ""}`, title: told.title });
      bar.style.left = `min(${told.from * 100}%, 100% - 6px)`;
      bar.style.width = `max(6px, ${(told.to - told.from) * 100}%)`;
      bar.style.background = row.mark.fill;
      return bar;
    });
    return el("div", { className: "line" }, el("span", { className: "line-label" }, sign(row.mark), el("span", { text: row.label })), el("div", { className: "line-track" }, ...bars));
  });
  const axis = el("div", { className: "line" }, el("span", { className: "line-label" }), el("div", { className: "line-track axis" }, ...block.ticks.map(({ at, label }) => { const tick = el("span", { className: "tick", text: label }); tick.style.left = `${at * 100}%`; return tick; })));
  return el("div", { className: "timeline", attr: { role: "img", "aria-label": block.label } }, ...rows, axis);
}
