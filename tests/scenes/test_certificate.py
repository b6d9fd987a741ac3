"""Certificates: they are those of now, two chapters are looked at again, and who writes in one is found out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from render.core.catalog import Topic
from render.core.fault import UsageFault
from tests.limit import LONG
from tests.scenes.harness import certificate
from tests.scenes.harness.certificate import CHECKS, Certificate, Check, Directed, Found, Keys, Piece, Saw
from tests.scenes.harness.check import look_again
from tests.scenes.harness.telling import CATALOG, READY, ROOT

Look = Callable[[str, str, str, str], tuple[Piece | None, list[str]]]
CERTIFIED = [topic for topic in READY if certificate.path_of(topic.slug).exists()]
DRAWN = 2


@pytest.mark.parametrize("topic", CERTIFIED, ids=lambda topic: topic.slug)
def test_it_is_that_of_now(topic: Topic) -> None:
    known = certificate.read(topic.slug)
    assert known
    if complaint := complaint_of(topic, known):
        pytest.fail(complaint, pytrace=False)


def complaint_of(topic: Topic, known: Certificate) -> str:
    """What is not certified as it is now, and what to do; empty where all is."""
    old = certificate.stale(topic, known)
    if not old:
        return ""
    told = f"{topic.slug}: not certified as they are now: {', '.join(old)}. "
    return f"{told}Check them and renew the certificate: {certificate.remedy(topic.slug)}"


@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("number", range(DRAWN))
def test_a_chapter_that_the_commit_chooses_is_as_certified(number: int, tmp_path: Path) -> None:
    known = {topic.slug: one for topic in CERTIFIED if (one := certificate.read(topic.slug))}
    if number >= len(chapters_of(known)):
        pytest.skip("no chapter is certified")
    wrong = wrong_with(known, number, certificate.commit(), partial(look_again, build=tmp_path))
    assert not wrong, "\n".join(wrong)


def chapters_of(known: Mapping[str, Certificate]) -> list[tuple[str, str]]:
    return [(slug, name) for slug, one in known.items() for name in one.pieces if name != "poster"]


def wrong_with(known: Mapping[str, Certificate], number: int, seed: str, look: Look) -> list[str]:
    """What is wrong with a chapter that ``seed`` chooses when one looks at it, or with what is certified of it."""
    slug, chapter = certificate.drawn(chapters_of(known), seed)[number]
    certified = known[slug].pieces[chapter]
    seen, wrong = look(slug, CATALOG.lesson(slug).module, chapter, certified.key)
    wrong += certificate.differences(certified, seen) if seen else []
    return [f"{slug}/{chapter}: {line} ({certificate.remedy(slug)})" for line in wrong]


def test_certificates_belong_to_lessons_that_are_ready() -> None:
    slugs = {topic.slug for topic in READY}
    strays = {path.name for path in certificate.FOLDER.glob("*") if path.stem not in slugs}
    assert not strays, (
        f"{certificate.FOLDER}: delete what is no lesson's certificate: {', '.join(sorted(strays))}"
    )


# -- the file

KEY = "0123456789abcdef" * 4
DIRECTED = Directed(
    box=0.71,
    cells=0.62,
    full=0.8,
    still=0.2,
    numbers=3.1,
    moves=("Band self.street: margin",),
    shots=("wide", "formula"),
)
SAMPLE = Certificate(
    version=1,
    saw=Saw(reads=("data of scenes/maths/svm",), ran={"opens": ("scenes/kit/plane.py:Plane.swell",)}),
    checks={name: Check(key=KEY) for name in CHECKS},
    pieces={
        "opens": Piece(
            key=KEY,
            seconds=61.2,
            looks=300,
            direction=DIRECTED,
            findings=(Found(key="frozen-1", figure=4.21, bound=4.0, message="it stands: 4.2 s"),),
            stills={"opens.2": KEY},
        ),
        "poster": Piece(key=KEY, stills={"poster": KEY}),
    },
)


def test_what_is_written_is_read_and_written_the_same_again(tmp_path: Path) -> None:
    path = certificate.write("svm", SAMPLE, tmp_path / "svm.yaml")
    text = path.read_text(encoding="utf-8")
    read = certificate.read("svm", path)
    assert read == SAMPLE
    assert read
    assert certificate.write("svm", read, path).read_text(encoding="utf-8") == text
    assert [file.name for file in tmp_path.iterdir()] == ["svm.yaml"]


def test_a_lesson_without_a_certificate_has_none(tmp_path: Path) -> None:
    assert certificate.read("svm", tmp_path / "svm.yaml") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("version: 1", "version: 2", "svm.yaml:2:10: version: expected"),
        ("looks: 300", "looks: many", "svm.yaml:26:12: pieces.opens.looks"),
        ("looks: 300", "look: 300", "there is no key look here; did you mean looks?"),
        (f"key: {KEY}\n    seconds", "key: abc\n    seconds", "pieces.opens.key: expected a SHA-256"),
        ("pieces:", "pieces: [", "not valid YAML"),
        ("version: 1", "<<<<<<< ours\nversion: 1", "svm.yaml:"),
    ],
)
def test_who_writes_in_it_is_told_where(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = certificate.write("svm", SAMPLE, tmp_path / "svm.yaml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageFault) as told:
        certificate.read("svm", path)
    assert words in str(told.value)
    assert str(told.value).endswith("Nobody but `make certify TOPIC=svm` writes it: delete it, and run that.")


# -- what is compared

SEEN = SAMPLE.pieces["opens"]
FOUND = SEEN.findings[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seconds": 61.3}, "it lasts 61.3 s; certified are 61.2 s"),
        ({"looks": 200}, "200 pictures were examined; certified are 300"),
        ({"findings": ()}, "certified, and not there"),
        ({"findings": (FOUND, FOUND.model_copy(update={"key": "pop-1"}))}, "(pop-1): this is not certified"),
        ({"findings": (FOUND.model_copy(update={"figure": 8.0}),)}, "the figure is 8.0; certified is 4.21"),
        ({"findings": (FOUND.model_copy(update={"figure": None}),)}, "the figure is None"),
        ({"findings": (FOUND.model_copy(update={"bound": 5.0}),)}, "the bound is 5.0"),
        ({"direction": None}, "its direction is certified, and was not measured"),
        ({"direction": DIRECTED.model_copy(update={"box": 0.5})}, "direction, box: 0.5; certified is 0.71"),
        (
            {"direction": DIRECTED.model_copy(update={"moves": ()})},
            "direction, moves: (); certified is ('Band",
        ),
        ({"stills": {"opens.2": KEY[::-1]}}, "its blessed stills are not those that are certified"),
    ],
)
def test_a_difference_is_told(change: dict[str, object], words: str) -> None:
    (told,) = certificate.differences(SEEN, SEEN.model_copy(update=change))
    assert words in told


def test_a_last_digit_is_the_processor_s() -> None:
    near = SEEN.model_copy(
        update={
            "looks": 301,
            "direction": DIRECTED.model_copy(update={"still": 0.21}),
            "findings": (FOUND.model_copy(update={"figure": 4.22, "message": "4.22 s"}),),
        }
    )
    assert certificate.differences(SEEN, near) == []


# -- which are looked at again

CHAPTERS = [("svm", name) for name in "abcdefgh"] + [("pca", name) for name in "abcdefgh"]


def test_the_commit_chooses_and_nothing_else() -> None:
    chosen = certificate.drawn(CHAPTERS, "a1")
    assert len(set(chosen)) == 2
    assert certificate.drawn(reversed(CHAPTERS), "a1") == chosen
    assert {one for seed in range(200) for one in certificate.drawn(CHAPTERS, str(seed))} == set(CHAPTERS)


@pytest.mark.parametrize(
    "forged",
    [
        {"findings": ()},
        {"findings": (FOUND.model_copy(update={"figure": 40.0}),)},
        {"seconds": 99.0},
        {"stills": {"opens.2": KEY[::-1]}},
    ],
    ids=["finding", "figure", "length", "still"],
)
def test_who_forges_a_chapter_is_found_out_when_it_is_chosen(forged: dict[str, object]) -> None:
    def look(slug: str, module: str, chapter: str, key: str) -> tuple[Piece, list[str]]:
        return SEEN, []

    pieces = {f"chapter_{number}": SEEN for number in range(9)}
    known = {"svm": SAMPLE.model_copy(update={"pieces": pieces})}
    pieces = {**pieces, "chapter_4": SEEN.model_copy(update=forged)}
    false = {"svm": SAMPLE.model_copy(update={"pieces": pieces})}
    chosen = {
        seed: [name for _, name in certificate.drawn(chapters_of(known), seed)]
        for seed in map(str, range(40))
    }
    caught = [seed for seed, names in chosen.items() if "chapter_4" in names]
    assert 0 < len(caught) < 40
    for seed in chosen:
        wrong = [line for number in range(DRAWN) for line in wrong_with(false, number, seed, look)]
        assert bool(wrong) == (seed in caught)
        assert all(line.startswith("svm/chapter_4: ") and "make certify TOPIC=svm" in line for line in wrong)
        assert not [line for number in range(DRAWN) for line in wrong_with(known, number, seed, look)]


def test_an_error_of_a_chapter_that_is_chosen_is_told() -> None:
    wrong = wrong_with({"svm": SAMPLE}, 0, "a", lambda *_: (None, ["scenes/svm/margin.py:9: crossed"]))
    assert wrong == ["svm/opens: scenes/svm/margin.py:9: crossed (make certify TOPIC=svm)"]


def test_what_is_not_certified_as_it_is_now_is_told_with_the_command() -> None:
    topic = CATALOG.lesson("svm")
    keys = Keys(topic, Saw())
    pieces = {name: Piece(key=keys.piece(name), stills={}) for name in keys.names()}
    checks = {name: Check(key=keys.check(name)) for name in CHECKS}
    held = Certificate(version=1, saw=Saw(), checks=checks, pieces=pieces)
    assert complaint_of(topic, held) == ""
    opens = next(iter(pieces))
    for changed in (
        {"pieces": {**pieces, opens: Piece(key=KEY, stills={})}},
        {"pieces": {name: piece for name, piece in pieces.items() if name != opens}},
    ):
        told = complaint_of(topic, held.model_copy(update=changed))
        assert told.startswith(f"svm: not certified as they are now: {opens}. ")
        assert told.endswith("make certify TOPIC=svm")
    assert "gone" in complaint_of(topic, held.model_copy(update={"pieces": {**pieces, "gone": SEEN}}))
    assert "truth" in complaint_of(
        topic, held.model_copy(update={"checks": {**checks, "truth": Check(key=KEY)}})
    )


def test_the_seed_is_the_hash_of_the_commit(tmp_path: Path) -> None:
    told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    if told.returncode == 0:
        assert certificate.commit() == told.stdout.strip()
    one = certificate.write("svm", SAMPLE, tmp_path / "svm.yaml")
    before = certificate.commit(tmp_path, [one])
    assert before == certificate.commit(tmp_path, [one])
    certificate.write("svm", SAMPLE.model_copy(update={"pieces": {}}), one)
    assert certificate.commit(tmp_path, [one]) != before


# -- keys: what makes a certificate stale, in a copy of the project

EDITS = """
import json, sys
from multiprocessing import get_context
from pathlib import Path
from tests.scenes.harness import certificate
from tests.scenes.harness.telling import load_catalog

def keys(_):
    topic = load_catalog(certificate.ROOT / "catalog.yaml").lesson("svm")
    keys = certificate.Keys(topic, certificate.Saw())
    pieces = {name: keys.piece(name) for name in keys.names()}
    return {**pieces, **{name: keys.check(name) for name in certificate.CHECKS}}

found = {}
with get_context("fork").Pool(1, maxtasksperchild=1) as afresh:
    for what, name, text in [("", "", ""), *json.load(sys.stdin)]:
        file = certificate.ROOT / name
        old = file.read_text(encoding="utf-8") if name else ""
        if name:
            file.write_text(text, encoding="utf-8")
        found[what] = afresh.map(keys, [0], chunksize=1)[0]
        if name:
            file.write_text(old, encoding="utf-8")
print(json.dumps(found))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sources that certificates depend on, to be edited."""
    code = certificate.code()
    for folder in ("scenes/kit", "scenes/maths/svm", "scenes/svm", "render", "tests/scenes/harness"):
        code.keep_all(folder)
    ignored = shutil.ignore_patterns("build", "publish", "bad_input")
    for name in ("scenes", "render", "hub", "tests", "native"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("catalog.yaml", "requirements.lock", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


ALL_PIECES = frozenset(Keys(CATALOG.lesson("svm"), Saw()).names())
ALL_CHECKS = frozenset(CHECKS)
ALL = ALL_PIECES | ALL_CHECKS
TOLD = ALL_CHECKS - {"maths", "figure"}
"""The checks of what is told: mathematics and the figure of the page do not depend on it."""


def swap(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return edit


STALES = {
    "a_chapter_s_code": (
        "scenes/svm/margin.py",
        swap("sweep.to(34), run_time=pace.LONG", "sweep.to(34), run_time=pace.SLOW"),
        {"which_line_would_you_trust"} | TOLD,
    ),
    "words_of_equal_length": (
        "scenes/svm/margin.py",
        swap("Let it stop", "Let it rest"),
        {"which_line_would_you_trust"} | TOLD,
    ),
    "a_comment": ("scenes/svm/margin.py", lambda text: f"# a comment\n{text}", set()),
    "a_noun_of_the_kit": (
        "scenes/kit/dial.py",
        swap("_KNOB: Final = 0.11", "_KNOB: Final = 0.12"),
        {"trespassing_has_a_price"} | TOLD,
    ),
    "a_rule_of_the_review": (
        "render/review/motion.py",
        swap("LEAST_JUMP: Final = 240", "LEAST_JUMP: Final = 250"),
        ALL_PIECES,
    ),
    "how_stills_are_compared": (
        "tests/still.py",
        swap("LIKENESS: Final = 0.995", "LIKENESS: Final = 0.9"),
        ALL_PIECES,
    ),
    "the_silent_pace": ("render/core/speech.py", swap("_STOP = 0.4", "_STOP = 0.5"), ALL_PIECES | TOLD),
    "a_version_of_the_lock": ("requirements.lock", swap("\nmanim==", "\nmanim==99."), ALL),
    "a_rule_of_truth": (
        "tests/scenes/harness/pace.py",
        swap("IDEAS: Final = 4", "IDEAS: Final = 5"),
        {"truth"},
    ),
    "a_figure_of_its_table": (
        "tests/scenes/test_svm.py",
        swap('"a hundred": lambda: len(easy()[0])', '"a hundred": lambda: len(easy()[1])'),
        {"truth", "tests"},
    ),
    "a_test_that_holds_a_claim": (
        "tests/maths/svm/test_svm.py",
        swap("def test_widest_street_obeys_the_conditions_of_optimality", "def test_other"),
        {"truth", "maths"},
    ),
    "the_note": ("hub/notes/svm.yaml", lambda text: f"# a comment\n{text}", {"truth"}),
    "the_lexicon": ("scenes/lexicon/shared.toml", lambda text: f"# a comment\n{text}", {"pronounced"}),
    "the_catalog": ("catalog.yaml", swap("title: SVM, ", "title: The SVM, "), TOLD | {"figure"}),
    "what_plans": ("render/plan/planner.py", lambda text: f"{text}\nODD = 1\n", set()),
    "another_lesson": ("scenes/transformers/__init__.py", lambda text: f"{text}\nODD = 1\n", set()),
    "the_figure_of_the_page": ("hub/demos/svm.ts", lambda text: f"// a comment\n{text}", {"figure"}),
    "the_figure_of_another_page": ("hub/demos/transformers.ts", lambda text: f"// a comment\n{text}", set()),
    "what_all_pages_run": ("hub/web/site.ts", lambda text: f"// a comment\n{text}", {"figure"}),
    "what_builds_pages": ("hub/site.py", lambda text: f"{text}\nODD = 1\n", {"figure"}),
    "the_title_of_a_chapter": (
        "scenes/svm/margin.py",
        swap("Which line would you trust?", "Which line do you trust?"),
        {"which_line_would_you_trust"} | TOLD | {"figure"},
    ),
    "how_close_a_figure_has_to_be": (
        "tests/maths/svm/test_svm.py",
        swap("abs=1e-5", "abs=1e-4"),
        {"maths"},
    ),
}


@pytest.mark.timeout(LONG)
def test_an_edit_makes_stale_what_it_touches_and_no_more(project: Path) -> None:
    texts = {name: (project / name).read_text(encoding="utf-8") for name, _, _ in STALES.values()}
    edits = [(what, name, edit(texts[name])) for what, (name, edit, _) in STALES.items()]
    done = subprocess.run(
        [sys.executable, "-c", EDITS],
        cwd=project,
        input=json.dumps(edits),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    before = found.pop("")
    assert before.keys() == ALL
    stale = {what: {name for name in before if now[name] != before[name]} for what, now in found.items()}
    assert stale == {what: expected for what, (_, _, expected) in STALES.items()}
