"""Trying again what fails for reasons that pass."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from publish.step import Halt
from publish.youtube.fault import Transient
from render.core.fault import EnvironmentFault, Fault

TRIES: Final = 7
"""So often something is tried before what should pass is taken to stay: about a minute in all."""

Result = TypeVar("Result")


@dataclass(slots=True)
class Patience:
    """How long to wait before something is tried again: each time twice as long, by chance a little more."""

    first: float = 1.0
    """Seconds before the second try."""
    longest: float = 64.0

    def wait(self, tried: int, passing: Transient) -> None:
        """Wait after something was tried so often; raises the :class:`Fault` of ``passing`` when that is enough."""
        if tried >= TRIES:
            raise lasting(passing)
        seconds = min(self.longest, self.first * 2 ** (tried - 1)) * random.uniform(1.0, 1.25)
        time.sleep(max(seconds, min(passing.after or 0.0, self.longest)))

    def attempt(self, deed: Callable[[], Result]) -> Result:
        """What ``deed`` returns, tried again while it raises :class:`Transient`; it must bear being repeated."""
        tried = 0
        while True:
            try:
                return deed()
            except Transient as passing:
                tried += 1
                self.wait(tried, passing)


def lasting(passing: Transient) -> Fault:
    """The fault of something that should have passed and did not."""
    if passing.is_network:
        return EnvironmentFault(
            f"YouTube cannot be reached ({passing}). Look at network and proxy, then run the same command again: "
            "it goes on where it stopped."
        )
    return Halt(
        f"{passing}, {TRIES} times in a row. Run the same command later: it goes on where it stopped."
    )
