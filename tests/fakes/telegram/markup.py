"""Telegram's reading of text: HTML as its parser accepts it, and what it finds in a person's words.

Offsets and lengths of entities are UTF-16 code units, offsets in refusals are bytes, as in Telegram.
"""

import re
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import Refusal, bad_request

Entity = dict[str, object]

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
TAG_NAME = re.compile(r"[a-zA-Z0-9-]*")
ATTRIBUTE = re.compile(r"""\s*([a-zA-Z0-9-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.-]+))?""")
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[a-z]{2,})"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?)(?!\w)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{2,31})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#\w+)"
)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def found_in(text: str) -> list[Entity]:
    return [_entity(match.lastgroup or "", text, match) for match in FOUND.finditer(text)]


def _entity(kind: str, text: str, match: re.Match[str]) -> Entity:
    return {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}


def checked(text: str, entities: list[Entity]) -> list[Entity]:
    """Entities given by a caller; one that cuts a character in two is refused."""
    for entity in entities:
        for edge in (int(str(entity["offset"])), int(str(entity["offset"])) + int(str(entity["length"]))):
            if "\ufffd" in utf16_slice(text, 0, edge) and "\ufffd" not in text:
                raise cannot_parse("Entity begins or ends in the middle of a UTF-16 symbol")
    return entities


def cannot_parse(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of an HTML message, or the refusal that Telegram would answer with."""
    return _Html(source).parse()


@dataclass
class _Open:
    name: str
    begins: int
    fields: Entity


@dataclass
class _Html:
    source: str
    at: int = 0
    text: str = ""
    nesting: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._step()
        if self.nesting:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.nesting[-1].name}"')
        return self._trimmed()

    def _step(self) -> None:
        character = self.source[self.at]
        if character == "&":
            self._character()
        elif character != "<":
            self.text += character
            self.at += 1
        elif self.source.startswith("</", self.at):
            self._end_tag()
        else:
            self._start_tag()

    def _character(self) -> None:
        match = CHARACTER.match(self.source, self.at)
        if match is None:
            self.text += "&"
            self.at += 1
            return
        decimal, hexadecimal, named = match.groups()
        self.text += NAMED[named] if named else chr(int(decimal) if decimal else int(hexadecimal, 16))
        self.at = match.end()

    def _start_tag(self) -> None:
        begins = self.at
        close = self.source.find(">", begins)
        if close < 0:
            raise cannot_parse(f"Unclosed start tag at byte offset {self._byte(begins)}")
        match = TAG_NAME.match(self.source, begins + 1)
        name = match[0].lower() if match else ""
        attributes = dict(_attributes(self.source[begins + 1 + len(name) : close]))
        if name not in TAGS or (name == "span" and attributes.get("class") != "tg-spoiler"):
            raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {self._byte(begins)}')
        self.nesting.append(_Open(name, utf16_length(self.text), _fields(name, attributes)))
        self.at = close + 1

    def _end_tag(self) -> None:
        begins = self.at
        close = self.source.find(">", begins)
        if close < 0:
            raise cannot_parse(f"Unclosed end tag at byte offset {self._byte(begins)}")
        name = self.source[begins + 2 : close].strip().lower()
        if not self.nesting:
            raise cannot_parse(f"Unexpected end tag at byte offset {self._byte(begins)}")
        opened = self.nesting.pop()
        if name and name != opened.name:
            where = f"Unmatched end tag at byte offset {self._byte(begins)}"
            raise cannot_parse(f'{where}, expected "</{opened.name}>", found "</{name}>"')
        length = utf16_length(self.text) - opened.begins
        if length and opened.fields:
            self.entities.append({**opened.fields, "offset": opened.begins, "length": length})
        self.at = close + 1

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _trimmed(self) -> tuple[str, list[Entity]]:
        text = self.text.rstrip()
        end = utf16_length(text)
        kept = [entity | {"length": min(int(str(entity["length"])), end - int(str(entity["offset"])))}
                for entity in self.entities]  # fmt: skip
        return text, sorted(
            (entity for entity in kept if int(str(entity["length"])) > 0),
            key=lambda entity: (int(str(entity["offset"])), -int(str(entity["length"]))),
        )


def _attributes(source: str) -> list[tuple[str, str]]:
    return [(name.lower(), (value or "").strip("\"'")) for name, value in ATTRIBUTE.findall(source)]


def _fields(name: str, attributes: dict[str, str]) -> Entity:
    """The entity without its place; empty for a link without an address, which Telegram drops."""
    kind = TAGS[name]
    if kind == "text_link":
        return _link(attributes.get("href", ""))
    if kind == "date_time":
        return {
            "type": kind,
            "unix_time": int(attributes["unix"]),
            "date_time_format": attributes.get("format", ""),
        }
    if kind == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": kind}


def _link(href: str) -> Entity:
    if href.startswith("tg://user?id="):
        user = {"id": int(href.removeprefix("tg://user?id=")), "is_bot": False, "first_name": "Person"}
        return {"type": "text_mention", "user": user}
    return {"type": "text_link", "url": href} if href else {}
