"""SVG → PNG by typst, which is loaded at the first picture and gives the interpreter free while it draws."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from bot.domain.scannable import Scannable
from bot.domain.timeline import Timeline
from bot.pictures import scannable
from bot.pictures.timeline import WIDTH, svg
from bot.wording import Reader

if TYPE_CHECKING:
    import typst

_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""
_PIXELS_PER_INCH = 108.0
"""72 would be one pixel for one of the drawing; one and a half stay sharp on phones."""

_SAMPLES = {
    "Latin": "Ae",
    "Greek": "Ωλ",
    "Cyrillic": "Жя",
    "Hebrew": "שם",
    "Arabic": "عم",
    "Devanagari": "कम",
    "Thai": "กม",
    "Chinese and Japanese": "日本",
    "Korean": "한글",
    "emoji": "🚀",
}
_UNASSIGNED = "\U0003fffd"
"""No font has it: this is what a missing sign looks like."""


def png(subject: Timeline | Scannable, reader: Reader | None = None) -> bytes:
    """The drawing as an image.  Takes hundredths of a second; call it off the event loop."""
    if isinstance(subject, Scannable):
        return _drawn(scannable.svg(subject), scannable.WIDTH)
    return _drawn(svg(subject, reader), WIDTH)


def fonts() -> tuple[str, ...]:
    """Scripts that pictures cannot show with the fonts of this machine; none is the normal case.

    Found out by drawing a sign of each and comparing it with one that no font has.
    """
    return tuple(script for script, signs in _SAMPLES.items() if not all(map(_is_drawn, signs)))


def _is_drawn(sign: str) -> bool:
    return _sample(sign) != _sample(_UNASSIGNED)


def _sample(sign: str) -> bytes:
    text = f"<text x='4' y='30' font-family='DejaVu Sans' font-size='24'>{sign}</text>"
    return _drawn(f"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>{text}</svg>", 40)


def _drawn(drawing: str, width: float) -> bytes:
    import typst

    compiler = typst.Compiler(font_paths=_fonts())
    drawn = compiler.compile(
        _PAGE, format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"svg": drawing, "width": f"{width}"}
    )
    if not isinstance(drawn, bytes):
        raise TypeError("one page was expected")
    return drawn


@cache
def _fonts() -> typst.Fonts:
    """Ours first, so that pictures look the same everywhere; the machine's for all other scripts."""
    import typst

    with as_file(files("bot.pictures") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(folder)])
