// The conversation: lines in order, grouped by day and speaker, changed in place.

import { avatar, byId, element, icon } from "./dom.js";
import { card, plain } from "./draw.js";
import { say } from "./phrases.js";
import { day, dayKey, dayTitle, hours } from "./time.js";

const MOST = 200;
const NEAR = 80;
const REPLY = "M10 8 5 13l5 5m-5-5h9a5 5 0 0 1 5 5v1";

export class Log {
  constructor({ onPress, onReply, onExample, onRead }) {
    Object.assign(this, { onPress, onReply, onExample, onRead });
    this.box = byId("log");
    this.list = byId("lines");
    this.lines = new Map();
    byId("latest").addEventListener("click", () => this.toEnd());
    this.box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => { if (this.following) this.toEnd(); }).observe(this.list);
  }

  open(place, lines, emptyExamples) {
    this.place = place;
    this.examples = emptyExamples;
    this.lines.clear();
    this.list.replaceChildren();
    this.box.setAttribute("aria-label", say("conversation", { place: place.name }));
    this.box.setAttribute("aria-live", "off");
    this.add(lines);
    this.toEnd();
    requestAnimationFrame(() => this.box.setAttribute("aria-live", "polite"));
  }

  // New lines go to their place in time; a line seen before is drawn again where it stands.
  add(lines) {
    for (const line of lines) this.put(line);
    this.empty();
    this.group();
    if (this.following) this.toEnd();
    else if (lines.length) byId("latest").hidden = false;
  }

  put(line) {
    const before = this.lines.get(line.id);
    if (before && before.line.seq >= line.seq) return;
    const node = this.draw(line);
    this.lines.set(line.id, { line, node });
    if (before) this.replace(before.node, node, line);
    else this.insert(line, node);
    this.dropPending(line);
  }

  replace(old, node, line) {
    const focused = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
    old.replaceWith(node);
    if (focused >= 0) (node.querySelectorAll("button, a")[focused] ?? byId("words")).focus();
    node.classList.add("changed");
    if (line.payload.kind === "card") byId("announce").textContent = say("edited_card", { title: plain(line.payload.title) });
  }

  insert(line, node) {
    const later = [...this.list.querySelectorAll(".line[data-at]")].find((other) => other.dataset.at > node.dataset.at);
    this.list.insertBefore(node, later ?? this.list.querySelector(".pending"));
    if (this.lines.size > MOST) {
      const oldest = this.list.querySelector(".line");
      this.lines.delete(oldest.dataset.id);
      oldest.remove();
    }
  }

  draw(line) {
    const at = new Date(line.at);
    const mine = line.mine;
    const who = line.author ? line.payload.name || line.author : "Milepost";
    const body = line.payload.kind === "card" ? card(line.payload, (token, button) => this.onPress(line, token, button), this.onExample) : this.said(line);
    const head = element("header", { class: "line-head" },
      element("span", { class: "who" }, who),
      element("time", { datetime: line.at, title: `${day(at)}, ${hours(at)}` }, hours(at)),
      line.private && !mine ? element("span", { class: "private" }, icon("M7 11V8a5 5 0 0 1 10 0v3m-11 0h12v8H6z"), say("only_you")) : null);
    const reply = line.author ? null : element("button", { class: "icon-button reply", type: "button", "aria-label": `${say("reply")}: ${plain(line.payload.title)}`, title: say("reply"), on: { click: () => this.onReply(line) } }, icon(REPLY));
    const node = element("article", { class: `line ${mine ? "mine" : line.author ? "theirs" : "bot"}`, "aria-label": `${who}, ${hours(at)}` },
      line.author ? (mine ? null : avatar(who)) : element("img", { class: "avatar", src: "/static/icon.svg", alt: "", width: 32, height: 32 }),
      element("div", { class: "line-body" }, head, body), reply);
    Object.assign(node.dataset, { id: line.id, at: `${line.at}|${line.id}`, day: dayKey(at), dayTitle: dayTitle(at), who: line.author });
    return node;
  }

  said(line) {
    const quoted = line.payload.reply_to && this.lines.get(line.payload.reply_to)?.line.payload.title;
    return element("div", { class: "bubble" }, quoted ? element("p", { class: "quoted", dir: "auto" }, plain(quoted)) : null,
      line.payload.text ? element("p", { dir: "auto" }, line.payload.text) : null,
      ...(line.payload.files ?? []).map((name) => element("p", { class: "said-file", dir: "auto" }, `📎 ${name}`)));
  }

  // Shown at once; the stored line takes its place, or it stays with a way to try again.
  pending(key, text) {
    const node = element("article", { class: "line mine pending", "data-key": key, "aria-label": say("sending") },
      element("div", { class: "line-body" }, element("div", { class: "bubble" }, element("p", { dir: "auto" }, text))));
    this.list.append(node);
    this.empty();
    this.toEnd();
    return node;
  }

  dropPending(line) {
    if (line.key) [...this.list.querySelectorAll(".pending")].find((node) => node.dataset.key === line.key)?.remove();
  }

  failed(node, sentence, retry) {
    if (!node.isConnected) return;
    node.classList.add("failed");
    const again = element("button", { class: "quiet-button", type: "button" }, say("retry"));
    const note = element("p", { class: "not-sent", role: "alert" }, sentence, " ", again);
    again.addEventListener("click", () => { note.remove(); node.classList.remove("failed"); retry(); });
    node.querySelector(".line-body").append(note);
    this.toEnd();
  }

  // Days are separated; what one speaker says within a few minutes hangs together.
  group() {
    for (const separator of this.list.querySelectorAll(".day")) separator.remove();
    let last = null;
    for (const node of this.list.querySelectorAll(".line[data-at]")) {
      const sameDay = last?.dataset.day === node.dataset.day;
      if (!sameDay) node.before(element("h2", { class: "day" }, element("span", {}, node.dataset.dayTitle)));
      const near = sameDay && last.dataset.who === node.dataset.who && Date.parse(node.dataset.at.split("|")[0]) - Date.parse(last.dataset.at.split("|")[0]) < 300_000;
      node.classList.toggle("continued", Boolean(near) && !node.querySelector(".private"));
      last = node;
    }
  }

  empty() {
    const blank = this.list.querySelector(".empty");
    if (this.list.querySelector(".line")) { blank?.remove(); return; }
    if (blank) return;
    const title = this.place.direct ? say("empty_direct") : say("empty_channel", { place: this.place.name });
    const examples = this.examples.map((example) => element("li", {}, element("button", { type: "button", class: "example", on: { click: () => this.onExample(example) } }, example)));
    this.list.append(element("div", { class: "empty" }, element("img", { src: "/static/icon.svg", alt: "", width: 44, height: 44 }),
      element("h2", {}, title), examples.length ? element("p", {}, say("empty_hint")) : null, element("ul", {}, ...examples)));
  }

  get following() { return this.stuck !== false; }

  toEnd() {
    this.stuck = true;
    this.box.scrollTop = this.box.scrollHeight;
    byId("latest").hidden = true;
    this.onRead();
  }

  scrolled() {
    this.stuck = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR;
    if (this.stuck) { byId("latest").hidden = true; this.onRead(); }
  }
}
