"""Hold a lesson, ready or a draft, to the rules that finished lessons keep, and tell what it breaks.

usage: python -m scripts.truth TOPIC [RULE ...]

The rules are told by ``docs/authoring.md``, “What a lesson is held to”; the same runs as
``tests/scenes/test_truth.py`` for every lesson that is ready.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
rules = importlib.import_module("tests.scenes.harness.rules")
table = importlib.import_module("tests.scenes.harness.table")
fault = importlib.import_module("render.core.fault")


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell what one lesson breaks; exit code 0 nothing, 1 something, 2 no such lesson or rule."""
    parser = argparse.ArgumentParser(
        prog="truth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topic", metavar="TOPIC", help="its slug")
    parser.add_argument("rules", metavar="RULE", nargs="*", help=f"all, or some of {', '.join(rules.RULES)}")
    options = parser.parse_args(arguments)
    if strangers := [rule for rule in options.rules if rule not in rules.RULES]:
        print(f"{', '.join(strangers)}: expected some of {', '.join(rules.RULES)}", file=sys.stderr)
        return 2
    try:
        lesson = table.lesson(options.topic)
    except (fault.UsageFault, AssertionError) as missing:
        print(missing, file=sys.stderr)
        return 2
    broken = 0
    for rule in options.rules or rules.RULES:
        wrong = [fault.message for fault in rules.RULES[rule](lesson)]
        broken += len(wrong)
        print(f"{rule}: {rules.RULES[rule].__doc__}" if wrong else f"{rule}: kept")
        print("".join(f"  {line}\n" for line in wrong), end="")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
