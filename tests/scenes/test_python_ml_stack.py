"""The lesson python-ml-stack: what computes its figures, and what holds its claims."""

from __future__ import annotations

from scenes.maths.python_ml_stack import (
    broadcast,
    data,
    labelled,
    layout,
    masks,
    timing,
)
from scenes.python_ml_stack import speed
from tests.scenes.harness.table import Claims, Figures, Waivers

PHOTO = data.photograph()
BIRDS = data.penguins()
BLOCK = layout.block()

FIGURES: Figures = {
    "one_rule_two_speeds": {
        "820 thousand": lambda: PHOTO.size,
        "four numbers": lambda: len(speed.BY_HAND),
        "times ten": lambda: speed.TENFOLD,
        "eight": lambda: BLOCK.itemsize,
        "more than five times": lambda: timing.read().wrapping,
        "more than 250": lambda: timing.read().gain,
    },
    "rows_and_columns_out_of_one_strip": {
        "three rows": lambda: BLOCK.shape[0],
        "four columns": lambda: BLOCK.shape[1],
        "eight bytes": lambda: BLOCK.strides[1],
        "32": lambda: BLOCK.strides[0],
        "1,920": lambda: PHOTO.strides[0],
        "three bytes": lambda: PHOTO.strides[1],
        "more than eight times": lambda: timing.read().hopping,
    },
    "a_one_stretches_over_the_other": {
        "column of three": lambda: broadcast.column().shape[0],
        "row of four": lambda: broadcast.row().shape[1],
        "three, one": lambda: broadcast.column().shape[0],
        "one, four": lambda: broadcast.row().shape[1],
        "faces four, so": lambda: broadcast.compare((3, 1), (1, 4))[1].other,
        "Three faces one": lambda: broadcast.compare((3, 1), (1, 4))[0].one,
        "three rows": lambda: broadcast.total().shape[0],
        "four columns": lambda: broadcast.total().shape[1],
        "three by": lambda: BLOCK.shape[0],
        "by four": lambda: BLOCK.shape[1],
        "vector of three": lambda: len(BLOCK[:, 0]),
        "So three": lambda: broadcast.compare((3, 4), (3,))[1].other,
        "faces four.": lambda: broadcast.compare((3, 4), (3,))[1].one,
        "Three faces three, one": lambda: broadcast.compare((3, 4), (3, 1))[0].one,
        "faces three, one": lambda: broadcast.compare((3, 4), (3, 1))[0].other,
        "faces four:": lambda: broadcast.compare((3, 4), (3, 1))[1].one,
        "times three": lambda: len(broadcast.DUSK),
        "Three faces three;": lambda: broadcast.compare(PHOTO.shape, (3,))[2].one,
        "faces three;": lambda: broadcast.compare(PHOTO.shape, (3,))[2].other,
    },
    "a_comparison_answers_for_each_cell": {
        "four numbers": lambda: len(masks.HAND),
        "above four": lambda: masks.LIMIT,
        "seven": lambda: masks.HAND[masks.hand_mask()][0],
        "nine": lambda: masks.HAND[masks.hand_mask()][1],
        "200": lambda: masks.BRIGHT,
        "42": lambda: 100 * masks.bright(PHOTO).mean(),
        "four sums": lambda: len(BLOCK.sum(axis=0)),
        "three, four": lambda: BLOCK.shape[0],
        "four, and": lambda: BLOCK.shape[1],
        "and four": lambda: len(BLOCK.mean(axis=0)),
        "shape three": lambda: len(BLOCK.mean(axis=1)),
        "Three against": lambda: len(BLOCK.mean(axis=1)),
        "against four": lambda: BLOCK.shape[1],
    },
    "a_table_is_labelled_columns": {
        "344": lambda: len(BIRDS),
        "eight columns": lambda: BIRDS.shape[1],
        "3,562.5": lambda: labelled.first_masses().mean(),
        "eleven": lambda: labelled.missing()["sex"],
    },
}

CLAIMS: Claims = {
    "rows_and_columns_out_of_one_strip": {
        "No byte has moved": "test_the_mirrored_picture_shares_its_memory",
        "needs them all": "test_a_row_needs_one_piece_and_a_column_three",
    },
    "a_one_stretches_over_the_other": {
        "Nothing is copied": "test_nothing_is_copied_when_shapes_are_stretched",
        "every pixel": "test_dusk_falls_on_each_pixel",
    },
    "a_comparison_answers_for_each_cell": {
        "raises no error": "test_a_square_array_raises_no_error",
    },
}

WAIVERS: Waivers = {}
