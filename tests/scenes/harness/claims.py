"""Claims: sentences that say only, never, always, every, all, none, exactly, best, and the tests that hold them.

A claim is a sentence that has one of :data:`CLAIM`, and is none by rule where it

- asks (“Is that the best tree?”);
- denies it (“not every start finds the fold”: one other start shows that);
- uses an idiom (:data:`IDIOM`: at all, all right, only just, every other);
- counts steps (“every 200 steps”, “every second row”);
- tells what to do to all (“Turn every number a little”, “So let every tile ask”: a clause that begins with one of
  :data:`ORDERS` and whose word is every, all or best).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from render.core.spoken_number import read_numbers
from render.core.timeline import Beat
from render.review.narration import sentences
from tests.scenes.harness.fault import Fault
from tests.scenes.harness.table import Lesson
from tests.scenes.harness.telling import ROOT

MOST_WAIVERS: Final = 5

CLAIM: Final = re.compile(
    r"\b(?:only|never|always|every(?:body|one|thing|where)?|all|none|nobody|nothing|nowhere|no (?:one|other)|exactly"
    r"|best|worst|perfect(?:ly)?|optimal(?:ly)?|impossible|prove[sdn]?|proofs?|guarantee[sd]?|certain(?:ly|ty)?)\b",
    re.IGNORECASE,
)
IDIOM: Final = re.compile(
    r"\b(?:(?:at all|all right|after all|above all|first of all|all in all|in all|all along)(?=\W*$|[,.;:!—])"
    r"|all at once|all the (?:same|way)|all of a sudden|once and for all|all but|only (?:just|now|yesterday)|if only"
    r"|not only|every (?:other|so often)|every now and (?:then|again)|at best|at worst|nothing but|next to nothing"
    r"|for certain|(?:a )?certain (?:number|amount|kind|point)s?)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"\b(?:not|n['’]t|hardly|nearly|almost)\s+(?:quite\s+)?$", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:—]\s+|\.$")
_LEAD: Final = re.compile(
    r"^(?:(?:so|now|then|and|or|but|next|again|first|here|please|once more|instead)\b[\s,]*)+",
    re.IGNORECASE,
)
ORDERS: Final = frozenset(
    re.findall(
        r"\w+",
        """add ask average bring build call carry change check choose colour compare compute count cut divide do draw
    drag drop feed fill find fit flip fold follow freeze give go grow guess hide hold imagine join keep label lay leave
    let lift look lower make mark mask measure mix move multiply pay pick plot point pull push put raise read remove
    repeat replace rotate run sample scale send set shift show shuffle slide sort split square start step stretch
    subtract sum swap take test throw train try turn walk watch weigh wipe write""",
    )
)
_IDLE: Final = frozenset(("skip", "xfail"))
_TO_ALL: Final = frozenset(("every", "everyone", "everything", "all", "best"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that claims something."""

    chapter: str
    sentence: str
    words: tuple[str, ...]
    """The words by which it does."""
    beat: Beat


def claiming_words(sentence: str) -> tuple[str, ...]:
    """The words of claim in a sentence that are none by rule, in order."""
    if sentence.rstrip("\"'”’)").endswith("?"):
        return ()
    idioms = [found.span() for found in IDIOM.finditer(sentence)]
    return tuple(
        found[0].lower()
        for found in CLAIM.finditer(sentence)
        if not any(begin <= found.start() < end for begin, end in idioms)
        and not _is_harmless(sentence, found)
    )


def _is_harmless(sentence: str, found: re.Match[str]) -> bool:
    word, before, after = found[0].lower(), sentence[: found.start()], sentence[found.end() :]
    if _DENIED.search(before):
        return True
    if word == "every" and any(number.start <= 1 for number in read_numbers(after)):
        return True
    clause = _LEAD.sub("", _CLAUSE.split(before)[-1])
    first = (clause or f"{found[0]}{after}").split()[0].strip(",.").lower()
    return word in _TO_ALL and first in ORDERS


def claims_of(lesson: Lesson) -> list[Claim]:
    """All that a lesson claims, in order."""
    return [
        Claim(chapter.name, sentence, words, beat)
        for chapter, beat in lesson.telling.beats()
        for sentence in sentences(beat.text)
        if (words := claiming_words(sentence))
    ]


def _held(claim: Claim, table: dict[str, str] | None) -> list[str]:
    said = " ".join(claim.sentence.split()).casefold()
    return [words for words in table or {} if " ".join(words.split()).casefold() in said]


def unheld_claims(lesson: Lesson) -> Iterator[Fault]:
    """Claims that no test holds and nobody waives."""
    for claim in claims_of(lesson):
        held = [
            words
            for table in (lesson.claims, lesson.waivers)
            for words in _held(claim, dict(table.get(claim.chapter, {})))
        ]
        if not held:
            yield Fault(
                f"{claim.chapter}: {claim.sentence}",
                f"{lesson.telling.place(claim.beat)}: “{claim.sentence}” claims something ({', '.join(claim.words)}). "
                f'Name the test that holds it, CLAIMS["{claim.chapter}"] in {lesson.file}, or say less.',
            )


def idle_claims(lesson: Lesson) -> Iterator[Fault]:
    """Entries of the tables of claims and waivers that hold nothing: not said, no claim, or no such test."""
    said = claims_of(lesson)
    for kind, table in (("CLAIMS", lesson.claims), ("WAIVERS", lesson.waivers)):
        for name, entries in table.items():
            for words, what in entries.items():
                place = f'{lesson.file}: {kind}["{name}"]["{words}"]'
                if not any(claim.chapter == name and _held(claim, {words: what}) for claim in said):
                    yield Fault(
                        f"{name}: {words}",
                        f"{place}: no sentence of the chapter that claims something says so.",
                    )
                elif kind == "CLAIMS" and (why := missing(what, lesson, name)):
                    yield Fault(f"{name}: {words}", f"{place}: {why}")
                elif kind == "WAIVERS" and len(what.split()) < 4:
                    yield Fault(f"{name}: {words}", f"{place}: expected the reason, found “{what}”.")
    waived = [words for entries in lesson.waivers.values() for words in entries]
    if len(waived) > MOST_WAIVERS:
        yield Fault("waivers", f"{lesson.file}: {len(waived)} waivers; expected {MOST_WAIVERS} at most.")


def missing(what: str, lesson: Lesson, chapter: str) -> str:
    """Why ``what`` holds no claim of a chapter: there is no such test, or it is not run; empty if it does."""
    if what in lesson.figures.get(chapter, {}):
        return ""
    if not what.startswith("test_"):
        return f"expected the name of a test, or a figure of the chapter, found “{what}”"
    homes = [path for path in homes_of_tests(lesson) if what in _tests(path)]
    if not homes:
        return f"there is no test {what} in {' or '.join(homes_of_tests(lesson))}"
    marks = {mark.name for path in homes for mark in getattr(_tests(path)[what], "pytestmark", [])}
    return f"{homes[0]}: {what} is not run: it is marked as {' and '.join(marks)}" if marks & _IDLE else ""


def homes_of_tests(lesson: Lesson) -> list[str]:
    """Where the tests of a lesson stand: its own file, and those of what it computes."""
    folder = ROOT / "tests" / "maths" / lesson.slug.replace("-", "_")
    return [lesson.file, *sorted(str(path.relative_to(ROOT)) for path in folder.glob("test_*.py"))]


@cache
def _tests(path: str) -> dict[str, Callable[..., object]]:
    """The functions that a file of tests defines at its top: pytest collects those whose names begin with test."""
    module = import_module(".".join(Path(path).with_suffix("").parts))
    return {
        name: member
        for name, member in vars(module).items()
        if callable(member) and getattr(member, "__module__", "") == module.__name__
    }
