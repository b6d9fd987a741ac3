"""``mlhub``: the project's command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from render.capacity import PATIENCE
from render.catalog import Catalog, Topic, load_catalog
from render.fault import Exit, Fault
from render.profile import PROFILES, profile_named
from render.voice import VOICES, voice_named

if TYPE_CHECKING:
    from render.batch import Batch
    from render.executor import Opener

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
        sub.add_argument(
            "--section", action="append", default=[], metavar="SLUG", help="its topics; may be given again"
        )
        sub.add_argument(
            "--changed-since",
            metavar="REV",
            help="only topics that a change since this revision of git touches",
        )
    plan.add_argument(
        "--why", action="store_true", help="each chapter with its reason and all that has changed"
    )
    sheet = command("sheet", _sheet, "A contact sheet: a still of every beat, without encoding anything.")
    sheet.add_argument("topics", nargs="+", metavar="TOPIC")
    sheet.add_argument("--chapter", help="this chapter alone")
    sheet.add_argument("--every", type=float, help="a still every so many seconds instead of every beat")
    sheet.add_argument(
        "--workers", type=int, help="processes at once (default: one a core, as far as memory goes)"
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
    for sub in (render, sheet, review):
        sub.add_argument(
            "--memory", type=_megabytes, metavar="MB", help="a worker's bound (default: its share)"
        )
        sub.add_argument(
            "--patience",
            type=_seconds,
            default=PATIENCE,
            metavar="SECONDS",
            help=f"that every task is given at least (default: {PATIENCE:.0f})",
        )
    for sub in (render, review):
        sub.add_argument(
            "--scheduler",
            metavar="ADDRESS",
            help="tcp://host:port or tls://host:port of a Dask scheduler whose workers do the work "
            "(default: the variable SCHEDULER, else this machine; docs/farm.md)",
        )
        sub.add_argument("--tls-ca", type=Path, metavar="PEM", help="who has signed the farm's certificates")
        sub.add_argument("--tls-cert", type=Path, metavar="PEM", help="our certificate for the farm")
        sub.add_argument("--tls-key", type=Path, metavar="PEM", help="its private key")
    gc = command("gc", _gc, "Free the disk of what neither the manifest nor a render is likely to need.")
    gc.add_argument("--keep", type=_count, default=1, help="older results to keep of each kind (default: 1)")
    gc.add_argument("--dry-run", action="store_true", help="only say what would go")
    verify = command("verify", _verify, "Hold everything that is stored against its digest and promises.")
    verify.add_argument(
        "--mend", action="store_true", help="move aside what is wrong, so that the next render makes it anew"
    )
    verify.add_argument("--workers", type=int, help="files at once (default: one a core)")
    watch = command(
        "watch", _watch, "Draw a lesson in draft as its files are saved, and show it in the browser."
    )
    watch.add_argument("topic", metavar="TOPIC")
    watch.add_argument("--voice", help=f"{', '.join(VOICES)} (default: silent)")
    watch.add_argument(
        "--port", type=int, default=8000, help="the first that is free from here on (default: 8000)"
    )
    watch.add_argument("--open", action="store_true", help="open the page in the browser")
    watch.add_argument(
        "--workers", type=int, help="processes at once (default: one a core, as far as memory goes)"
    )
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
    return _count(text) * 1_000_000


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r}: expected seconds, more than 0")
    return seconds


def _catalog(options: argparse.Namespace) -> Catalog:
    return load_catalog(options.root / "catalog.yaml")


def _topics(catalog: Catalog, slugs: Sequence[str]) -> list[Topic]:
    if slugs:
        return [catalog.lesson(slug) for slug in dict.fromkeys(slugs)]
    return [topic for topic in catalog.topics if topic.status == "ready"]


def _selected(options: argparse.Namespace, batch: Batch) -> list[Topic]:
    from render.selection import changed_since, select

    changed = None
    if options.changed_since is not None:
        changed = changed_since(options.root, options.changed_since)
    return select(_catalog(options), options.topics, options.section, changed, batch.reads)


def _build(options: argparse.Namespace) -> Path:
    build: Path = options.build or options.root / "build"
    return build


def _opener(options: argparse.Namespace) -> Opener:
    """Who runs the tasks: the processes of this machine, or a farm."""
    address = options.scheduler or os.environ.get("SCHEDULER")
    if not address:
        from render.pool import Pool

        return partial(Pool, memory=options.memory, patience=options.patience)
    from render.farm import Certificates, Farm

    certificates = Certificates(options.tls_ca, options.tls_cert, options.tls_key)
    return partial(
        Farm,
        address=address,
        root=options.root,
        memory=options.memory,
        patience=options.patience,
        certificates=certificates,
    )


def _render(options: argparse.Namespace) -> int:
    from render.batch import Batch
    from render.ledger import Ledger
    from render.progress import Chorus, JsonLines, PlainLines, Table
    from render.report import NAME, reporting
    from render.store import Store

    profile = profile_named(options.quality)
    build = _build(options)
    store = Store(build)
    with ExitStack() as stack:
        narrator: Table | JsonLines | PlainLines
        if options.json:
            narrator = JsonLines(build)
        elif sys.stdout.isatty():
            narrator = stack.enter_context(Table(build))
        else:
            narrator = PlainLines(build)
        voice = options.voice or profile.voice
        voice_named(voice, build)  # a voice that is not to be had is told before anything is done
        reviews = profile.reviews if options.review is None else options.review
        ledger = Ledger(store, profile, voice)
        batch = Batch(
            options.root,
            store,
            profile,
            voice,
            Chorus(narrator, ledger),
            options.force,
            options.workers,
            reviews or options.gate,
            _opener(options),
        )
        topics = _selected(options, batch)
        stack.callback(narrator.reported, build / NAME)
        with reporting(ledger, build):
            worst = batch.run(topics)
    return Exit.DONE if worst == Exit.REVIEW and not options.gate else worst


def _plan(options: argparse.Namespace) -> int:
    from render.batch import Batch
    from render.capacity import share
    from render.outlook import Outlook
    from render.progress import PlainLines
    from render.store import Store

    profile = profile_named(options.quality)
    build = _build(options)
    voice = options.voice or profile.voice
    batch = Batch(
        options.root, Store(build), profile, voice, PlainLines(build), options.force, options.workers
    )
    outlook = Outlook(batch.store, profile, share(options.workers).workers)
    outlook.previews += [batch.preview(topic) for topic in _selected(options, batch)]
    if options.json:
        outlook.print_json(every=options.why)
    else:
        outlook.print_words(why=options.why)
    return Exit.DONE


def _sheet(options: argparse.Namespace) -> int:
    from render.pool import Pool
    from render.sheet import make_sheets
    from render.store import Store

    topics = [_catalog(options).topic(slug) for slug in options.topics]
    store = Store(_build(options))
    store.open()
    return make_sheets(
        options.root,
        store,
        topics,
        chapter=options.chapter,
        every=options.every,
        pool=Pool(options.workers, memory=options.memory, patience=options.patience),
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
        opener=_opener(options),
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


def _watch(options: argparse.Namespace) -> int:
    from render.watch import watch

    build = _build(options)
    if options.voice:
        voice_named(options.voice, build)
    return watch(
        options.root,
        build,
        options.topic,
        voice=options.voice,
        workers=options.workers,
        port=options.port,
        opens=options.open,
    )


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
