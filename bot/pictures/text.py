"""Text in a drawing: cut to a width, cleaned, escaped."""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape, quoteattr

_UNDRAWABLE = re.compile(
    "[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x7f-\x9f]"
)
"""What XML does not allow, and what would turn the text around it about."""

_PICTOGRAPHS = re.compile("[\U0001f000-\U0001faff]+")
_EMOJI_TAIL = re.compile("\u200d[\u2600-\u27bf\U0001f000-\U0001faff]|[\U0001f3fb-\U0001f3ff]|[\ufe0e\ufe0f]")
"""Of a family or a skin colour one plain sign is left: joined ones come apart where fonts are mixed."""

_JOINERS = "\u200d\ufe0f"
_NARROW = frozenset("iljtfrI.,:;!|'`()[]{}/ ")
_BROAD = frozenset("mwMWQO@%&")
_MOST_READ = 400
"""Characters of a label that are looked at; no label shows more."""


def width(text: str, size: float) -> float:
    """About how wide ``text`` is in pixels; generous rather than tight."""
    return size * sum(map(_share, text))


def fitted(text: str, size: float, room: float) -> str:
    """``text`` on one line, cut with an ellipsis where it would be wider than ``room``."""
    clean = _clean(text[:_MOST_READ])
    if width(clean, size) <= room and len(text) <= _MOST_READ:
        return clean
    room -= width("…", size)
    end, used = 0, 0.0
    for sign in clean:
        used += size * _share(sign)
        if used > room:
            break
        end += 1
    return _whole(clean, end).rstrip() + "…"


def text_element(x: float, y: float, text: str, **style: str | float) -> str:
    """Pictographs name their font: falling back ends at the first sign that no font has."""
    content = _PICTOGRAPHS.sub(r'<tspan font-family="Noto Emoji">\g<0></tspan>', escape(text))
    return f"<text{attributes(x=x, y=y, **style)}>{content}</text>"


def attributes(**values: str | float) -> str:
    """``font_size=12`` → `` font-size="12"``."""
    return "".join(f" {name.replace('_', '-')}={quoteattr(_said(value))}" for name, value in values.items())


def _clean(text: str) -> str:
    return " ".join(_EMOJI_TAIL.sub("", _UNDRAWABLE.sub("", text)).split())


def _said(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def _share(sign: str) -> float:
    """The part of the font size that one sign takes."""
    if unicodedata.combining(sign) or sign in _JOINERS:
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) >= 0x1F000:
        return 1.3
    if sign in _NARROW:
        return 0.38
    if sign in _BROAD:
        return 0.95
    return 0.7 if sign.isupper() else 0.6


def _whole(text: str, end: int) -> str:
    """``text`` up to ``end``, without half of a joined sign."""
    while 0 < end < len(text) and (_is_tied(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end]


def _is_tied(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or sign in _JOINERS
