"""Notes are what they promise: each mistake has its place, every phrase is spoken, every core prints what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hub import site
from hub.formula import Formula, set_formulas
from hub.note import FOLDER, find_phrase, hear, note_path, read_note, read_notes, sound
from render.core.catalog import load_catalog
from render.core.fault import UsageFault
from render.store.rendered import Script
from scenes.maths.decision_trees import tree
from scenes.maths.linear_algebra import linear, picture
from scenes.maths.neural_networks import network
from scenes.maths.reinforcement_learning import gridworld
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import svm
from tests.hub.conftest import CODE, NOTE, timeline

ROOT = Path(site.__file__).parents[1]
TOPICS = [topic for topic in load_catalog(ROOT / "catalog.yaml").topics if topic.status == "ready"]
SLUGS = [topic.slug for topic in TOPICS]
SCRIPT = Script.model_validate(timeline("lines", "Lines"))


def written(folder: Path, *pairs: tuple[str, str]) -> Path:
    """The small note in a file, with the first occurrence of each text replaced."""
    text = NOTE.lstrip("\n")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "lines.yaml"
    path.write_text(text, encoding="utf-8")
    (folder / "lines.py").write_text(CODE, encoding="utf-8")
    return path


def told(fault: pytest.ExceptionInfo[UsageFault]) -> list[str]:
    """Lines of a fault without the folder."""
    return [re.sub(r"^.*?lines", "lines", line) for line in str(fault.value).splitlines()]


# Reading.


def test_a_note_is_read(tmp_path: Path) -> None:
    noted = read_note(written(tmp_path))
    assert noted.code == CODE
    assert [formula.symbols for formula in noted.note.formulas] == [{}, {}]
    assert noted.note.sources[0].address == "https://doi.org/10.1000/lines"
    assert noted.note.sources[1].address is None


def place(path: Path, at: str) -> str:
    """``lines.yaml:LINE:COLUMN`` of the first occurrence of ``at``."""
    text = path.read_text(encoding="utf-8")
    index = text.index(at)
    return f"lines.yaml:{text.count(chr(10), 0, index) + 1}:{index - text.rfind(chr(10), 0, index)}"


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("phrase: gap", "frase: gap", "frase", "terms.0.frase: there is no key frase here; did you mean phrase?"),
        ("'hat(y) = {{ a : focus }} x + frac(b, 1)'", "''", "''", "formulas.0.source: expected 1 characters or more"),
        ("answer: 2", "answer: 3", "3\n    why", "questions.0.answer: expected the number of an option, 1 to 2, fou"),
        ("answer: 2", "answer: two", "two\n", "questions.0.answer: expected a whole number, found “two”"),
        ("[One, Two]", "[One]", "[One]", "questions.0.options: expected 2 or more, found 1"),
        ("[gap]", "[Residual]", "Residual]", "terms.0.aliases.0: expected something new, found it again; first at"),
        ("doi: 10.", "doi: https://10.", "https://10.", "sources.0.doi: expected a DOI without its resolver"),
        ("doi: ", 'link: "https://x.example", doi: ', '"https://x', "sources.0.link: expected no link beside a DOI"),
        ("1801", "18010", "18010", "sources.0.year: expected 2100 or less, found the number 18010"),
        ("version: 1", "version: 1\n\nversion: 1", "version: 1\ncore", "version: this key is written twice, first at"),
        ("|\n    2.0", "''", "''", "core.prints: expected 1 characters or more"),
        ("name: The sq", "symbols: {x: pink}\n    name: The sq", "pink", "formulas.1.symbols.x: expected chalk, "),
        ("name: The sq", "symbols: [x]\n    name: The sq", "[x]", "formulas.1.symbols: expected a mapping, found a"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(tmp_path: Path, old: str, new: str, at: str, words: str) -> None:
    path = written(tmp_path, (old, new))
    with pytest.raises(UsageFault) as fault:
        read_note(path)
    (line,) = told(fault)
    assert line.startswith(f"{place(path, at)}: {words}")


def test_three_questions_are_three(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = path.read_text()
    path.write_text(text[: text.index("  - ask: What is it that counts?")] + text[text.index("sources:") :])
    with pytest.raises(UsageFault) as fault:
        read_note(path)
    assert told(fault) == [f"{place(path, '- ask: How')}: questions: expected 3 or more, found 2"]


def test_a_note_without_its_code_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "lines.py").unlink()
    with pytest.raises(UsageFault, match=r"lines\.py: no such file\. .*lines\.yaml needs it"):
        read_note(path)


def test_only_topics_with_a_note_have_one(tmp_path: Path) -> None:
    written(tmp_path)
    assert list(read_notes(["lines", "streets"], tmp_path)) == ["lines"]
    assert note_path("linear-algebra") == FOLDER / "linear_algebra.yaml"


# Hearing.


def test_a_term_is_found_at_the_second_at_which_its_phrase_begins(tmp_path: Path) -> None:
    heard = hear(read_note(written(tmp_path)), SCRIPT)
    gap = next(word for beat in SCRIPT.chapters[1].beats for word in beat.words if word.text == "gap")
    assert heard.terms == ((1, gap.start),) and heard.formulas == (0, 1) and heard.questions == (2, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("gap is a residual", "gap is one residual", "the nearest it says is “gap is a residual.”"),
        ("gap is a residual", "it rises < twice", "chapter chapter_0 does"),
        ("chapter: chapter_1\n    phrase", "chapter: chapter_7\n    phrase", "did you mean chapter_2?"),
        ("chapter_0", "overture", "expected chapter_0, chapter_1 or chapter_2"),
        ("chapter_2", "finale", "the lesson has no chapter finale"),
    ],
)
def test_what_is_not_said_is_a_mistake_that_names_the_nearest(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = written(tmp_path, (old, new))
    with pytest.raises(UsageFault) as fault:
        hear(read_note(path), SCRIPT)
    (line,) = told(fault)
    at = new.removeprefix("chapter: ").partition("\n")[0]
    assert line.startswith(place(path, at)) and at in line and words in line


@pytest.mark.parametrize("phrase", ["SO THE slope", "slope is two", "“So, the slope!”", "two"])
def test_case_and_punctuation_are_not_heard(phrase: str) -> None:
    assert find_phrase(SCRIPT.chapters[2], phrase) is not None


def test_words_are_whole_when_heard() -> None:
    assert find_phrase(SCRIPT.chapters[2], "lope is two") is None
    assert sound("Naïve,") == "naive" and sound("R²") != sound("R")


# The six notes.


@pytest.mark.parametrize("slug", SLUGS)
def test_every_formula_is_set_in_characters_that_the_pages_have(slug: str) -> None:
    note = read_note(note_path(slug)).note
    assert len(note.formulas) >= 6 and len(note.terms) >= 10 and len(note.sources) >= 6
    set_ = set_formulas([Formula(formula.source, formula.symbols) for formula in note.formulas])
    style = (ROOT / "hub" / "assets" / "topic.css").read_text(encoding="utf-8")
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", style)
    for text in set_:
        math = ET.fromstring(text)
        assert math.tag == "math"
        for character in "".join(math.itertext()):
            code = ord(character)
            assert any(int(low, 16) <= code <= int(high or low, 16) for low, high in ranges), character


def test_the_pages_are_of_one_mind() -> None:
    """A source that several lessons name is named alike; who defines a term again has it from the catalog."""
    works: dict[str, object] = {}
    terms: dict[str, str] = {}
    shared = {topic.slug: {word.casefold() for words in topic.synonyms for word in words} for topic in TOPICS}
    for slug in SLUGS:
        note = read_note(note_path(slug)).note
        assert len({source.title for source in note.sources}) == len(note.sources)
        for source in note.sources:
            if source.doi:
                same = (source.title, source.authors, source.year)
                assert works.setdefault(source.doi, same) == same
        for term in note.terms:
            first = terms.setdefault(word := term.term.casefold(), slug)
            assert first == slug or word in shared[first] & shared[slug], term.term
            assert term.means.endswith(".") and not term.phrase.endswith(".")
        for question in note.questions:
            assert question.ask.endswith("?") and question.why.endswith(".")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_core_prints_what_the_page_says(slug: str) -> None:
    path = note_path(slug)
    done = subprocess.run(
        [sys.executable, path.with_suffix(".py")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == read_note(path).note.core.prints.strip()
    assert max(map(len, path.with_suffix(".py").read_text().splitlines())) <= 90


# What the cores print is what the lessons compute.


def _street() -> list[str]:
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
    fit = svm.widest_street(flowers.points, flowers.sides)
    return [f"width {fit.street.width:.3f} cm, held by {len(fit.support_vectors)} of {len(flowers.points)}"]


def _push() -> list[str]:
    long, short = linear.take_apart(linear.PUSH).stretch
    high, low = linear.eigen(linear.PUSH).values
    pieces = picture.take_to_pieces(picture.photograph())
    return [
        f"determinant {linear.signed_area(linear.PUSH):.3f}, eigenvalues {high:.3f} and {low:.3f}",
        f"singular values {long:.3f} and {short:.3f}",
        f"20 of {len(pieces.values)} pieces: {pieces.stored(20) / picture.photograph().size:.1%} of the numbers",
        f"{pieces.error[20]:.1%} of the norm left out",
    ]


def _loom() -> list[str]:
    example = network.worked_example()
    after = example.after(0.05)
    return [
        f"guess {example.guess:.3f}, loss {example.loss:.3f}",
        f"guess {after.guess:.3f}, loss {after.loss:.3f}",
    ]


def _start() -> list[str]:
    world = gridworld.read_map()
    worth = gridworld.iterate_values(world).value[-1][world.start]
    return [f"the start is worth {worth:.2f}"]


def _cellar() -> list[str]:
    points, labels = tree.bottles()
    root = tree.best_cut(points, labels)
    grown = tree.grow(points, labels, depth=2)
    right = round(tree.accuracy(grown, points, labels) * len(labels))
    return [f"<= {root.threshold:.3f}", f"{right} of {len(labels)} bottles right"]


@pytest.mark.parametrize(
    ("slug", "lesson"),
    [
        ("svm", _street),
        ("linear-algebra", _push),
        ("neural-networks", _loom),
        ("reinforcement-learning", _start),
        ("decision-trees", _cellar),
    ],
)
def test_a_core_prints_the_lessons_own_numbers(slug: str, lesson: Callable[[], list[str]]) -> None:
    prints = read_note(note_path(slug)).note.core.prints
    assert [words for words in lesson() if words not in prints] == []
