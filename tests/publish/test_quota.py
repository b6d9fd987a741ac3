"""The quota: days in California, what a run may spend, and how many days the whole catalog takes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from publish.publication import LANGUAGE, Payload, Publication, Works
from publish.quota import COSTS, Meter, Spent, day_of, next_day, spread
from publish.release import read_calendar
from publish.report import moment, plan_lines
from publish.step import Cost, Halt, Plan, Step
from publish.youtube.plan import LEAD, Planner, Wishes
from render.core.catalog import Catalog, load_catalog
from render.store.ledger import Channel

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
LANGUAGES = ("en", "de", "es", "fr", "zh-Hans")


def test_days_begin_at_midnight_in_california_summer_and_winter() -> None:
    assert day_of(datetime(2026, 11, 30, 7, 59, tzinfo=UTC)) == date(2026, 11, 29)
    assert next_day(NOW) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert next_day(datetime(2026, 7, 1, 6, 59, tzinfo=UTC)) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert next_day(datetime(2027, 3, 14, 12, tzinfo=UTC)) == datetime(2027, 3, 15, 7, tzinfo=UTC)


def test_the_meter_counts_across_runs_and_begins_anew_each_day(tmp_path: Path) -> None:
    now = NOW
    file = tmp_path / "quota.json"
    Meter(file, 1000, lambda: now).spend(Cost(1, 600))
    with pytest.raises(Halt, match="600 of 1,000 units, and the next call takes 450") as caught:
        Meter(file, 1000, lambda: now).spend(COSTS["captions.update"])
    assert caught.value.until == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert file.stat().st_mode & 0o777 == 0o600
    now = datetime(2026, 12, 1, 8, tzinfo=UTC)
    Meter(file, 1000, lambda: now).spend(COSTS["captions.update"])
    assert Meter(file, 1000, lambda: now).spent() == Spent(450, 0)


def test_uploads_have_a_bucket_of_their_own(tmp_path: Path) -> None:
    meter = Meter(tmp_path / "quota.json", 10, lambda: NOW)
    for _ in range(100):
        meter.spend(COSTS["videos.insert"])
    with pytest.raises(Halt, match="100 uploads"):
        meter.spend(COSTS["videos.insert"])


@pytest.mark.parametrize("text", ["", "[]", '{"day": "2026-11-30", "units": "many"}'])
def test_a_meter_that_does_not_read_begins_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "quota.json").write_text(text)
    assert Meter(tmp_path / "quota.json", 10, lambda: NOW).spent() == Spent()


def test_steps_are_spread_in_their_order_and_none_is_lost() -> None:
    steps = [Step(str(number), "captions", "captions", "new", Cost(1, 400)) for number in range(9)]
    days = spread(steps, Spent(units=300), 1000, NOW)
    assert [len(day.steps) for day in days] == [1, 2, 2, 2, 2]
    assert [step for day in days for step in day.steps] == steps
    assert [day.start for day in days[:2]] == [NOW, datetime(2026, 12, 1, 8, tzinfo=UTC)]


def test_a_step_that_is_larger_than_a_day_has_a_day_of_its_own() -> None:
    steps = [Step("a", "captions", "captions", "new", Cost(1, 400)) for _ in range(2)]
    assert [len(day.steps) for day in spread(steps, Spent(), 100, NOW)] == [1, 1]


def everything(catalog: Catalog, languages: tuple[str, ...]) -> list[Publication]:
    """Each topic of the catalog as a lesson of 13 minutes."""
    payload = Payload(Path("some.file"), 25_000_000, "a" * 64)
    small = Payload(Path("some.file"), 9_000, "b" * 64)
    chapters = tuple((60.0 * number, f"Claim {number}") for number in range(10))
    return [
        Publication(
            catalog.hub, section, topic, Works(), 780.0, chapters, "web", "kokoro/1", payload, True, small,
            dict.fromkeys(languages, small),
        )
        for section in catalog.sections
        for topic in section.topics
    ]  # fmt: skip


def plan_all(languages: tuple[str, ...], wishes: Wishes, units_a_day: int = 10_000) -> Plan:
    catalog = load_catalog(ROOT / "catalog.yaml")
    assert catalog.hub.publish
    assert catalog.hub.publish.youtube
    lessons = everything(catalog, languages)
    assert len(lessons) == 38
    settings = catalog.hub.publish.youtube.model_copy(update={"units_a_day": units_a_day})
    planner = Planner(catalog, settings, Channel(), wishes, NOW)
    return planner.plan(lessons, Spent())


@pytest.mark.parametrize(
    ("languages", "opens", "units", "days"),
    [(1, False, 19_551, 2), (1, True, 21_489, 3), (5, False, 80_351, 9), (5, True, 82_289, 9)],
)
def test_the_table_of_quota_and_days_for_38_lessons(
    languages: int, opens: bool, units: int, days: int
) -> None:
    wishes = Wishes(calendar=read_calendar("mon,thu 16:00", "Europe/Berlin") if opens else None)
    plan = plan_all(LANGUAGES[:languages], wishes)
    assert (plan.cost.units, len(plan.days), plan.cost.uploads) == (units, days, 38)
    *_, last = plan_lines(plan, every=False)
    assert f"day {days} of {days}" in last
    table = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
    row = f"| {languages} | {'yes' if opens else 'no'} | {plan.cost.calls:,} | {units:,} | {days} |"
    assert row in table, f"docs/publish.md: expected the row {row}"


def test_each_video_has_a_date_of_its_own() -> None:
    plan = plan_all(LANGUAGES, Wishes(calendar=read_calendar("daily 9:00", "UTC")))
    dates = [step.words for step in plan.steps if step.kind == "release"]
    assert len(set(dates)) == 38
    assert dates[0] == f"public from {moment(datetime(2026, 12, 1, 9, tzinfo=UTC))}"
    assert dates[-1] == f"public from {moment(datetime(2027, 1, 7, 9, tzinfo=UTC))}"


def test_a_date_comes_after_the_day_on_which_a_video_is_whole() -> None:
    calendar = read_calendar("daily 9:00", "UTC")
    plan = plan_all(LANGUAGES, Wishes(calendar=calendar), units_a_day=600)
    for day in plan.days:
        for step in day.steps:
            if step.kind == "release":
                assert step.words == f"public from {moment(next(calendar.dates(day.start + LEAD)))}"
    assert len(plan.days) > 100


def test_a_lesson_costs_what_google_lists() -> None:
    plan = plan_all((LANGUAGE,), Wishes(privacy="public"))
    costs = {step.kind: step.cost.units for step in plan.steps if step.subject == "pca"}
    assert costs == {"upload": 0, "thumbnail": 50, "captions": 400, "entry": 51, "release": 51}


def test_a_plan_is_a_line_a_lesson_unless_more_is_asked_for() -> None:
    plan = plan_all((LANGUAGE,), Wishes())
    section = next(
        s for s in load_catalog(ROOT / "catalog.yaml").sections if any(t.slug == "pca" for t in s.topics)
    )
    lines = list(plan_lines(plan, every=False))
    assert [line for line in lines if line.startswith("pca: ")] == [
        f"pca: upload the video (25.0 MB), thumbnail, captions in en, into the playlist “{section.title}” (new)"
    ]
    assert lines[-3] == "163 steps: 38 uploads, 950.7 MB, 213 calls, 19,551 units of quota"
    every = list(plan_lines(plan, every=True))
    assert every.count("  captions in en: new (9.0 kB, 1 call, 400 units of quota)") == 38
