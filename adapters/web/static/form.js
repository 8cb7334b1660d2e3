// A form of the core, as a dialog. What is filled in survives closing it, until it was accepted.

import { byId, element } from "./dom.js";
import { filledIn, keepForm } from "./memory.js";
import { say } from "./phrases.js";

export class FormDialog {
  constructor({ onSubmit }) {
    this.onSubmit = onSubmit;
    this.dialog = byId("dialog");
    byId("form").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    byId("form").addEventListener("input", () => keepForm(this.form.token, this.values()));
    byId("form").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("form").requestSubmit(); });
    byId("dialog-cancel").addEventListener("click", () => this.dialog.close());
  }

  open(form, errors) {
    this.form = form;
    byId("dialog-title").textContent = form.title;
    byId("dialog-intro").textContent = form.intro;
    byId("dialog-intro").hidden = !form.intro;
    byId("dialog-submit").textContent = form.submit;
    byId("dialog-cancel").textContent = form.cancel;
    const kept = filledIn(form.token);
    byId("dialog-fields").replaceChildren(...form.fields.map((field) => question(field, kept[field.name] ?? field.value)));
    this.complain(errors ?? {});
    if (!this.dialog.open) this.dialog.showModal();
    if (!Object.keys(errors ?? {}).length) this.focusFirst();
  }

  close() {
    keepForm(this.form?.token, null);
    this.dialog.close();
  }

  focusFirst() {
    const inputs = [...byId("dialog-fields").querySelectorAll("input, select, textarea")];
    (inputs.find((input) => !input.value) ?? inputs[0] ?? byId("dialog-submit")).focus();
  }

  values() {
    return Object.fromEntries(this.form.fields.map((field, at) => [field.name, byId("dialog-fields").children[at].querySelector("[name]").value]));
  }

  async submit() {
    byId("dialog-submit").disabled = true;
    try { await this.onSubmit(this.form.token, this.values()); } finally { byId("dialog-submit").disabled = false; }
  }

  // Each sentence stands at its question; one that belongs to none stands above the buttons.
  complain(errors) {
    let first = null;
    const left = { ...errors };
    for (const [at, field] of this.form.fields.entries()) {
      const box = byId("dialog-fields").children[at];
      const input = box.querySelector("[name]");
      const sentence = left[field.name] ?? "";
      delete left[field.name];
      box.querySelector(".field-error").textContent = sentence;
      input.setAttribute("aria-invalid", String(Boolean(sentence)));
      if (sentence) first ??= input;
    }
    byId("dialog-error").textContent = Object.values(left).join(" ");
    first?.focus();
  }

  fail(sentence) { byId("dialog-error").textContent = sentence; }
}

let count = 0;

function question(field, value) {
  const id = `field-${count += 1}`;
  const input = control(field, { id, name: field.name, required: field.required, "aria-describedby": `${id}-hint ${id}-error` });
  input.value = value;
  const label = element("label", { for: id }, field.label, field.required ? element("span", { class: "needed" }, ` · ${say("required")}`) : null);
  return element("div", { class: "field" }, label, input, element("p", { class: "hint", id: `${id}-hint` }, field.hint),
    element("p", { class: "field-error", id: `${id}-error` }));
}

function control(field, attributes) {
  switch (field.kind) {
    case "long_text": return element("textarea", { ...attributes, rows: 3, maxlength: field.max_length });
    case "date": return element("input", { ...attributes, type: "date" });
    case "number": return element("input", { ...attributes, type: "number", step: "any" });
    case "person":
    case "choice": return choice(field, attributes);
    default: return element("input", { ...attributes, type: "text", maxlength: field.max_length });
  }
}

function choice(field, attributes) {
  const options = field.options.map((option) => element("option", { value: option.value }, option.label));
  return element("select", attributes, element("option", { value: "" }, say("choose")), ...options);
}
