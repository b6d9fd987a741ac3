"""Profiles: the qualities in which lessons are rendered, each with a size, a frame rate and settings of the encoder."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from render.core.fault import UsageFault

TICKS_PER_SECOND = 15
"""The grid that every clock of the project counts in; each profile draws a whole number of frames a tick."""
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
    """Whether a render reviews every picture of a lesson too, unless it is told otherwise."""

    has_copies: bool = False
    """Whether copies for the public can be made of it (:mod:`render.core.copy_form`)."""

    @property
    def pictures(self) -> str:
        """The part of the profile that a chapter's pictures depend on, as text; it enters their keys."""
        return f"{self.width}x{self.height} at {self.fps} qp {self.qp}"

    @property
    def frames_per_tick(self) -> int:
        """Frames drawn for each tick of the clock."""
        return self.fps // TICKS_PER_SECOND


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("draft", 854, 480, 15, 28, 96, "silent", reviews=False),
        Profile("web", 1920, 1080, 30, 26, 128, has_copies=True),
        Profile("full", 2560, 1440, 60, 24, 384, has_copies=True),
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
