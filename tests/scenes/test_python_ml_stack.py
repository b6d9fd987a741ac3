"""The lesson python-ml-stack: what computes its figures, and what holds its claims."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import stats

from scenes.kit.box_plot import BoxPlot
from scenes.maths.python_ml_stack import (
    broadcast,
    data,
    groups,
    joins,
    labelled,
    layout,
    looks,
    masks,
    snippets_numpy,
    timing,
)
from scenes.python_ml_stack import column, pairs, speed, strides
from scenes.python_ml_stack.joins import Threads
from scenes.python_ml_stack.labelled import mass_ranks
from tests.scenes.harness.table import Claims, Figures, Waivers

PHOTO = data.photograph()
BIRDS = data.penguins()
BLOCK = layout.block()


FIGURES: Figures = {
    "one_rule_two_speeds": {
        "820 thousand": lambda: PHOTO.size,
        "four numbers": lambda: len(speed.by_hand()),
        "one and a half": lambda: speed.by_hand()[0] / speed.BY_HAND[0],
        "eight": lambda: BLOCK.itemsize,
        "more than five times": lambda: timing.read().wrapping,
        "about 250": lambda: timing.read().gain,
        "almost 50": lambda: timing.read().list_loop / timing.read().one_line,
    },
    "rows_and_columns_out_of_one_strip": {
        "three rows": lambda: BLOCK.shape[0],
        "four columns": lambda: BLOCK.shape[1],
        "eight bytes": lambda: BLOCK.strides[1],
        "32.": lambda: BLOCK.strides[0],
        "row one": lambda: np.argwhere(BLOCK[strides.ADDRESSED] == BLOCK)[0][0],
        "column two": lambda: np.argwhere(BLOCK[strides.ADDRESSED] == BLOCK)[0][1],
        "one 32": lambda: BLOCK.strides[0],
        "two eights": lambda: np.argwhere(BLOCK[strides.ADDRESSED] == BLOCK)[0][1],
        "48": lambda: layout.address(strides.ADDRESSED, BLOCK.strides),
        "one byte": lambda: PHOTO.itemsize,
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
        "faces four:": lambda: broadcast.compare((3, 4), (3, 1))[1].one,
        "times three": lambda: len(broadcast.DUSK),
        "Three faces three;": lambda: broadcast.compare(PHOTO.shape, (3,))[2].one,
    },
    "a_comparison_answers_for_each_cell": {
        "four numbers": lambda: len(masks.HAND),
        "above four": lambda: masks.threshold(snippets_numpy.ABOVE),
        "seven": lambda: masks.HAND[masks.hand_mask()][0],
        "nine": lambda: masks.HAND[masks.hand_mask()][1],
        "eight": lambda: masks.HAND[masks.hand_mask()][2],
        "three are true": lambda: masks.hand_mask().sum(),
        "200": lambda: masks.threshold(snippets_numpy.MASK),
        "four sums": lambda: len(BLOCK.sum(axis=0)),
        "Four faces four": lambda: broadcast.compare(BLOCK.shape, BLOCK.mean(axis=0).shape)[1].one,
        "shape three": lambda: len(BLOCK.mean(axis=1)),
        "Three against": lambda: len(BLOCK.mean(axis=1)),
        "against four": lambda: BLOCK.shape[1],
    },
    "a_table_is_labelled_columns": {
        "344": lambda: len(BIRDS),
        "eight columns": lambda: BIRDS.shape[1],
        "3,562.5": lambda: labelled.first_masses().mean(),
        "eleven": lambda: labelled.missing()["sex"],
        "label three": lambda: np.argmax(BIRDS["body_mass_g"].isna()),
        "position three": lambda: mass_ranks(BIRDS)[1],
        "fourth": lambda: mass_ranks(BIRDS)[1] + 1,
    },
}

CLAIMS: Claims = {
    "rows_and_columns_out_of_one_strip": {
        "needs them all": "test_a_row_needs_one_piece_and_a_column_three",
    },
    "a_one_stretches_over_the_other": {
        "Nothing is copied": "test_nothing_is_copied_when_shapes_are_stretched",
        "every pixel": "test_dusk_falls_on_each_pixel",
    },
}

WAIVERS: Waivers = {}

# --- the table of birds, from its groups to the finding


def reach() -> float:
    """Interquartile ranges from the box to the fence that the box plot by hand is drawn with."""
    told = BoxPlot(["nine"], [looks.NINE], (0, 22)).summary(0)
    return (told.fences[1] - told.third) / told.iqr


def parabola() -> float:
    return abs(looks.pearson(*looks.bowl(len(groups.measured())).T))


FIGURES = {
    **FIGURES,
    "split_apply_combine": {
        "Four rows": lambda: len(groups.hand()),
        "mean, three": lambda: groups.hand()["mass"][0],
        "four give": lambda: groups.hand()["mass"][2],
        "three and a half": lambda: groups.hand_means()["A"],
        "342": lambda: groups.mean_mass()["count"].sum(),
        "5,076": lambda: groups.mean_mass()["mean"]["Gentoo"],
    },
    "wide_and_tidy": {
        "333": lambda: len(groups.sexed()),
        "4,043": lambda: groups.wide().loc["Adelie", "male"],
    },
    "a_key_that_repeats": {
        "four rows": lambda: len(joins.hand_joined("outer")),
        "344": lambda: len(joins.body()),
        "330": lambda: len(joins.blood()),
        "In 14": lambda: len(joins.body()) - len(joins.pairs(joins.KEY)),
        "three birds": lambda: joins.body()[joins.PART[0]].value_counts().max(),
        "three samples": lambda: joins.blood()[joins.PART[0]].value_counts().max(),
        "nine rows": lambda: len(Threads().followed()),
        "823": lambda: len(joins.pairs(joins.PART)),
    },
    "one_column": {
        "four bins": lambda: len(looks.edges(looks.column("flipper_length_mm"), column.FEW)) - 1,
        "nine numbers": lambda: len(looks.NINE),
        "seven": lambda: looks.box(looks.NINE).median,
        "each: five": lambda: looks.box(looks.NINE).first,
        "ten": lambda: looks.box(looks.NINE).third,
        "IQR: five": lambda: looks.box(looks.NINE).iqr,
        "one and a half": reach,
        "17.5": lambda: looks.box(looks.NINE).third + looks.REACH * looks.box(looks.NINE).iqr,
        "twelve": lambda: looks.box(looks.NINE).high,
        "twenty": lambda: looks.box(looks.NINE).outliers[0],
        "3,700": lambda: looks.box(looks.column("body_mass_g", "Adelie")).median,
    },
    "two_columns_at_once": {
        "0.87": lambda: looks.matrix()[pairs.PAIR],
    },
    "the_trend_turns_round": {
        "minus 0.24": lambda: looks.correlation(*looks.bills()).r,
        "95 percent": lambda: 100 * (2 * stats.norm.cdf(looks.Z) - 1),
    },
}

CLAIMS = {
    **CLAIMS,
    "the_trend_turns_round": {
        "Through all birds": "test_the_trend_turns_round_within_each_species",
        "None holds zero": "test_the_trend_turns_round_within_each_species",
        "The line through all birds": "test_the_species_differ_in_their_means_against_the_trend_within",
    },
}


def test_the_males_are_heavier_in_each_species() -> None:
    assert (groups.wide()["male"] > groups.wide()["female"]).all()


def test_a_group_has_one_half_below_its_median() -> None:
    for name in data.SPECIES:
        mass = looks.column("body_mass_g", name)
        assert abs((mass < looks.box(mass).median).mean() - 0.5) < 0.05


def test_two_chinstraps_lie_beyond_the_whiskers_and_no_other_bird() -> None:
    beyond = [len(looks.box(looks.column("body_mass_g", name)).outliers) for name in data.SPECIES]
    assert beyond == [0, 2, 0]


def test_adelies_and_chinstraps_share_a_median() -> None:
    adelie, chinstrap, _ = (looks.box(looks.column("body_mass_g", name)).median for name in data.SPECIES)
    assert adelie == chinstrap
    assert looks.box(looks.column("body_mass_g", "Gentoo")).median > adelie


def test_a_curve_without_a_trend_is_shown_as_zero() -> None:
    assert f"{parabola():.2f}" == "0.00"


def test_inside_each_species_flipper_and_mass_rise_together_more_loosely_than_in_all() -> None:
    whole = looks.matrix()[pairs.PAIR]
    for name in data.SPECIES:
        told = looks.correlation(*(looks.column(each, name) for each in ("flipper_length_mm", "body_mass_g")))
        assert 0 < told.low < told.r < whole


def test_a_box_of_all_flippers_holds_both_humps() -> None:
    flipper = looks.column("flipper_length_mm")
    told, edges = looks.box(flipper), looks.edges(flipper)
    counts = [int(((flipper >= low) & (flipper <= high)).sum()) for low, high in pairwise(edges)]
    humps = [int(np.argmax(counts)), 6]
    for hump in humps:
        assert told.first <= edges[hump + 1] and edges[hump] <= told.third


def test_rows_sum_to_zero_where_the_axis_was_kept() -> None:
    assert (masks.centred(1).sum(axis=1) == 0).all() and (masks.centred(0).sum(axis=0) == 0).all()
