"""The forms in which the public gets the lessons.

They have a module of their own: pictures do not depend on them, and all lessons import that of the profiles.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CopyForm:
    """A form in which the public gets the lessons.  ``width`` and ``height`` are in pixels."""

    role: str
    """What the manifest and the store call the copy."""
    width: int
    height: int
    crf: float
    """The quality that x264 keeps to (0 lossless to 51)."""

    @property
    def chapter(self) -> str:
        """What the store calls the copy of a single chapter."""
        return f"{self.role}_chapter"


COPIES = (CopyForm("public", 1920, 1080, 25), CopyForm("public_small", 854, 480, 25))
"""The copies of a lesson, the largest first: for screens and for YouTube, and for narrow screens and slow lines."""
