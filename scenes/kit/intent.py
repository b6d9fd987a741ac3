"""What a picture means to do, said to whoever checks it.

The review of pictures guesses nothing: a mark is held to be seen, and letters to be clear of marks.  Where a noun of
the kit is meant otherwise it says so here, once for all lessons; a scene says it by ``Lesson.allow``.

A group whose class has ``is_one = True`` is one mark to a viewer, however many paths it is drawn by.
"""

from __future__ import annotations

import weakref
from typing import Final, TypeVar

from manim import Mobject

M = TypeVar("M", bound=Mobject)

_BACKDROP: Final = "is_backdrop"
_OWNERS: Final = "belongs_to"


def backdrop(mobject: M, stands_back: bool = True) -> M:
    """``mobject`` carries no meaning that must be seen: a grid, a floor, dots that have stepped back."""
    vars(mobject)[_BACKDROP] = stands_back
    return mobject


def is_backdrop(mobject: Mobject) -> bool:
    """Whether somebody called it so."""
    return vars(mobject).get(_BACKDROP, False) is True


def belongs(mark: M, *owners: Mobject) -> M:
    """``mark`` may touch ``owners`` and what is in them: the line under a word, the card of a label."""
    vars(mark)[_OWNERS] = tuple(map(weakref.ref, (*owners_of(mark), *owners)))
    return mark


def owners_of(mark: Mobject) -> tuple[Mobject, ...]:
    """What a mark may touch, so far as it is still there."""
    refs: tuple[weakref.ref[Mobject], ...] = vars(mark).get(_OWNERS, ())
    return tuple(owner for ref in refs if (owner := ref()) is not None)
