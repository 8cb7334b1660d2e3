// Who I am, and where I can go.

import { arrowKeys, avatar, byId, element, icon } from "./dom.js";
import { counted, say } from "./phrases.js";

const THEMES = ["auto", "light", "dark"];
const wide = matchMedia("(min-width: 52rem)");

export class Sidebar {
  constructor({ onPerson, onPlace, onSignOut }) {
    Object.assign(this, { onPerson, onPlace });
    for (const id of ["people", "places", "direct"]) arrowKeys(byId(id));
    byId("menu").addEventListener("click", () => this.show(true));
    byId("sidebar-close").addEventListener("click", () => this.show(false));
    byId("veil").addEventListener("click", () => this.show(false));
    byId("sidebar").addEventListener("keydown", (event) => { if (event.key === "Escape") this.show(false); });
    byId("sign-out").addEventListener("click", onSignOut);
    byId("theme").addEventListener("click", () => this.nextTheme());
    wide.addEventListener("change", () => this.show(false));
    this.show(false);
  }

  // `unread` tells how many lines of a place are new.
  draw(state, unread) {
    byId("workspace").textContent = state.workspace;
    byId("people-section").hidden = !state.demo;
    byId("places-section").hidden = state.places.length === 0;
    byId("sign-out").hidden = state.demo;
    byId("signed-in").hidden = state.demo;
    byId("signed-in").textContent = say("signed_in_as", { name: state.me.name });
    this.fill("people", state.people.map((person) => this.person(person, state, unread)));
    this.fill("places", state.places.map((place) => this.place(place.id, place.name, place.project, icon("M9 4 7 20M17 4l-2 16M4 9h16M3 15h16"), state, unread)));
    const face = element("img", { class: "avatar", src: "/static/icon.svg", alt: "", width: 24, height: 24 });
    this.fill("direct", [this.place(state.direct, "Milepost", "", face, state, unread)]);
    const elsewhere = [state.direct, ...state.places.map((place) => place.id)].some((id) => unread(id) > 0);
    byId("menu-badge").hidden = !elsewhere;
    this.themeWords();
  }

  person(person, state, unread) {
    const mine = person.id === state.me.id;
    const words = element("span", { class: "two" }, element("span", {}, person.name), element("small", {}, person.role));
    return this.row(mine, avatar(person.name), words, mine ? 0 : unread(`dm:${person.id}`), () => this.onPerson(person.id), `person:${person.id}`);
  }

  place(id, name, more, face, state, unread) {
    const words = element("span", { class: "two" }, element("span", {}, name), more ? element("small", {}, more) : null);
    return this.row(id === state.place.id, face, words, unread(id), () => this.onPlace(id), `place:${id}`);
  }

  row(current, face, words, fresh, choose, key) {
    const badge = fresh > 0 ? element("span", { class: "badge" }, element("span", { "aria-hidden": "true" }, fresh > 99 ? "99+" : String(fresh)), element("span", { class: "unseen" }, counted("unread", fresh))) : null;
    const button = element("button", { type: "button", "data-key": key, "aria-current": current ? "true" : null, on: { click: choose } }, face, words, badge);
    return element("li", {}, button);
  }

  fill(id, rows) {
    const focused = byId(id).contains(document.activeElement) ? document.activeElement.dataset.key : null;
    byId(id).replaceChildren(...rows);
    if (focused) [...byId(id).querySelectorAll("button")].find((button) => button.dataset.key === focused)?.focus();
  }

  // On a narrow screen it is a drawer: closed it can be neither seen nor reached.
  show(open) {
    const drawer = !wide.matches;
    byId("app").classList.toggle("drawer-open", drawer && open);
    byId("sidebar").inert = drawer && !open;
    document.querySelector(".main").inert = drawer && open;
    byId("veil").hidden = !(drawer && open);
    byId("menu").setAttribute("aria-expanded", String(drawer && open));
    if (drawer && open) byId("sidebar-close").focus();
    else if (drawer && this.wasOpen) byId("menu").focus();
    this.wasOpen = drawer && open;
  }

  nextTheme() {
    const current = document.documentElement.dataset.theme ?? "auto";
    const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length];
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* it lasts until the page is left */ }
    this.themeWords();
  }

  themeWords() {
    const theme = document.documentElement.dataset.theme ?? "auto";
    byId("theme-words").textContent = say("theme", { theme: say(`theme_${theme}`) });
  }
}
