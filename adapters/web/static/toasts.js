// Short notes that pass by; also said by screen readers.

import { byId, element } from "./dom.js";

export function toast(text, action) {
  const button = action ? element("button", { type: "button", class: "quiet-button", on: { click: () => { node.remove(); action.run(); } } }, action.label) : null;
  const node = element("p", { class: "toast" }, element("span", {}, text), button);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), action ? 9000 : 5000);
  return node;
}
