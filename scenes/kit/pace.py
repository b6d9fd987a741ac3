"""Pace roles: the one place where the length of a motion is written, in seconds.

A scene says what a motion *is* (``run_time=pace.CALM``), never how many seconds it takes; how long it lasts because
something is said meanwhile is asked of the beat (:meth:`scenes.kit.lesson.BeatClock.over`).  Every role is a whole
number of ticks, so that all qualities agree on its pictures, and each lasts half as long again as the one before, or
more, so that a viewer can tell them apart.

The roles are where the six first lessons had their 904 lengths, which took 34 values: to come from a role to any of
them one changes it by 9 % on average, and five other lengths could not do better than 8 %.
"""

from __future__ import annotations

from typing import Final

from render.core.profile import TICKS_PER_SECOND

QUICK: Final = 6 / TICKS_PER_SECOND
"""What is only pointed at or cleared away: a mark, a ring, a frame (0.4 s)."""
BRISK: Final = 9 / TICKS_PER_SECOND
"""What comes or goes, unless it is told otherwise (0.6 s)."""
CALM: Final = 12 / TICKS_PER_SECOND
"""What moves or changes while the eye is on it (0.8 s)."""
SLOW: Final = 18 / TICKS_PER_SECOND
"""What has to be followed on its way (1.2 s)."""
LONG: Final = 36 / TICKS_PER_SECOND
"""A motion that is the point of its beat: the least that such a one should have (2.4 s)."""

LAG: Final = 0.2
"""Of things that come one after the other: the share of its motion after which the next one begins."""
