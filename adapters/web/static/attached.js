// Files chosen for the next message: shown by name, left out again, handed in when it is sent.

import { byId, element } from "./dom.js";
import { say } from "./phrases.js";
import { upload } from "./server.js";

export class Attached {
  constructor(onChange) {
    this.files = [];
    this.onChange = onChange;
    this.input = byId("files");
    this.list = byId("attached");
    this.input.addEventListener("change", () => { this.add(this.input.files); this.input.value = ""; });
  }

  get any() { return this.files.length > 0; }

  add(files) {
    this.files.push(...files);
    this.draw();
  }

  take() {
    const taken = this.files;
    this.files = [];
    this.draw();
    return taken;
  }

  drop(file) {
    this.files = this.files.filter((other) => other !== file);
    this.draw();
    this.input.focus();
  }

  draw() {
    this.list.hidden = !this.any;
    this.list.replaceChildren(...this.files.map((file) => element("li", { dir: "auto" }, file.name,
      element("button", { type: "button", class: "quiet-button", "aria-label": say("attached_drop", { name: file.name }), on: { click: () => this.drop(file) } }, "×"))));
    this.onChange();
  }
}

// Each file is handed in once, also when the message is tried again.
const handedIn = new WeakMap();

export async function handIn(files, as) {
  const ids = [];
  for (const file of files) {
    if (!handedIn.has(file)) handedIn.set(file, await upload(file, as));
    ids.push(handedIn.get(file));
  }
  return ids;
}
