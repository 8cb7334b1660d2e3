// What every state of the page is held to: names, labels, ids, sizes, nothing wider than the screen.
() => {
  const found = [];
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !node.closest("[inert]");
  const tell = (node, what) => found.push(`${what}: ${node.outerHTML.slice(0, 120)}`);
  const named = (node) => {
    const ids = (node.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const labelled = ids.map((id) => document.getElementById(id)?.textContent || "").join(" ");
    const labels = [...(node.labels || [])].map((label) => label.textContent).join(" ");
    return [labelled, node.getAttribute("aria-label"), labels, node.alt, node.textContent].some((name) => name && name.trim());
  };
  for (const node of document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=log], [role=listbox], dialog[open], nav, progress, [role=img]"))
    if (shown(node) && !named(node)) tell(node, "no name");
  for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) tell(image, "no alt");
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`twice: #${id}`);
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for"])
    for (const node of document.querySelectorAll(`[${name}]`))
      for (const id of node.getAttribute(name).split(/\s+/)) if (!document.getElementById(id)) tell(node, `${name} leads nowhere`);
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) tell(node, "own tab order");
  for (const node of document.querySelectorAll("button, a.button, a.primary, input, select")) {
    const box = node.getBoundingClientRect();
    if (shown(node) && (box.width < 24 || box.height < 24)) tell(node, `too small to hit (${box.width} x ${box.height})`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
  if (document.querySelectorAll("h1").length === 0) found.push("no heading");
  return found;
}
