"""Spoken numbers: which of them have to be computed, and when a computed one is the one that is spoken.

Held against the maths is every number that is spoken, in digits or in words, except what merely counts what a viewer
sees at a glance or puts things in a row (:func:`render.core.spoken_number.is_free`).  There is one rule for how near a
computed figure has to be (:func:`agrees`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from render.core.spoken_number import SpokenNumber, heavy_numbers, is_free, read_numbers
from tests.scenes.harness.constant import is_constant
from tests.scenes.harness.fault import Fault
from tests.scenes.harness.table import Lesson

_EXACT: Final = Fraction(1, 100)
"""Share by which a fraction or a multiple in words may differ: nine tenths, a fifth, tenfold."""
_ABOUT: Final = Fraction(1, 20)
"""Share by which a number after "about" may differ."""
_NEARLY: Final = Fraction(1, 10)
"""Share that may be missing from a number after "nearly" or "almost"."""
_BOUND: Final = Fraction(1, 4)
"""Share by which a figure may stay away from a bound that is spoken: "more than 7" is said of no 12."""
_HAIR: Final = Fraction(1, 10**9)
"""For what lies exactly between two figures."""


def agrees(computed: float, number: SpokenNumber) -> bool:
    """Whether a computed figure is the spoken one.

    - In digits, or a count: it rounds to what is spoken, at the last place that is spoken (82.7; 911 thousand).
    - A fraction or a multiple in words (nine tenths, tenfold): within one in a hundred.
    - After "about" and kin: within five in a hundred, or as above.  After "nearly": up to ten in a hundred less.
    - After "more than", "at most" and kin: on that side (or rounded to the figure itself), and no farther away than
      a step of the last place or a quarter.
    """
    if computed != computed or abs(computed) == float("inf"):
        return False
    figure, spoken = Fraction(computed), number.value
    worded = number.form in ("fraction", "times")
    size = abs(spoken)
    slack = _EXACT * size if worded else number.place / 2 + _HAIR * max(Fraction(1), size)
    over = figure - spoken
    match number.hedge:
        case "about":
            return abs(over) <= max(slack, _ABOUT * size)
        case "nearly":
            return -max(slack, _NEARLY * size) <= over <= _HAIR
        case "above" | "below":
            beyond = over if number.hedge == "above" else -over
            step = Fraction(0) if worded else number.place
            return -slack <= beyond <= max(slack, step, _BOUND * size)
        case _:
            return abs(over) <= slack


def held_numbers(text: str) -> list[SpokenNumber]:
    """The numbers of a text that have to be computed."""
    return [number for number in read_numbers(text) if not is_free(number, text)]


def key_for(number: SpokenNumber, text: str, keys: Iterable[str]) -> str | None:
    """The longest of the ``keys`` of a table that means the ``number`` of ``text``: it stands there, around it."""
    return max((key for key in keys if _means(key, number, text)), key=len, default=None)


def _means(key: str, number: SpokenNumber, text: str) -> bool:
    inside = held_numbers(key) or read_numbers(key)
    inside = [one for one in inside if one.value == number.value and one.percent <= number.percent]
    pattern = r"\s+".join(map(re.escape, key.split()))
    return any(
        found.start() + one.start < number.end and number.start < found.start() + one.end
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
        for one in inside
    )


def unheld(lesson: Lesson) -> Iterator[Fault]:
    """Numbers that are spoken and stand in no table."""
    for chapter, beat in lesson.telling.beats():
        keys = list(lesson.figures.get(chapter.name, {}))
        for number in held_numbers(beat.text):
            if key_for(number, beat.text, keys) is None:
                yield Fault(
                    f"{chapter.name}: {number.text.lower()}",
                    f"{lesson.telling.place(beat)}: the voice says “{number.text}” in “{beat.text}”. Compute it: "
                    f'FIGURES["{chapter.name}"]["{number.text.lower()}"] in {lesson.file}.',
                )


def wrong(lesson: Lesson) -> Iterator[Fault]:
    """Figures of the table that are spoken otherwise than computed, and those that nobody speaks."""
    for name, figures in lesson.figures.items():
        beats = lesson.telling.chapters[name].beats if name in lesson.telling.chapters else ()
        spoken = [
            (key, number, beat)
            for beat in beats
            for number in read_numbers(beat.text)
            if (key := key_for(number, beat.text, list(figures)))
        ]
        for key in figures.keys() - {key for key, _, _ in spoken}:
            words = f"{lesson.file}: chapter {name} does not say “{key}” (or a longer key means the same): take it out."
            yield Fault(f"{name}: {key}", words)
        computed = {key: float(figures[key]()) for key in dict.fromkeys(key for key, _, _ in spoken)}
        for key, number, beat in spoken:
            if not agrees(computed[key], number):
                yield Fault(
                    f"{name}: {key}",
                    f"{lesson.telling.place(beat)}: “{_around(beat.text, number)}” is spoken, "
                    f"{computed[key]:.6g} is computed. Say the computed figure, or that it is about that.",
                )


def _around(text: str, number: SpokenNumber) -> str:
    return " ".join(text[max(0, number.start - 20) : number.end + 20].split())


def constants(lesson: Lesson) -> Iterator[Fault]:
    """Figures of the table that nothing computes."""
    for name, figures in lesson.figures.items():
        for key, figure in figures.items():
            if is_constant(figure):
                yield Fault(
                    f"{name}: {key}",
                    f'{lesson.file}: FIGURES["{name}"]["{key}"] is a literal or a constant of a module, which holds '
                    "nothing. Take a result from what is computed, a setting from the object that is drawn with it.",
                )


def spoken_heavily(texts: list[str]) -> Counter[str]:
    """The numbers that burden a listener, with how often they are spoken."""
    return Counter(number.text.lower() for text in texts for number in heavy_numbers(text))
