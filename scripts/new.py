"""Begin the lesson of a topic that the catalog plans: all files that it needs, which run at once, to be edited.

usage: python scripts/new.py TOPIC     (make new TOPIC=pca)

writes what is told (``scenes/pca/``), what is true (``scenes/maths/pca/``), what proves both (``tests/maths/pca/``,
``tests/scenes/test_pca.py``), how its words are said (``scenes/lexicon/pca.toml``), what the page shows beside the
video (``hub/notes/pca.yaml``, ``pca.py``), and the figure that visitors move (``scenes/figure/pca.py``,
``hub/demos/pca.ts``, ``pca.css``, ``tests/hub/topics/test_pca.py``).  The topic becomes a draft in ``catalog.yaml``: it
is rendered when it is named, and neither published nor held to what a lesson must have until its status is ``ready``.
Nothing is overwritten.

The files are those of ``scripts/topic``, where NAME and SLUG stand for the topic's in paths, ``$name`` and ``$slug`` in
texts.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Final

from render.core.catalog import Catalog, Topic, load_catalog
from render.core.fault import EnvironmentFault, Exit, Fault, Place, UsageFault
from render.core.yaml_record import read_sheet

ROOT: Final = Path(__file__).resolve().parents[1]
_TEMPLATES: Final = Path(__file__).resolve().parent / "topic"
_SUFFIX: Final = ".template"
_WIDTH: Final = 110
"""Characters of a line of code."""
_POSTER: Final = 14
"""Characters of a line on the thumbnail, about."""


def files(topic: Topic) -> dict[Path, str]:
    """The files of a new lesson, by their paths from the project's root."""
    name = topic.module.rpartition(".")[2]
    item = topic.explains[0]
    claim = item[0].upper() + item[1:]
    said = {
        "name": name,
        "slug": topic.slug,
        "lesson": "".join(part.capitalize() for part in name.split("_")),
        "title": _documented(topic.title),
        "blurb": _documented("\n".join(textwrap.wrap(topic.blurb, _WIDTH))),
        "claims": _documented(claim),
        "explains": _documented(textwrap.indent("\n".join(f"- {each}" for each in topic.explains), 4 * " ")),
        "claim": _quoted(_plain(claim)),
        "item": _quoted(item),
        "poster": _quoted(
            "\n".join(
                textwrap.wrap(_plain(topic.title), _POSTER, break_long_words=False, break_on_hyphens=False)
            )
        ),
    }
    made: dict[Path, str] = {}
    for template in sorted(_TEMPLATES.rglob(f"*{_SUFFIX}")):
        path = str(template.relative_to(_TEMPLATES)).removesuffix(_SUFFIX)
        text = Template(template.read_text(encoding="utf-8")).substitute(said)
        made[Path(path.replace("NAME", name).replace("SLUG", topic.slug))] = _in_order(text)
    return made


def _in_order(text: str) -> str:
    """``text`` with its imports from the project in the order of their names, which depends on the topic's."""
    return re.sub(
        r"(?:^from (?:hub|scenes|tests)\..*\n)+",
        lambda block: "".join(sorted(block[0].splitlines(keepends=True), key=lambda line: line.split()[1])),
        text,
        flags=re.MULTILINE,
    )


def begin(root: Path, slug: str) -> list[Path]:
    """Write the files of the lesson ``slug`` into the project ``root`` and make it a draft; the files' paths.

    Raises :class:`UsageFault` for a topic that is not planned and for a file that exists, and then changes nothing.
    """
    catalog = root / "catalog.yaml"
    topic = load_catalog(catalog).topic(slug)
    text = catalog.read_bytes().decode("utf-8")
    place, start, stop = status_place(text, slug)
    if topic.status != "planned":
        raise UsageFault(
            f"{place}: {slug} is {'a draft' if topic.status == 'draft' else 'ready'} already; its lesson is "
            f"{topic.path}. Expected a topic with the status planned."
        )
    wanted = files(topic)
    if existing := [path for path in wanted if (root / path).exists()]:
        raise UsageFault(
            "\n".join(f"{Place(str(path), 1)}: this file exists; move it first." for path in existing)
        )
    written: list[Path] = []
    try:
        for path, content in wanted.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            with (root / path).open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(content)
        catalog.write_bytes((text[:start] + "draft" + text[stop:]).encode("utf-8"))
    except OSError as error:
        for path in written:
            (root / path).unlink(missing_ok=True)
        raise EnvironmentFault(f"{error.filename}: cannot be written: {error.strerror}.") from error
    return [*wanted]


def status_place(text: str, slug: str) -> tuple[Place, int, int]:
    """Where in the catalog the status of a topic is written: its place, and the characters that it takes."""
    sheet, data = read_sheet(text, "catalog.yaml", "catalog", Catalog)
    assert isinstance(data, dict)
    for number, section in enumerate(data["sections"]):
        for index, topic in enumerate(section["topics"]):
            if topic["slug"] == slug:
                place = sheet.values["sections", number, "topics", index, "status"]
                line = text.splitlines(keepends=True)[: place.line]
                start = sum(map(len, line[:-1])) + place.column - 1
                written = re.compile(rf"""["']?{topic["status"]}["']?""").match(text, start)
                assert written is not None
                return place, start, written.end()
    raise LookupError(slug)


def _plain(text: str) -> str:
    """``text`` so that the notation of words shows it as it stands."""
    return re.sub(r"[*_$\[\]]", r"\\\g<0>", text)


def _quoted(text: str) -> str:
    """``text`` as Python writes it in double quotes, unless it has such quotes and no others."""
    if '"' in text and "'" not in text:
        return repr(text)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _documented(text: str) -> str:
    """``text`` as it stands in a docstring."""
    return text.replace("\\", "\\\\")


def main(arguments: Sequence[str] | None = None) -> int:
    """Begin one lesson; exit codes are those of :mod:`render.core.fault`."""
    parser = argparse.ArgumentParser(
        prog="new", description="Begin the lesson of a topic that the catalog plans."
    )
    parser.add_argument("topic", metavar="TOPIC", help="its slug")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    options = parser.parse_args(arguments)
    try:
        made = begin(options.root, options.topic)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return int(fault.exit)
    print("\n".join(map(str, made)))
    print(f"catalog.yaml: {options.topic} is a draft now")
    print(f"Look at it: make sheet TOPIC={options.topic}; how to go on: docs/authoring.md")
    return Exit.DONE


if __name__ == "__main__":
    raise SystemExit(main())
