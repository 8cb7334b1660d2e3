// Every time on the page is said in the workspace's zone, the one that reminders keep to.

import { language, say } from "./phrases.js";

let zone = "UTC";
let offset = 0;

export function setClock({ now, zone: given }) {
  zone = given || "UTC";
  offset = now ? Date.parse(now) - Date.now() : 0;
}

export const now = () => new Date(Date.now() + offset);
export const zoneName = () => zone;

const formats = new Map();

function format(date, options) {
  const key = JSON.stringify([options, zone, language()]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language(), { timeZone: zone, ...options }));
  return formats.get(key).format(date);
}

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { weekday: "short", day: "numeric", month: "short" };

export const hours = (date) => format(date, TIME);
export const dayKey = (date) => format(date, { year: "numeric", month: "2-digit", day: "2-digit" });
export const isToday = (date) => dayKey(date) === dayKey(now());

export function day(date) {
  const year = format(date, { year: "numeric" });
  const text = format(date, year === format(now(), { year: "numeric" }) ? DAY : { ...DAY, year: "numeric" });
  return text.replace(",", "");
}

export const dayAndTime = (date) => `${day(date)}, ${hours(date)}`;
export const dayTitle = (date) => (isToday(date) ? `${say("today")}, ${day(date)}` : day(date));
