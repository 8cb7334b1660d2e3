"""The timeline as an image, and what this machine's fonts can show."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading

import pytest

from bot.domain.health import Light
from bot.pictures import fonts, png
from tests.bot.pictures.test_timeline import HOSTILE, row, timeline


def size(image: bytes) -> tuple[int, int]:
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    across, down = struct.unpack(">II", image[16:24])
    return across, down


def test_it_is_a_png_that_grows_with_its_rows() -> None:
    few, many = size(png(timeline(row()))), size(png(timeline(*[row()] * 40)))
    assert few[0] == many[0] == 1260
    assert few[1] < many[1] < 2500


def test_the_same_timeline_gives_the_same_image() -> None:
    assert png(timeline(row())) == png(timeline(row()))


def test_another_light_gives_another_image() -> None:
    assert png(timeline(row())) != png(timeline(row(light=Light.RED)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_are_drawn_and_do_nothing(text: str) -> None:
    assert size(png(timeline(row(text), title=text))) == size(png(timeline(row())))


def test_what_comes_with_milepost_shows_at_least_these_scripts() -> None:
    assert {"Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "emoji"}.isdisjoint(fonts())


def test_several_can_be_drawn_side_by_side() -> None:
    expected = png(timeline(row()))
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(png(timeline(row())))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [expected] * 4


def test_the_drawing_library_is_not_loaded_before_the_first_picture() -> None:
    code = "import sys, bot.pictures; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
