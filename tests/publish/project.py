"""A small project with rendered lessons, as publishing finds it: catalog, manifest, real files."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

SECONDS = 36
BLURB = (
    "Watch {} answer one question with a picture that moves, and see each number on screen really computed."
)

SETTINGS = """
  publish:
    licence: {name: CC BY 4.0, link: "https://creativecommons.org/licenses/by/4.0/", is_creative_commons: true}
    youtube:
      tags: [machine learning, explained]
      synthetic_media: true
      audited: true
"""

CATALOG = """version: 1
hub:
  title: Small Hub
  promise: Three lessons that show how little it needs to teach something well.
  site_url: https://learn.small-hub.org
  base_path: /hub/
  author: {{name: The authors, contact: authors@small-hub.org}}
  call_to_action: {{words: Try, link: "https://learn.small-hub.org/"}}
{settings}
sections:
{sections}
"""


@dataclass
class Lesson:
    """A lesson of the project."""

    slug: str
    section: str = "basics"
    title: str = ""
    blurb: str = ""
    status: str = "ready"
    chapters: tuple[tuple[float, str], ...] = ((0, "Look at it"), (12.4, "It rises"), (24, "So it is two"))
    languages: tuple[str, ...] = ("en",)
    words: str = "Look at the line."
    film: Path | None = None
    poster: tuple[int, int] = (1280, 720)
    is_copied: bool = True
    """Whether the video is listed as the copy for the public as well."""

    def __post_init__(self) -> None:
        self.title = self.title or self.slug.replace("-", " ").title()
        self.blurb = self.blurb or BLURB.format(self.slug)[:160]


@dataclass
class Project:
    """The folder ``root`` of a project; :meth:`write` puts on the disk what the lessons are now."""

    root: Path
    film: Path
    lessons: list[Lesson] = field(default_factory=list)
    settings: str = SETTINGS

    @property
    def build(self) -> Path:
        return self.root / "build"

    def lesson(self, slug: str) -> Lesson:
        return next(lesson for lesson in self.lessons if lesson.slug == slug)

    def write(self) -> Project:
        """Write catalog, manifest and files."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "catalog.yaml").write_text(self.catalog(), encoding="utf-8")
        entries = {lesson.slug: self._render(lesson) for lesson in self.lessons if lesson.status == "ready"}
        self.build.mkdir(exist_ok=True)
        (self.build / "manifest.json").write_text(json.dumps({"version": 1, "lessons": entries}))
        return self

    def catalog(self) -> str:
        sections = []
        for section in dict.fromkeys(lesson.section for lesson in self.lessons):
            topics = [
                f"      - {{slug: {one.slug}, title: {json.dumps(one.title)}, blurb: {json.dumps(one.blurb)}, "
                f"level: beginner, prerequisites: [], status: {one.status}, explains: [the slope of {one.slug}], "
                f"terms: [slope of {one.slug}]}}"
                for one in self.lessons
                if one.section == section
            ]
            head = [
                f"  - slug: {section}",
                f"    title: {section.title()} Things",
                "    line: What stands first.",
            ]
            sections.append("\n".join([*head, "    topics:", *topics]))
        return CATALOG.format(settings=self.settings, sections="\n".join(sections))

    def _render(self, lesson: Lesson) -> dict[str, object]:
        folder = self.build / "out" / lesson.slug
        folder.mkdir(parents=True, exist_ok=True)
        names = {"video": f"{lesson.slug}.mp4", "timeline": "timeline.json", "poster_png": "poster.png"}
        (folder / names["video"]).unlink(missing_ok=True)
        film = (lesson.film or self.film).read_bytes()
        (folder / names["video"]).write_bytes(film + _box(lesson.slug.encode()))  # no two videos are the same
        Image.new("RGB", lesson.poster, "#0F1420").save(folder / "poster.png")
        for language in lesson.languages:
            role = "captions_srt" if language == "en" else f"captions_srt_{language}"
            names[role] = f"captions.{language}.srt"
            cue = f"1\n00:00:00,000 --> 00:00:02,000\n{lesson.words} ({language})\n"
            (folder / names[role]).write_text(cue, encoding="utf-8")
        ends = [start for start, _ in lesson.chapters[1:]] + [SECONDS]
        script = {
            "version": 1,
            "slug": lesson.slug,
            "seconds": SECONDS,
            "chapters": [
                {
                    "name": f"chapter_{number}",
                    "title": title,
                    "explains": [],
                    "start": start,
                    "end": end,
                    "beats": [],
                }
                for number, ((start, title), end) in enumerate(zip(lesson.chapters, ends, strict=True))
            ],
        }
        (folder / "timeline.json").write_text(json.dumps(script))
        files = {}
        for role, name in names.items():
            content = (folder / name).read_bytes()
            files[role] = {
                "path": f"out/{lesson.slug}/{name}",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        if lesson.is_copied:
            files["public"] = files["video"]
        return {
            "slug": lesson.slug,
            "title": lesson.title,
            "quality": "web",
            "voice": "kokoro/1",
            "seconds": float(SECONDS),
            "width": 640,
            "height": 360,
            "files": files,
        }


def three_lessons(root: Path, film: Path) -> Project:
    """Three lessons in two sections."""
    lessons = [Lesson("lines"), Lesson("streets"), Lesson("cubes", "beyond")]
    return Project(root, film, lessons).write()


def _box(content: bytes) -> bytes:
    """A box of MP4 that players skip."""
    return (8 + len(content)).to_bytes(4) + b"free" + content


def encode_film(path: Path, *, bits: int = 200_000) -> Path:
    """A small real video of 36 s, of about ``bits`` a second."""
    source = f"testsrc2=size=640x360:rate=5:duration={SECONDS}"
    encode = f"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -b:v {bits} -movflags +faststart"
    command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", source, *encode.split(), str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path
