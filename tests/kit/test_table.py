"""Tables: typed cells, and rows that stay what they are while they move, part, leave and come back."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.table import Columns, Table
from tests.golden import assert_golden

PEOPLE: Columns = {
    "name": ["Ada", "Ben", "Cleo", "Dev"],
    "age": [22, None, 35, 4],
    "fare": [7.25, 71.283, float("nan"), 16.7],
    "survived": [False, True, None, True],
}


def heights(table: Table) -> np.ndarray:
    """Rows below the upper edge, counted in rows, from what is drawn."""
    tops = np.array([row.cells[0].plate.get_top()[1] for row in table.rows])
    tall = table.rows[0].cells[0].plate.height
    return np.asarray((table.header.submobjects[-1].get_center()[1] - tops) / tall)


def test_rows_lie_under_the_header_without_gaps() -> None:
    table = Table(PEOPLE, index=["1", "2", "3", "4"], width=9.0, row_height=0.8).shift((1.0, 0.5, 0.0))
    np.testing.assert_allclose(heights(table), np.arange(4), atol=1e-9)
    assert table.header.submobjects[-1].width == pytest.approx(9.0)
    edges = [cell.plate.get_left()[0] for cell in table.rows[0].cells]
    ends = [cell.plate.get_right()[0] for cell in table.rows[0].cells]
    np.testing.assert_allclose(edges[1:], ends[:-1], atol=1e-9)
    np.testing.assert_allclose(table.get_center(), (1.0, 0.5, 0.0), atol=0.05)


def test_numbers_have_their_points_in_line_and_words_begin_together() -> None:
    table = Table({"x": [1.5, 111.5, -21.5], "word": ["a", "bb", "dddd"]})
    ends = [table.cell(row, "x").content.get_right()[0] for row in range(3)]
    np.testing.assert_allclose(ends, ends[0], atol=1e-6)
    starts = [table.cell(row, "word").content.get_left()[0] for row in range(3)]
    np.testing.assert_allclose(starts, starts[0], atol=1e-6)
    assert [table.cell(row, "x").shown_texts for row in range(3)] == [("1.5",), ("111.5",), ("−21.5",)]


def test_decimals_are_those_that_the_values_need() -> None:
    assert Table(PEOPLE).cell(0, "fare").shown_texts == ("7.250",)
    assert Table(PEOPLE).cell(0, "age").shown_texts == ("22",)
    assert Table(PEOPLE, decimals={"fare": 1}).cell(1, "fare").shown_texts == ("71.3",)


def test_what_is_missing_has_no_entry() -> None:
    table = Table(PEOPLE)
    assert [table.cell(row, "fare").entry for row in range(4)] == [7.25, 71.283, None, 16.7]
    assert table.cell(2, "fare").shown_texts == ()
    assert table.cell(2, "survived").entry is None and table.cell(0, "survived").entry is False


def test_a_row_is_one_thing_while_it_moves() -> None:
    table = Table(PEOPLE)
    rows, cells = list(table.rows), [row.cells[0] for row in table.rows]
    assert table.sit([2, 0, 3, 1]) is table
    np.testing.assert_allclose(heights(table), [2, 0, 3, 1], atol=1e-9)
    table.sit([2.5, 0, 3, 1])
    np.testing.assert_allclose(heights(table), [2.5, 0, 3, 1], atol=1e-9)
    assert table.rows == rows and [row.cells[0] for row in table.rows] == cells


def test_a_scaled_and_moved_table_still_knows_its_seats() -> None:
    table = Table(PEOPLE).scale(0.5).shift((2.0, -1.0, 0.0))
    table.sit([3, 2, 1, 0])
    np.testing.assert_allclose(heights(table), [3, 2, 1, 0], atol=1e-9)
    before = table.cell(0, "age").content.height
    assert table.redraw({"age": [22, 1, 35, 4]}).cell(1, "age").content.height == pytest.approx(
        before, rel=0.05
    )


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_parted_rows_keep_to_their_header_and_come_back(share: float) -> None:
    table = Table(PEOPLE)
    start = [row.get_center() for row in table.rows]
    table.part([1, 3], share)
    if share == 1.0:
        np.testing.assert_allclose(heights(table), [0, 0, 1, 1], atol=1e-9)
        for row, header in zip(table.rows, [table.header, table.second] * 2, strict=True):
            assert row.rule.get_left()[0] == pytest.approx(header.submobjects[-1].get_left()[0])
        gap = table.second.submobjects[-1].get_left()[0] - table.header.submobjects[-1].get_right()[0]
        assert 0.3 < gap < 1.0
    else:
        np.testing.assert_allclose(heights(table), np.arange(4), atol=1e-9)  # sideways first
    table.part([1, 3], 0.0)
    np.testing.assert_allclose([row.get_center() for row in table.rows], start, atol=1e-9)


def test_a_second_table_below_has_room_for_its_header() -> None:
    table = Table(PEOPLE).part([0], side="below")
    np.testing.assert_allclose(heights(table), [4 + 0.5, 0, 1, 2], atol=1e-9)
    below = table.header.submobjects[-1].get_center()[1] - table.second.submobjects[-1].get_center()[1]
    assert below / table.rows[0].cells[0].plate.height == pytest.approx(4.5)


def test_kept_rows_close_their_ranks_after_the_others_have_left() -> None:
    table = Table(PEOPLE)
    table.keep([1, 3], 0.5)
    np.testing.assert_allclose(heights(table)[[1, 3]], [1, 3], atol=1e-9)
    assert [row.cells[0].strength for row in table.rows] == [0, 1, 0, 1]
    table.keep([1, 3])
    np.testing.assert_allclose(heights(table)[[1, 3]], [0, 1], atol=1e-9)
    table.keep([1, 3], 0.0)
    np.testing.assert_allclose(heights(table), np.arange(4), atol=1e-9)
    assert all(row.cells[0].strength == 1 for row in table.rows)


def test_kept_rows_can_be_parted() -> None:
    table = Table(PEOPLE).keep(np.array([True, False, True, True])).part([3])
    np.testing.assert_allclose(heights(table)[[0, 2, 3]], [0, 1, 0], atol=1e-9)


def test_a_cell_that_changes_shows_no_entry_between_the_two() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, table = Scene(), Table(PEOPLE)
        scene.add(table)
        seen: set[object] = set()
        cell = table.cell(1, "age")
        hole = cell.content
        cell.add_updater(lambda _: seen.add(cell.entry))
        scene.play(table.change(1, "age", 50), run_time=1)
        assert seen == {None, 50.0} and cell.strength == 1.0
        assert hole.get_stroke_opacity() == 0.0  # what has left is not drawn, though the play began with it
        cell.clear_updaters()
        scene.play(table.animate.redraw({"age": [22, 50, 36, 4]}), run_time=1)
        assert [table.cell(row, "age").entry for row in range(4)] == [22, 50, 36, 4]


def test_verbs_under_animate_leave_the_table_knowing_where_it_is() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, table = Scene(), Table(PEOPLE)
        scene.add(table)
        for animation in (
            table.animate.sit([3, 2, 1, 0]),
            table.animate.part([0]),
            table.animate.keep([0, 1, 2]),
        ):
            scene.play(animation, run_time=0.2)
        scene.play(table.animate.part([0], 0.0), run_time=0.2)
        np.testing.assert_allclose(heights(table)[:3], [2, 1, 0], atol=1e-9)


def test_dots_become_rows_and_stay_themselves() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, table = Scene(), Table(PEOPLE, bullets=True)
        dots = Plane((0, 1), (0, 1)).dots([(0.1, 0.2), (0.9, 0.4), (0.5, 0.5), (0.3, 0.8)], ink.first)
        scene.add(dots)
        own = list(dots.submobjects)
        scene.play(table.gather(dots), run_time=1)
        np.testing.assert_allclose(dots.centres, table.spots(), atol=1e-9)
        table.sit([3, 2, 1, 0])
        np.testing.assert_allclose(dots.centres, table.spots(), atol=1e-9)
        assert dots.submobjects == own and [row.dot for row in table.rows] == own
        assert all(row.cells[0].strength == 1 for row in table.rows)


def test_light_falls_on_what_is_named_and_goes_out() -> None:
    table = Table(PEOPLE).light(column="age")
    lit = [[cell.plate.get_fill_opacity() > 0 for cell in row.cells] for row in table.rows]
    assert lit == [[False, True, False, False]] * 4
    table.light(0.0, column="age").light(0.5, row=2, column="name")
    opacities = [cell.plate.get_fill_opacity() for row in table.rows for cell in row.cells]
    assert sum(opacity > 0 for opacity in opacities) == 1 == np.flatnonzero(opacities).size
    assert len(table.column("age")) == 5


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Table({}), "needs columns with rows"),
        (lambda: Table({"a": [1], "b": [1, 2]}), "as many rows as each other"),
        (lambda: Table({"a": [1, "one"]}), "column 'a' holds numbers, and 'one' is none"),
        (lambda: Table({"a": [1]}, index=["x", "y"]), "1 rows cannot have 2 names"),
        (lambda: Table({"a": [1]}, width=0.2), "too narrow"),
        (lambda: Table({"a": [[1]]}), "a cell holds"),  # type: ignore[list-item]
        (lambda: Table(PEOPLE).cell(4, "age"), "rows 0 to 3"),
        (lambda: Table(PEOPLE).column("sex"), "none named 'sex'"),
        (lambda: Table(PEOPLE).redraw({"age": [1]}), "1 entries for 4 rows"),
        (lambda: Table(PEOPLE).change(0, "age", "old"), "holds numbers"),
        (lambda: Table(PEOPLE).adopt(Plane((0, 1), (0, 1)).dots([(0, 0)])), "1 dots cannot become 4 rows"),
    ],
)
def test_impossible_tables_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_table() -> None:
    table = Table(PEOPLE, index=["1", "2", "3", "4"], width=10.0, bullets=True)
    table.light(column="fare").sit([1, 0, 2, 3])
    assert_golden("table", table, text=True, width=854, height=480)


def test_the_parted_table_on_its_way() -> None:
    assert_golden("table-parting", Table(PEOPLE).part([1, 3], 0.62), text=True, width=854, height=480)
