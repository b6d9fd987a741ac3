"""Titles, descriptions, chapters and tags, within what YouTube takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.publication import Publication, Works, mark_of, read_mark
from publish.text import (
    DESCRIPTION_BYTES,
    TAG_CHARACTERS,
    clock,
    describe,
    tag_length,
    text_of,
    why_no_chapters,
)
from render.core.catalog import load_catalog
from render.core.source import Credit, Source
from tests.publish.test_quota import ROOT, everything

CATALOG = load_catalog(ROOT / "catalog.yaml")


@pytest.fixture
def lesson() -> Publication:
    """A lesson of the real catalog."""
    return next(one for one in everything(CATALOG, ("en",)) if one.slug == "svm")


SOURCE = Source(title="On lines", authors="A. Author", year=1801, where="A journal", doi="10.1000/lines")
CREDIT = Credit(
    what="A photograph", by="C. Author", link="https://example.org/p", licence="CC BY 2.0",
    licence_link="https://example.org/l",
)  # fmt: skip


def test_a_description_has_all_that_belongs_there(lesson: Publication) -> None:
    text = describe(replace(lesson, works=Works((SOURCE,), (CREDIT,))))
    assert text.startswith(lesson.topic.blurb)
    assert f"{lesson.hub.address}svm/" in text
    assert "Chapters\n00:00 Claim 0\n01:00 Claim 1\n" in text
    assert "Sources\nA. Author (1801): On lines. A journal. https://doi.org/10.1000/lines\n" in text
    assert "Credits\nA photograph by C. Author, CC BY 2.0: https://example.org/p\n" in text
    assert "Licence: MIT, https://opensource.org/license/mit" in text


@given(
    st.integers(0, 120), st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=200)
)
def test_a_description_stays_within_its_bytes(count: int, title: str) -> None:
    lesson = everything(CATALOG, ("en",))[0]
    source = Source(title=title, authors="A. Author", year=1801)
    text = describe(replace(lesson, works=Works((source,) * count)))
    assert len(text.encode()) <= DESCRIPTION_BYTES
    assert not set(text) & set("<>")
    assert lesson.address in text
    assert ("All sources are on the lesson's page." in text) == (text.count("A. Author (1801)") < count)


def test_a_lesson_that_youtube_would_show_no_chapters_of_names_none(lesson: Publication) -> None:
    short = replace(lesson, chapters=((0.0, "One"), (9.5, "Two"), (30.0, "Three")))
    assert "“One” has 9 s" in why_no_chapters(short)
    assert "Chapters" not in describe(short)
    assert "fewer than 3" in why_no_chapters(replace(lesson, chapters=((0.0, "One"), (30.0, "Two"))))
    assert "starts at 00:02" in why_no_chapters(
        replace(lesson, chapters=((2.0, "One"), (30.0, "Two"), (60.0, "Three")))
    )
    assert why_no_chapters(lesson) == ""


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (59.99, "00:59"), (600.4, "10:00"), (3600, "1:00:00"), (3725.2, "1:02:05")],
)
def test_times_are_written_as_youtube_reads_them(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize("topic", range(38))
def test_every_topic_of_the_catalog_has_texts_that_fit(topic: int) -> None:
    lesson = everything(CATALOG, ("en",))[topic]
    assert CATALOG.hub.publish
    assert CATALOG.hub.publish.youtube
    text = text_of(lesson, CATALOG.hub.publish.youtube)
    assert text.tags[0] == lesson.mark
    assert "machine learning" in text.tags
    assert tag_length(text.tags) <= TAG_CHARACTERS
    assert not set("".join(text.tags)) & set(',<>"')
    assert len({tag.casefold() for tag in text.tags}) == len(text.tags)
    assert 1 <= len(text.title) <= 100


def test_tags_are_counted_as_youtube_counts_them() -> None:
    assert tag_length([]) == 0
    assert tag_length(["abc"]) == 3
    assert tag_length(["abc", "d e"]) == 3 + 1 + 5


def test_a_mark_tells_topic_and_file() -> None:
    mark = mark_of("naive-bayes", "0123456789abcdef" * 4)
    assert read_mark(["machine learning", mark]) == ("naive-bayes", "0123456789ab")
    assert read_mark(["mlhub-svm", "mlhub-svm-xyz", "other-svm-0123456789ab"]) is None
