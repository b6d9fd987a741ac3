"""Telling a person, or a program, what would be published, what is wrong, and how a run goes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from publish.step import Cost, Day, Halt, Listener, Objection, Outcome, Plan, Step
from render.core.fault import Fault

_TENTH: Final = 10
"""An upload is told of in so many parts."""


class Words(Listener):
    """A line for everything; what a log keeps."""

    def __init__(self) -> None:
        self._told: dict[Step, int] = {}

    def begins(self, step: Step) -> None:
        """Nothing to tell: most steps last a second."""

    def says(self, subject: str, words: str) -> None:
        print(f"{subject}: {words}", flush=True)

    def sent(self, step: Step, bytes_sent: int, of: int) -> None:
        part = bytes_sent * _TENTH // max(of, 1)
        if part > self._told.get(step, 0) and part < _TENTH:
            self._told[step] = part
            print(f"{step.subject}: {part * 100 // _TENTH} % of {size(of)} sent", flush=True)

    def ends(self, step: Step, words: str) -> None:
        print(f"{step.subject}: {step.words}: {words}", flush=True)

    def fails(self, step: Step, words: str) -> None:
        print(f"{step.subject}: {step.words}: {words}", file=sys.stderr, flush=True)


class JsonLines(Listener):
    """An object a line, for machines."""

    def begins(self, step: Step) -> None:
        print_row({"event": "begins", **_row(step)})

    def says(self, subject: str, words: str) -> None:
        print_row({"event": "says", "subject": subject, "words": words})

    def sent(self, step: Step, bytes_sent: int, of: int) -> None:
        print_row(
            {"event": "sent", "subject": step.subject, "kind": step.kind, "bytes": bytes_sent, "of": of}
        )

    def ends(self, step: Step, words: str) -> None:
        print_row({"event": "ends", **_row(step), "words": words})

    def fails(self, step: Step, words: str) -> None:
        print_row({"event": "fails", **_row(step), "words": words})


def print_plan(plan: Plan, *, as_json: bool, every: bool) -> None:
    """What would be done: a line for each subject, with ``every`` one for each step; then the total and the days."""
    if as_json:
        for step in plan.steps:
            print_row({"event": "step", **_row(step)})
        for words in (*plan.summary, *plan.notices):
            print_row({"event": "notice", "words": words})
        for day in plan.days:
            print_row(
                {
                    "event": "day",
                    "start": day.start.isoformat(),
                    **asdict(_cost(day.steps)),
                    "steps": len(day.steps),
                }
            )
        print_row({"event": "total", "steps": len(plan.steps), **asdict(plan.cost), "days": len(plan.days)})
        return
    for line in plan_lines(plan, every=every):
        print(line)


def plan_lines(plan: Plan, *, every: bool) -> Iterator[str]:
    """The words of :func:`print_plan`."""
    yield from plan.summary
    for subject, grouped in groupby(plan.steps, lambda step: step.subject):
        steps = list(grouped)
        if plan.summary and not every:
            continue
        if every:
            yield f"{subject}: {_costs(_cost(steps))}".removesuffix(": ")
            yield from (f"  {step.words}: {step.reason}{_in_brackets(step.cost)}" for step in steps)
        else:
            reasons = "; ".join(dict.fromkeys(step.reason for step in steps))
            yield f"{subject}: {', '.join(step.words for step in steps)} ({reasons})"
    yield from plan.notices
    if not plan.steps:
        yield "up to date: nothing to do"
        return
    yield f"{count(len(plan.steps), 'step')}: {_costs(plan.cost)}".removesuffix(": ")
    if plan.days:
        yield from _day_lines(plan.days)


def _day_lines(days: Sequence[Day]) -> Iterator[str]:
    for number, day in enumerate(days, 1):
        cost = _cost(day.steps)
        when = "now" if number == 1 else f"from {moment(day.start)}"
        yield f"  day {number} of {len(days)}, {when}: {count(len(day.steps), 'step')}, {_costs(cost)}"


def print_objections(objections: Sequence[Objection], *, as_json: bool) -> None:
    """What the target would refuse or punish, a line each, the worst first."""
    for objection in sorted(objections, key=lambda objection: not objection.fatal):
        if as_json:
            print_row({"event": "objection", **asdict(objection)})
        else:
            print(objection, file=sys.stderr if objection.fatal else sys.stdout)
    if not as_json:
        fatal = sum(objection.fatal for objection in objections)
        print(f"checked: {count(fatal, 'error')}, {count(len(objections) - fatal, 'warning')}")


def print_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """How a run went, in one line, and what to do where it stopped."""
    until = outcome.halted.until if isinstance(outcome.halted, Halt) else None
    if as_json:
        print_row(
            {
                "event": "outcome",
                "done": len(outcome.done),
                "failed": len(outcome.failed),
                "left": len(outcome.left),
                "halted": str(outcome.halted) if outcome.halted else None,
                "until": until.isoformat() if until else None,
                "exit": int(outcome.exit),
            }
        )
        return
    if outcome.halted is not None:
        print(_stopped(outcome.halted, until), file=sys.stderr)
    elif not outcome.done and not outcome.failed:
        print("up to date: nothing to do")
        return
    print(f"{count(len(outcome.done), 'step')} done, {len(outcome.failed)} failed, {len(outcome.left)} left")


def _stopped(fault: Fault, until: datetime | None) -> str:
    return f"stopped: {fault}" + (f" It can go on from {moment(until)}." if until else "")


def moment(when: datetime) -> str:
    """A moment in this machine's time zone, such as ``Tue 1 Dec 2026, 09:00 CET``."""
    return when.astimezone().strftime("%a %-d %b %Y, %H:%M %Z")


def size(number: int) -> str:
    """Bytes in powers of ten: ``34.2 MB``."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if number >= scale:
            return f"{number / scale:.1f} {unit}"
    return f"{number} bytes"


def count(number: int, noun: str) -> str:
    """``1 step``, ``2 steps``, ``1,200 steps``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _cost(steps: Sequence[Step]) -> Cost:
    return sum((step.cost for step in steps), Cost())


def _costs(cost: Cost) -> str:
    parts = [
        count(cost.uploads, "upload") if cost.uploads else "",
        size(cost.bytes) if cost.bytes else "",
        count(cost.calls, "call") if cost.calls else "",
        count(cost.units, "unit") + " of quota" if cost.units else "",
    ]
    return ", ".join(part for part in parts if part)


def _in_brackets(cost: Cost) -> str:
    words = _costs(cost)
    return f" ({words})" if words else ""


def _row(step: Step) -> dict[str, Any]:
    return {
        "subject": step.subject,
        "kind": step.kind,
        **({"part": step.part} if step.part else {}),
        "words": step.words,
        "reason": step.reason,
        **asdict(step.cost),
    }


def print_row(row: Mapping[str, Any]) -> None:
    """An object of JSON, in a line of its own."""
    print(json.dumps(row, ensure_ascii=False), flush=True)
