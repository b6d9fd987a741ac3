"""A catalog whose topics are all lessons: the written ones again, under the names of those that are planned.

usage: git clone . FOLDER && python scripts/full_lessons.py FOLDER

changes the clone ``FOLDER``, so that what a whole catalog costs can be measured before it is written: certificates
(``make certify ARGS=--anew`` there), the tests (``.ci/run`` there), a render.  Every planned topic becomes one of the
written lessons, in turn: its scenes, mathematics, figure, words, note, demo, tests, stills and certificate, all under
the topic's own names.  The catalog keeps its titles, and takes what a copy explains and its terms from the original.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

from render.core.catalog import Topic, load_catalog

_BLOCK: Final = r"(?ms)^      - slug: {slug}\n.*?(?=^      - slug: |^  - slug: |\Z)"
_KEPT: Final = ("title", "blurb", "level", "prerequisites")
"""What a topic keeps of itself; all else is the original's."""
_CODE: Final = ("scenes", "tests", "hub/demos", "hub/notes")


def fill(project: Path) -> list[tuple[str, str]]:
    """Make every planned topic of the clone ``project`` a copy of a written lesson; gives (copy, original) slugs."""
    catalog = load_catalog(project / "catalog.yaml")
    written = [topic for topic in catalog.topics if topic.status == "ready"]
    planned = [topic for topic in catalog.topics if topic.status == "planned"]
    pairs = list(zip(planned, cycle(written), strict=False))
    for copy, original in pairs:
        for path in sorted(_files(project, original)):
            _copy(project, path, original, copy)
    _seed_alike(project, pairs)
    text = (project / "catalog.yaml").read_text(encoding="utf-8")
    for copy, original in pairs:
        text = _ready(text, original.slug, copy.slug)
    (project / "catalog.yaml").write_text(text, encoding="utf-8")
    return [(copy.slug, original.slug) for copy, original in pairs]


def _module(topic: Topic) -> str:
    return topic.slug.replace("-", "_")


def _files(project: Path, topic: Topic) -> Iterator[Path]:
    """All files that are the lesson's own, from the project's folder."""
    module = _module(topic)
    for folder in _CODE:
        for path in (project / folder).rglob("*"):
            inner = path.relative_to(project)
            own = {module, topic.slug} & set(inner.parts) or inner.stem in {
                module,
                topic.slug,
                f"test_{module}",
            }
            # what tests say of mathematics that has the name of its lesson is in that lesson's folder already
            if (
                path.is_file()
                and own
                and "__pycache__" not in inner.parts
                and inner.parent != Path("hub/demos/maths")
            ):
                yield inner


def _copy(project: Path, path: Path, original: Topic, copy: Topic) -> None:
    old, new = _module(original), _module(copy)
    parts = list(path.parts)
    first = next((at for at, part in enumerate(parts) if part in {old, original.slug}), len(parts) - 1)
    by_slug = path.is_relative_to("hub/demos") or {"golden", "certificates"} & set(parts)
    parts[first] = parts[first].replace(*((original.slug, copy.slug) if by_slug else (old, new)))
    target = project.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in {".py", ".ts", ".yaml", ".toml", ".css"}:
        text = (project / path).read_text(encoding="utf-8")
        target.write_text(_renamed(text, original, copy), encoding="utf-8")
    else:
        shutil.copy(project / path, target)


def _renamed(text: str, original: Topic, copy: Topic) -> str:
    """``text`` of a lesson as its copy says it: only what names the lesson is another."""
    old, new = _module(original), _module(copy)
    text = re.sub(rf"\b((?:scenes|tests)(?:[./]maths)?[./]){old}\b", rf"\g<1>{new}", text)
    text = re.sub(
        rf"\b(scenes[./]figure[./]|hub[./]notes[./]|lexicon[./]|tests[./]scenes[./]test_){old}\b",
        rf"\g<1>{new}",
        text,
    )
    text = re.sub(rf"(?m)^(from scenes\.figure import ){old}$", rf"\g<1>{new} as {old}", text)
    text = re.sub(rf"(?<=[\"']){re.escape(original.slug)}(?=[\"'/])", copy.slug, text)
    text = re.sub(rf"\bhub/demos/{re.escape(original.slug)}\b", f"hub/demos/{copy.slug}", text)
    return re.sub(rf"\bclass {_scene(original)}\(", f"class {_scene(copy)}(", text)


def _scene(topic: Topic) -> str:
    return "".join(word.capitalize() for word in topic.slug.split("-"))


def _seed_alike(project: Path, pairs: Iterable[tuple[Topic, Topic]]) -> None:
    """Let copies draw at random what their originals draw, so that they have the same pictures."""
    kit = project / "scenes/kit/lesson.py"
    text = kit.read_text(encoding="utf-8")
    seeded = 'crc32(f"{self.slug()}/{name}"'
    originals = {copy.slug: original.slug for copy, original in pairs}
    assert seeded in text
    text = text.replace(seeded, 'crc32(f"{_SEEDED_AS.get(self.slug(), self.slug())}/{name}"')
    kit.write_text(f"{text}\n\n_SEEDED_AS = {originals!r}\n", encoding="utf-8")


def _ready(text: str, original: str, copy: str) -> str:
    """The catalog in which ``copy`` is as ready as ``original``."""
    blocks = {slug: re.search(_BLOCK.format(slug=re.escape(slug)), text) for slug in (original, copy)}
    source, own = blocks[original], blocks[copy]
    assert source and own
    block = source[0].rstrip("\n").replace(f"- slug: {original}\n", f"- slug: {copy}\n", 1)
    for key in _KEPT:
        pattern = rf"(?m)^        {key}: .*\n"
        old, kept = re.search(pattern, block), re.search(pattern, own[0])
        assert old and kept
        block = block.replace(old[0], kept[0], 1)
    return text.replace(own[0], f"{block}\n\n", 1)


def main() -> int:
    """Fill the clone that the command line names."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "catalog.yaml").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    for copy, original in fill(Path(sys.argv[1])):
        print(f"{copy}: {original}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
