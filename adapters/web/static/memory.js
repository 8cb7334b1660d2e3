// What this browser remembers: how far each conversation was read, and what was typed but not sent.

function load(store, name) {
  try { return JSON.parse(store.getItem(name)) ?? {}; } catch { return {}; }
}

function save(store, name, value) {
  try { store.setItem(name, JSON.stringify(value)); } catch { /* full or switched off: it is only a comfort */ }
}

// A direct conversation is one person's; a channel is read by each person for themselves.
const slot = (me, place) => (place.startsWith("dm:") ? place : `${me}|${place}`);

let name = "read";
let marks = {};

export function openMemory(workspace) {
  name = `read:${workspace}`;
  marks = load(localStorage, name);
}

export const unread = (me, place) => marks[slot(me, place)]?.n ?? 0;

export function known(me, places) {
  const found = places.map((place) => [place, marks[slot(me, place)]?.at]).filter(([, at]) => at);
  return new URLSearchParams(found).toString();
}

export function heard(me, place, at, fresh) {
  marks[slot(me, place)] = { at, n: unread(me, place) + fresh };
  save(localStorage, name, marks);
}

export function readAll(me, place) {
  const mark = marks[slot(me, place)];
  if (!mark?.n) return;
  mark.n = 0;
  save(localStorage, name, marks);
}

export const draft = (me, place) => load(sessionStorage, "drafts")[`${me}|${place}`] ?? "";

export function keepDraft(me, place, text) {
  const drafts = load(sessionStorage, "drafts");
  drafts[`${me}|${place}`] = text || undefined;
  save(sessionStorage, "drafts", drafts);
}

export const filledIn = (token) => load(sessionStorage, "forms")[token] ?? {};

export function keepForm(token, values) {
  const forms = load(sessionStorage, "forms");
  forms[token] = values ?? undefined;
  save(sessionStorage, "forms", forms);
}
