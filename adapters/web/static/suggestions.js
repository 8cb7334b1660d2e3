// What could be meant while typing: commands after a slash at the start, people after an at sign.

import { byId, element } from "./dom.js";

const MOST = 7;

export class Suggestions {
  constructor(words, onTaken) {
    Object.assign(this, { words, onTaken, box: byId("suggestions"), found: [], at: 0 });
    this.verbs = [];
    this.people = [];
    words.addEventListener("blur", () => this.close());
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
  }

  offer() {
    const before = this.words.value.slice(0, this.words.selectionStart);
    this.found = this.commands(before) ?? this.persons(before) ?? [];
    this.at = 0;
    this.draw();
  }

  commands(before) {
    const typed = /^\/(?:ms\s+|milestone\s+)?([\p{L}-]*)$/u.exec(before);
    if (!typed) return null;
    const start = before.length - typed[1].length;
    return this.verbs.filter((verb) => verb.name.startsWith(typed[1].toLowerCase())).slice(0, 2 * MOST)
      .map((verb) => ({ start, text: `${verb.name} `, title: `/${verb.name}`, usage: verb.usage, more: verb.summary }));
  }

  persons(before) {
    const typed = /(?:^|\s)@([\p{L}\p{M}.'-]*)$/u.exec(before);
    if (!typed) return null;
    const start = before.length - typed[1].length;
    const wanted = typed[1].toLocaleLowerCase();
    return this.people.filter((name) => name.toLocaleLowerCase().split(/\s+/).some((part) => part.startsWith(wanted))).slice(0, MOST)
      .map((name) => ({ start, text: `${name} `, title: `@${name}`, usage: "", more: "" }));
  }

  draw() {
    const options = this.found.map((item, at) => element("li", { id: `suggestion-${at}`, role: "option", "aria-selected": String(at === this.at), on: { click: () => this.take(at) } },
      element("b", {}, item.title), item.usage ? element("span", { class: "usage" }, item.usage) : null, item.more ? element("span", { class: "more" }, item.more) : null));
    this.box.replaceChildren(...options);
    this.box.hidden = this.found.length === 0;
    this.words.setAttribute("aria-expanded", String(!this.box.hidden));
    this.point();
  }

  point() {
    if (this.box.hidden) { this.words.removeAttribute("aria-activedescendant"); return; }
    for (const [at, option] of [...this.box.children].entries()) option.setAttribute("aria-selected", String(at === this.at));
    this.words.setAttribute("aria-activedescendant", `suggestion-${this.at}`);
    this.box.children[this.at].scrollIntoView({ block: "nearest" });
  }

  // True when the key was for the list.
  key(event) {
    if (this.box.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.point();
    } else if (event.key === "Tab" || (event.key === "Enter" && !this.isWhole())) this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  // What is typed out in full, a first name too, is sent by Enter and not completed once more.
  isWhole() {
    const item = this.found[this.at];
    const typed = this.words.value.slice(item.start).toLocaleLowerCase();
    const whole = item.text.trim().toLocaleLowerCase();
    return typed === whole || typed === whole.split(" ")[0];
  }

  take(at) {
    const item = this.found[at];
    const rest = this.words.value.slice(this.words.selectionStart).trimStart();
    this.words.value = this.words.value.slice(0, item.start) + item.text + rest;
    const end = item.start + item.text.length;
    this.words.setSelectionRange(end, end);
    this.close();
    this.onTaken();
  }

  close() {
    this.found = [];
    this.draw();
  }
}
