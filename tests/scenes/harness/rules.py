"""All that a lesson that is ready is held to, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from tests.scenes.harness import claims, figures, pace, terms
from tests.scenes.harness.fault import Fault
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
