"""The run of a plan, for any target: step by step, one failure never stopping what does not need it."""

from __future__ import annotations

from collections.abc import Sequence

from publish.publication import Publication
from publish.step import Listener, Outcome, StepFault, Target
from render.core.fault import Fault


def run(target: Target, publications: Sequence[Publication], listener: Listener) -> Outcome:
    """Bring the target up to date with ``publications``; tells ``listener`` how it goes."""
    outcome = Outcome()
    try:
        with target.open(publications, listener) as do:
            plan = target.plan(publications)
            for notice in plan.notices:
                subject, _, words = notice.partition(": ")
                listener.says(subject, words)
            failed: set[tuple[str, str]] = set()
            outcome.left = list(plan.steps)
            while outcome.left:
                step = outcome.left[0]
                if any((step.subject, kind) in failed for kind in step.needs):
                    failed.add((step.subject, step.kind))
                    outcome.failed.append((outcome.left.pop(0), "a step that it needs has failed"))
                    continue
                listener.begins(step)
                try:
                    words = do(step)
                except StepFault as fault:
                    failed.add((step.subject, step.kind))
                    outcome.failed.append((outcome.left.pop(0), str(fault)))
                    listener.fails(step, str(fault))
                    continue
                outcome.done.append(outcome.left.pop(0))
                listener.ends(step, words)
    except Fault as fault:
        outcome.halted = fault
    return outcome
