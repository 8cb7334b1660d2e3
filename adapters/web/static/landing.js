// The way in for somebody who has a code.

import { byId, element } from "./dom.js";
import { say } from "./phrases.js";
import { newKey, post, Refused } from "./server.js";

let ready = false;

export function showLanding(code, onIn) {
  document.title = "Milepost";
  const [before, after] = say("sign_in_how").split("{command}");
  byId("sign-in-how").replaceChildren(before, element("code", {}, "/ms link"), after ?? "");
  if (code) history.replaceState(null, "", "#");
  if (code) byId("code").value = code;
  byId("sign-in-error").textContent = "";
  byId("code").focus();
  if (ready) return;
  ready = true;
  byId("sign-in").addEventListener("submit", async (event) => {
    event.preventDefault();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const body = { key: newKey(), code: byId("code").value, name: byId("name").value, zone, language: navigator.language };
    try {
      await post("/sign-in", body);
      byId("code").value = "";
      onIn();
    } catch (error) {
      byId("sign-in-error").textContent = error instanceof Refused ? error.message : say("offline");
      byId("code").focus();
    }
  });
}
