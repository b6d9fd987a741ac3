"""``mlhub review``: reviews lessons, writes the reports, prints what was found, and fails where errors were."""

from __future__ import annotations

import argparse
import sys

from render.cli.options import (
    add_bounds,
    add_farm,
    add_workers,
    build_of,
    catalog_of,
    opener_of,
    parse_chapter,
    topics_of,
)
from render.core.fault import Exit
from render.plan.rehearsal import Rehearsal
from render.review.gate import Gate
from render.review.report import print_summary
from render.review.result import WrittenReview
from render.run.batch import Batch
from render.run.progress import FailureLines
from render.run.review_goal import ReviewGoal
from render.store.store import Store
from render.voice import VOICES, voice_named


class _Findings(FailureLines):
    """Prints what each review has found."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def reviewed(self, review: WrittenReview) -> None:
        print_summary(review, sys.stdout, as_json=self._as_json)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``mlhub review``."""
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="slugs; all ready topics by default")
    parser.add_argument(
        "--chapter", type=parse_chapter, help="this chapter alone, in the findings and in the report"
    )
    parser.add_argument("--voice", default="silent", help=f"{', '.join(VOICES)} (default: silent)")
    add_workers(parser)
    parser.add_argument("--strict", action="store_true", help="warnings fail as errors do")
    parser.add_argument("--json", action="store_true", help="one JSON object a finding")
    add_bounds(parser)
    add_farm(parser)


def run(options: argparse.Namespace) -> Exit:
    """Review the topics; ``build/review/<slug>/report.html`` is the result."""
    topics = topics_of(catalog_of(options), options.topics)
    store = Store(build_of(options))
    voice_named(options.voice, store.build)  # a voice that is not to be had is told before anything is done
    reporter = _Findings(as_json=options.json)
    goal = ReviewGoal(
        Gate(options.root, store, options.voice), reporter, options.chapter, strict=options.strict
    )
    rehearsal = Rehearsal(options.root, store, options.voice)
    return Batch(rehearsal, [goal], reporter, options.workers, opener_of(options)).run(topics)
