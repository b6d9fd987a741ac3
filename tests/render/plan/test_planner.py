"""Plans held against a store, and what is remembered of earlier runs: seconds, and what pieces were made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from render.core.copy_form import COPIES
from render.core.profile import PROFILES
from render.plan.copy_key import COPYING, chapter_copy_key, copy_key
from render.plan.dependencies import WHOLE, Code
from render.plan.fingerprint import DRAWING
from render.plan.forecast import Forecast
from render.plan.lesson_plan import LessonPlan, lesson_key
from render.plan.planner import Planner
from render.plan.task_times import JOIN, TaskTimes, copying
from render.store.manifest import enter
from render.store.store import Store
from tests.render.plan.test_lesson_plan import PROBE
from tests.render.store.sample import entry

DRAFT, WEB = PROFILES["draft"], PROFILES["web"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.open()
    return store


def reasons(plan: LessonPlan) -> dict[str, str]:
    return {job.piece.name: job.reason for job in plan.jobs}


def test_a_chapter_is_copied_when_both_its_copies_are_there(store: Store) -> None:
    planner = Planner(store, WEB)
    plan = planner.plan(PROBE, lambda kind, key, suffix: False)
    one, two = plan.pieces
    large, small = COPIES
    there = {(form.chapter, chapter_copy_key(two, form)) for form in COPIES}
    there.add((large.chapter, chapter_copy_key(one, large)))
    assert planner.uncopied(plan, lambda kind, key, suffix: (kind, key) in there) == (one,)
    there.add((small.chapter, chapter_copy_key(one, small)))
    assert planner.uncopied(plan, lambda kind, key, suffix: (kind, key) in there) == ()
    assert Planner(store, WEB, forced=True).uncopied(plan, lambda *asked: True) == plan.pieces


def test_copies_have_keys_of_their_form_and_chapter_and_lesson(store: Store) -> None:
    one, two = Planner(store, WEB).plan(PROBE, lambda *asked: True).pieces
    finer = replace(COPIES[0], crf=1)
    keys = [chapter_copy_key(piece, form) for piece in (one, two) for form in (*COPIES, finer)]
    keys += [copy_key("a" * 64, pieces, COPIES[0]) for pieces in ((one, two), (one,), (two, one))]
    keys.append(copy_key("b" * 64, (one, two), COPIES[0]))
    assert len(set(keys)) == len(keys) == 10


def test_a_lesson_is_copied_when_its_own_copies_are_listed(store: Store) -> None:
    planner = Planner(store, WEB)
    plan = planner.plan(PROBE, lambda *asked: True)
    files = {form.role: {"key": copy_key("a" * 64, plan.pieces, form)} for form in COPIES}
    assert planner.is_copied(plan, {"key": "a" * 64, "files": files})
    assert not planner.is_copied(plan, {"key": "b" * 64, "files": files}), "they are of other words"
    assert not planner.is_copied(plan, {"key": "a" * 64, "files": {}})
    assert not Planner(store, WEB, forced=True).is_copied(plan, {"key": "a" * 64, "files": files})


def test_a_preview_tells_copies_where_they_are_asked_for(store: Store) -> None:
    planner = Planner(store, WEB)
    planner.times.note("tiny", copying("one"), 30.0)
    assert not planner.forecast(PROBE).copied
    lesson = planner.forecast(PROBE, copies=True)
    assert [piece.name for piece in lesson.copied] == ["one", "two"]
    forecast = Forecast(store, WEB, 2, [lesson])
    assert forecast.copying(lesson, lesson.copied[0]) == 30.0
    assert forecast.copying(lesson, lesson.copied[1]) is None, "nothing was ever copied here"
    assert len(forecast.tasks(lesson)) == 3 + 1 + 2 + 1, "pieces, joining, copies, joining those"
    assert [row["task"] for row in forecast.rows(every=False)][-2:] == ["copies of one", "copies of two"]


def test_forced_is_everything(store: Store) -> None:
    assert reasons(Planner(store, WEB, forced=True).plan(PROBE, lambda *asked: True)) == {
        "one": "forced",
        "two": "forced",
        "poster": "forced",
    }


def test_what_a_piece_was_made_from_is_told_by_the_next_plan(store: Store) -> None:
    planner = Planner(store, DRAFT)
    plan = planner.plan(PROBE, lambda *asked: False)
    planner.note(plan.pieces[0])
    planner.note(plan.poster)
    again = planner.plan(PROBE, lambda *asked: False)
    assert reasons(again) == {"one": "output missing", "two": "new", "poster": "output missing"}
    other = Planner(store, WEB).plan(PROBE, lambda *asked: False)
    assert set(reasons(other).values()) == {"new"}, "another quality has a memory of its own"


def test_a_lesson_is_joined_unless_that_very_lesson_is_listed(store: Store) -> None:
    planner = Planner(store, DRAFT)
    plan = planner.plan(PROBE, lambda *asked: True)
    assert planner.listed(plan) is None and planner.forecast(PROBE).joins
    key = lesson_key(PROBE.timeline, DRAFT, plan.pieces, plan.poster)
    enter(store, "tiny", entry("tiny", key))
    assert planner.listed(plan) == entry("tiny", key)
    assert Planner(store, DRAFT, forced=True).listed(plan) is None
    assert Planner(store, WEB).listed(Planner(store, WEB).plan(PROBE, lambda *asked: True)) is None


def test_a_preview_has_the_seconds_of_the_last_time(store: Store) -> None:
    planner = Planner(store, DRAFT)
    planner.times.note("tiny", "one", 12.3456)
    planner.times.note("tiny", "one", 4.321)
    planner.times.note("tiny", JOIN, 2.0)
    lesson = planner.forecast(PROBE, unsaid=3)
    assert (lesson.took, lesson.unsaid) == ({"one": 4.32, JOIN: 2.0}, 3)
    assert TaskTimes(store, "web").of("tiny") == {}


def test_tasks_of_other_topics_tell_how_long_one_takes(store: Store) -> None:
    times = TaskTimes(store, "draft")
    assert times.mean(JOIN) is None
    times.note("svm", JOIN, 2.0)
    times.note("trees", JOIN, 4.0)
    times.note("trees", "root", 9.0)
    TaskTimes(store, "web").note("svm", JOIN, 90.0)
    assert times.mean(JOIN) == 3.0


def test_a_clock_that_cannot_be_read_knows_nothing(store: Store) -> None:
    times = TaskTimes(store, "draft")
    times.note("svm", JOIN, 2.0)
    (path,) = (store.root / "clock").iterdir()
    path.write_text("{")
    assert times.of("svm") == {} and times.mean(JOIN) is None
    times.note("svm", JOIN, 3.0)
    assert times.of("svm") == {JOIN: 3.0}


def test_a_copy_is_keyed_by_all_that_encodes_it() -> None:
    """Whatever of ours the encoder of copies is made of is in the key of what is drawn, or in that of the copy."""
    code = Code(Path(__file__).parents[3])
    copies = code.of_names([("render/encode/public_copy.py", WHOLE)]).imported
    drawn = code.of_names(DRAWING).imported
    encoding = {path for path in copies if path.startswith("render/encode/")}
    assert encoding - drawn <= {f"render/{name}" for name in COPYING}
    assert encoding - drawn, "else the list is needless"
