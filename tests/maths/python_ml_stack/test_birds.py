"""Groups, joins and plots of the birds: against masks, dictionaries, Matplotlib, scipy and statsmodels."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from scipy import stats

mpl.use("Agg")
import seaborn as sns
from matplotlib import cbook
from matplotlib import pyplot as plt

from scenes.kit.box_plot import BoxPlot
from scenes.maths.python_ml_stack import data, groups, joins, looks, snippets


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


# --- groups


def test_groups_by_hand_are_means_by_masks() -> None:
    table = groups.hand()
    for species, mean in groups.hand_means().items():
        assert mean == table["mass"][table["species"] == species].mean()
    assert groups.hand_means().to_dict() == {"A": 3.5, "G": 5.5}


def test_means_of_groups_are_means_by_masks() -> None:
    birds = data.penguins()
    mass, species = birds["body_mass_g"].to_numpy(float), birds["species"].to_numpy(str)
    assert tuple(groups.mean_mass().index) == data.SPECIES
    for name, (count, mean) in zip(data.SPECIES, groups.mean_mass().to_numpy(), strict=True):
        chosen = mass[(species == name) & ~np.isnan(mass)]
        assert count == len(chosen)
        assert mean == pytest.approx(chosen.mean())


def test_wide_and_tidy_hold_the_same_six_means() -> None:
    birds, wide, tidy = groups.sexed(), groups.wide(), groups.tidy()
    assert wide.shape == (3, 2)
    assert tidy.shape == (6, 3)
    for species, sex, mass in tidy.itertuples(index=False):
        chosen = birds[(birds["species"] == species) & (birds["sex"] == sex)]["body_mass_g"]
        assert len(chosen) > 1
        assert mass == pytest.approx(chosen.to_numpy(float).mean())
        assert wide.loc[species, sex] == mass
    back = tidy.pivot_table(index="species", columns="sex", values="mass")
    pd.testing.assert_frame_equal(back, wide, check_names=False)


# --- joins


def test_joins_by_hand() -> None:
    assert [len(joins.hand_joined(how)) for how in ("inner", "left", "outer")] == [2, 3, 4]
    assert joins.hand_joined("left")["d15N"].isna().sum() == 1
    assert len(joins.repeated()) == len(joins.hand_left()) + 1
    assert joins.repeated()["mass"].sum() == pytest.approx(14.4)
    assert joins.hand_left()["mass"].sum() == pytest.approx(10.7)


@pytest.mark.parametrize("key", [joins.KEY, joins.PART])
def test_rows_of_a_merge_are_counted_by_dictionaries(key: tuple[str, ...]) -> None:
    left, right = (
        Counter(table[list(key)].itertuples(index=False)) for table in (joins.body(), joins.blood())
    )
    met = sum(count * right[name] for name, count in left.items())
    assert len(joins.joined(key, "inner")) == len(joins.pairs(key)) == met
    lonely = sum(count for name, count in left.items() if name not in right)
    assert len(joins.joined(key, "left")) == met + lonely


def test_the_whole_key_names_one_bird_and_a_part_of_it_several() -> None:
    assert not joins.body().duplicated(list(joins.KEY)).any()
    assert not joins.blood().duplicated(list(joins.KEY)).any()
    assert joins.body()[joins.PART[0]].value_counts().max() == 3
    assert sorted(set(joins.homes())) == sorted(joins.homes())
    left = joins.joined(joins.KEY, "left")
    assert (len(left), int(left[joins.ISOTOPES[0]].isna().sum())) == (344, 14)


# --- plots


def test_bins_and_counts_are_those_of_matplotlib_and_seaborn() -> None:
    flipper = looks.column("flipper_length_mm")
    edges = looks.edges(flipper)
    counts, drawn, _ = plt.figure().subplots().hist(flipper, bins="fd")
    assert np.allclose(drawn, edges)
    assert (np.histogram(flipper, edges)[0] == counts).all()
    seen = sns.histplot(x=flipper, bins="fd", ax=plt.figure().subplots())
    assert [bar.get_height() for bar in seen.patches] == list(counts)
    assert len(edges) - 1 == 9


def test_the_nine_bins_have_two_humps_and_three_bins_none() -> None:
    flipper = looks.column("flipper_length_mm")

    def humps(edges: looks.Array) -> int:
        counts = np.histogram(flipper, edges)[0]
        around = np.concatenate([[0], counts, [0]])
        return int(((around[1:-1] > around[:-2]) & (around[1:-1] > around[2:])).sum())

    assert humps(looks.edges(flipper)) == 2
    assert humps(looks.edges(flipper, 3)) == 1


@pytest.mark.parametrize("species", data.SPECIES)
def test_boxes_are_those_of_matplotlib_and_of_the_kit(species: str) -> None:
    mass = looks.column("body_mass_g", species)
    told = looks.box(mass)
    (reference,) = cbook.boxplot_stats(mass)
    assert (told.low, told.first, told.median) == (reference["whislo"], reference["q1"], reference["med"])
    assert (told.third, told.high, told.iqr) == (reference["q3"], reference["whishi"], reference["iqr"])
    assert told.outliers == tuple(np.sort(reference["fliers"]))
    drawn = BoxPlot([species], [mass], (2500, 6500)).summary(species)
    assert (drawn.low, drawn.first, drawn.median) == (told.low, told.first, told.median)
    assert (drawn.third, drawn.high) == (told.third, told.high)


def test_nine_numbers_are_boxed_by_hand() -> None:
    told = looks.box(looks.NINE)
    (reference,) = cbook.boxplot_stats(looks.NINE)
    assert (told.low, told.first, told.median, told.third, told.high) == (2, 5, 7, 10, 12)
    assert (reference["whislo"], reference["q1"], reference["med"]) == (2, 5, 7)
    assert (reference["q3"], reference["whishi"], list(reference["fliers"])) == (10, 12, [20])
    assert told.outliers == (20,)


def test_correlations_are_those_of_pandas_numpy_and_scipy() -> None:
    frame = groups.measured()[list(data.MEASURES)]
    assert np.allclose(looks.matrix(), frame.corr())
    assert np.allclose(looks.matrix(), np.corrcoef(frame.to_numpy(float).T))
    for species in (None, *data.SPECIES):
        told = looks.correlation(*looks.bills(species))
        reference = stats.pearsonr(*looks.bills(species))
        interval = reference.confidence_interval(0.95)
        assert told.r == pytest.approx(reference.statistic)
        assert (told.low, told.high) == pytest.approx((interval.low, interval.high), abs=1e-4)


def test_a_curve_may_have_no_correlation() -> None:
    assert looks.pearson(*looks.bowl(342).T) == pytest.approx(0, abs=1e-12)


def test_lines_are_those_of_scipy() -> None:
    for species in (None, *data.SPECIES):
        fit = stats.linregress(*looks.bills(species))
        assert looks.line(*looks.bills(species)) == pytest.approx((fit.slope, fit.intercept))


def test_the_trend_turns_round_within_each_species() -> None:
    whole = looks.correlation(*looks.bills())
    assert whole.high < 0
    assert looks.line(*looks.bills())[0] < 0
    for species in data.SPECIES:
        assert looks.correlation(*looks.bills(species)).low > 0
        assert looks.line(*looks.bills(species))[0] > 0


def test_the_species_differ_in_their_means_against_the_trend_within() -> None:
    means = np.array([[each.mean() for each in looks.bills(species)] for species in data.SPECIES])
    assert looks.pearson(*means.T) < 0


def test_only_one_pair_of_bill_measures_falls_and_all_without_depth_rise() -> None:
    r = looks.matrix()
    depth = data.MEASURES.index("bill_depth_mm")
    for one, other in itertools.combinations(range(4), 2):
        assert (r[one, other] < 0) == (depth in (one, other))


# --- what stands on screen


def test_every_line_of_program_text_runs_and_says_what_is_shown() -> None:
    birds = groups.measured()
    names = {
        "df": data.penguins(),
        "wide": groups.wide(),
        "body": joins.body(),
        "blood": joins.blood(),
        "pd": pd,
        "birds": birds,
        "four": list(data.MEASURES),
        "nine": looks.NINE,
        "masses": [looks.column("body_mass_g", name) for name in data.SPECIES],
        "plt": plt,
        "length": birds["bill_length_mm"],
        "depth": birds["bill_depth_mm"],
        "flipper": birds["flipper_length_mm"],
        "mass": birds["body_mass_g"],
    }
    assert np.allclose(eval(snippets.GROUPBY, names), groups.mean_mass()["mean"])
    each = eval(snippets.TRANSFORM, names)
    assert len(each) == len(names["df"])
    assert set(each.dropna()) == set(groups.mean_mass()["mean"])
    assert np.allclose(eval(snippets.PIVOT, names), groups.wide())
    assert eval(snippets.MELT, names)["mass (g)"].tolist() == groups.tidy()["mass"].tolist()
    assert len(eval(snippets.MERGE, names)) == len(joins.joined(joins.KEY, "left")) == 344
    with pytest.raises(pd.errors.MergeError, match="not unique"):
        eval(snippets.VALIDATE, names)
    exec(snippets.PLT, names)
    assert names["plt"] is plt
    exec(snippets.SUBPLOTS, names)
    for line in (snippets.SCATTER, snippets.SECOND):
        exec(line, names)
    exec(snippets.RECOLOUR, names)
    assert isinstance(names["dots"], mpl.artist.Artist)
    before = [ax.get_xlim() for ax in names["ax"]]
    exec(snippets.LIMITS, names)
    after = [ax.get_xlim() for ax in names["ax"]]
    assert after[0] == (45, 60) != before[0]
    assert after[1] == before[1]
    assert names["fig"].axes == list(names["ax"])
    assert all(isinstance(each, mpl.artist.Artist) for each in names["fig"].findobj())


def test_every_line_under_a_plot_draws_it() -> None:
    birds = groups.measured()
    _, ax = plt.subplots()
    names = {
        "ax": ax,
        "pd": pd,
        "df": data.penguins(),
        "birds": birds,
        "four": list(data.MEASURES),
        "flipper": birds["flipper_length_mm"],
        "mass": birds["body_mass_g"],
        "x": birds["bill_length_mm"],
        "nine": looks.NINE,
        "masses": [looks.column("body_mass_g", name) for name in data.SPECIES],
    }
    for line, count in ((snippets.HIST, None), (snippets.FEWER, 4)):
        made, drawn_by = line.split("\n")
        exec(made, {"plt": plt})
        counts, edges, _ = eval(drawn_by, names)
        drawn = looks.edges(looks.column("flipper_length_mm"), count)
        assert np.allclose(edges, drawn) and len(counts) == len(drawn) - 1
    for line, count in ((snippets.BOXED, 1), (snippets.BOXES, 3)):
        assert len(eval(line, names)["medians"]) == count
    exec(snippets.FOUR, names)
    assert names["four"] == list(data.MEASURES)
    imported, paired = snippets.PAIRED.split("\n")
    exec(imported, names)
    assert names["sns"] is sns
    assert eval(paired, names).axes.shape == (4, 4)
    coloured = eval(snippets.HUE, names)
    assert [each.get_text() for each in coloured.legend.get_texts()] == list(names["df"]["species"].unique())
    assert eval(snippets.PEARSON, names) == pytest.approx(looks.matrix()[2, 3])
    written = [float(each.get_text()) for each in eval(snippets.HEAT, names).texts]
    assert np.allclose(written, looks.matrix().ravel(), atol=0.01)
    exec(snippets.BIRDS, names)
    assert len(names["birds"]) == len(birds)
    for line in (snippets.FEATURES, snippets.TARGET):
        exec(line, names)
    assert names["X"].shape == (342, 4) and names["y"].shape == (342,)
    assert np.allclose(eval(snippets.CENTRED, names).mean(axis=0), 0)
    names["y"] = birds["bill_depth_mm"]
    assert len(eval(snippets.DOTS, names).get_offsets()) == 342
