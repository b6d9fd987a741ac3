"""``build/site/``: the pages that join a video with its words, made from the catalog and the manifest alone.

Everything is static and relative, so that any host serves it below any path; the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit

from hub.bundle import bundle
from hub.demo import Demo, demos_for
from hub.glossary import shelve_terms
from hub.machine import Told, watch_address, web_manifest
from hub.node import find_file
from hub.note import FOLDER, read_notes
from hub.page import (
    Notes,
    PlayedLesson,
    Shown,
    Subject,
    join_notes,
    running_time,
    shelve_lesson,
    show_sections,
)
from hub.path import HEIGHT, WIDTH, draw_path
from hub.search import write_index
from hub.shelf import Shelf, shelf_for
from render.core.catalog import LEVELS, Catalog
from render.core.fault import UsageFault
from render.core.template import open_templates
from render.core.web_file import DIGITS
from render.store.rendered import Rendered, Script, read_stock

_HERE: Final = Path(__file__).parent
_ASSETS: Final = _HERE / "assets"
_FONTS: Final = ("fonts/inter.woff2", "fonts/jetbrains-mono.woff2", "fonts/maths.woff2")
_BUNDLES: Final = ("device.js", "index.js", "topic.js", "player.js")
_SCRIPTS: Final = ("site.js", "glossary.js")
_STYLES: Final = ("hub.css", "topic.css")
_ICONS: Final = (192, 512)


def policy(media: str = "") -> str:
    """Content security policy of the pages: they load files of their own site, and no script or style inside a page.

    Videos come from ``media`` as well, where that is an address: played, or fetched to be kept.
    """
    parts = urlsplit(media)
    elsewhere = f" {parts.scheme}://{parts.netloc}" if media else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self'",
            f"media-src 'self'{elsewhere}",
            f"connect-src 'self'{elsewhere}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build of the site has made, and what it could not show."""

    out: Path
    pages: tuple[str, ...]
    """Paths of the HTML files."""
    watchable: tuple[str, ...]
    """Slugs of the topics with a video, in the catalog's order."""
    being_rendered: tuple[str, ...]
    """Slugs that the catalog calls ready and the manifest does not have."""
    planned: tuple[str, ...]
    """Slugs that are only announced."""
    as_drawn: tuple[str, ...]
    """Slugs of the topics whose pages offer the video as it was drawn, since it has no copy for the public."""
    problems: tuple[str, ...]
    """What the manifest lists and could not be shown, and why."""

    def __str__(self) -> str:
        """A summary for the person who has built the site, a line each."""
        lines = [
            f"{self.out}: {len(self.pages)} pages; {len(self.watchable)} topics to watch, "
            f"{len(self.being_rendered)} being rendered, {len(self.planned)} announced"
        ]
        if self.as_drawn:
            lines.append(
                f"{', '.join(self.as_drawn)}: offered as drawn; `make copies` makes what the public gets, "
                "in a third of the bytes"
            )
        return "\n".join([*lines, *self.problems])


def build_site(
    catalog: Catalog,
    build: Path,
    out: Path,
    notes: Path = FOLDER,
    youtube: Mapping[str, str] = MappingProxyType({}),
) -> SiteReport:
    """Make the site of ``catalog``, ``build/manifest.json`` and the folder ``notes``; put it at ``out`` in one step.

    ``youtube`` has by slug the ids of lessons that can be watched there, too: their pages link to them.

    ``out`` keeps its last good state if anything fails.  A topic without a video is announced, never an error;
    raises :class:`render.core.fault.UsageFault` for a manifest that cannot be read and for mistakes in notes.
    """
    stock = read_stock(build)
    with shelf_for(out, catalog.hub.media_address) as shelf:
        # A video of a topic that is only planned stays unseen.
        ready = {topic.slug for topic in catalog.topics if topic.status == "ready"}
        lessons = {
            slug: shelve_lesson(shelf, rendered)
            for slug, rendered in sorted(stock.lessons.items())
            if slug in ready
        }
        sections = show_sections(catalog, lessons, _join_all(lessons, stock.lessons, notes))
        demos = demos_for({slug: stock.lessons[slug] for slug in lessons}, build, shelf)
        scripts = {slug: stock.lessons[slug].script for slug in lessons}
        pages = _Press(catalog, sections, shelf, demos, scripts, youtube).print_all()
    subjects = [subject for section in sections for subject in section.topics]
    return SiteReport(
        out=out,
        pages=pages,
        watchable=tuple(s.slug for s in subjects if s.lesson),
        being_rendered=tuple(s.slug for s in subjects if s.ready and not s.lesson),
        planned=tuple(s.slug for s in subjects if not s.ready),
        as_drawn=tuple(s.slug for s in subjects if s.lesson and stock.lessons[s.slug].offered == "video"),
        problems=stock.problems,
    )


def _join_all(
    lessons: dict[str, PlayedLesson], rendered: dict[str, Rendered], folder: Path
) -> dict[str, Notes]:
    """The notes of all lessons that have one; all mistakes of all of them in one :class:`UsageFault`."""
    joined, faults = {}, []
    for slug, noted in read_notes(list(lessons), folder).items():
        try:
            joined[slug] = join_notes(noted, lessons[slug], rendered[slug].script)
        except UsageFault as fault:
            faults.append(str(fault))
    if faults:
        raise UsageFault("\n".join(faults))
    return joined


class _Press:
    """Renders the pages of one site from the templates."""

    def __init__(
        self,
        catalog: Catalog,
        sections: tuple[Shown, ...],
        shelf: Shelf,
        demos: dict[str, Demo],
        scripts: dict[str, Script],
        youtube: Mapping[str, str],
    ) -> None:
        self.hub = catalog.hub
        self.address = catalog.hub.address
        self.sections = sections
        self.subjects = {subject.slug: subject for section in sections for subject in section.topics}
        self.shelf = shelf
        self.demos = demos
        self.assets = _shelve_assets(shelf)
        index = write_index(list(self.subjects.values()), scripts)
        self.assets["search.json"] = shelf.write_named("assets/search.json", index)
        published = {topic.slug: topic.published for topic in catalog.topics if topic.published}
        self.youtube = youtube
        self.told = Told(catalog.hub, self.address, sections, published, youtube)
        self.templates = open_templates(_HERE / "templates")
        self.templates.filters["below"] = _below

    def print_all(self) -> tuple[str, ...]:
        """Every page of the site; returns their paths."""
        pages = [self._print_index(), self._print_glossary(), self._print_missing()]
        for section in self.sections:
            pages += [self._print_topic(section, topic) for topic in section.topics if topic.lesson]
        for path, content in self.told.files([page for page in pages if page != "404.html"]).items():
            self.shelf.write(path, content)
        self.shelf.write("manifest.webmanifest", web_manifest(self.hub, self._icons()))
        self.shelf.write("sw.js", self._worker())
        return tuple(pages)

    def _icons(self) -> list[tuple[str, str, str]]:
        drawn = [(self.assets[f"icon-{size}.png"], f"{size}x{size}", "image/png") for size in _ICONS]
        return [(self.assets["icon.svg"], "any", "image/svg+xml"), *drawn]

    def _worker(self) -> bytes:
        """The service worker, with the names of all that it keeps."""
        files = self.shelf.files()
        media = [self.shelf.address(path) for path in files if path.endswith(".mp4")]
        kept = {path: digest for path, digest in files.items() if _is_kept(path)}
        site = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:DIGITS]
        names = f"const SITE={json.dumps(site)},FILES={json.dumps(list(kept))},MEDIA={json.dumps(media)};\n"
        return names.encode() + bundle(_HERE / "worker" / "worker.ts", module=False)

    def _print_index(self) -> str:
        return self._print(
            "index.html",
            "index.html",
            root="",
            here="index",
            sections=self.sections,
            graph=self.told.course(),
            totals=_totals(list(self.subjects.values())),
            watchable=[subject for subject in self.subjects.values() if subject.lesson],
            start=_first_to_watch(self.subjects),
            way=draw_path(self.subjects),
            box_width=WIDTH,
            box_height=HEIGHT,
            levels=[level for level in LEVELS if any(s.level == level for s in self.subjects.values())],
            address=self.address,
        )

    def _print_glossary(self) -> str:
        letters = shelve_terms(self.subjects.values())
        return self._print(
            "glossary.html",
            "glossary/index.html",
            root="../",
            here="glossary",
            graph=self.told.glossary(),
            letters=letters,
            count=sum(len(terms) for _, terms in letters),
            address=urljoin(self.address, "glossary/"),
        )

    def _print_missing(self) -> str:
        # A host shows this page at any depth, so that only paths from the root of the host lead anywhere.
        return self._print(
            "missing.html", "404.html", root=urlsplit(self.address).path, here="missing", graph=None
        )

    def _print_topic(self, section: Shown, topic: Subject) -> str:
        lesson = topic.lesson
        assert lesson is not None
        picture = lesson.card_picture
        return self._print(
            "topic.html",
            topic.path + "index.html",
            root="../",
            here=topic.slug,
            graph=self.told.lesson(section, topic, lesson),
            section=section,
            topic=topic,
            lesson=lesson,
            notes=topic.notes,
            demo=self.demos.get(topic.slug),
            youtube=watch_address(self.youtube[topic.slug]) if topic.slug in self.youtube else None,
            prerequisites=[self.subjects[slug] for slug in topic.prerequisites],
            following=self._following(topic),
            address=urljoin(self.address, topic.path),
            picture=urljoin(self.address, picture) if picture else None,
        )

    def _following(self, topic: Subject) -> list[Subject]:
        """What builds on this topic; where nothing does, what comes after it."""
        unlocked = [other for other in self.subjects.values() if topic.slug in other.prerequisites]
        if unlocked:
            return unlocked
        order = list(self.subjects.values())
        return order[order.index(topic) + 1 :][:1]

    def _print(self, template: str, path: str, *, root: str, **values: object) -> str:
        page = self.templates.get_template(template).render(
            hub=self.hub,
            contact=_contact(self.hub.author.contact),
            policy=policy(self.hub.media_address),
            media_host=urlsplit(self.hub.media_address).netloc,
            root=root,
            home=root or "./",
            asset=self.assets,
            **values,
        )
        self.shelf.write(path, page.encode())
        return path


def _shelve_assets(shelf: Shelf) -> dict[str, str]:
    """Path of every asset by the name it has in ``hub/assets``."""
    controls = find_file(
        "plyr/dist/plyr.svg"
    ).read_bytes()  # before a style that imports the player's is bundled
    named = {
        name: shelf.write_named(f"assets/{name}", (_ASSETS / name).read_bytes())
        for name in (*_FONTS, "icon.svg", *(f"icon-{size}.png" for size in _ICONS))
    }
    named |= {name: shelf.write_named(f"assets/{name}", bundle(_ASSETS / name)) for name in _BUNDLES}
    named["controls.svg"] = shelf.write_named("assets/controls.svg", controls)
    for name in _SCRIPTS:
        script = bundle((_HERE / "web" / name).with_suffix(".ts"))
        named[name] = shelf.write_named(f"assets/{name}", script)
    for sheet in _STYLES:
        style = bundle(_ASSETS / sheet).decode()
        for font in _FONTS:
            style = style.replace(font, named[font].removeprefix("assets/"))
        named[sheet] = shelf.write_named(f"assets/{sheet}", style.encode())
    return named


def _below(address: str, root: str) -> str:
    """The address of a file from a page whose way to the site's root is ``root``; full addresses stay as they are."""
    return address if "://" in address else root + address


def _is_kept(path: str) -> bool:
    """Whether a device keeps a file of the site: what a page needs to be read, not what is taken away from it."""
    return path.endswith((".html", ".css", ".js", ".json", ".woff2", ".svg", ".webp", ".vtt", ".webmanifest"))


def _contact(where: str) -> str:
    """The address that a mailbox or a contact page is reached at."""
    return where if where.startswith(("https://", "http://")) else f"mailto:{where}"


def _totals(subjects: list[Subject]) -> list[tuple[str, str]]:
    """Numbers of the whole hub, each with its noun."""
    lessons = [subject.lesson for subject in subjects if subject.lesson]
    counted = [(str(len(subjects)), "topics")]
    if lessons:
        counted += [
            (str(len(lessons)), "to watch now"),
            (str(sum(len(lesson.chapters) for lesson in lessons)), "chapters"),
            (running_time(sum(lesson.seconds for lesson in lessons)), "of video"),
        ]
    return counted


def _first_to_watch(subjects: dict[str, Subject]) -> Subject | None:
    """Where to begin: the first topic with a video and no prerequisites, else the first with a video."""
    watchable = [subject for subject in subjects.values() if subject.lesson]
    return next((s for s in watchable if not s.prerequisites), watchable[0] if watchable else None)
