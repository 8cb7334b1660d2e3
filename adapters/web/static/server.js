// Talking to the server. Each action carries a key of its own: sent twice, it still happens once.

import { knows, say } from "./phrases.js";

export class Refused extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}

export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function get(path, query) {
  return read(await fetch(`${path}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" } }));
}

export async function post(path, body) {
  return read(await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
}

export async function upload(file, as) {
  const path = `/chat/upload?${new URLSearchParams({ as, name: file.name || "file" })}`;
  const type = file.type || "application/octet-stream";
  return (await read(await fetch(path, { method: "POST", headers: { "Content-Type": type }, body: file }))).file;
}

async function read(response) {
  const type = response.headers.get("content-type") || "";
  if (!type.startsWith("application/json")) throw new TypeError(`no answer: ${response.status}`);
  const answer = await response.json();
  if (response.ok) return answer;
  const phrase = `error_${answer.error}`;
  const own = answer.error !== "code_refused" && knows(phrase);
  throw new Refused(answer.error, own ? say(phrase) : answer.sentence);
}
