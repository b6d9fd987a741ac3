"""All that a lesson that is ready is held to, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from tests.scenes.harness import claims, figures, pace, terms
from tests.scenes.harness.debt import Debts, Fault
from tests.scenes.harness.table import Lesson

RULES: Final[dict[str, Callable[[Lesson], Iterable[Fault]]]] = {
    "spoken": terms.unspoken,
    "written": terms.unwritten,
    "defined": terms.undefined,
    "held": figures.unheld,
    "figures": figures.wrong,
    "computed": figures.constants,
    "claims": claims.unheld_claims,
    "tests": claims.idle_claims,
    "ideas": pace.ideas,
    "numbers": pace.numbers,
    "lengths": pace.lengths,
    "sentences": pace.long_sentences,
    "haste": pace.haste,
    "silences": pace.silences,
    "standstills": pace.standstills,
}
"""What each finds is told by the function's own words; docs/authoring.md tells all of them to authors."""


def faults_by_rule(lesson: Lesson) -> dict[str, list[Fault]]:
    """What each rule finds in a lesson; what takes long to compute is computed."""
    return {rule: list(find(lesson)) for rule, find in RULES.items()}


def names(found: dict[str, list[Fault]]) -> Debts:
    """The names of faults by rule, each once, in the order in which they were found."""
    return {rule: tuple(dict.fromkeys(fault.name for fault in faults)) for rule, faults in found.items()}
