"""Arrays, held against NumPy itself, against pandas, and against counting by hand."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenes.maths.python_ml_stack import (
    brighten,
    broadcast,
    data,
    labelled,
    layout,
    masks,
    snippets_numpy,
    timing,
)
from scenes.python_ml_stack import speed

PHOTO = data.photograph()
BIRDS = data.penguins()


# --- Speed -----------------------------------------------------------------------------------------------------


def test_loop_and_line_brighten_alike() -> None:
    some = PHOTO.ravel()[:999].astype(float)
    looped = timing.brighten(some.tolist(), [0.0] * len(some))
    assert np.array_equal(np.asarray(looped, dtype=float), some * timing.FACTOR)
    assert np.array_equal(
        np.asarray(timing.brighten(some, np.empty_like(some)), dtype=float), some * timing.FACTOR
    )


def test_what_was_measured_is_of_the_whole_photograph() -> None:
    took = timing.read()
    assert took.numbers == PHOTO.size
    assert took.one_line < took.list_loop < took.array_loop


def test_measuring_fills_in_all_there_is() -> None:
    assert timing.least(lambda: None, 3) >= 0.0
    assert timing.read().machine and timing.read().date and timing.read().numpy


def test_half_of_the_sweep_is_half_of_the_pixels() -> None:
    dark = brighten.darkened(PHOTO)
    rows, middle = slice(10, 370), 320
    bright = brighten.brightened(dark)
    now = brighten.halfway(dark, rows, middle, 0.5, 200.0)
    assert np.array_equal(now[10:190, :320], bright[10:190, :320])
    assert np.array_equal(now[190:370, :320], dark[190:370, :320])
    assert np.array_equal(now[rows, middle:], bright[rows, middle:])
    early = brighten.halfway(dark, rows, middle, 0.004, 200.0)
    assert np.array_equal(early[rows, middle:], dark[rows, middle:])


# --- Layout ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(3, 4), (4, 3), (427, 640, 3), (5,), (2, 1, 6)])
@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.float32])
def test_strides_are_item_size_times_what_is_right_of_the_axis(
    shape: tuple[int, ...], kind: type[np.generic]
) -> None:
    made: np.ndarray[Any, Any] = np.zeros(shape, kind)
    assert layout.row_major_strides(shape, made.itemsize) == made.strides


def test_the_address_finds_the_byte() -> None:
    rng = np.random.default_rng(0)
    memory = PHOTO.tobytes()
    last = 1920 * (len(PHOTO) - 1)
    for i, j, c in zip(
        rng.integers(0, 427, 50), rng.integers(0, 640, 50), rng.integers(0, 3, 50), strict=True
    ):
        assert memory[layout.address((i, j, c), PHOTO.strides)] == PHOTO[i, j, c]
        mirrored = layout.address((i, j, c), PHOTO[::-1].strides, start=last)
        assert memory[mirrored] == PHOTO[::-1][i, j, c]
    assert PHOTO.strides == (1920, 3, 1) and PHOTO[::-1].strides == (-1920, 3, 1)


def test_the_mirrored_picture_shares_its_memory() -> None:
    assert np.shares_memory(PHOTO, PHOTO[::-1])
    assert np.array_equal(layout.lake(PHOTO)[427:], PHOTO[::-1])
    mine = PHOTO.copy()
    mine[::-1][0] = 7
    assert (mine[-1] == 7).all()
    assert not np.shares_memory(PHOTO, PHOTO.copy())


def test_a_transpose_moves_no_byte() -> None:
    block = layout.block()
    assert block.T.strides == block.strides[::-1] and block.T.shape == block.shape[::-1]
    assert np.shares_memory(block, block.T)


def test_column_major_order_is_that_of_numpy() -> None:
    block = layout.block()
    fortran = np.asfortranarray(block)
    assert np.array_equal(layout.column_major(block.shape), fortran.ravel(order="K"))


def test_a_row_needs_one_piece_and_a_column_three() -> None:
    block = layout.block()
    assert len(layout.fetched(block[0], layout.COLUMNS)) == 1
    assert len(layout.fetched(block[:, 0], layout.COLUMNS)) == 3


# --- Broadcasting ----------------------------------------------------------------------------------------------


def test_shapes_join_as_numpy_joins_them() -> None:
    rng = np.random.default_rng(1)
    refused = 0
    for _ in range(500):
        one, other = (tuple(rng.choice([1, 1, 2, 3, 4], size=rng.integers(0, 4)).tolist()) for _ in range(2))
        try:
            expected: tuple[int, ...] | None = np.broadcast_shapes(one, other)
        except ValueError:
            expected, refused = None, refused + 1
        assert broadcast.joined(one, other) == expected
    assert 50 < refused < 450


def test_nothing_is_copied_when_shapes_are_stretched() -> None:
    for view, own in zip(broadcast.stretched(), (broadcast.column(), broadcast.row()), strict=True):
        assert 0 in view.strides
        assert np.shares_memory(view, broadcast.TENS if own.shape == (3, 1) else broadcast.ONES)
    assert not np.shares_memory(broadcast.total(), broadcast.TENS)
    assert broadcast.total().tolist() == [[10 * i + j for j in (1, 2, 3, 4)] for i in (0, 1, 2)]


def test_dusk_falls_on_each_pixel() -> None:
    some = PHOTO[::61, ::61]
    dusk = broadcast.at_dusk(some)
    for pixel, dimmed in zip(some.reshape(-1, 3), dusk.reshape(-1, 3), strict=True):
        assert [min(255, round(v * f, 9)) for v, f in zip(pixel.tolist(), broadcast.DUSK, strict=True)] == (
            pytest.approx(dimmed.tolist(), abs=0.5001)
        )
    assert np.array_equal(broadcast.at_dusk(some, 0.0), some)


# --- Masks and reductions --------------------------------------------------------------------------------------


def test_the_mask_by_hand() -> None:
    assert masks.hand_mask().tolist() == [True, True, False, True]
    assert masks.HAND[masks.hand_mask()].tolist() == [7, 9, 8]
    assert masks.hand_jumps().tolist() == [8, 16], "no one stride leads from each to the next"
    assert not np.shares_memory(masks.HAND, masks.HAND[masks.hand_mask()])


def test_the_mask_of_the_photograph_is_counted_one_by_one() -> None:
    count = sum(pixel[2] > masks.BRIGHT for line in PHOTO.tolist() for pixel in line)
    assert masks.bright(PHOTO).sum() == count


def test_what_is_painted_is_what_the_mask_picks() -> None:
    done = masks.painted(PHOTO, 1.0)
    mask = masks.bright(PHOTO)
    assert (done[mask] == masks.PAINT).all() and np.array_equal(done[~mask], PHOTO[~mask])
    assert np.array_equal(masks.shown(PHOTO, 0), PHOTO)


def test_a_square_array_raises_no_error() -> None:
    square = np.arange(9.0).reshape(3, 3)
    wrong, right = square - square.mean(axis=1), square - square.mean(axis=1, keepdims=True)
    assert wrong.shape == right.shape and not np.allclose(wrong, right)


# --- Tables ----------------------------------------------------------------------------------------------------


def test_labels_are_matched_one_by_one() -> None:
    one, other = labelled.one().to_dict(), labelled.other().to_dict()
    total = labelled.aligned()
    assert list(total.index) == sorted({*one, *other}) == ["a", "b", "c", "d"]
    assert total.dropna().to_dict() == {label: one[label] + other[label] for label in one if label in other}
    assert total.dropna().tolist() == [21, 13]


def test_numpy_does_not_skip_what_is_missing() -> None:
    masses = labelled.first_masses()
    assert np.isnan(np.mean(masses.to_numpy()))
    known = [3750, 3800, 3250, 3450]
    assert masses.mean() == sum(known) / len(known)
    assert masses.dtype == np.float64


def test_holes_are_counted_in_the_file() -> None:
    lines = (data._HERE / "penguins.csv").read_text().splitlines()
    names, rows = lines[0].split(","), [line.split(",") for line in lines[1:]]
    for number, name in enumerate(names):
        assert labelled.missing()[name] == sum(row[number] == "NA" for row in rows)
    assert labelled.incomplete() == sum("NA" in row for row in rows) == len(BIRDS) - len(BIRDS.dropna())


def test_each_column_of_the_picture_keeps_the_order_of_its_numbers() -> None:
    shades = labelled.shades()
    assert shades.shape == BIRDS.shape
    assert np.nanmin(shades) == 0.0 and np.nanmax(shades) == 1.0
    assert np.array_equal(np.isnan(shades), BIRDS.isna().to_numpy())
    mass = BIRDS["body_mass_g"].to_numpy()
    known = ~np.isnan(mass)
    assert np.allclose(np.corrcoef(mass[known], shades[known, 5])[0, 1], 1.0)


# --- What stands on screen is run ------------------------------------------------------------------------------


def run(text: str) -> Any:
    """What a line of program text gives, or what its assignment leaves behind."""
    names: dict[str, Any] = {
        "np": np,
        "pd": pd,
        "a": layout.block(),
        "v": layout.block()[:, 0],
        "x": masks.HAND.copy(),
        "photo": PHOTO.copy(),
        "df": BIRDS.copy(),
        "mask": masks.bright(PHOTO),
        "m": masks.hand_mask(),
        "mass": labelled.first_masses(),
        "dusk": PHOTO * broadcast.DUSK,
        "s": BIRDS.head().sort_values("body_mass_g"),
    }
    try:
        return eval(text, names)
    except SyntaxError:
        exec(text, names)
        return names[text.splitlines()[-1].split("[")[0].split(" ")[0]]


def test_the_lines_on_arrays_run_and_give_what_is_shown() -> None:
    block = layout.block()
    assert np.array_equal(run(snippets_numpy.CURE), block + block[:, :1])
    assert np.array_equal(run(snippets_numpy.CREATE), speed.BY_HAND)
    assert run(snippets_numpy.COLUMN).tolist() == [1, 5, 9] and run(snippets_numpy.COLUMN).strides == (32,)
    assert np.array_equal(run(snippets_numpy.DUSK), PHOTO * broadcast.DUSK)
    dusk = run(snippets_numpy.CLIP)
    assert dusk.dtype == np.uint8 and np.array_equal(dusk, np.rint(broadcast.at_dusk(PHOTO)))
    assert np.array_equal(run(snippets_numpy.MASK), masks.bright(PHOTO))
    assert np.array_equal(run(snippets_numpy.ASSIGN), masks.painted(PHOTO, 1.0))
    assert np.asarray(run(snippets_numpy.SUM_0)).tolist() == [12, 15, 18, 21]
    assert np.asarray(run(snippets_numpy.SUM_1)).tolist() == [6, 22, 38]
    assert np.asarray(run(snippets_numpy.CENTRE)).shape == (3, 4)
    assert np.array_equal(run(snippets_numpy.KEEP), masks.centred(1))
    assert np.array_equal(run(snippets_numpy.CENTRE), masks.centred(0))
    assert masks.centred(1).sum(axis=1).tolist() == [0, 0, 0]
    with pytest.raises(ValueError, match="could not be broadcast"):
        run(snippets_numpy.CLASH)
    with pytest.raises(ValueError, match="could not be broadcast"):
        run(snippets_numpy.REFUSED)
    assert np.array_equal(run(snippets_numpy.TURN), block.T)
    assert np.array_equal(run("".join(snippets_numpy.LAKE.splitlines())), PHOTO[::-1])


def test_the_lines_on_four_numbers_are_the_masks_that_are_drawn() -> None:
    assert masks.threshold(snippets_numpy.ABOVE) == masks.LIMIT
    assert masks.threshold(snippets_numpy.MASK) == masks.BRIGHT
    assert np.array_equal(run(snippets_numpy.NUMBERS), masks.HAND)
    assert np.array_equal(run(snippets_numpy.ABOVE), masks.hand_mask())
    assert np.array_equal(run(snippets_numpy.PICK), masks.HAND[masks.hand_mask()])
    assert run(snippets_numpy.COUNT) == masks.hand_mask().sum() == 3
    assert np.array_equal(run(snippets_numpy.ZERO), np.where(masks.hand_mask(), 0, masks.HAND))


def test_the_loops_on_screen_give_what_the_one_line_gives() -> None:
    some = PHOTO.ravel()[:99].astype(float)
    names: dict[str, Any] = {"a": some, "photo": some, "out": [0.0] * len(some)}
    exec(snippets_numpy.LOOP, names)
    assert np.array_equal(names["out"], eval(snippets_numpy.ONE_LINE, names))
    assert np.array_equal(names["out"], eval(snippets_numpy.BRIGHTEN, names))
    assert np.array_equal(names["out"], some * timing.FACTOR)
    assert eval(snippets_numpy.ONE_LINE, {"a": np.array(speed.BY_HAND)}).tolist() == speed.by_hand()
    told = [line.strip() for line in snippets_numpy.LOOP.splitlines()]
    timed = inspect.getsource(timing.brighten).replace("values", "a").replace("FACTOR", str(timing.FACTOR))
    assert all(line in timed for line in told), "what is timed is what is shown"


def test_the_lines_on_tables_run_and_give_what_is_shown() -> None:
    shown = run(snippets_numpy.SORT)
    assert [*shown.index] == [2, 4, 0, 1, 3]
    by_label, by_position = run(snippets_numpy.LOC), run(snippets_numpy.ILOC)
    assert by_label.name == shown.index[4] == 3 and by_position.name == shown.index[3] == 1
    assert np.isnan(by_label["body_mass_g"]) and by_position["body_mass_g"] == 3800
    assert run(snippets_numpy.MISSING)["sex"] == 11
    assert len(run(snippets_numpy.DROP)) == 4
    assert run(snippets_numpy.FILL)[3] == 3562.5
    assert f"# pandas {pd.__version__.split('.')[0]}\n" in snippets_numpy.READ
    assert np.isnan(np.asarray(run(snippets_numpy.PLAIN_MEAN), dtype=float))
    assert run(snippets_numpy.MEAN) == 3562.5
    read = run(snippets_numpy.READ.replace('"penguins.csv"', repr(str(data._HERE / "penguins.csv"))))
    assert read.equals(BIRDS)
