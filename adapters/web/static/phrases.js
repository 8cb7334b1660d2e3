// The page's sentences come with the first state, already in the reader's language.

let phrases = {};

export function learn(given) {
  phrases = given;
  document.documentElement.lang = given.lang || "en";
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
}

export function say(name, values = {}) {
  return (phrases[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export const knows = (name) => name in phrases;
export const language = () => phrases.lang || undefined;
export const counted = (name, n) => say(n === 1 ? `${name}_one` : `${name}_many`, { n });
