"""Take out of the lists of debts what lessons have paid, and say what they still owe.

usage: python -m scripts.debt [TOPIC ...]

Lists are of lessons of the first edition only, in ``tests/scenes/debt`` (docs/authoring.md, “What a lesson is held
to”).  A list is written once, when there is none yet, and only shrinks from then on: where a lesson breaks a rule that
its list does not excuse, the list is left as it is, and the faults are told.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenes.harness.debt import Debts

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
debt = importlib.import_module("tests.scenes.harness.debt")
rules = importlib.import_module("tests.scenes.harness.rules")
table = importlib.import_module("tests.scenes.harness.table")


def main(arguments: Sequence[str] | None = None) -> int:
    """Settle the lists that are named, or all; exit code 0 done, 1 a lesson owes more than its list says, 2 usage."""
    parser = argparse.ArgumentParser(
        prog="debt", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topics", metavar="TOPIC", nargs="*", help="slugs of lessons; all that have a list")
    slugs = parser.parse_args(arguments).topics or list(debt.DEBTORS)
    if strangers := [slug for slug in slugs if slug not in debt.DEBTORS]:
        print(
            f"{', '.join(strangers)}: only lessons of the first edition may owe something: {', '.join(debt.DEBTORS)}. "
            "What others break is to be mended.",
            file=sys.stderr,
        )
        return 2
    return max(_settle(slug) for slug in slugs)


def _settle(slug: str) -> int:
    found = rules.faults_by_rule(table.lesson(slug))
    path = debt.debt_file(slug)
    owed: Debts = debt.read_debts(slug) if path.exists() else rules.names(found)
    new = [
        fault.message
        for rule, faults in found.items()
        for fault in faults
        if fault.name not in owed.get(rule, ())
    ]
    if new:
        print("\n".join(new), file=sys.stderr)
        print(f"{slug}: {len(new)} faults that its list does not excuse: mend them", file=sys.stderr)
        return 1
    left = debt.still_owed(owed, rules.names(found))
    debt.write_debts(slug, left)
    print(f"{slug}: {sum(map(len, left.values()))} owed, {_count(owed) - _count(left)} paid and taken out")
    for rule, names in left.items():
        print(f"  {rule}: {len(names)}")
    return 0


def _count(debts: Debts) -> int:
    return sum(map(len, debts.values()))


if __name__ == "__main__":
    raise SystemExit(main())
