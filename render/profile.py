"""Qualities: how large, how often, how carefully a picture is encoded."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

from render.fault import UsageFault

TICKS_PER_SECOND = 15
"""The grid that every clock of the project counts in; each profile draws a whole number of frames a tick."""
SMALL_SIZE = (854, 480)
"""Pixels of the copy for narrow screens and slow lines."""
POSTER_SIZE = (1280, 720)
"""Pixels of a thumbnail: what YouTube asks for."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One quality.  ``width`` and ``height`` are in pixels, ``fps`` in frames a second."""

    name: str
    width: int
    height: int
    fps: int
    qp: int
    """Quantiser of moving pictures (H.264, 0 lossless to 51); held pictures are coded four steps finer."""
    audio_kbps: int = 128
    """Thousand bits a second of sound (AAC-LC, two channels)."""
    voice: str = "kokoro"
    """Who speaks unless another voice is asked for."""
    reviews: bool = True
    """Whether lessons are looked at when they are rendered, unless asked otherwise."""

    has_small: bool = False
    """Whether a copy in few pixels is made beside the video."""

    @property
    def small(self) -> Profile | None:
        """The quality of the copy in few pixels; none where none is made."""
        if not self.has_small:
            return None
        width, height = SMALL_SIZE
        return replace(self, name=f"{self.name}-small", width=width, height=height, has_small=False)

    @property
    def pictures(self) -> str:
        """All of the profile that pictures depend on."""
        beside = f" and {self.small.pictures}" if self.small else ""
        return f"{self.width}x{self.height} at {self.fps} qp {self.qp}{beside}"

    @property
    def frames_per_tick(self) -> int:
        """Frames drawn for each tick of the clock."""
        return self.fps // TICKS_PER_SECOND


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("draft", 854, 480, 15, 28, 96, "silent", reviews=False),
        Profile("web", 1920, 1080, 30, 26, 128, has_small=True),
        Profile("full", 2560, 1440, 60, 24, 384),
    )
}


def profile_named(name: str) -> Profile:
    """The profile called ``name``; a :class:`UsageFault` that names the nearest one otherwise."""
    try:
        return PROFILES[name]
    except KeyError:
        near = difflib.get_close_matches(name, PROFILES, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UsageFault(f"QUALITY={name}: expected one of {', '.join(PROFILES)}.{hint}") from None
