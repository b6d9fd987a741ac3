"""The keys of the copies that are made for the public, of chapters and of whole lessons."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from render.core.copy_form import CopyForm
from render.plan.lesson_plan import Piece
from render.store.digest import digest_text, meaning_of

COPYING: Final = ("encode/public_copy.py", "encode/reordered.py", "encode/x264.py")
"""Our sources that decide what a copy contains, apart from what is drawn and from what joins it."""


def chapter_copy_key(piece: Piece, form: CopyForm) -> str:
    """The key of a chapter's copy: what it shows, its form, and what encodes it; x264 has the version of PyAV."""
    own = [meaning_of(Path(__file__).parents[1] / name) for name in COPYING]
    return digest_text(json.dumps([piece.key, repr(form), own]))


def copy_key(lesson: str, pieces: Sequence[Piece], form: CopyForm) -> str:
    """The key of the copy of a whole lesson, whose own key is ``lesson``: that has its words and what joins it."""
    return digest_text(json.dumps([lesson, form.role, [chapter_copy_key(piece, form) for piece in pieces]]))
