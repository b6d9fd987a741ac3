"""Golden pictures: a noun of the kit is held to the picture of it that a person looked at and blessed.

Pixels away from edges must be equal within :data:`TOLERANCE`.  At an edge, where anti-aliasing differs
between versions of Cairo, a pixel may take any colour that the other picture has within one pixel of it, or
nearly so: a thin line may be antialiased differently, but may neither move by two pixels nor change its
colour.

Words are refused unless a test asks for them with ``text=True``: their outlines come from vendored fonts and
a pinned Typst, so they are the same everywhere, but a picture that does not need them should not change with
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from manim import Camera, Mobject, SVGMobject, Text
from numpy.typing import NDArray
from PIL import Image

from scenes.kit import ink

GOLDEN: Final = Path(__file__).parent / "kit" / "golden"
"""Where blessed pictures are kept."""
SEEN: Final = Path(__file__).parents[1] / "build" / "golden"
"""Where a picture that differs is put, beside the blessed one and the difference."""
TOLERANCE: Final = 6
"""Largest difference of a channel (0 to 255) that passes away from edges."""
EDGE_SHARE: Final = 0.25
"""At an edge a pixel may lie beyond its neighbours' colours by this share of their range."""

Picture = NDArray[np.uint8]
"""Height × width × 3: red, green, blue."""


@dataclass(frozen=True, slots=True)
class Look:
    """What blessing did with one picture."""

    name: str
    change: str
    beside: Path | None = None


@dataclass(slots=True)
class _Blessing:
    names: frozenset[str]
    looks: list[Look] = field(default_factory=list)


_blessing: _Blessing | None = None


def assert_golden(
    name: str,
    *mobjects: Mobject,
    width: int = 427,
    height: int = 240,
    background: object = ink.ground,
    text: bool = False,
) -> None:
    """Hold ``mobjects``, drawn in ``width`` × ``height`` pixels, to the golden picture ``name``.

    Raises ``AssertionError`` when the picture differs or was never blessed, naming the files and the command
    that blesses it; ``ValueError`` for a name that is no plain file name and for words not asked for.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"golden picture {name!r}: a name is small letters, digits and single hyphens")
    if not text and (worded := _words_in(mobjects)):
        raise ValueError(f"golden picture {name!r} shows words ({worded}); leave them out or pass text=True")
    new = draw(*mobjects, width=width, height=height, background=background)
    golden = GOLDEN / f"{name}.png"
    if _blessing is not None:
        if not _blessing.names or name in _blessing.names:
            _blessing.looks.append(_bless(golden, new))
        return
    how = f"look at it, and bless it with: python scripts/bless.py {name}"
    if not golden.exists():
        raise AssertionError(
            f"{golden} was never blessed; the picture is {save(SEEN / f'{name}.png', new)}: {how}"
        )
    old = load(golden)
    if complaint := differ(old, new):
        raise AssertionError(
            f"{golden}: {complaint}; old, new, difference in {show_beside(name, old, new)}: {how}"
        )


def draw(*mobjects: Mobject, width: int, height: int, background: object = ink.ground) -> Picture:
    """``mobjects`` in the 14.222 × 8 frame, drawn by manim's Cairo camera."""
    camera = Camera(pixel_width=width, pixel_height=height, background_color=background)  # type: ignore[arg-type]
    camera.capture_mobjects(mobjects)
    return np.ascontiguousarray(camera.pixel_array[:, :, :3])


def differ(old: Picture, new: Picture) -> str:
    """How two pictures differ beyond what their edges explain, in words; empty when they do not."""
    if old.shape != new.shape:
        return f"it is {_size(new)} where {_size(old)} was blessed"
    wrong = _wrong(old, new)
    if not wrong.any():
        return ""
    rows, columns = np.nonzero(wrong)
    worst = int(np.abs(old.astype(int) - new.astype(int))[wrong].max())
    return (
        f"{len(rows)} pixels differ by up to {worst} of 255, "
        f"in columns {columns.min()} to {columns.max()}, rows {rows.min()} to {rows.max()}"
    )


@contextmanager
def blessing(names: frozenset[str] = frozenset()) -> Iterator[list[Look]]:
    """While it lasts, :func:`assert_golden` writes goldens (only ``names``, if any)."""
    global _blessing
    _blessing = _Blessing(names)
    try:
        yield _blessing.looks
    finally:
        _blessing = None


def _bless(golden: Path, new: Picture) -> Look:
    if not golden.exists():
        return Look(golden.stem, "new", save(golden, new))
    old = load(golden)
    if np.array_equal(old, new):
        return Look(golden.stem, "unchanged")
    change = differ(old, new) or "edges only"
    beside = show_beside(golden.stem, old, new)
    save(golden, new)
    return Look(golden.stem, change, beside)


def _wrong(old: Picture, new: Picture) -> NDArray[np.bool_]:
    astray = np.zeros(old.shape[:2], dtype=bool)
    for one, other in ((old, new), (new, old)):
        low, high = _around(other)
        beyond = np.maximum(low - one.astype(int), one.astype(int) - high)
        astray |= (beyond > TOLERANCE + EDGE_SHARE * (high - low)).any(axis=2)
    return astray


def _around(picture: Picture) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Least and greatest value of each channel within one pixel of each pixel."""
    padded = np.pad(picture.astype(int), ((1, 1), (1, 1), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(0, 1))
    return windows.min(axis=(3, 4)), windows.max(axis=(3, 4))


def _words_in(mobjects: tuple[Mobject, ...]) -> str:
    for mobject in mobjects:
        for member in mobject.get_family():
            if getattr(member, "is_words", False) or isinstance(member, (SVGMobject, Text)):
                return repr(getattr(member, "source_text", type(member).__name__))
    return ""


def show_beside(name: str, old: Picture, new: Picture) -> Path:
    """Write old, new and their difference side by side, for a person to look at; where they are."""
    if old.shape != new.shape:
        tall = np.zeros((max(len(old), len(new)), old.shape[1] + new.shape[1], 3), dtype=np.uint8)
        tall[: len(old), : old.shape[1]] = old
        tall[: len(new), old.shape[1] :] = new
        return save(SEEN / f"{name}.png", tall)
    difference = np.where(
        _wrong(old, new)[:, :, None], [255, 0, 80], np.abs(old.astype(int) - new.astype(int))
    )
    return save(SEEN / f"{name}.png", np.hstack([old, new, difference.astype(np.uint8)]))


def save(path: Path, picture: Picture) -> Path:
    """Write ``picture`` as a small lossless PNG, and say where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(path, optimize=True)
    return path


def load(path: Path) -> Picture:
    """The picture that :func:`save` wrote."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _size(picture: Picture) -> str:
    return f"{picture.shape[1]} × {picture.shape[0]} pixels"
