"""Faults that show only over time: flashes, standstill, an empty stage, things under the captions, jumps.

Every tick's picture is compared with the one before it.  Nothing here knows of mobjects: :mod:`render.review.observer`
finds the mobject that a jump is to be blamed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from render.core.profile import TICKS_PER_SECOND
from render.review.direction import half_second
from render.review.stage import HEIGHT, WIDTH, Picture, apart
from render.review.text import luminance
from scenes.kit import ink, place

FLASHES: Final = 3
"""Flashes a second, each a swing of light there and back, that are safe (WCAG 2.2, 2.3.1)."""
SWING: Final = 0.10
"""Change of relative luminance that counts as a swing, the darker picture below :data:`DARK`."""
DARK: Final = 0.80
FLASHING: Final = 0.028
"""Share of the frame that must flash at once: a quarter of ten degrees of sight (WCAG 2.2)."""
FROZEN: Final = 8.0
"""Seconds that a picture may stand."""
EMPTY: Final = 1.5
"""Seconds that the stage may be empty."""
LEAST_JUMP: Final = 240
"""Pixels of the canvas (35 by 35 at 1080 lines) that have to change at once to count as a jump."""

_SEEN: Final = 24
"""Difference of a channel (0 to 255) that counts as a change."""
_GROUND: Final = np.round(np.array([*ink.ground.to_rgb(), 1.0]) * 255).astype(np.uint8)
_EMPTY: Final = np.full((HEIGHT, WIDTH, 4), _GROUND)
"""The picture of nothing."""
_HEAD: Final = round((ink.FRAME_HEIGHT / 2 - place.TOP + place.HEAD) / ink.FRAME_HEIGHT * HEIGHT)
"""Rows that belong to the chapter's title."""
FLOOR_ROW: Final = round((ink.FRAME_HEIGHT / 2 - place.FLOOR) / ink.FRAME_HEIGHT * HEIGHT)
"""First row that belongs to the captions."""
_BLOCK: Final = 12
"""Pixels of the side of a block in which light is averaged."""
_LIGHTS: Final = [luminance(np.outer(np.arange(256) / 255, channel)) for channel in np.eye(3)]
"""What each value of a channel adds to the relative luminance."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that lasts, in ticks from the start of the chapter."""

    kind: str
    start: int
    end: int
    figure: float = 0.0

    @property
    def seconds(self) -> float:
        """How long."""
        return (self.end - self.start) / TICKS_PER_SECOND


class Motion:
    """Is shown the pictures of a chapter in order, and finds what lasts too long."""

    def __init__(self) -> None:
        self.tick = 0
        self.spells: list[Spell] = []
        self.changed = False
        """Whether the last picture differs from the one before it at all."""
        self.jump: NDArray[np.bool_] | None = None
        """Where the last picture differs from the one before it; none where it hardly does."""
        self.under_captions = False
        """Whether the last picture has something where captions stand."""
        self.stirs: list[float] = []
        """Share of the picture that differs between begin and end of each half-second."""
        self._mark: Picture | None = None
        self._marks = 0
        self._last: Picture | None = None
        self._still_since = self._empty_since = -1
        self._flash = _Flash()

    def show(self, picture: Picture, repeat: int) -> None:
        """Take one picture (height × width × 4, opaque) that stands for ``repeat`` ticks."""
        now = picture
        while half_second(self._marks) < self.tick + repeat:
            self._mark_half_second(now)
        self.jump = None
        self.changed = self._last is None or not np.array_equal(now, self._last)
        if self._last is None or (changed := self._changes(now)).any():
            if self._last is not None and changed.sum() >= LEAST_JUMP:
                self.jump = changed
            self._end("frozen", self._still_since, FROZEN)
            self._still_since = self.tick
            self._look(now)
            self._last = now.copy()
            self.spells += self._flash.show(now, self.tick)
        self.tick += repeat

    def close(self) -> list[Spell]:
        """All that lasted too long, in the order in which it ended."""
        self._end("frozen", self._still_since, FROZEN)
        self._end("empty", self._empty_since, EMPTY)
        return self.spells

    def _mark_half_second(self, now: Picture) -> None:
        if self._mark is not None:
            self.stirs.append(float(apart(now, self._mark, _SEEN).mean()))
        self._mark = now.copy()
        self._marks += 1

    def _changes(self, now: Picture) -> NDArray[np.bool_]:
        assert self._last is not None
        if not self.changed:
            return np.zeros(1, bool)
        return apart(now, self._last, _SEEN)

    def _look(self, now: Picture) -> None:
        """Whether anything is there below the title, and in the captions' place."""
        drawn = apart(now[_HEAD:], _EMPTY[_HEAD:], _SEEN)
        is_empty = drawn.sum() < 60
        self.under_captions = bool(drawn[FLOOR_ROW - _HEAD :].sum() > 12)
        if not is_empty:
            self._end("empty", self._empty_since, EMPTY)
            self._empty_since = -1
        elif self._empty_since < 0:
            self._empty_since = self.tick

    def _end(self, kind: str, since: int, bound: float) -> None:
        if since >= 0 and (self.tick - since) / TICKS_PER_SECOND > bound:
            self.spells.append(Spell(kind, since, self.tick))


class _Flash:
    """Counts swings of light, block by block."""

    def __init__(self) -> None:
        shape = HEIGHT // _BLOCK, WIDTH // _BLOCK
        self._extreme: NDArray[np.float64] | None = None
        self._rising = np.zeros(shape, np.int8)
        self._swings: list[tuple[int, NDArray[np.bool_]]] = []
        self._until = -1

    def show(self, picture: Picture, tick: int) -> Iterator[Spell]:
        """The flashing that has been going on for more than a second at ``tick``; told once a second at most."""
        light = self._light(picture)
        if self._extreme is None:
            self._extreme = light
            return
        change = light - self._extreme
        large = (np.abs(change) >= SWING) & (np.minimum(light, self._extreme) < DARK)
        way = np.sign(change).astype(np.int8)
        turned = large & (way != self._rising)
        on = (way == self._rising) & (np.abs(change) > 0)
        self._extreme = np.where(turned | on, light, self._extreme)
        self._rising = np.where(turned, way, self._rising)
        if turned.any():
            self._swings.append((tick, turned))
        self._swings = [(when, where) for when, where in self._swings if when > tick - TICKS_PER_SECOND]
        if len(self._swings) <= 2 * FLASHES:
            return
        counts = np.sum([where for _, where in self._swings], axis=0)
        flashing = counts > 2 * FLASHES
        if flashing.mean() >= FLASHING and tick > self._until:
            self._until = tick + TICKS_PER_SECOND
            yield Spell("flash", self._swings[0][0], tick, float(counts.max()) / 2)

    def _light(self, picture: Picture) -> NDArray[np.float64]:
        rows, columns = HEIGHT // _BLOCK, WIDTH // _BLOCK
        part = picture[: rows * _BLOCK : 3, : columns * _BLOCK : 3, :3]
        light = sum(_LIGHTS[channel][part[:, :, channel]] for channel in range(3))
        blocks = np.reshape(light, (rows, _BLOCK // 3, columns, _BLOCK // 3))
        return np.asarray(blocks.mean(axis=(1, 3)))
