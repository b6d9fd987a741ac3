"""Hold a lesson, ready or a draft, to the rules that finished lessons keep, and tell what it breaks.

usage: python -m scripts.truth TOPIC [RULE ...]

The rules are told by ``docs/authoring.md``, “What a lesson is held to”; the same runs as
``tests/scenes/test_truth.py`` for every lesson that is ready, and the last, ``code``, as
``tests/scenes/test_scene_lint.py`` for drafts too.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.scenes.harness.table import Lesson

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
rules = importlib.import_module("tests.scenes.harness.rules")
table = importlib.import_module("tests.scenes.harness.table")
fault = importlib.import_module("render.core.fault")
scene_lint = importlib.import_module("scripts.scene_lint")

CODE = "code"
"""The rule that reads the lesson's code; the others look at what it says and shows."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell what one lesson breaks; exit code 0 nothing, 1 something, 2 no such lesson or rule."""
    parser = argparse.ArgumentParser(
        prog="truth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topic", metavar="TOPIC", help="its slug")
    known = [*rules.RULES, CODE]
    parser.add_argument("rules", metavar="RULE", nargs="*", help=f"all, or some of {', '.join(known)}")
    options = parser.parse_args(arguments)
    if strangers := [rule for rule in options.rules if rule not in known]:
        print(f"{', '.join(strangers)}: expected some of {', '.join(known)}", file=sys.stderr)
        return 2
    try:
        lesson = table.lesson(options.topic)
    except (fault.UsageFault, AssertionError) as missing:
        print(missing, file=sys.stderr)
        return 2
    broken = 0
    for rule in options.rules or known:
        about, wrong = _judge(rule, lesson)
        broken += len(wrong)
        print(f"{rule}: {about}" if wrong else f"{rule}: kept")
        print("".join(f"  {line}\n" for line in wrong), end="")
    return 1 if broken else 0


def _judge(rule: str, lesson: Lesson) -> tuple[str, list[str]]:
    """What a rule is about, and what a lesson breaks of it."""
    if rule == CODE:
        found = scene_lint.look(only=lesson.slug)[lesson.slug]
        return "Numbers in the lesson's code that should be words.", [str(each) for each in found]
    return str(rules.RULES[rule].__doc__), [each.message for each in rules.RULES[rule](lesson)]


if __name__ == "__main__":
    raise SystemExit(main())
