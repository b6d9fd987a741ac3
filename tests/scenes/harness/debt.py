"""What lessons of the first edition still owe: a list by name for each, which only shrinks.

A lesson is held to all rules of :mod:`tests.scenes.harness.rules`.  The first six were made before there were rules;
what they break stands in ``tests/scenes/debt/<slug>.toml``.  A fault that is not listed fails the test, and so does an
entry that is no fault any more: ``python -m scripts.debt`` takes out what is paid, and adds nothing.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.scenes.harness.telling import ROOT

DEBTORS: Final = ("transformers",)
"""Lessons that may owe something; all others owe nothing."""
FOLDER: Final = ROOT / "tests" / "scenes" / "debt"
_HEAD: Final = """\
# What the lesson {slug} still owes, by rule (docs/authoring.md, “What a lesson is held to”).  The list only shrinks:
# `python -m scripts.debt {slug}` takes out what is paid.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a rule finds in a lesson."""

    name: str
    """What it is about, the same as long as the lesson says the same: a term, a chapter, ``chapter: sentence``."""
    message: str
    """Where it is, what was expected, and what to do."""


Debts = Mapping[str, tuple[str, ...]]
"""By rule, names of faults."""


def debt_file(slug: str) -> Path:
    """The list of the lesson ``slug``."""
    return FOLDER / f"{slug}.toml"


def read_debts(slug: str) -> Debts:
    """What the lesson ``slug`` owes; nothing if it has no list.  ``AssertionError`` for a list that may not be."""
    path = debt_file(slug)
    if not path.exists():
        return {}
    name = path.relative_to(ROOT)
    assert slug in DEBTORS, (
        f"{name}: only lessons of the first edition may owe something; mend {slug} and delete this"
    )
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    return {rule: tuple(names) for rule, names in listed.items()}


def write_debts(slug: str, debts: Debts) -> None:
    """Write the list of the lesson ``slug``; an empty one stays, so that it cannot be begun again."""
    rows = [_HEAD.format(slug=slug)]
    for rule, names in debts.items():
        if names:
            rows.append(
                f"\n{rule} = [\n"
                + "".join(f"  {json.dumps(n, ensure_ascii=False)},\n" for n in names)
                + "]\n"
            )
    FOLDER.mkdir(exist_ok=True)
    debt_file(slug).write_text("".join(rows), encoding="utf-8")


def still_owed(owed: Debts, found: Debts) -> Debts:
    """What is left of the debts ``owed`` when only the faults ``found`` are there, in the order of the rules."""
    left = {
        rule: tuple(name for name in names if name in owed.get(rule, ())) for rule, names in found.items()
    }
    return {rule: names for rule, names in left.items() if names}


def complaints(slug: str, rule: str, faults: Iterable[Fault], owed: Iterable[str]) -> list[str]:
    """What is wrong with a lesson by one rule: faults that it does not owe, and debts that it has paid."""
    found = {fault.name: fault.message for fault in faults}
    listed = set(owed)
    file = debt_file(slug).relative_to(ROOT)
    new = [message for name, message in found.items() if name not in listed]
    paid = [
        f"{file}: {rule}: “{name}” is paid; take it out (python -m scripts.debt {slug})"
        for name in owed
        if name not in found
    ]
    return new + paid
