"""Options that several commands have: added to a parser, and turned into what they stand for."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from render.core.catalog import Catalog, Topic, load_catalog
from render.core.copy_form import COPIES
from render.core.fault import UsageFault
from render.core.profile import PROFILES, Profile, profile_named
from render.task.capacity import PATIENCE
from render.voice import VOICES

if TYPE_CHECKING:
    from render.plan.rehearsal import Rehearsal
    from render.task.executor import Opener


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options that select topics, quality and voice; :func:`selected_topics` reads them."""
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="slugs; all ready topics by default")
    parser.add_argument("--quality", default="web", help=f"{', '.join(PROFILES)} (default: web)")
    parser.add_argument("--voice", help=f"{', '.join(VOICES)} (default: silent in draft, else kokoro)")
    add_workers(parser)
    parser.add_argument("--force", action="store_true", help="draw again what is up to date")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--section", action="append", default=[], metavar="SLUG", help="its topics; may be given again"
    )
    parser.add_argument(
        "--changed-since",
        metavar="REV",
        help="only topics that a change since this revision of git touches",
    )


def add_copies(parser: argparse.ArgumentParser) -> None:
    """Add ``--copies``; :func:`profile_for` reads it, beside ``--quality``."""
    parser.add_argument(
        "--copies",
        action="store_true",
        help=f"also the copies for the public, {' and '.join(f'{form.height}p' for form in COPIES)} (not in draft)",
    )


def profile_for(options: argparse.Namespace) -> Profile:
    """The quality that was asked for; :class:`UsageFault` where copies were, and there are none of it."""
    profile = profile_named(options.quality)
    if options.copies and not profile.has_copies:
        able = " or ".join(name for name, other in PROFILES.items() if other.has_copies)
        raise UsageFault(
            f"QUALITY={profile.name}: no copies for the public are made of it; expected {able} with --copies."
        )
    return profile


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add ``--workers``, the number of processes."""
    parser.add_argument(
        "--workers", type=parse_workers, help="processes at once (default: one a core, as far as memory goes)"
    )


def add_bounds(parser: argparse.ArgumentParser) -> None:
    """Add the bounds of a worker's memory and time; :func:`opener_of` reads them."""
    parser.add_argument(
        "--memory", type=parse_megabytes, metavar="MB", help="a worker's bound (default: its share)"
    )
    parser.add_argument(
        "--patience",
        type=parse_seconds,
        default=PATIENCE,
        metavar="SECONDS",
        help=f"that every task is given at least (default: {PATIENCE:.0f})",
    )


def add_farm(parser: argparse.ArgumentParser) -> None:
    """Add the options of a farm; :func:`opener_of` reads them."""
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="tcp://host:port or tls://host:port of a Dask scheduler whose workers do the work "
        "(default: the variable SCHEDULER, else this machine; docs/farm.md)",
    )
    parser.add_argument("--tls-ca", type=Path, metavar="PEM", help="who has signed the farm's certificates")
    parser.add_argument("--tls-cert", type=Path, metavar="PEM", help="our certificate for the farm")
    parser.add_argument("--tls-key", type=Path, metavar="PEM", help="its private key")


def whole_number(least: int, most: int = 1_000_000) -> Callable[[str], int]:
    """What turns a text into a whole number from ``least`` to ``most``; for ``type=``, as are those below."""

    def parse(text: str) -> int:
        if not (text.isdecimal() and len(text) < 20 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number from {least} to {most}")
        return int(text)

    return parse


parse_count: Final = whole_number(0)
parse_workers: Final = whole_number(1, 1024)
parse_port: Final = whole_number(0, 65535)


def parse_megabytes(text: str) -> int:
    """Bytes, of a ``text`` that is a number of megabytes: as many as a worker needs to begin, or more."""
    return whole_number(100)(text) * 1_000_000


def parse_chapter(text: str) -> str:
    """The name of a chapter, which is that of a method."""
    if not text.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r}: expected the name of a chapter, such as widest_street")
    return text


def parse_seconds(text: str) -> float:
    """The number of seconds that ``text`` is, more than 0."""
    try:
        given = float(text)
    except ValueError:
        given = 0.0
    if not 0 < given < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r}: expected seconds, more than 0")
    return given


def build_of(options: argparse.Namespace) -> Path:
    """The output folder."""
    build: Path = options.build or options.root / "build"
    return build


def catalog_of(options: argparse.Namespace) -> Catalog:
    """The project's catalog; :class:`render.core.fault.UsageFault` where it has mistakes."""
    return load_catalog(options.root / "catalog.yaml")


def topics_of(catalog: Catalog, slugs: Sequence[str]) -> list[Topic]:
    """The topics that are named, each once, or all that are ready."""
    if slugs:
        return [catalog.lesson(slug) for slug in dict.fromkeys(slugs)]
    return [topic for topic in catalog.topics if topic.status == "ready"]


def selected_topics(options: argparse.Namespace, rehearsal: Rehearsal) -> list[Topic]:
    """The topics that the options of :func:`add_selection` select."""
    from render.cli.selection import changed_since, select

    changed = None
    if options.changed_since is not None:
        changed = changed_since(options.root, options.changed_since)
    return select(catalog_of(options), options.topics, options.section, changed, rehearsal.read_files)


def opener_of(options: argparse.Namespace) -> Opener:
    """What runs the tasks: processes of this machine, or the farm that ``--scheduler`` or ``SCHEDULER`` names."""
    address = options.scheduler or os.environ.get("SCHEDULER")
    if not address:
        from render.task.pool import Pool

        return partial(Pool, memory=options.memory, patience=options.patience)
    from render.run.farm import Certificates, Farm

    certificates = Certificates(options.tls_ca, options.tls_cert, options.tls_key)
    return partial(
        Farm,
        address=address,
        root=options.root,
        memory=options.memory,
        patience=options.patience,
        certificates=certificates,
    )
