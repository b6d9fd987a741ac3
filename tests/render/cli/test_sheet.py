"""The contact sheet: a still for every beat, or one every so many seconds, without encoding anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from render.cli.sheet import STILL_SIZE
from tests.conftest import Run

GROUND, PAPER = (15, 20, 32), (24, 30, 44)


def stills(page: Path) -> list[np.ndarray]:
    """Cells of a page that hold a picture, in order: those whose corner is the stage's ground."""
    with Image.open(page) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    width, height = STILL_SIZE
    tops = [row for row in range(1, pixels.shape[0]) if begins(pixels[row - 1, 16], pixels[row, 16])]
    cells = [
        pixels[top : top + height, left : left + width]
        for top in tops
        for left in range(16, pixels.shape[1] - width + 1, width + 16)
    ]
    return [cell for cell in cells if tuple(cell[0, 0]) == GROUND]


def begins(above: np.ndarray, here: np.ndarray) -> bool:
    return tuple(above) == PAPER and tuple(here) == GROUND


def test_a_still_for_every_beat_shows_its_end(tiny: Path, mlhub: Run) -> None:
    catalog = tiny / "catalog.yaml"
    catalog.write_text(catalog.read_text().replace("status: planned", "status: draft"))
    done = mlhub("sheet", "moving-dot", "someday", "still-square")
    assert done.returncode == 1, "a topic without a scene fails, the others go on"
    assert "someday" in done.stderr
    folder = tiny / "build" / "review" / "moving-dot"
    assert str(folder / "sheet.png") in done.stdout
    (goes,) = stills(folder / "goes.png")
    blue = np.argwhere(np.abs(goes - np.array([90, 169, 230])).sum(axis=2) < 90)
    assert abs(blue.mean(axis=0)[1] - STILL_SIZE[0] / 2) < 6, "after its beat the dot stands in the middle"
    assert len(stills(folder / "comes_back.png")) == 2
    assert not list((tiny / "build").glob("out/*")), "nothing is encoded"


def test_real_frames_every_so_many_seconds(tiny: Path, mlhub: Run) -> None:
    done = mlhub("sheet", "moving-dot", "--chapter", "goes", "--every", "0.2")
    assert done.returncode == 0, done.stderr
    frames = stills(tiny / "build" / "review" / "moving-dot" / "goes.png")
    assert len(frames) >= 5
    assert not np.array_equal(frames[0], frames[-1])
