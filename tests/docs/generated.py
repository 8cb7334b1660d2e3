"""What the documentation takes from the product.  ``python -m tests.docs.generated`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from bot.access import TABLE, Reach, Rule
from bot.app.parts import registry
from bot.domain.people import Role
from bot.verbs import Verb
from tests.docs.pages import ROOT

README, DECISIONS = ROOT / "README.md", ROOT / "docs" / "decisions" / "README.md"
SECURITY = ROOT / "docs" / "security.md"
_WAYS = {
    Reach.ANY: "always",
    Reach.OWN: "their own",
    Reach.PART: "they have a part in it",
    Reach.SIGNS: "they sign it off",
    Reach.GIVEN: "given to them",
    Reach.LED: "in a project they lead",
    Reach.NOTHING: "their lists",
}


def verbs_table() -> str:
    """One row per verb, in the order people should meet them."""
    rows = [
        "| Verb | What it does | Examples | Or say |",
        "| --- | --- | --- | --- |",
        *map(_verb_row, registry().verbs),
    ]
    return "\n".join(rows)


def matrix() -> str:
    """One row per rule, one column per role: how somebody must stand to it."""
    roles = " | ".join(str(role) for role in Role)
    lines = [f"| May | {roles} |", "| --- |" + " --- |" * len(Role)]
    lines += [f"| {rule} | {_cells(rule)} |" for rule in TABLE]
    return "\n".join(lines)


def _cells(rule: Rule) -> str:
    return " | ".join(_ways(TABLE[rule][role]) for role in Role)


def _ways(enough: frozenset[Reach]) -> str:
    if Reach.ANY in enough:
        return _WAYS[Reach.ANY]
    return ", ".join(words for reach, words in _WAYS.items() if reach in enough) or "–"


def decisions_list() -> str:
    """Every record by number, with its title."""
    records = sorted(DECISIONS.parent.glob("[0-9]*.md"))
    return "\n".join(f"- [{path.stem[:4]}]({path.name}) {_title(path)}" for path in records)


def refreshed(page: Path, name: str, content: str) -> str:
    """``page`` with ``content`` between its two marks of this name."""
    before, opening, rest = page.read_text("utf-8").partition(f"<!-- {name}:")
    mark, end_of_mark, rest = rest.partition("-->\n")
    _, closing, after = rest.partition(f"<!-- /{name} -->")
    assert all((opening, end_of_mark, closing)), f"{page.name} has no block named {name}"
    return f"{before}{opening}{mark}{end_of_mark}\n{content}\n\n{closing}{after}"


def pages() -> dict[Path, str]:
    """Each page that holds something generated, as it should be."""
    return {
        README: refreshed(README, "verbs", verbs_table()),
        DECISIONS: refreshed(DECISIONS, "records", decisions_list()),
        SECURITY: refreshed(SECURITY, "matrix", matrix()),
    }


def _verb_row(verb: Verb) -> str:
    examples = "<br>".join(f"`{example}`" for example in verb.examples)
    row = f"| `{verb.name}` | {verb.summary} | {examples} | {', '.join(verb.twins)} |"
    return row.replace("|  |", "| |")


def _title(path: Path) -> str:
    return path.read_text("utf-8").partition("\n")[0].removeprefix("# ")


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, "utf-8")
