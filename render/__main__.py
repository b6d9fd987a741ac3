"""``mlhub``: the project's command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from render.capacity import PATIENCE
from render.catalog import Catalog, Topic, load_catalog
from render.fault import Exit, Fault
from render.profile import PROFILES, profile_named
from render.voice import VOICES, voice_named

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (see :class:`render.fault.Exit`)."""
    options = _parser().parse_args(arguments)
    if options.store:
        os.environ["STORE"] = options.store  # where every store looks, those of the workers too
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return int(run(options))
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    except KeyboardInterrupt:
        print("Stopped.  What was finished is kept; the next run goes on from there.", file=sys.stderr)
        return int(Exit.INTERRUPTED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mlhub", description="Render, review and publish the ML Learning Hub."
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    parser.add_argument("--build", type=Path, help="the output folder (default: build/ in the project)")
    parser.add_argument(
        "--store",
        metavar="ADDRESS",
        help="a folder or s3://bucket/prefix in which several machines keep what they have made "
        "(default: the variable STORE, else none)",
    )
    commands = parser.add_subparsers(metavar="command", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    render = command("render", _render, "Render topics into videos, or all that are ready.")
    plan = command("plan", _plan, "Say what a render would draw, and why; draw nothing.")
    for sub in (render, plan):
        sub.add_argument("topics", nargs="*", metavar="TOPIC", help="slugs; all ready topics by default")
        sub.add_argument("--quality", default="web", help=f"{', '.join(PROFILES)} (default: web)")
        sub.add_argument("--voice", help=f"{', '.join(VOICES)} (default: silent in draft, else kokoro)")
        sub.add_argument(
            "--workers", type=int, help="processes at once (default: one a core, as far as memory goes)"
        )
        sub.add_argument("--force", action="store_true", help="draw again what is up to date")
        sub.add_argument("--json", action="store_true", help="one JSON object a line")
    sheet = command("sheet", _sheet, "A contact sheet: a still of every beat, without encoding anything.")
    sheet.add_argument("topics", nargs="+", metavar="TOPIC")
    sheet.add_argument("--chapter", help="this chapter alone")
    sheet.add_argument("--every", type=float, help="a still every so many seconds instead of every beat")
    sheet.add_argument(
        "--workers", type=int, help="processes at once (default: one a core, as far as memory goes)"
    )
    render.add_argument(
        "--memory", type=_megabytes, metavar="MB", help="a worker's bound (default: its share)"
    )
    render.add_argument(
        "--patience", type=float, help=f"seconds that every task is given at least (default: {PATIENCE:.0f})"
    )
    render.add_argument(
        "--gate", action="store_true", help="fail (exit code 3) when the review finds an error"
    )
    render.add_argument(
        "--review",
        action=argparse.BooleanOptionalAction,
        help="look at every picture as well (default: not in draft)",
    )
    review = command("review", _review, "Look at lessons as a viewer would, and say what is wrong with them.")
    review.add_argument("topics", nargs="*", metavar="TOPIC", help="slugs; all ready topics by default")
    review.add_argument("--chapter", help="this chapter alone; prints what is found and writes no report")
    review.add_argument("--voice", default="silent", help=f"{', '.join(VOICES)} (default: silent)")
    review.add_argument(
        "--workers", type=int, help="processes at once (default: one a core, as far as memory goes)"
    )
    review.add_argument("--strict", action="store_true", help="warnings fail as errors do")
    review.add_argument("--json", action="store_true", help="one JSON object a finding")
    gc = command("gc", _gc, "Free the disk of what neither the manifest nor a render is likely to need.")
    gc.add_argument("--keep", type=_count, default=1, help="older results to keep of each kind (default: 1)")
    gc.add_argument("--dry-run", action="store_true", help="only say what would go")
    verify = command("verify", _verify, "Hold everything that is stored against its digest and promises.")
    verify.add_argument(
        "--mend", action="store_true", help="move aside what is wrong, so that the next render makes it anew"
    )
    verify.add_argument("--workers", type=int, help="files at once (default: one a core)")
    command("hub", _hub, "Build the web site from the catalog and what was rendered.")
    serve = command("serve", _serve, "Show the built site.")
    serve.add_argument("--port", type=int, default=8000)
    doctor = command("doctor", _doctor, "Check this machine and say how to mend what is wrong.")
    doctor.add_argument("--json", action="store_true")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r}: expected 0 or a larger number")
    return int(text)


def _megabytes(text: str) -> int:
    return int(text) * 1_000_000


def _catalog(options: argparse.Namespace) -> Catalog:
    return load_catalog(options.root / "catalog.yaml")


def _topics(catalog: Catalog, slugs: Sequence[str]) -> list[Topic]:
    if slugs:
        return [catalog.lesson(slug) for slug in dict.fromkeys(slugs)]
    return [topic for topic in catalog.topics if topic.status == "ready"]


def _build(options: argparse.Namespace) -> Path:
    build: Path = options.build or options.root / "build"
    return build


def _render(options: argparse.Namespace) -> int:
    from render.batch import Batch
    from render.pool import Pool
    from render.progress import Bars, JsonLines, PlainLines
    from render.store import Store

    profile = profile_named(options.quality)
    topics = _topics(_catalog(options), options.topics)
    build = _build(options)
    with ExitStack() as stack:
        narrator: Bars | JsonLines | PlainLines
        if options.json:
            narrator = JsonLines(build)
        elif sys.stdout.isatty():
            narrator = stack.enter_context(Bars(build))
        else:
            narrator = PlainLines(build)
        voice = options.voice or profile.voice
        voice_named(voice, build)  # a voice that is not to be had is told before anything is done
        reviews = profile.reviews if options.review is None else options.review
        batch = Batch(
            options.root,
            Store(build),
            profile,
            voice,
            narrator,
            options.force,
            options.workers,
            reviews or options.gate,
            partial(Pool, memory=options.memory, patience=options.patience or PATIENCE),
        )
        worst = batch.run(topics)
    return Exit.DONE if worst == Exit.REVIEW and not options.gate else worst


def _plan(options: argparse.Namespace) -> int:
    from render.batch import Batch
    from render.progress import PlainLines
    from render.store import Store

    profile = profile_named(options.quality)
    batch = Batch(
        options.root,
        Store(_build(options)),
        profile,
        options.voice or profile.voice,
        PlainLines(_build(options)),
        options.force,
    )
    batch.store.open()
    for topic in _topics(_catalog(options), options.topics):
        plan = batch.preview(topic)
        rows = [
            {"topic": topic.slug, "task": job.piece.name, "reason": job.reason, "frames": job.piece.frames}
            for job in plan.jobs
        ]
        if options.json:
            for row in rows:
                print(json.dumps(row, ensure_ascii=False))
        else:
            for row in rows:
                print(f"{row['topic']}: {row['task']}: {row['reason']} ({row['frames']} frames)")
            print(f"{topic.slug}: {len(rows)} of {len(plan.pieces) + 1} to draw")
    return Exit.DONE


def _sheet(options: argparse.Namespace) -> int:
    from render.sheet import make_sheets
    from render.store import Store

    topics = [_catalog(options).topic(slug) for slug in options.topics]
    store = Store(_build(options))
    store.open()
    return make_sheets(
        options.root, store, topics, chapter=options.chapter, every=options.every, workers=options.workers
    )


def _review(options: argparse.Namespace) -> int:
    from render.review.command import review
    from render.store import Store

    topics = _topics(_catalog(options), options.topics)
    build = _build(options)
    voice_named(options.voice, build)
    store = Store(build)
    store.open()
    return review(
        options.root,
        store,
        topics,
        options.voice,
        chapter=options.chapter,
        workers=options.workers,
        strict=options.strict,
        as_json=options.json,
    )


def _gc(options: argparse.Namespace) -> int:
    from render.store import Store
    from render.sweep import print_sweep, sweep

    slugs = {topic.slug for topic in _catalog(options).topics}
    swept = sweep(Store(_build(options)), slugs, keep=options.keep, dry_run=options.dry_run)
    print_sweep(swept, dry_run=options.dry_run)
    return Exit.DONE


def _verify(options: argparse.Namespace) -> int:
    from render.audit import verify
    from render.store import Store

    return verify(Store(_build(options)), mends=options.mend, workers=options.workers)


def _hub(options: argparse.Namespace) -> int:
    from hub.manifest import read_stock
    from hub.site import build_site
    from render.figure import make_figures

    catalog, build = _catalog(options), _build(options)
    rendered = read_stock(build).lessons
    make_figures(options.root, build, (topic for topic in _topics(catalog, ()) if topic.slug in rendered))
    report = build_site(catalog, build, build / "site")
    print(report)
    return Exit.DONE


def _serve(options: argparse.Namespace) -> int:
    from hub.serve import serve

    return serve(_build(options) / "site", port=options.port)


def _doctor(options: argparse.Namespace) -> int:
    from render.doctor import examine, print_report

    return print_report(examine(options.root), as_json=options.json)


if __name__ == "__main__":
    raise SystemExit(main())
