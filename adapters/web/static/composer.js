// The box to type in. Nothing typed is lost: drafts stay with their conversation.

import { Attached } from "./attached.js";
import { byId } from "./dom.js";
import { plain } from "./draw.js";
import { draft, keepDraft } from "./memory.js";
import { say } from "./phrases.js";
import { Suggestions } from "./suggestions.js";

export class Composer {
  constructor({ onSay }) {
    this.onSay = onSay;
    this.words = byId("words");
    this.said = [];
    this.back = 0;
    this.attached = new Attached(() => this.changed());
    this.suggestions = new Suggestions(this.words, () => this.changed());
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    byId("replying-stop").addEventListener("click", () => { this.replyTo(null); this.words.focus(); });
    this.words.addEventListener("input", () => { this.changed(); this.suggestions.offer(); });
    this.words.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => this.slash(event));
  }

  open(state) {
    Object.assign(this, { me: state.me.id, place: state.place.id });
    this.suggestions.verbs = state.verbs;
    this.suggestions.people = state.mentionable;
    this.words.setAttribute("aria-label", say("composer", { place: state.place.name || "Milepost" }));
    this.words.value = draft(this.me, this.place);
    this.replyTo(null);
    this.suggestions.close();
    this.attached.take();
  }

  changed() {
    this.words.style.height = "auto";
    this.words.style.height = `${Math.min(this.words.scrollHeight, 200)}px`;
    byId("send").disabled = this.words.value.trim() === "" && !this.attached.any;
    keepDraft(this.me, this.place, this.words.value);
  }

  write(text) {
    this.words.value = text;
    this.changed();
    this.words.focus();
  }

  replyTo(line) {
    this.reply = line;
    byId("replying").hidden = !line;
    if (!line) return;
    byId("replying-words").textContent = say("replying", { title: plain(line.payload.title) });
    this.words.focus();
  }

  send() {
    const text = this.words.value.trim();
    if (!text && !this.attached.any) return;
    if (text) this.said.push(text);
    this.back = 0;
    this.words.value = "";
    const files = this.attached.take();
    this.suggestions.close();
    const reply = this.reply;
    this.replyTo(null);
    this.onSay(text, reply, files);
  }

  key(event) {
    if (event.isComposing) return;
    if (this.suggestions.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.send(); }
    else if (event.key === "Escape") this.leave();
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.recall(event);
  }

  leave() {
    if (this.reply) this.replyTo(null);
    else if (this.words.value === "/") { this.words.value = ""; this.changed(); }
    else this.words.blur();
  }

  // Up in an empty box brings back what was said before.
  recall(event) {
    const shown = this.back > 0 && this.words.value === this.said.at(-this.back);
    if (this.words.value !== "" && !shown) return;
    const back = this.back + (event.key === "ArrowUp" ? 1 : -1);
    if (back < 0 || back > this.said.length) return;
    event.preventDefault();
    this.back = back;
    this.words.value = back ? this.said.at(-back) : "";
    this.changed();
  }

  // A slash typed anywhere else comes here and opens the commands.
  slash(event) {
    const busy = document.querySelector("dialog[open]") || byId("app").hidden;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || busy) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    if (this.words.value === "") this.write("/");
    this.words.focus();
    this.suggestions.offer();
  }
}
