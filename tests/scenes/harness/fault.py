"""What a rule of :mod:`tests.scenes.harness.rules` finds in a lesson."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a rule finds in a lesson."""

    name: str
    """What it is about: a term, a chapter, ``chapter: sentence``."""
    message: str
    """Where it is, what was expected, and what to do."""
