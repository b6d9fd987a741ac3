"""``mlhub plan``: what a render would draw, and why."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

from render.cli.options import add_copies, add_selection, build_of, profile_for, selected_topics
from render.core.catalog import Topic
from render.core.fault import Exit, JobFault, worst
from render.plan.forecast import Forecast
from render.plan.planner import Planner
from render.plan.probe import Probe
from render.plan.rehearsal import Rehearsal
from render.run.batch import Batch, Goal
from render.run.progress import FailureLines
from render.store.store import Store
from render.task.capacity import machine_capacity
from render.task.task import Failure, Task
from render.voice import voice_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_selection(parser)
    add_copies(parser)
    parser.add_argument(
        "--why", action="store_true", help="each chapter with its reason and all that has changed"
    )


@dataclass(slots=True)
class _ProbeGoal(Goal):
    """The goal of a plan: every topic is told, and nothing else is done."""

    probes: dict[str, Probe] = field(default_factory=dict)
    """The probe of each topic, by its slug."""

    def told(self, topic: Topic, probe: Probe) -> tuple[Task, ...]:
        self.probes[topic.slug] = probe
        return ()


def run(options: argparse.Namespace) -> Exit:
    """Print the plan; draws and fetches nothing.

    A lesson is told where its plan cannot be known otherwise, and its probe is kept for the render; else nothing is
    written.  One that cannot be told or planned is said to be so, and the others are planned.  No lesson is ever
    spoken: where sentences have not been spoken yet, the plan is that of the silent pace.
    """
    profile = profile_for(options)
    store, voice = Store(build_of(options)), options.voice or profile.voice
    voice_named(voice, store.build)  # a voice that is not to be had is told before anything is done
    rehearsal = Rehearsal(options.root, store, voice, speaks=False)
    topics = selected_topics(options, rehearsal)
    probes = {topic.slug: probe for topic in topics if (probe := rehearsal.foresee(topic))}
    gravest = Exit.DONE
    if unknown := [topic for topic in topics if topic.slug not in probes]:
        goal = _ProbeGoal()
        gravest = Batch(rehearsal, [goal], FailureLines(), options.workers).run(unknown)
        probes |= goal.probes
    planner = Planner(store, profile, options.force)
    forecast = Forecast(store, profile, machine_capacity(options.workers).workers)
    for topic in topics:
        if topic.slug in probes:
            probe, unsaid = probes[topic.slug], rehearsal.unsaid(topic)
            try:
                forecast.lessons.append(planner.forecast(probe, unsaid, copies=options.copies))
            except JobFault as fault:
                FailureLines().failed(topic.slug, "plan", Failure(str(fault), None, ""))
                gravest = worst([gravest, Exit.JOB_FAILED])
    if options.json:
        forecast.print_json(every=options.why)
    else:
        forecast.print_words(why=options.why)
    return gravest
