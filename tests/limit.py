"""How long tests wait.

A limit is there to end what hangs, and says nothing about speed: a machine that does fifteen other things at once must
meet it.  Whatever a test starts and waits for is ended by the limit of the test itself (``timeout`` in
``pyproject.toml``), so it needs none of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

LONG: Final = 3_600
"""Seconds for a test that takes many minutes on a machine that does nothing else: ``@pytest.mark.timeout(LONG)``."""
HOURS: Final = 36_000
"""Seconds for a test that takes an hour or more: ``@pytest.mark.timeout(HOURS)``."""
WAITING: Final = 600.0
"""Seconds in which something that is awaited has to come; what must be ended sooner lives longer (:data:`SLEEP`)."""
SLEEP: Final = 3 * WAITING
"""Seconds for which a process does nothing that a test expects to be ended by others."""
PAGE: Final = 120.0
"""Seconds that a page in a browser has for one thing, which takes it less than a second on an idle machine."""


def comes(condition: Callable[[], object], seconds: float = WAITING) -> bool:
    """Whether a condition holds sooner or later."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
