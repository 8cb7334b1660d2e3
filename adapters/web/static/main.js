// The page: one state, drawn; what people do goes to the server, what the server says is drawn.

import { handIn } from "./attached.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { FormDialog } from "./form.js";
import { showLanding } from "./landing.js";
import { Live } from "./live.js";
import { Log } from "./log.js";
import { heard, known, openMemory, readAll, unread } from "./memory.js";
import { learn, say } from "./phrases.js";
import { get, newKey, post, Refused } from "./server.js";
import { Sidebar } from "./sidebar.js";
import { dayAndTime, now, setClock } from "./time.js";
import { toast } from "./toasts.js";

let state = null;
let opening = 0;

const log = new Log({ onPress: press, onReply: (line) => composer.replyTo(line), onExample: (text) => composer.write(text), onRead: read });
const composer = new Composer({ onSay: (text, reply, files) => sayIt(text, reply, files) });
const sidebar = new Sidebar({ onPerson: actAs, onPlace: (place) => go({ place }), onSignOut: signOut });
const dialog = new FormDialog({ onSubmit: submit });
const clock = new Clock({ onStep: step });
const live = new Live({ onNews: news, onLost: () => toast(say("offline")), onBack: () => toast(say("online")) });

const unreadOf = (place) => unread(state.me.id, place);
const here = () => ({ as: state.demo ? state.me.id : "", place: state.place.id });
const wanted = () => new URLSearchParams(location.hash.slice(1));

// The address says who and where, so that reload, Back and two windows side by side work.
function go({ as = state.demo ? state.me.id : "", place = "" }) {
  sidebar.show(false);
  const hash = new URLSearchParams({ ...(as && { as }), ...(place && { place }) }).toString();
  if (hash === location.hash.slice(1)) open();
  else location.hash = hash;
}

async function open() {
  const attempt = opening += 1;
  try {
    const fresh = await get("/chat/state", { as: wanted().get("as") ?? "", place: wanted().get("place") ?? "" });
    if (attempt === opening) show(fresh);
  } catch (error) {
    if (attempt === opening) notOpened(error);
  }
}

function notOpened(error) {
  if (error instanceof Refused && wanted().size) { toast(error.message); history.replaceState(null, "", "#"); open(); }
  else if (error instanceof Refused) toast(error.message);
  else setTimeout(open, 3000);
}

function show(fresh) {
  learn(fresh.phrases);
  byId("app").hidden = !fresh.signed_in;
  byId("landing").hidden = fresh.signed_in;
  if (!fresh.signed_in) { live.close(); showLanding(wanted().get("code") ?? "", open); return; }
  const moved = !state || state.me.id !== fresh.me.id || state.place.id !== fresh.place.id;
  state = fresh;
  setClock(fresh);
  openMemory(fresh.workspace);
  heard(fresh.me.id, fresh.place.id, fresh.at, 0);
  byId("where").textContent = fresh.place.direct ? "Milepost" : fresh.place.name;
  const bound = fresh.places.find((place) => place.id === fresh.place.id)?.project ?? "";
  byId("where-more").textContent = fresh.place.direct ? say("direct") : bound;
  clock.show(fresh.demo);
  log.open({ ...fresh.place, name: fresh.place.name || "Milepost" }, fresh.lines, examples());
  if (moved) composer.open(fresh);
  redraw();
  live.open({ ...here(), known: known(fresh.me.id, everywhere()) });
  if (matchMedia("(pointer: fine)").matches && moved && !document.activeElement?.closest(".sidebar")) byId("words").focus();
}

const mine = () => [state.direct, ...state.places.map((place) => place.id)];
const everywhere = () => [...new Set([...mine(), ...state.people.map((person) => `dm:${person.id}`)])];

const examples = () => ["new", "status", "mine", "help"].flatMap((name) => state.verbs.filter((verb) => verb.name === name).flatMap((verb) => verb.examples.slice(0, 1)));

function redraw() {
  sidebar.draw(state, unreadOf);
  const fresh = mine().reduce((sum, place) => sum + unreadOf(place), 0);
  document.title = `${fresh ? `(${fresh}) ` : ""}${byId("where").textContent} · Milepost`;
}

function read() {
  if (!state || document.hidden) return;
  readAll(state.me.id, state.place.id);
  redraw();
}

function news(told) {
  setClock(told);
  clock.draw();
  for (const [place, { new: fresh, at }] of Object.entries(told.places ?? {})) heard(state.me.id, place, at, fresh);
  if (told.lines?.length) log.add(told.lines);
  if (log.following) read();
  redraw();
}

// What an action changed is drawn from its own answer; the same news from the stream then changes nothing.
function done(answer) {
  log.add(answer.lines);
  if (answer.toast) toast(answer.toast);
  if (answer.elsewhere) toast(say("answered_direct"), { label: say("open_direct"), run: () => go({ place: answer.elsewhere }) });
  if (answer.form) dialog.open(answer.form, answer.errors);
}

const named = (text, files) => [text, ...files.map((file) => `📎 ${file.name}`)].filter(Boolean).join("\n");

function sayIt(text, reply, files = [], key = newKey(), waiting = log.pending(key, named(text, files)), from = here()) {
  const body = { ...from, key, text, reply_to: reply?.id ?? "", reply_to_seq: reply?.seq ?? 0 };
  handIn(files, from.as).then((ids) => post("/chat/send", ids.length ? { ...body, files: ids } : body)).then(
    (answer) => { waiting.remove(); if (isHere(from)) done(answer); },
    (error) => failed(error, () => log.failed(waiting, sentence(error), () => sayIt(text, reply, files, key, waiting, from))),
  );
}

const isHere = (from) => from.place === state.place.id && from.as === here().as;
const sentence = (error) => (error instanceof Refused ? error.message : say("not_sent"));

function failed(error, tell) {
  if (error instanceof Refused && error.code === "signed_out") open();
  else tell();
}

async function press(line, token, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const from = here();
  try {
    const answer = await post("/chat/press", { ...from, key: newKey(), line: line.id, seq: line.seq, token });
    if (isHere(from)) done(answer);
  } catch (error) {
    failed(error, () => toast(sentence(error)));
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function submit(token, values) {
  try {
    const answer = await post("/chat/form", { ...here(), key: newKey(), token, values });
    if (!answer.form && Object.keys(answer.errors).length) { dialog.complain(answer.errors); return; }
    if (!answer.form) dialog.close();
    done(answer);
  } catch (error) {
    failed(error, () => dialog.fail(sentence(error)));
  }
}

async function step(by) {
  try {
    setClock(await post("/chat/clock", { ...here(), step: by }));
    toast(say("clock_is", { time: dayAndTime(now()) }));
  } catch (error) {
    failed(error, () => toast(sentence(error)));
  }
}

async function actAs(person) {
  const place = state.place.direct ? "" : state.place.id;
  try { await post("/chat/act-as", { as: person }); go({ as: person, place }); } catch (error) { toast(sentence(error)); }
}

async function signOut() {
  await post("/sign-out", {}).catch((error) => toast(sentence(error)));
  state = null;
  history.replaceState(null, "", "#");
  open();
}

addEventListener("hashchange", open);
document.addEventListener("visibilitychange", read);
open();
