"""``mlhub publish``: lessons brought to the public: planned, checked, done."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from hub.note import note_path, read_note
from publish.ledger import LedgerFile
from publish.ledger_branch import LedgerBranch
from publish.publication import Publication, Works, gather
from publish.release import read_calendar
from publish.report import JsonLines, Words, print_objections, print_outcome, print_plan
from publish.run import run as run_target
from publish.step import Target
from render.cli.options import build_of, catalog_of, parse_seconds
from render.cli.selection import select
from render.core.catalog import Catalog, ChannelSettings, Topic
from render.core.fault import Exit, UsageFault
from render.core.yaml_record import BUCKET, LINK
from render.store.ledger import Privacy
from render.store.rendered import read_stock

if TYPE_CHECKING:
    from publish.site.place import Place
    from publish.site.visit import Kind

_CHUNK_UNIT: Final = 256 * 1024
_ADDRESS: Final = re.compile(
    r"(?:https?://(?:youtu\.be/|(?:www\.|studio\.)?youtube\.com/(?:watch\?v=|shorts/|video/)))?([A-Za-z0-9_-]{11})(?:[/?&#].*)?"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "action",
        choices=ACTIONS,
        help="plan: say what would be done; check: look for what would be refused; run: do it; visit: ask the "
        "published site as a visitor would; consent: let the program publish in your name; adopt: tell it of a video "
        "that was uploaded by hand; take, keep: bring the ledger here, or there, up to date with a branch of git",
    )
    parser.add_argument(
        "topics",
        nargs="*",
        metavar="TOPIC",
        help="slugs; all ready topics by default (adopt: svm=https://youtu.be/...)",
    )
    parser.add_argument("--to", choices=TARGETS, help="where lessons are published")
    parser.add_argument(
        "--section", action="append", default=[], metavar="SLUG", help="its topics; may be given again"
    )
    parser.add_argument("--why", action="store_true", help="plan: each step with its reason and cost")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="--to folder, --to site: where it is written (--to folder: build/studio by default)",
    )
    parser.add_argument(
        "--ledger",
        metavar="BRANCH",
        default="main",
        help="take, keep: where the ledger stands (default: main)",
    )
    site = parser.add_argument_group(
        "--to site", "one place, --out among them; by default what hub.publish.site in the catalog names"
    )
    site.add_argument(
        "--bucket",
        type=_bucket,
        metavar="ADDRESS",
        help="s3://name/prefix; beside --branch or --out it takes the videos (AWS_* variables say how to get there)",
    )
    site.add_argument("--branch", metavar="NAME", help="a branch for Pages, such as gh-pages")
    site.add_argument(
        "--address",
        type=_address,
        help="where it is visited (default: hub.site_url and base_path; a folder is visited where this is given)",
    )
    site.add_argument("--no-visit", action="store_true", help="run: do not visit the site afterwards")
    site.add_argument(
        "--within", type=parse_seconds, default=180.0, metavar="SECONDS", help="for a visit (default: 180)"
    )
    youtube = parser.add_argument_group("--to youtube")
    youtube.add_argument(
        "--privacy",
        choices=get_args(Privacy),
        help="who may see the videos when all their parts are there (default: nobody but you)",
    )
    youtube.add_argument(
        "--every",
        metavar="DATES",
        help="make them public one after the other, such as “mon,thu 16:00” or “daily 9:00”",
    )
    youtube.add_argument("--zone", default="UTC", help="time zone of --every, such as Europe/Berlin")
    youtube.add_argument(
        "--replace", action="store_true", help="upload anew what has changed, under another address"
    )
    youtube.add_argument(
        "--chunk",
        type=_chunk,
        default=32 * _CHUNK_UNIT,
        metavar="KIB",
        help="sent at once, in multiples of 256 (default: 8192)",
    )
    youtube.add_argument("--client", type=Path, metavar="FILE", help="consent: the OAuth client's JSON")
    youtube.add_argument(
        "--paste", action="store_true", help="consent: in a browser on another machine, by printed link"
    )


def run(options: argparse.Namespace) -> int:
    """Do what is asked for."""
    return ACTIONS[options.action](options)


# --- plan, check, run ---


def _plan(options: argparse.Namespace) -> Exit:
    catalog = catalog_of(options)
    everything = _everything(options, catalog)
    plan = _target(options, catalog, everything).plan(_selected(options, catalog, everything))
    notices = (*plan.notices, *_unrendered(options, catalog, everything))
    print_plan(replace(plan, notices=notices), as_json=options.json, every=options.why)
    return Exit.DONE


def _check(options: argparse.Namespace) -> Exit:
    catalog = catalog_of(options)
    everything = _everything(options, catalog)
    target = _target(options, catalog, everything)
    objections = list(target.check(_selected(options, catalog, everything)))
    print_objections(objections, as_json=options.json)
    return Exit.REVIEW if any(objection.fatal for objection in objections) else Exit.DONE


def _run(options: argparse.Namespace) -> Exit:
    catalog = catalog_of(options)
    everything = _everything(options, catalog)
    publications = _selected(options, catalog, everything)
    target = _target(options, catalog, everything)
    objections = list(target.check(publications))
    if any(objection.fatal for objection in objections):
        print_objections(objections, as_json=options.json)
        return Exit.REVIEW
    with LedgerFile(options.root).alone():
        listener = JsonLines() if options.json else Words()
        for objection in objections:
            listener.says(objection.subject, f"warning: {objection.words}")
        outcome = run_target(target, publications, listener)
    print_outcome(outcome, as_json=options.json)
    if options.to == "site" and outcome.exit is Exit.DONE and not options.no_visit:
        return _visit_published(options, catalog)
    return outcome.exit


def _everything(options: argparse.Namespace, catalog: Catalog) -> list[Publication]:
    """All that is ready and rendered."""
    ready = select(catalog)
    return gather(catalog, read_stock(build_of(options)), ready, _works(ready, options.root))


def _selected(
    options: argparse.Namespace, catalog: Catalog, everything: Sequence[Publication]
) -> list[Publication]:
    """What the command is about; :class:`UsageFault` where a topic is named that cannot be published."""
    topics = select(catalog, options.topics, options.section)
    rendered = {publication.slug for publication in everything}
    for topic in topics:
        if topic.status != "ready":
            raise UsageFault(
                f"TOPIC={topic.slug}: this topic is a draft. Only what is ready is published: when its lesson is "
                "finished, set its status to ready in catalog.yaml."
            )
        if topic.slug in options.topics and topic.slug not in rendered:
            raise UsageFault(
                f"TOPIC={topic.slug}: this lesson is not rendered yet: make render TOPIC={topic.slug}."
            )
    wanted = {topic.slug for topic in topics}
    return [publication for publication in everything if publication.slug in wanted]


def _unrendered(
    options: argparse.Namespace, catalog: Catalog, everything: Sequence[Publication]
) -> list[str]:
    """A sentence for each topic that is meant and ready, but not rendered."""
    rendered = {publication.slug for publication in everything}
    return [
        f"{topic.slug}: ready, but not rendered yet: make render TOPIC={topic.slug}"
        for topic in select(catalog, options.topics, options.section)
        if topic.slug not in rendered
    ]


def _works(topics: Sequence[Topic], root: Path) -> dict[str, Works]:
    """Sources and credits of the topics that have a note."""
    works = {}
    for topic in topics:
        path = note_path(topic.slug, root / "hub" / "notes")
        if path.is_file():
            note = read_note(path).note
            works[topic.slug] = Works(note.sources, note.credits)
    return works


# --- targets ---


def _target(options: argparse.Namespace, catalog: Catalog, everything: Sequence[Publication]) -> Target:
    if options.to is None:
        first, *middle, last = (f"--to {name}" for name in TARGETS)
        raise UsageFault(f"mlhub publish {options.action}: expected {', '.join([first, *middle])} or {last}.")
    return TARGETS[options.to](options, catalog, everything)


def _folder(options: argparse.Namespace, catalog: Catalog, everything: Sequence[Publication]) -> Target:
    from publish.studio import Studio

    out = options.out or build_of(options) / "studio"
    return Studio(catalog.hub, _channel_settings(catalog), LedgerFile(options.root), out, everything)


def _youtube(options: argparse.Namespace, catalog: Catalog, _everything: Sequence[Publication]) -> Target:
    from publish.youtube.account import Account
    from publish.youtube.plan import Wishes
    from publish.youtube.target import YouTube

    if options.every and options.privacy:
        raise UsageFault("--every makes videos public at its dates: leave --privacy away, or --every.")
    calendar = read_calendar(options.every, options.zone) if options.every else None
    return YouTube(
        catalog,
        _channel_settings(catalog),
        LedgerFile(options.root),
        Account.of(os.environ),
        Wishes(options.replace, options.privacy, calendar),
        options.chunk,
        looks=options.action == "check",
    )


def _site(options: argparse.Namespace, catalog: Catalog, everything: Sequence[Publication]) -> Target:
    from publish.site.content import read_site
    from publish.site.place import open_hosts
    from publish.site.target import Site

    build = build_of(options)
    pages, media = open_hosts(_place(options, catalog), catalog.hub, options.root, build)
    contents = read_site(build / "site")
    return Site(catalog.hub, build / "site", contents, pages, media)


def _place(options: argparse.Namespace, catalog: Catalog) -> Place:
    """Where the command, or else the catalog, wants the site."""
    from publish.site.place import Place, find_place

    _refuse_topics(options)
    return find_place(Place(options.out, options.bucket, options.branch), catalog.hub)


def _refuse_topics(options: argparse.Namespace) -> None:
    if options.topics or options.section:
        raise UsageFault("A site is published and visited as a whole: leave topics and sections away.")


def _visit(options: argparse.Namespace) -> Exit:
    """Ask the published site for all that was built."""
    from publish.site.place import excuses_of

    _refuse_topics(options)
    if options.to not in (None, "site"):
        raise UsageFault(f"mlhub publish visit: only a site can be visited, not --to {options.to}.")
    catalog = catalog_of(options)
    settings = catalog.hub.publish and catalog.hub.publish.site
    has_place = (
        options.out or options.bucket or options.branch or (settings and (settings.bucket or settings.branch))
    )
    excuses = excuses_of(_place(options, catalog)) if has_place else {}
    return _ask_around(options, catalog, excuses, 0)


def _visit_published(options: argparse.Namespace, catalog: Catalog) -> Exit:
    """The visit after a run, where there is an address."""
    from publish.site.place import excuses_of, patience_of

    place = _place(options, catalog)
    if place.out and not options.address:
        return Exit.DONE
    return _ask_around(options, catalog, excuses_of(place), patience_of(place))


def _ask_around(
    options: argparse.Namespace, catalog: Catalog, excuses: Mapping[Kind, str], patience: float
) -> Exit:
    from publish.site.content import read_site
    from publish.site.visit import Visit
    from publish.site.visit_report import print_visit

    contents = read_site(build_of(options) / "site")
    if not contents:
        raise UsageFault("There is no site to compare with: `make hub` builds it.")
    visit = Visit(contents, options.address or catalog.hub.address, catalog.hub.media_address, excuses)
    if patience and not visit.shows_release():
        if not options.json:
            print(
                f"waiting at most {patience:.0f} s until {visit.address} shows what was published", flush=True
            )
        visit.wait(patience)
    report = visit.run(options.within)
    print_visit(report, as_json=options.json)
    return Exit.DONE if report.is_alike else Exit.REVIEW


def _channel_settings(catalog: Catalog) -> ChannelSettings:
    """What the catalog says of the channel; :class:`UsageFault` where it says nothing."""
    settings = catalog.hub.publish
    if settings is None or settings.youtube is None:
        raise UsageFault(
            "catalog.yaml: hub.publish.youtube is not written: what YouTube has to be told of the lessons. "
            "docs/publish.md says what belongs there."
        )
    return settings.youtube


def _bucket(text: str) -> str:
    """The address of a bucket; for ``type=``."""
    if not re.fullmatch(BUCKET, text):
        raise argparse.ArgumentTypeError(f"{text!r}: expected a bucket such as s3://lessons/hub")
    return text


def _address(text: str) -> str:
    """The address of a site, with a slash at the end; for ``type=``."""
    if not re.fullmatch(LINK, text):
        raise argparse.ArgumentTypeError(f"{text!r}: expected an address such as https://learn.example.org/")
    return f"{text.rstrip('/')}/"


def _chunk(text: str) -> int:
    """Bytes, from a number of KiB; for ``type=``."""
    if not text.isdecimal() or not int(text) or int(text) % 256:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a multiple of 256")
    return int(text) * 1024


# --- consent and adopt ---


def _consent(options: argparse.Namespace) -> Exit:
    """Let the program publish in a person's name."""
    from publish.youtube.account import Account, give_consent

    if options.client is None:
        raise UsageFault(
            "mlhub publish consent: expected --client FILE, the JSON of an OAuth client of the type “Desktop app” "
            "(docs/publish.md says where Google gives it)."
        )
    account = Account.of(os.environ)
    account.keep(give_consent(options.client, datetime.now(UTC), paste=options.paste))
    print(f"Consent is kept in {account.token_file}, readable by you alone.")
    return Exit.DONE


def _adopt(options: argparse.Namespace) -> Exit:
    """Write into the ledger that videos were uploaded by hand, as they are rendered now."""
    from publish.youtube.adopt import adopt

    if not options.topics:
        raise UsageFault(
            "mlhub publish adopt: expected SLUG=ADDRESS, such as svm=https://youtu.be/dQw4w9WgXcQ."
        )
    catalog = catalog_of(options)
    rendered = {publication.slug: publication for publication in _everything(options, catalog)}
    ledger = LedgerFile(options.root)
    with ledger.alone():
        for said in options.topics:
            slug, _, address = said.partition("=")
            catalog.lesson(slug)
            found = _ADDRESS.fullmatch(address)
            if found is None:
                raise UsageFault(
                    f"{said}: expected the address of a video after “=”, such as https://youtu.be/dQw4w9WgXcQ."
                )
            if slug not in rendered:
                raise UsageFault(
                    f"{slug}: this lesson is not rendered here, so that nobody knows what was uploaded."
                )
            print(
                adopt(
                    ledger,
                    catalog,
                    _channel_settings(catalog),
                    rendered[slug],
                    found[1],
                    options.privacy or "public",
                )
            )
    return Exit.DONE


# --- take and keep ---


def _take(options: argparse.Namespace) -> Exit:
    """Bring the ledger here up to date with that of a branch."""
    with LedgerFile(options.root).alone():
        print(LedgerBranch(options.root, options.ledger).take())
    return Exit.DONE


def _keep(options: argparse.Namespace) -> Exit:
    """Bring the ledger of a branch up to date with that here."""
    with LedgerFile(options.root).alone():
        print(LedgerBranch(options.root, options.ledger).keep())
    return Exit.DONE


ACTIONS: Final[dict[str, Callable[[argparse.Namespace], Exit]]] = {
    "plan": _plan,
    "check": _check,
    "run": _run,
    "visit": _visit,
    "consent": _consent,
    "adopt": _adopt,
    "take": _take,
    "keep": _keep,
}
TARGETS: Final[dict[str, Callable[[argparse.Namespace, Catalog, Sequence[Publication]], Target]]] = {
    "youtube": _youtube,
    "folder": _folder,
    "site": _site,
}
"""Where lessons may be published; only the modules of the one that is named are imported."""
