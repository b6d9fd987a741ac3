"""The parts of the site that machines read: structured data, sitemap, feed, and the small files that they look for.

Everything is made from what the pages show, with the addresses that the catalog gives the site.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from hub.glossary import shelve_terms
from hub.page import PlayedLesson, Shown, Subject
from render.core.catalog import Hub

Thing = dict[str, Any]
"""A node of JSON-LD."""

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_VIDEO: Final = "http://www.google.com/schemas/sitemap-video/1.1"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_LEVELS: Final = {"beginner": "Beginner", "intermediate": "Intermediate", "advanced": "Advanced"}


@dataclass(frozen=True, slots=True)
class Told:
    """The site as machines get to know it.  ``address`` is its absolute address, with a slash at the end."""

    hub: Hub
    address: str
    sections: tuple[Shown, ...]
    published: Mapping[str, date]
    """The day on which each lesson was first published, by slug, as far as the catalog says."""
    youtube: Mapping[str, str]
    """Ids of lessons that can be watched on YouTube, by slug."""

    @property
    def watchable(self) -> list[tuple[Subject, PlayedLesson]]:
        """The topics with a video, in the catalog's order."""
        return [
            (topic, topic.lesson) for section in self.sections for topic in section.topics if topic.lesson
        ]

    def at(self, path: str) -> str:
        """The absolute address of a path of the site."""
        return urljoin(self.address, path)

    # --- structured data (https://schema.org), one graph a page --------------------------------------------------

    def course(self) -> str:
        """JSON-LD of the first page: the course, and its lessons as a list."""
        return _graph(
            {
                "@type": "Course",
                "@id": self.at("#course"),
                "name": self.hub.title,
                "description": self.hub.promise,
                "url": self.address,
                "inLanguage": "en",
                "isAccessibleForFree": True,
                "provider": self._author(),
                "hasCourseInstance": {
                    "@type": "CourseInstance",
                    "courseMode": "Online",
                    "courseWorkload": _duration(sum(lesson.seconds for _, lesson in self.watchable)),
                },
                "hasPart": [{"@id": self.at(topic.path + "#video")} for topic, _ in self.watchable],
            },
            {
                "@type": "ItemList",
                "name": f"Lessons of the {self.hub.title}",
                "numberOfItems": len(self.watchable),
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": position,
                        "name": topic.title,
                        "url": self.at(topic.path),
                    }
                    for position, (topic, _) in enumerate(self.watchable, 1)
                ],
            },
        )

    def lesson(self, section: Shown, topic: Subject, lesson: PlayedLesson) -> str:
        """JSON-LD of a topic's page: its video with clips and transcript, and the way to it."""
        page = self.at(topic.path)
        starts = [float(chapter.start) for chapter in lesson.chapters]
        video: Thing = {
            "@type": "VideoObject",
            "@id": page + "#video",
            "name": topic.title,
            "description": topic.blurb,
            "url": page,
            "contentUrl": self.at(lesson.video),
            "encodingFormat": "video/mp4",
            "duration": _duration(lesson.seconds),
            "width": _pixels(lesson.width),
            "height": _pixels(lesson.height),
            "inLanguage": "en",
            "isAccessibleForFree": True,
            "isFamilyFriendly": True,
            "learningResourceType": "Lecture",
            "educationalLevel": _LEVELS[topic.level],
            "teaches": list(topic.explains),
            "author": self._author(),
            "isPartOf": {"@id": self.at("#course")},
            "transcript": " ".join(spoken(lesson)),
            "hasPart": [
                {
                    "@type": "Clip",
                    "name": chapter.title,
                    "startOffset": round(start),
                    "endOffset": round(end),
                    "url": f"{page}?t={round(start)}",
                }
                for chapter, start, end in zip(
                    lesson.chapters, starts, [*starts[1:], lesson.seconds], strict=True
                )
            ],
        }
        if id := self.youtube.get(topic.slug):
            video["sameAs"] = watch_address(id)
            video["embedUrl"] = f"https://www.youtube.com/embed/{id}"
        if lesson.card_picture:
            video["thumbnailUrl"] = [self.at(lesson.card_picture)]
        if day := self.published.get(topic.slug):
            video["uploadDate"] = f"{day.isoformat()}T00:00:00Z"
        way = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": self.hub.title, "item": self.address},
                {
                    "@type": "ListItem",
                    "position": 2,
                    "name": section.title,
                    "item": self.at(f"#{section.slug}"),
                },
                {"@type": "ListItem", "position": 3, "name": topic.title, "item": page},
            ],
        }
        return _graph(video, way)

    def glossary(self) -> str:
        """JSON-LD of the glossary: every term and where on the page it stands.

        Its definition is the text there: a thousand of them twice would be a third of the page.
        """
        terms = [
            {"@type": "DefinedTerm", "name": term.entry.term, "url": self.at(f"glossary/#{term.anchor}")}
            for _, group in shelve_terms(topic for topic, _ in self.watchable)
            for term in group
        ]
        terms_set = {
            "@type": "DefinedTermSet",
            "@id": self.at("glossary/#terms"),
            "name": "Glossary",
            "hasDefinedTerm": terms,
        }
        return _graph(terms_set)

    def _author(self) -> Thing:
        return {"@type": "Organization", "name": self.hub.author.name, "url": self.address}

    # --- files ---------------------------------------------------------------------------------------------------

    def files(self, pages: Sequence[str]) -> dict[str, bytes]:
        """The files that machines look for, by their fixed paths; ``pages`` are the paths for the sitemap."""
        return {
            "sitemap.xml": self._sitemap(pages),
            "feed.atom": self._feed(),
            "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {self.at('sitemap.xml')}\n".encode(),
            "llms.txt": self._digest().encode(),
        }

    def _sitemap(self, pages: Sequence[str]) -> bytes:
        lessons = {topic.path: (topic, lesson) for topic, lesson in self.watchable}
        root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:video": _VIDEO})
        for page in pages:
            path = page.removesuffix("index.html")
            url = ET.SubElement(root, "url")
            _tell(url, loc=self.at(path))
            if path not in lessons:
                continue
            topic, lesson = lessons[path]
            day = self.published.get(topic.slug)
            if day:
                _tell(url, lastmod=day.isoformat())
            if not lesson.card_picture:
                continue  # an entry without a thumbnail is refused
            video = ET.SubElement(url, "video:video")
            told = {
                "video:thumbnail_loc": self.at(lesson.card_picture),
                "video:title": topic.title,
                "video:description": topic.blurb,
                "video:content_loc": self.at(lesson.video),
                "video:duration": str(max(1, round(lesson.seconds))),
            }
            if day:
                told["video:publication_date"] = day.isoformat()
            _tell(video, **told, **{"video:family_friendly": "yes", "video:live": "no"})
        return _xml(root)

    def _feed(self) -> bytes:
        """Atom (RFC 4287) of the lessons that the catalog dates, the newest first."""
        dated = [
            (self.published[topic.slug], topic, lesson)
            for topic, lesson in self.watchable
            if topic.slug in self.published
        ]
        dated.sort(key=lambda row: row[0], reverse=True)
        newest = dated[0][0] if dated else date(1970, 1, 1)
        root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
        _tell(root, title=self.hub.title, subtitle=self.hub.promise, id=self.address, updated=_moment(newest))
        ET.SubElement(root, "link", {"href": self.address})
        ET.SubElement(
            root, "link", {"rel": "self", "type": "application/atom+xml", "href": self.at("feed.atom")}
        )
        _tell(ET.SubElement(root, "author"), name=self.hub.author.name)
        for day, topic, lesson in dated:
            page = self.at(topic.path)
            entry = ET.SubElement(root, "entry")
            _tell(entry, title=topic.title, id=page, published=_moment(day), updated=_moment(day))
            ET.SubElement(entry, "link", {"href": page})
            enclosure = {"rel": "enclosure", "type": "video/mp4", "href": self.at(lesson.video)}
            ET.SubElement(entry, "link", enclosure)
            _tell(entry, summary=topic.blurb)
        return _xml(root)

    def _digest(self) -> str:
        """``llms.txt`` (https://llmstxt.org): the site in Markdown, for whoever reads without eyes."""
        lines = [f"# {self.hub.title}", "", f"> {self.hub.promise}", ""]
        lines += [
            "Every lesson has a page with its video, a transcript timed to the word, its formulas, its code and "
            "its sources. `?t=83` after the address of a page leads to a second of its video.",
        ]
        for section in self.sections:
            shown = [(topic, topic.lesson) for topic in section.topics if topic.lesson]
            if not shown:
                continue
            lines += ["", f"## {section.title}", "", section.line, ""]
            for topic, lesson in shown:
                lines.append(f"- [{topic.title}]({self.at(topic.path)}): {topic.blurb}")
                transcript = next((file.path for file in lesson.downloads if file.kind == "text"), None)
                if transcript:
                    lines.append(f"  - [Transcript of {topic.title}]({self.at(transcript)})")
        return "\n".join(lines) + "\n"


def watch_address(id: str) -> str:
    """Where a video is watched on YouTube."""
    return f"https://www.youtube.com/watch?v={id}"


def spoken(lesson: PlayedLesson) -> Iterable[str]:
    """The sentences of a lesson, a beat each."""
    for chapter in lesson.chapters:
        for line in chapter.lines:
            yield "".join(before + word for before, word, _ in line.words) + line.rest


def web_manifest(hub: Hub, icons: Sequence[tuple[str, str, str]]) -> bytes:
    """``manifest.webmanifest`` (W3C): the site as something that can be put on a home screen.

    ``icons`` are paths, sizes (``192x192`` or ``any``) and types of its pictures.
    """
    record = {
        "name": hub.title,
        "short_name": hub.title if len(hub.title) <= 12 else hub.title.split()[0],
        "description": hub.promise,
        "lang": "en",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#0F1420",
        "theme_color": "#0F1420",
        "icons": [
            {"src": path, "sizes": sizes, "type": kind, "purpose": "any"} for path, sizes, kind in icons
        ],
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _graph(*things: Thing) -> str:
    """JSON-LD that may stand inside a page: no ``<`` is left that could end the element."""
    record = {"@context": "https://schema.org", "@graph": list(things)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _duration(seconds: float) -> str:
    """ISO 8601, in whole seconds."""
    minutes, second = divmod(max(1, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minute}M" if minute else "") + f"{second}S"


def _pixels(count: int) -> Thing:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": "E37"}  # UN/CEFACT's code of a pixel


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _tell(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, space=" ")
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"
