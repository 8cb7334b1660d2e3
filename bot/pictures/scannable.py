"""A code to scan as SVG: dark on white, whatever the screen's theme, for that is what cameras read."""

from __future__ import annotations

from io import BytesIO

from bot.domain.scannable import Scannable

WIDTH = 320.0
_QUIET = 4  # modules of white around it, as the standard asks


def svg(subject: Scannable) -> str:
    """Error correction M: it may be printed, folded and a little dirty."""
    import segno

    out = BytesIO()
    code = segno.make(subject.address, error="m", micro=False)
    code.save(out, kind="svg", border=_QUIET, dark="#000", light="#fff", unit="", xmldecl=False, scale=8)
    return out.getvalue().decode()
