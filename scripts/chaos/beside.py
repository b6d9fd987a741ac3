"""Two runs at once: with different code, and one with process numbers of its own."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.chaos import (
    Broken,
    Shared,
    Tell,
    begin,
    check_mixed,
    check_pictures,
    check_same,
    check_scratch,
    drawn_again,
    expect_done,
    forget,
    lay_out,
    succeed,
    unshare,
)

EDITS: Final = (
    ("scenes/moving_dot/stage.py", "radius=0.4", "radius=0.5"),
    ("scenes/moving_dot/stage.py", "ink.first", "vars(ink)['sec' + 'ond']"),
    ("scenes/moving_dot/away.py", "4 * RIGHT", "3 * RIGHT"),
    ("scenes/moving_dot/away.py", "run_time=0.6", "run_time=0.8"),
    ("scenes/still_square/__init__.py", "ink.third", "ink.first"),
    ("scenes/kit/ink.py", "\n\n\ndef ", "\n\nADDED = 1\n\n\ndef "),
)
"""What one code has otherwise than the other: a file, a text in it, and what stands there instead."""
_APART: Final = 4.0
"""Most seconds between the starts of two runs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a chaos run did."""

    rounds: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.rounds} times two runs at once, {self.seconds:.0f} s: each has its manifest"


def run_two_codes(folder: Path, rounds: int, seed: int, shared: Shared, tell: Tell) -> Outcome:
    """Two copies of the project with different code at once, in one build folder or with one shared store.

    :class:`Broken` unless all that is listed meanwhile is of one of them, and each then has its own manifest, for which
    nothing is drawn again.
    """
    chance, began = random.Random(seed), time.monotonic()
    ours = lay_out(folder / "ours")
    succeed(ours, ours / "calm")
    for number in range(1, rounds + 1):
        theirs = lay_out(folder / f"theirs{number}")
        edits = chance.sample(EDITS, chance.randint(1, 3))
        for path, old, new in edits:
            text = (theirs / path).read_text()
            assert old in text, path
            (theirs / path).write_text(text.replace(old, new, 1))
        succeed(theirs, theirs / "calm")
        codes = [ours, theirs]
        builds = [
            folder / f"{code.name}-build{number}" if shared.system else folder / "build" for code in codes
        ]
        _at_once([(code, build, ()) for code, build in zip(codes, builds, strict=True)], shared, chance)
        calm = [code / "calm" for code in codes]
        for build in builds:
            check_mixed(build, *calm)
            check_pictures(build, *calm)
        for code, build in zip(codes, builds, strict=True):
            if shared.system:
                check_same(build, code / "calm")
            tasks = drawn_again(code, build, shared.environment)
            # A lesson is told again where the other code told it last, and put together where that listed it last.
            again = [task for task in tasks if not task.endswith((" probe", " assemble"))]
            if again:
                raise Broken(f"{code} had to do again, beside {edits}: {', '.join(again)}")
            check_same(build, code / "calm")
            check_scratch(build)
        for build in {*builds}:
            forget(build, chance)
        shared.forget(chance)
        tell(f"{number} of {rounds} rounds; other code: {', '.join(new for _, _, new in edits)!r}")
    return Outcome(rounds, time.monotonic() - began)


def run_two_namespaces(folder: Path, rounds: int, seed: int, shared: Shared, tell: Tell) -> Outcome:
    """A run with process numbers of its own and one without, in one build folder or with one shared store.

    :class:`Broken` unless both end well and have the manifest of an undisturbed run, and :class:`Unable` where nobody
    may have process numbers of their own.
    """
    chance, began = random.Random(seed), time.monotonic()
    prefix = unshare("--pid", "--fork", "--kill-child", "--mount-proc")
    project = lay_out(folder / "tiny")
    succeed(project, project / "calm")
    builds = [project / "inside", project / "outside" if shared.system else project / "inside"]
    for number in range(1, rounds + 1):
        both = [(project, builds[0], tuple(prefix)), (project, builds[1], ())]
        _at_once(both, shared, chance)
        for build in builds:
            check_same(build, project / "calm")
            check_scratch(build)
        for build in {*builds}:
            forget(build, chance)
        shared.forget(chance)
        tell(f"{number} of {rounds} rounds")
    return Outcome(rounds, time.monotonic() - began)


def _at_once(runs: list[tuple[Path, Path, tuple[str, ...]]], shared: Shared, chance: random.Random) -> None:
    """Start runs (project, build folder, words before the command) in any order, and wait for all."""
    chance.shuffle(runs)
    begun = []
    for project, build, prefix in runs:
        begun.append((begin(project, build, shared.environment, prefix=prefix), build))
        time.sleep(chance.uniform(0, _APART))
    for run, build in begun:
        expect_done(run, build)
