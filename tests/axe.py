"""Pages judged by axe, the engine that accessibility audits use."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from playwright.sync_api import Page

_ASKED: Final = ("target-size", "label-content-name-mismatch")
_RULES: Final = {"resultTypes": ["violations"], "rules": {rule: {"enabled": True} for rule in _ASKED}}
"""All of axe's rules, and those of WCAG that it leaves off unless asked: 2.5.8 and 2.5.3."""


def find_violations(page: Page, part: str = "html") -> list[tuple[str, str, list[str]]]:
    """What axe minds about the ``part`` of a page: rule, words, and the elements as HTML.

    The page must allow scripts that its policy does not know (``bypass_csp``).
    """
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "([part, rules]) => axe.run(part, rules).then(found => found.violations)", [part, _RULES]
    )
    return [(one["id"], one["help"], [node["html"] for node in one["nodes"]]) for one in found]
