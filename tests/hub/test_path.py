"""The learning path is drawn from the prerequisites: nothing overlaps, every line leads to the right."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from hub import path, site
from hub.page import Subject, show_sections
from hub.path import HEIGHT, WIDTH, LearningPath, draw_path
from render.core.catalog import load_catalog

ROOT = Path(site.__file__).parents[1]
CATALOG = load_catalog(ROOT / "catalog.yaml")
SUBJECTS = {subject.slug: subject for section in show_sections(CATALOG, {}, {}) for subject in section.topics}


FACE = ImageFont.truetype(ROOT / "scenes" / "kit" / "fonts" / "Inter-SemiBold.ttf", 100)


def subject(slug: str, needs: tuple[str, ...]) -> Subject:
    return Subject(
        slug=slug,
        title=slug,
        blurb="",
        section="",
        level="beginner",
        explains=(),
        prerequisites=needs,
        ready=False,
        path="",
        lesson=None,
        notes=None,
    )


def check(drawing: LearningPath, subjects: dict[str, Subject]) -> None:
    """What holds for every drawing."""
    boxes = {box.topic.slug: box for box in drawing.boxes}
    assert list(boxes) == list(subjects)
    for box in boxes.values():
        assert 0 < box.x < box.x + WIDTH < drawing.width and 0 < box.y < box.y + HEIGHT < drawing.height
    for one, other in combinations(boxes.values(), 2):
        assert abs(one.x - other.x) > WIDTH or abs(one.y - other.y) > HEIGHT, (
            one.topic.slug,
            other.topic.slug,
        )
    assert {(edge.start, edge.end) for edge in drawing.edges} == {
        (need, slug) for slug, one in subjects.items() for need in one.prerequisites
    }
    for edge in drawing.edges:
        start, end = boxes[edge.start], boxes[edge.end]
        assert start.x + WIDTH < end.x
        numbers = [float(number) for number in re.findall(r"[-\d.]+", edge.line)]
        assert numbers[0] == start.x + WIDTH and numbers[1] == pytest.approx(start.y + HEIGHT / 2, abs=0.11)
        assert numbers[-2] == end.x and numbers[-1] == pytest.approx(end.y + HEIGHT / 2, abs=0.11)


def test_the_catalogs_path_is_whole() -> None:
    drawing = draw_path(SUBJECTS)
    check(drawing, SUBJECTS)
    assert drawing == draw_path(SUBJECTS)
    assert drawing.width <= 1178, "it fits a page of 1280 pixels"


def test_no_line_runs_through_a_box() -> None:
    drawing = draw_path(SUBJECTS)
    for edge in drawing.edges:
        # Only where a line runs level (H) does it pass a column; between columns there are no boxes.
        for turned, to in re.findall(r"([-\d.]+) ([-\d.]+)H", edge.line):
            for box in drawing.boxes:
                if abs(box.x - float(turned)) < 1:
                    assert not box.y < float(to) < box.y + HEIGHT, (edge.start, edge.end, box.topic.slug)


def test_lines_that_pass_by_each_other_keep_apart() -> None:
    level: dict[str, list[float]] = {}
    for edge in draw_path(SUBJECTS).edges:
        for at, end in re.findall(r"([-\d.]+)H([-\d.]+)", edge.line):
            level.setdefault(end, []).append(float(at))
    assert sum(map(len, level.values())) > 15
    for heights in level.values():
        assert all(below - above >= 17 for above, below in pairwise(sorted(heights)))


def test_few_lines_cross() -> None:
    needs = {slug: list(one.prerequisites) for slug, one in SUBJECTS.items()}
    rank = path._rank(needs)
    chains = [path._chain(need, slug, rank) for slug, some in needs.items() for need in some]
    boxes = [path.Spot(rank[slug], slug) for slug in needs]
    _, right = path._neighbours(chains)
    ordered = path._order(boxes, chains)
    unordered = [sorted(column, key=lambda spot: (spot.slug, spot.to)) for column in ordered]
    assert path._crossings(ordered, right) <= 16 < path._crossings(unordered, right) / 4


def test_words_fit_their_boxes() -> None:
    for box in draw_path(SUBJECTS).boxes:
        assert " ".join(line for line, _ in box.lines) == path.short_title(box.topic.title)
        assert len(box.lines) <= 3
        assert all(FACE.getlength(line) / 100 * path.SIZE <= WIDTH - 8 for line, _ in box.lines), box.lines
        assert all(box.y + 8 < y < box.y + HEIGHT - 2 for _, y in box.lines)


@given(st.lists(st.sets(st.integers(0, 30), max_size=3), min_size=1, max_size=16))
def test_any_catalog_can_be_drawn(needs: list[set[int]]) -> None:
    subjects = {
        f"t{index}": subject(f"t{index}", tuple(f"t{other % index}" for other in sorted(some) if index))
        for index, some in enumerate(needs)
    }
    subjects = {
        slug: subject(slug, tuple(dict.fromkeys(one.prerequisites))) for slug, one in subjects.items()
    }
    check(draw_path(subjects), subjects)


@given(
    st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 60)), min_size=1, max_size=12),
)
def test_spreading_keeps_order_and_room(column: list[tuple[float, float]]) -> None:
    wanted, rooms = [want for want, _ in column], [0.0, *(room for _, room in column[1:])]
    spread = path._spread(wanted, rooms)
    for (above, below), room in zip(pairwise(spread), rooms[1:], strict=True):
        assert below - above >= room - 1e-6
    assert sum(spread) == pytest.approx(sum(wanted), abs=1e-6)
