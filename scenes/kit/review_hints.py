"""Hints for the review of pictures: what need not be seen well, and what may touch what.

The review takes it that every mark must be seen and that nothing may touch letters.  Where a noun of the kit is meant
otherwise it says so by these functions, once for all lessons; a scene says it by ``Lesson.allow``.

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
    """Say that ``mobject`` need not be seen well (a grid, a floor, faded dots), or no longer; returns it."""
    vars(mobject)[_BACKDROP] = stands_back
    return mobject


def is_backdrop(mobject: Mobject) -> bool:
    """Whether :func:`backdrop` said so of ``mobject``."""
    return vars(mobject).get(_BACKDROP, False) is True


def belongs(mark: M, *owners: Mobject) -> M:
    """Say that ``mark`` may touch ``owners`` and what is in them, as a line under a word may; returns the mark."""
    vars(mark)[_OWNERS] = tuple(map(weakref.ref, (*owners_of(mark), *owners)))
    return mark


def owners_of(mark: Mobject) -> tuple[Mobject, ...]:
    """The mobjects that ``mark`` may touch by :func:`belongs`; those that no longer exist are left out."""
    refs: tuple[weakref.ref[Mobject], ...] = vars(mark).get(_OWNERS, ())
    return tuple(owner for ref in refs if (owner := ref()) is not None)
