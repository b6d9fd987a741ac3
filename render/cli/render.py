"""``mlhub render``: topics become videos."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from render.cli.options import (
    add_bounds,
    add_copies,
    add_farm,
    add_selection,
    build_of,
    opener_of,
    profile_for,
    selected_topics,
)
from render.core.fault import Exit
from render.plan.planner import Planner
from render.plan.rehearsal import Rehearsal
from render.review.gate import Gate
from render.run.batch import Batch, Goal
from render.run.copy_goal import CopyGoal
from render.run.progress import JsonLines, PlainLines, Table
from render.run.report import PAGE, reporting
from render.run.reporter import Reporter, Reporters
from render.run.review_goal import NarrationGoal, ReviewGoal
from render.run.run_record import RunRecord
from render.run.video_goal import VideoGoal
from render.store.store import Store
from render.voice import voice_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_selection(parser)
    parser.add_argument(
        "--gate", action="store_true", help="fail (exit code 3) when the review finds an error"
    )
    parser.add_argument(
        "--review",
        action=argparse.BooleanOptionalAction,
        help="look at every picture as well (default: not in draft)",
    )
    add_copies(parser)
    add_bounds(parser)
    add_farm(parser)


def run(options: argparse.Namespace) -> Exit:
    """Bring the topics up to date, tell how it goes and write the report of the run."""
    profile = profile_for(options)
    build = build_of(options)
    store = Store(build)
    with ExitStack() as stack:
        terminal = _terminal(build, stack, as_json=options.json)
        voice = options.voice or profile.voice
        voice_named(voice, build)  # a voice that is not to be had is told before anything is done
        rehearsal = Rehearsal(options.root, store, voice)
        topics = selected_topics(options, rehearsal)
        run_record = RunRecord(store, profile, voice)
        reporter = Reporters(terminal, run_record)
        planner = Planner(store, profile, options.force)
        video = VideoGoal(options.root, planner, voice, reporter)
        reviews = profile.reviews if options.review is None else options.review
        goals: list[Goal] = (
            [video, ReviewGoal(Gate(options.root, store, voice), reporter)]
            if reviews or options.gate
            else [NarrationGoal(options.root, reporter), video]
        )
        if options.copies:
            goals.append(CopyGoal(options.root, planner, voice, reporter))
        stack.callback(terminal.reported, build / PAGE)
        with reporting(run_record, build):
            worst = Batch(rehearsal, goals, reporter, options.workers, opener_of(options)).run(topics)
    return Exit.DONE if worst == Exit.REVIEW and not options.gate else worst


def _terminal(build: Path, stack: ExitStack, *, as_json: bool) -> Reporter:
    """The reporter for the standard output: JSON lines, a table on a terminal, or plain lines."""
    if as_json:
        return JsonLines()
    return stack.enter_context(Table(build)) if sys.stdout.isatty() else PlainLines(build)
