"""A hub as large as the catalog: every topic ready, with words, notes and a glossary of the size that they will have.

usage: python scripts/full_hub.py FOLDER [--short]

lays out a project in the new folder ``FOLDER``: our kit, pipeline and catalog, in which every topic is ready.  Lessons
that are written are there as they are, with their notes.  Each of the others is a lesson of the usual length that can
be rendered: nine chapters in three acts that name what the catalog says, define its terms and say some two thousand
words.  With ``--short`` all lessons, the written ones too, have three chapters of some seconds, which are drawn in
minutes, and there are no notes.  The words come from a chain of pairs of words that written lessons say: they mean
nothing, and are neither more nor less even than speech, which matters to whatever compresses or searches them.  The
same project gives the same.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from hub.note import Core, Formula, Note, Question, Term, note_path, read_note
from render.core.catalog import SYNONYM, Catalog, Topic, load_catalog
from render.core.speech import SilentPace
from render.store.manifest import VERSION

ROOT: Final = Path(__file__).resolve().parents[1]
ACTS: Final = 3
CHAPTERS: Final = 9
WORDS: Final = 2_000
"""Of a lesson, about."""
_SENTENCE: Final = (6, 19)
"""Least and most words of a sentence."""
_COPIED: Final = ("scenes", "render", "hub")


class Chain:
    """What follows each pair of words, in lessons that are written."""

    def __init__(self, texts: Sequence[str]) -> None:
        said = [word.strip(".,;:?!“”\"'()").lower() for text in texts for word in text.split()]
        said = [word for word in said if word.isalpha()]
        self._follows: dict[tuple[str, str], list[str]] = {}
        for (one, other), (_, third) in pairwise(pairwise(said)):
            self._follows.setdefault((one, other), []).append(third)
        self._starts = list(self._follows)

    def sentence(self, chance: Random) -> str:
        """A sentence without its full stop, which begins small."""
        pair = chance.choice(self._starts)
        words = list(pair)
        for _ in range(chance.randint(*_SENTENCE) - 2):
            # The last pair of all has nothing after it.
            words.append(chance.choice(self._follows.get(pair, ["and"])))
            pair = (words[-2], words[-1])
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: what its method is called, its claim, what it explains, and what its beats say."""

    name: str
    title: str
    explains: tuple[str, ...]
    beats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """A term of the catalog with its synonyms, and where it is defined."""

    names: tuple[str, ...]
    means: str
    part: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Lecture:
    """A lesson that somebody might write one day, as far as a hub knows it."""

    topic: Topic
    parts: tuple[Part, ...]
    terms: tuple[Defined, ...]

    def timeline(self) -> dict[str, Any]:
        """What ``timeline.json`` of its video has, in the silent pace."""
        chapters: list[dict[str, Any]] = []
        clock = 0.0
        for part in self.parts:
            began, beats = clock, []
            for text in part.beats:
                speech = SilentPace().speak(text)
                words = [
                    {
                        "text": word.text,
                        "start": round(clock + word.start, 3),
                        "end": round(clock + word.end, 3),
                    }
                    for word in speech.words
                ]
                end = round(clock + speech.seconds + 0.4, 3)
                beats.append({"text": text, "start": clock, "end": end, "words": words})
                clock = end
            chapters.append(
                {
                    "name": part.name,
                    "title": part.title,
                    "explains": list(part.explains),
                    "start": began,
                    "end": clock,
                    "beats": beats,
                }
            )
        return {"version": VERSION, "slug": self.topic.slug, "seconds": clock, "chapters": chapters}


def chain_of(root: Path = ROOT) -> Chain:
    """The chain of all that the written lessons of the project ``root`` say."""
    texts: list[str] = []
    for topic in load_catalog(root / "catalog.yaml").topics:
        if topic.status == "ready":
            for path in sorted((root / topic.path).parent.glob("*.py")):
                texts += _said(ast.parse(path.read_text(encoding="utf-8")))
    return Chain(texts)


def _said(module: ast.Module) -> Iterator[str]:
    """The words of the beats of a module of a lesson, as far as they stand there in one piece."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(attr="beat"), args=[ast.Constant(value=str(text)), *_]):
                yield text


def tell(topic: Topic, chain: Chain) -> Lecture:
    """A lesson on ``topic``: every item of ``explains`` has its chapter, every term a sentence that defines it."""
    chance = Random(topic.slug)
    names = [tuple(dict.fromkeys(line.split(SYNONYM))) for line in topic.terms]
    parts: list[Part] = []
    terms: list[Defined] = []
    for number in range(CHAPTERS):
        name = f"chapter_{number + 1}"
        texts: list[str] = []
        for one in names[number::CHAPTERS]:
            means = chain.sentence(chance)
            terms.append(Defined(one, f"{means.capitalize()}.", name, f"{one[0]} is"))
            texts.append(f"{one[0]} is {means}.")
        while sum(len(text.split()) for text in texts) < WORDS / CHAPTERS:
            texts.append(f"{chain.sentence(chance).capitalize()}.")
        chance.shuffle(texts)
        beats = tuple(" ".join(texts[at : at + 2]) for at in range(0, len(texts), 2))
        title = " ".join(chain.sentence(chance).split()[:5]).capitalize()
        parts.append(Part(name, title, tuple(topic.explains[number::CHAPTERS]), beats))
    return Lecture(topic, tuple(parts), tuple(terms))


def tell_shortly(topic: Topic, chain: Chain) -> Lecture:
    """The same in a chapter an act and a sentence a chapter, which defines nothing."""
    chance = Random(topic.slug)
    parts = tuple(
        Part(
            f"chapter_{number + 1}",
            f"Chapter {number + 1}",
            tuple(topic.explains[number::ACTS]),
            (f"{chain.sentence(chance).capitalize()}.",),
        )
        for number in range(ACTS)
    )
    return Lecture(topic, parts, ())


def write_note(lecture: Lecture, folder: Path, model: Path) -> None:
    """The note of a lecture and its code, in ``folder``: formulas, questions and sources are those of ``model``."""
    noted = read_note(model)
    parts = [part.name for part in lecture.parts]

    def spread(things: Sequence[Formula] | Sequence[Question]) -> list[Any]:
        return [one.model_copy(update={"chapter": parts[at % len(parts)]}) for at, one in enumerate(things)]

    note = Note(
        version=1,
        core=Core(says=noted.note.core.says, prints=noted.note.core.prints),
        formulas=tuple(spread(noted.note.formulas)),
        terms=tuple(
            Term(
                term=one.names[0], aliases=one.names[1:], means=one.means, chapter=one.part, phrase=one.phrase
            )
            for one in lecture.terms
        ),
        questions=tuple(spread(noted.note.questions)),
        sources=noted.note.sources,
    )
    path = note_path(lecture.topic.slug, folder)
    record = note.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
    path.with_suffix(".py").write_text(noted.code, encoding="utf-8")


_STAGE: Final = '''"""What the acts share."""

from manim import LEFT, Dot

from scenes.kit import ink
from scenes.kit.lesson import Lesson


class {lesson}Stage(Lesson):
    def stage(self) -> None:
        self.dot = Dot(radius=0.4, color=ink.first).shift(4 * LEFT)
'''
_ACT: Final = '''"""An act."""

from manim import LEFT, RIGHT

from scenes.kit.lesson import chapter
from scenes.{module}.stage import {lesson}Stage


class Act{number}({lesson}Stage):
    """Chapters in which a dot goes to and fro."""
'''
_CHAPTER: Final = """
    @chapter({heads})
    def {name}(self) -> None:
        self.add(self.dot)
"""
_BEAT: Final = """        with self.beat({text!r}):
            self.play(self.dot.animate.shift(0.5 * {way}), run_time=0.4)
"""


def write_lesson(lecture: Lecture, scenes: Path) -> None:
    """The package of a lecture in the folder ``scenes``."""
    module = lecture.topic.module.rpartition(".")[2]
    names = {"module": module, "lesson": "".join(word.capitalize() for word in module.split("_"))}
    folder = scenes / module
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "stage.py").write_text(_STAGE.format(**names), encoding="utf-8")
    count = len(lecture.parts) // ACTS
    for number in range(ACTS):
        text = _ACT.format(number=number, **names)
        for part in lecture.parts[number * count : (number + 1) * count]:
            text += _CHAPTER.format(name=part.name, heads=", ".join(map(repr, (part.title, *part.explains))))
            for at, said in enumerate(part.beats):
                text += _BEAT.format(text=said, way=("RIGHT", "LEFT")[at % 2])
        (folder / f"act_{number}.py").write_text(text, encoding="utf-8")
    acts = range(ACTS)
    (folder / "__init__.py").write_text(
        f'"""A lesson that stands for {lecture.topic.slug}."""\n\n'
        + "".join(f"from scenes.{module}.act_{number} import Act{number}\n" for number in acts)
        + f"\n\nclass {names['lesson']}({', '.join(f'Act{number}' for number in acts)}):\n"
        + "    def poster(self) -> None:\n        self.add(self.dot.center())\n",
        encoding="utf-8",
    )


def all_ready(text: str) -> str:
    """The text of a catalog with all of its topics ready."""
    return text.replace("status: planned", "status: ready").replace("status: draft", "status: ready")


def lay_out(project: Path, *, short: bool = False) -> Catalog:
    """Lay out the project that this file tells of in the folder ``project``, which must not be there yet."""
    catalog, chain = load_catalog(ROOT / "catalog.yaml"), chain_of()
    project.mkdir(parents=True)
    for name in _COPIED:
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, project)
    text = (ROOT / "catalog.yaml").read_text(encoding="utf-8")
    (project / "catalog.yaml").write_text(all_ready(text), encoding="utf-8")
    notes = project / "hub" / "notes"
    models = sorted(notes.glob("*.yaml"))
    if short:
        shutil.rmtree(notes)
        shutil.rmtree(project / "scenes" / "figure")
        for topic in catalog.topics:
            write_lesson(tell_shortly(topic, chain), project / "scenes")
    else:
        for number, topic in enumerate(one for one in catalog.topics if one.status != "ready"):
            lecture = tell(topic, chain)
            write_lesson(lecture, project / "scenes")
            write_note(lecture, notes, models[number % len(models)])
    return load_catalog(project / "catalog.yaml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Lay out the project; returns 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is not there yet")
    parser.add_argument("--short", action="store_true", help="lessons of some seconds, and no notes")
    options = parser.parse_args(arguments)
    if options.folder.exists():
        parser.error(
            f"{options.folder}: expected a folder that is not there yet. Name another, or move it away."
        )
    catalog = lay_out(options.folder, short=options.short)
    print(f"{options.folder}: {len(catalog.topics)} topics, all ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
