"""What stands on the stage to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from manim import Mobject

    from scenes.kit.glyph import Words
    from scenes.kit.lesson import Lesson


BARE: Final = re.compile(r"[-−+]?\d+(?:[.,]\d+)*")
"""A number and nothing else."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text on the stage."""

    kind: str
    """What made it: ``formula``, ``note``, ``title`` ... (see :class:`scenes.kit.glyph.Words`); ``drawn`` for a noun
    that draws its texts as paths, ``scale`` for bare numbers side by side."""
    text: str
    """Typst's source where it is a formula."""


def shown_words(lesson: Lesson) -> tuple[str, ...]:
    """What stands on the stage to be read, a text each: the texts of :func:`shown_texts`."""
    return tuple(shown.text for shown in shown_texts(lesson))


def shown_texts(lesson: Lesson) -> tuple[Shown, ...]:
    """What stands on the stage to be read, a text each; bare numbers side by side (a scale) are one text.

    What is transparent is not there.  Nouns that draw their numbers as paths tell them by ``shown_texts``; those of
    one noun are one text, as a scale is.
    """
    return tuple(shown for mobject in lesson.mobjects for shown in _texts([mobject]))


def _texts(siblings: Sequence[Mobject]) -> Iterator[Shown]:
    scale: list[str] = []
    for mobject in siblings:
        if written := getattr(mobject, "shown_texts", ()):  # a noun that draws its numbers as one path
            yield Shown("drawn", " ".join(written))
        if not getattr(mobject, "is_words", False):
            yield from _texts(mobject.submobjects)
            continue
        words = cast("Words", mobject)
        if any(glyph.get_fill_opacity() > 0.05 for glyph in words.glyphs):
            text = " ".join(words.source_text.split())
            if BARE.fullmatch(text):
                scale.append(text)
            else:
                yield Shown(words.kind, text)
    if scale:
        yield Shown("scale", " ".join(scale))
