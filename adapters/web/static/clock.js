// The demo's clock: it shows the workspace's time and moves forward only.

import { byId } from "./dom.js";
import { say } from "./phrases.js";
import { dayAndTime, now, zoneName } from "./time.js";

export class Clock {
  constructor({ onStep }) {
    for (const button of byId("clock").querySelectorAll("[data-step]")) button.addEventListener("click", () => this.move(button, onStep));
    setInterval(() => this.draw(), 5000);
  }

  show(shown) {
    byId("clock").hidden = !shown;
    this.draw();
  }

  draw() {
    const face = byId("clock-time");
    const words = dayAndTime(now());
    if (face.textContent !== words) face.textContent = words;
    face.dateTime = now().toISOString();
    face.title = say("clock_zone", { zone: zoneName() });
  }

  async move(button, onStep) {
    if (byId("clock").classList.contains("moving")) return;
    byId("clock").classList.add("moving");
    button.setAttribute("aria-busy", "true");
    byId("announce").textContent = say("clock_moving");
    try { await onStep(button.dataset.step); } finally {
      byId("clock").classList.remove("moving");
      button.removeAttribute("aria-busy");
      this.draw();
    }
  }
}
