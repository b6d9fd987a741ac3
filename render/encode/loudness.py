"""How loud a lesson is, and how loud it has to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LOUDNESS: Final = -14.0
"""LUFS of a whole lesson: what YouTube plays unchanged."""
TOLERANCE: Final = 0.5
"""LU that a lesson may be off."""
PEAK: Final = -1.0
"""dBTP that a published file may reach."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud something is as a whole (Rec. ITU-R BS.1770-4)."""

    integrated: float
    """LUFS; minus infinity, or ffmpeg's -70, for silence."""
    peak: float
    """dBTP: the peak of the continuous sound, not of its samples."""
