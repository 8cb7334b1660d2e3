// A card's JSON → elements. Every string becomes text; nothing is ever read as HTML.

import { element, icon } from "./dom.js";
import { say } from "./phrases.js";
import { dayAndTime } from "./time.js";

const SIGNS = { good: "M12 12v.01", warning: "M12 5v8m0 5v.5", bad: "M12 5v8m0 5v.5" };

const SHORT = 22;

export const plain = (runs) => runs.map((run) => run.text).join("");

export function runs(parts, type) {
  return parts.map((run) => {
    switch (run.as) {
      case "strong": return element("strong", {}, run.text);
      case "code": return code(run.text, type);
      case "mention": return element("span", { class: "mention" }, run.text);
      case "link": return element("a", { href: run.url, target: "_blank", rel: "noopener noreferrer" }, run.text);
      case "moment": return element("time", { datetime: run.at }, dayAndTime(new Date(run.at)));
      default: return document.createTextNode(run.text);
    }
  });
}

// Something to be typed as it stands: a press writes it into the box.
function code(text, type) {
  if (!type) return element("code", {}, text);
  return element("button", { type: "button", class: "typed", on: { click: () => type(text) } }, element("code", {}, text));
}

export function card(payload, press, type) {
  const title = element("h3", { class: "card-title", dir: "auto" }, ...runs(payload.title, type));
  const node = element("div", { class: `card tone-${payload.tone}` }, toneSign(payload.tone), title);
  for (const block of payload.blocks) node.append(draw(block, press, type));
  return node;
}

function toneSign(tone) {
  if (!SIGNS[tone]) return null;
  return element("span", { class: "sign", role: "img", "aria-label": say(`tone_${tone}`) }, icon(SIGNS[tone]));
}

function draw(block, press, type) {
  switch (block.kind) {
    case "text": return element("p", { class: block.quiet ? "text quiet" : "text", dir: "auto" }, ...runs(block.runs, type));
    case "fields": return fields(block);
    case "table": return table(block);
    case "progress": return progress(block);
    case "picture": return picture(block);
    case "file": return file(block);
    case "actions": return actions(block, press);
    default: return element("hr");
  }
}

function fields(block) {
  const pairs = block.items.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", { dir: "auto" }, ...runs(value))));
  return element("dl", { class: "fields" }, ...pairs);
}

function progress(block) {
  const share = block.total > 0 ? Math.min(1, Math.max(0, block.done / block.total)) : 0;
  const bar = element("progress", { max: 1, value: share, "aria-label": block.label });
  return element("div", { class: "progress" }, bar, element("span", {}, block.label));
}

function picture(block) {
  const words = element("pre", { class: "picture-words" }, block.text);
  if (!block.src) return element("figure", { class: "picture" }, words);
  const image = element("img", { src: block.src, alt: block.alt, width: block.width, height: block.height, loading: "lazy", decoding: "async" });
  const text = element("details", {}, element("summary", {}, say("text_version")), words);
  return element("figure", { class: "picture" }, element("a", { href: block.src, target: "_blank", rel: "noopener", "aria-label": block.alt }, image), text);
}

function file(block) {
  const name = `📎 ${block.name}`;
  if (!block.url) return element("p", { class: "text", dir: "auto" }, name);
  return element("p", { class: "text", dir: "auto" }, element("a", { href: block.url, target: "_blank", rel: "noopener noreferrer", "aria-label": say("file_kept", { name: block.name }) }, name));
}

// Explicit roles: a narrow card lays rows out as small blocks, and they stay rows for a screen reader.
function table(block) {
  const kinds = columnKinds(block);
  const head = block.columns.map((column, at) => element("th", { scope: "col", role: "columnheader", class: kinds[at] }, column.title));
  const rows = block.rows.map((cells) => element("tr", { role: "row" }, ...cells.map((cell, at) =>
    element(at === 0 ? "th" : "td", { class: kinds[at], scope: at === 0 ? "row" : null, role: at === 0 ? "rowheader" : "cell", "data-label": block.columns[at].title, dir: "auto" }, ...runs(cell)))));
  const grid = element("table", { role: "table" }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)), element("tbody", { role: "rowgroup" }, ...rows));
  const frame = element("div", { class: "table-frame" }, grid);
  const foot = element("div", { class: "table-foot" }, block.footer ? element("p", {}, block.footer) : null);
  if (block.columns.some((column) => column.priority > 3)) foot.append(columnSwitch(frame));
  return element("div", { class: "table" }, frame, foot);
}

// Columns of short words never break; the one that says most may, and on a phone gets a line of its own.
function columnKinds(block) {
  const lengths = block.columns.map((_, at) => block.rows.map((cells) => plain(cells[at]).length));
  const sums = lengths.map((column) => column.reduce((sum, length) => sum + length, 0));
  const main = sums.indexOf(Math.max(...sums));
  const short = (at) => at !== main && Math.max(0, ...lengths[at]) <= SHORT;
  return block.columns.map((column, at) => [`p${Math.min(column.priority, 5)}`, column.align === "end" && "end", short(at) && "short", at === main && "main-column"].filter(Boolean).join(" "));
}

// A narrow card leaves out the least important columns, says so, and shows them on request.
function columnSwitch(frame) {
  const button = element("button", { type: "button", class: "quiet-button column-switch", "aria-pressed": "false" }, say("all_columns"));
  button.addEventListener("click", () => {
    const all = frame.classList.toggle("all");
    button.setAttribute("aria-pressed", String(all));
    button.textContent = say(all ? "fewer_columns" : "all_columns");
  });
  return button;
}

function actions(block, press) {
  const buttons = block.buttons.map((button) => {
    const style = button.style === "primary" ? "primary" : button.style === "danger" ? "button danger" : "button";
    if (!button.token && button.url) return element("a", { class: style, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.label);
    return element("button", { class: style, type: "button", disabled: !button.token, on: { click: (event) => press(button.token, event.currentTarget) } }, button.label);
  });
  return element("div", { class: "actions" }, ...buttons);
}
