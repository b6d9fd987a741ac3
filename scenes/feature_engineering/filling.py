"""What is fitted and what is transformed; holes, filled by a mean, by a median, by the other columns in rounds."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.feature_engineering.stage import (
    BIG,
    FIT,
    HELD,
    LEAK,
    SOUND,
    TRAIN,
    FeatureEngineeringStage,
    site,
    way,
)
from scenes.feature_engineering.tracks import LIMITS, LOWER, UPPER, Tracks, shifted, signed
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.nullity_matrix import NullityMatrix
from scenes.kit.path import Floats
from scenes.kit.shot import Region
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.feature_engineering import holes

REACH: Final = (-3.3, 3.9)
"""Standard deviations that the scatter shows."""
SPOT: Final = 0.05
"""Radius of a tumour."""
SPOT_BY_HAND: Final = 0.2
HAND_X: Final = (0.4, 6.0)
HAND_Y: Final = (0.8, 12.4)
SHOWN: Final = 5
"""Turns by hand that are drawn one by one, and rows whose missing indicator is shown."""
NEAR: Final = 40.0
"""Where the last value by hand stands before it runs off."""


class Filling(FeatureEngineeringStage):
    """Fit and transform; imputation."""

    # --- fit, transform

    @chapter("Fit on one side, transform both")
    def fit_and_transform(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        mean = float(np.mean(holes.TRAIN))
        every = float(np.mean([*holes.TRAIN, holes.HELD]))
        tracks = Tracks(holes.TRAIN, [holes.HELD])
        with self.beat(
            "Choosing columns was learning, and it crossed the wall. What else learns? "
            "One column: four training values, and one held out."
        ) as beat:
            beat.over(
                LaggedStart(*map(FadeIn, (*tracks.lines, *tracks.ticks)), lag_ratio=pace.LAG), until="crossed"
            )
            beat.over(FadeIn(tracks.wall, shift=place.NUDGE * DOWN), until="One column", least=pace.BRISK)
            self.play(FadeIn(tracks.names[0]), run_time=pace.QUICK)
            pairs = [VGroup(*pair) for pair in zip(tracks.train, tracks.train_numbers, strict=True)]
            beat.over(
                LaggedStart(*(FadeIn(pair, shift=place.NUDGE * DOWN) for pair in pairs), lag_ratio=pace.LAG),
                until="and one",
                least=pace.CALM,
            )
            self.remove(*pairs)
            self.add(tracks.train, tracks.train_numbers)
            beat.at("held out", FadeIn(tracks.names[1], tracks.held, tracks.held_numbers))
        pointer = tracks.pointer(mean, UPPER, f"mean {mean:g}")
        term = words.headline("fit", FIT, size=1.3 * ink.HEADLINE)
        term.move_to(tracks.plane.at(80, UPPER + 0.75))
        with self.beat(
            "Take the mean of the training values: 35. To estimate a number from data is to fit."
        ) as beat:
            ghosts = tracks.plane.dots(tracks.train.values, FIT, radius=0.7 * SPOT_BY_HAND)
            self.play(FadeIn(ghosts), run_time=pace.QUICK)
            together = np.broadcast_to([mean, UPPER], ghosts.values.shape)
            beat.over(glide(ghosts.redraw, (ghosts.values,), (together,)), until="35", least=pace.BRISK)
            self.play(FadeIn(pointer, shift=place.NUDGE * UP), run_time=pace.BRISK)
            beat.over(FadeOut(ghosts), words.light(pointer[1], ink.chalk), until="fit", least=pace.CALM)
            self.play(FadeIn(term), run_time=pace.BRISK)
        transform = words.headline("transform", ink.chalk, size=1.3 * ink.HEADLINE)
        transform.move_to(tracks.plane.at(80, LOWER - 0.6))
        with self.beat(
            "To apply it is to transform: take the mean away from each value, on both sides. "
            "The held-out one moves by as much.",
            pause=pace.SLOW,
        ) as beat:
            beat.at("transform", FadeIn(transform))
            moved = tracks.numbers([x - mean for x in holes.TRAIN], UPPER, TRAIN)
            held = tracks.numbers([holes.HELD - mean], LOWER, HELD)
            beat.until("take")
            self.play(FadeOut(tracks.train_numbers, tracks.held_numbers, pointer), run_time=pace.QUICK)
            beat.over(
                glide(tracks.train.redraw, (tracks.train.values,), (shifted(tracks.train, -mean),)),
                glide(tracks.held.redraw, (tracks.held.values,), (shifted(tracks.held, -mean),)),
                until="The held-out",
                least=pace.SLOW,
            )
            self.play(FadeIn(moved), run_time=pace.QUICK)
            beat.at("moves", FadeIn(held, scale=1.4))
        home = Tracks(holes.TRAIN, [holes.HELD])
        wrong = home.pointer(every, UPPER, f"mean {every:g}", LEAK)
        with self.beat(
            "Had the held-out value been counted, the mean would be 47. "
            "That is the leak again: training has felt a row that it must not know."
        ) as beat:
            self.play(
                FadeOut(moved, held, transform),
                glide(tracks.train.redraw, (tracks.train.values,), (home.train.values,)),
                glide(tracks.held.redraw, (tracks.held.values,), (home.held.values,)),
                run_time=pace.CALM,
            )
            self.play(
                glide(tracks.held.redraw, (tracks.held.values,), (np.array([[holes.HELD, UPPER]]),)),
                FadeIn(home.train_numbers),
                run_time=pace.LONG,
            )
            beat.at("47", FadeIn(wrong, shift=place.NUDGE * RIGHT))
            beat.over("leak", words.light(wrong[1], ink.chalk), words.light(tracks.wall, LEAK))
        calls = [
            words.code(text, size=1.35 * ink.POINT).set_color(color)
            for text, color in (
                ("step.fit(X_train)", TRAIN),
                ("step.transform(X_train)", TRAIN),
                ("step.transform(X_test)", HELD),
            )
        ]
        for call, height in zip(calls, (3.75, 2.75, LOWER), strict=True):
            call.move_to(tracks.plane.at(LIMITS[0], height), aligned_edge=LEFT)
        with self.beat(
            "So fit on the training folds, and transform both sides with the same numbers. "
            "Ask of each step: does it estimate something?",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(wrong), run_time=pace.QUICK)
            self.play(
                FadeOut(home.train_numbers, tracks.train, term, tracks.ticks[0], tracks.lines[0]),
                glide(tracks.held.redraw, (tracks.held.values,), (home.held.values,)),
                FadeOut(tracks.ticks[1], tracks.lines[1], tracks.names, tracks.held),
                tracks.wall.animate.set_color(ink.chalk),
                run_time=pace.CALM,
            )
            self.play(FadeIn(calls[0]), run_time=pace.BRISK)
            beat.over(words.light(calls[0], ink.chalk), until="transform")
            self.play(FadeIn(calls[1]), run_time=pace.BRISK)
            self.play(FadeIn(calls[2]), run_time=pace.BRISK)
            beat.over(words.light(VGroup(*calls[1:]), ink.chalk), until="Ask")
            beat.over("Ask", words.light(calls[0], FIT), least=pace.SLOW)

    # --- simple imputation

    @chapter("A filled hole is a guess", "simple imputation")
    def a_filled_hole_is_a_guess(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.fill_by_hand()
        self.fill_tumours()

    def fill_by_hand(self) -> None:
        """A mean and a median, and one value that runs away."""
        values = list(holes.HAND)
        start = values[:2]
        before = [*start, NEAR]
        tracks = Tracks(before, [])
        ruler = VGroup(tracks.lines[0], tracks.ticks[0])
        hole = tracks.plane.label(70, UPPER, "?", UP, ink.chalk, 0.15, 2 * ink.HEADLINE)
        group = VGroup(tracks.plane, ruler, hole)
        group.shift(way(DOWN, 1.3))
        train = tracks.plane.dots([(x, UPPER) for x in before], TRAIN, radius=0.24)
        numbers = tracks.numbers(before, UPPER, TRAIN)
        last = Value(NEAR)
        mean = tracks.pointer(float(np.mean(before)), UPPER, "mean", FIT)
        median = tracks.pointer(float(np.median(before)), UPPER, "median", SOUND)
        median[1].shift(way(DOWN, 0.75))
        median[0].set_opacity(0)

        def run(x: float) -> list[object]:
            train.redraw([(each, UPPER) for each in (*start, x)])
            numbers[2].set_x(float(tracks.plane.at(x, UPPER)[0]))
            middle = float(np.mean([*start, x]))
            mean.set_x(float(tracks.plane.at(middle, UPPER)[0]))
            return [train, numbers, mean]

        with self.beat(
            "Real columns have holes: missing values, written NaN. A model cannot multiply a hole, so it gets a guess. "
            "That is imputation."
        ) as beat:
            self.play(FadeIn(ruler, train, numbers), run_time=pace.QUICK)
            beat.at("missing", FadeIn(hole, scale=1.5))
            name = words.headline("missing value: NaN", ink.chalk, size=BIG)
            name.move_to(site(0, shot.safe(titled=False).top - 0.5))
            self.play(FadeIn(name), run_time=pace.BRISK)
            beat.over(words.light(name), until="multiply")
            beat.over(words.light(hole), until="guess")
            term = words.headline("imputation", FIT, size=BIG).move_to(name)
            beat.at("imputation", FadeOut(name), FadeIn(term))
        with self.beat(
            "Fill in the mean, or the median. Here they agree. But let one value run off to 100: "
            "the mean is dragged to 50, and the median stays.",
            pause=pace.SLOW,
        ) as beat:
            beat.at("mean", FadeIn(mean, shift=place.NUDGE * UP))
            beat.at("median", FadeIn(median, shift=place.NUDGE * UP))
            beat.over(words.light(mean[1], ink.chalk), words.light(median[1], ink.chalk), until="But")
            self.play(FadeOut(hole, numbers[2]), run_time=pace.QUICK)
            last.draws(run)
            beat.over("run", last.to(values[2]), until="median stays", least=pace.LONG)
            end = tracks.plane.label(values[2], UPPER, signed(values[2]), UP, TRAIN, 0.34, 56.0)
            told = words.headline(f"{np.mean(values):g}", FIT, size=BIG).next_to(mean[1], RIGHT, buff=0.3)
            stays = words.headline(f"{np.median(values):g}", SOUND, size=BIG)
            stays.next_to(median[1], RIGHT, buff=0.3)
            self.play(FadeIn(end, told, stays), run_time=pace.BRISK)
            self.play(words.light(median[1], SOUND), run_time=pace.CALM)

    def fill_tumours(self) -> None:
        """A quarter of the cells of four columns goes, and means make a cross."""
        truth, gone = holes.tumours(), holes.mask()
        low, high = truth.min(axis=0), truth.max(axis=0)
        shades = np.where(gone, np.nan, (truth - low) / (high - low))
        safe = shot.safe(titled=False)
        area = Region(safe.left, safe.bottom, safe.right, safe.top - 0.85)
        matrix = NullityMatrix(shades, area)
        heads = VGroup(
            *(
                words.headline(name, ink.chalk, size=ink.POINT).move_to(
                    site(area.left + area.width * (number + 0.5) / len(holes.NAMES), safe.top - 0.35)
                )
                for number, name in enumerate(holes.NAMES)
            )
        )
        whole = np.asarray(~gone.any(axis=1))
        keep = np.where(whole[:, None], shades, np.nan)
        kept = NullityMatrix(keep, area)
        told = Tag(words.headline(f"{int(whole.sum())} of {len(gone)} rows left", FIT, size=BIG), 0.95)
        told.move_to(area.middle)
        with self.beat(
            "Other data now: tumours, with four measures. We remove a quarter of the cells and keep the truth. "
            "Without rows that have a hole, few are left."
        ) as beat:
            matrix.reveal(0.0)
            self.exchange(matrix, heads)
            beat.over(glide(matrix.reveal, 0.0, 1.0), until="remove", least=pace.CALM)
            beat.over("remove", glide(matrix.glow, 0.0, 1.0), until="keep")
            beat.over(glide(matrix.glow, 1.0, 0.0), until="Without", least=pace.CALM)
            beat.over("Without", FadeIn(kept), until="few", least=pace.CALM)
            beat.at("few", FadeIn(told, scale=1.2))
        scatter = Scatter()
        with self.beat("So take two columns, radius and perimeter. They lie along one line.") as beat:
            scatter.rise(0.0)
            self.exchange(scatter.plane, scatter.cloud)
            beat.over(words.light(scatter.plane.names[0]), glide(scatter.rise, 0.0, 0.0), until="perimeter")
            beat.over(words.light(scatter.plane.names[1]), glide(scatter.rise, 0.0, 1.0), least=pace.SLOW)
        before, after = holes.curves()[1][0, 0], holes.correlation(truth)
        one = Tag(words.headline(f"correlation {after:.3f}".rstrip("0"), ink.chalk, size=BIG))
        two = Tag(words.headline(f"mean imputation:\ncorrelation {before:.2f}", LEAK, size=BIG))
        for tag in (one, two):
            tag.move_to(scatter.corner, aligned_edge=LEFT + UP).shift(way(RIGHT, 0.3))
        with self.beat(
            "Mean imputation sends each hole to the middle of its column, and draws a cross. "
            "The means are kept, but the spread shrinks, and the correlation falls from nearly one to 0.72.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeIn(one), run_time=pace.BRISK)
            beat.over(
                "sends",
                glide(scatter.put, truth, holes.rounds_of()[0], scatter.holes),
                self.frame.to(scatter.middle, share=0.75),
                until="The means",
                least=pace.LONG,
            )
            beat.over(self.frame.back(), until="correlation", least=pace.CALM)
            self.play(FadeOut(one), run_time=pace.QUICK)
            self.play(FadeIn(two), run_time=pace.BRISK)
            beat.over(words.light(two.text, ink.chalk))
        with self.beat(
            "The median is the safer start where one value may be huge. But neither looks at the other columns."
        ) as beat:
            beat.over(words.light(two.text, ink.chalk), until="But")
            beat.over(glide(scatter.cloud_only, 1.0, 0.25, scatter.known), least=pace.CALM)
            self.play(glide(scatter.cloud_only, 0.25, 1.0, scatter.known), run_time=pace.BRISK)

    # --- rounds

    @chapter("The columns fill each other", "MICE as rounds of regression")
    def the_columns_fill_each_other(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.fill_in_turns()
        self.round_after_round()
        self.keep_the_doubt()

    def fill_in_turns(self) -> None:
        """Two holes by hand slide onto the line in turn."""
        pairs = Pairs()
        path = holes.hand_turns()
        with self.beat(
            "By hand: three whole rows, and two with a hole. In one the second column is missing, "
            "in the other the first. Begin with the means."
        ) as beat:
            self.play(FadeIn(pairs.plane), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in pairs.whole), lag_ratio=pace.LAG),
                until="and two",
            )
            beat.at("second", FadeIn(pairs.ways[0]), FadeIn(pairs.marks[0]))
            beat.over(words.light(pairs.marks[0], ink.chalk), until="first")
            self.play(FadeIn(pairs.ways[1]), FadeIn(pairs.marks[1]), run_time=pace.BRISK)
            beat.at("means", FadeIn(pairs.holes, scale=2))
        with self.beat(
            "Predict the second column from the first, by a regression line, and put the hole on it. "
            "Then the first from the second."
        ) as beat:
            beat.over(words.light(pairs.whole, ink.chalk), until="regression")
            self.play(FadeIn(pairs.line(path[0], 1)), run_time=pace.BRISK)
            beat.over("put", glide(pairs.put, path[0], path[1], pairs.holes), until="Then", least=pace.SLOW)
            self.play(FadeOut(pairs.drawn), run_time=pace.QUICK)
            self.play(FadeIn(pairs.line(path[1], 0)), run_time=pace.QUICK)
            beat.over(glide(pairs.put, path[1], path[2], pairs.holes), least=pace.SLOW)
        with self.beat(
            "One turn through the columns is a round. Repeat: this is iterative imputation. "
            "The fills settle where all five agree, at 8 and 5.",
            pause=pace.SLOW,
        ) as beat:
            term = Tag(words.headline("iterative imputation", FIT, size=BIG))
            term.move_to(pairs.plane.at(6.0, 3.6), aligned_edge=RIGHT)
            old = pairs.drawn
            for turn in range(2, 2 + SHOWN):
                new = pairs.line(path[turn], 1 - turn % 2)
                self.play(FadeOut(old), FadeIn(new), run_time=pace.QUICK)
                self.play(glide(pairs.put, path[turn], path[turn + 1], pairs.holes), run_time=pace.QUICK)
                old = new
            last = path[-1]
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(glide(pairs.put, path[2 + SHOWN], last, pairs.holes), least=pace.BRISK)
            self.play(FadeIn(pairs.ends, scale=1.3), run_time=pace.BRISK)

    def round_after_round(self) -> None:
        """The cross of the means becomes the line."""
        path = holes.rounds_of()
        errors = holes.curves()[0].mean(axis=0)
        scatter = Scatter()
        scatter.put(path[0])
        tell = [
            Tag(words.headline(f"error {each:.2f}", FIT if number else LEAK, size=BIG))
            for number, each in enumerate(errors[:3])
        ]
        for tag in tell:
            tag.move_to(scatter.corner, aligned_edge=LEFT + UP).shift(way(RIGHT, 0.3))
        unit = Tag(words.label("in standard deviations, mean of 20 sets of holes", ink.quiet))
        unit.next_to(tell[0], DOWN, buff=0.05).align_to(scatter.plane.names, RIGHT)
        unit.move_to(scatter.foot, aligned_edge=RIGHT + DOWN)
        with self.beat(
            "Back to the tumours and their cross: each of four columns from the other three."
        ) as beat:
            self.exchange(scatter.plane, scatter.cloud)
            beat.at("cross", FadeIn(tell[0], unit))
            beat.over(words.light(tell[0].text, ink.chalk))
        with self.beat(
            "After one round the error is less than half what it was. After two it has all but settled, at 0.41."
        ) as beat:
            beat.over(glide(scatter.put, path[0], path[1], scatter.holes), until="less", least=pace.LONG)
            self.play(FadeOut(tell[0]), run_time=pace.QUICK)
            self.play(FadeIn(tell[1]), run_time=pace.QUICK)
            beat.over("two", glide(scatter.put, path[1], path[2], scatter.holes), least=pace.SLOW)
            self.play(FadeOut(tell[1]), run_time=pace.QUICK)
            self.play(FadeIn(tell[2]), run_time=pace.QUICK)
        self.scatter = scatter
        self.readings = VGroup(tell[2], unit)

    def keep_the_doubt(self) -> None:
        """Draws instead of points, and what the rounds cannot know."""
        scatter = self.scatter
        drawn = holes.draws()
        with self.beat(
            "But now the fills lie too well: a prediction has no doubt. "
            "MICE draws each fill at random around its prediction, several times, so that the doubt is kept."
        ) as beat:
            beat.at("lie", FadeOut(self.readings))
            term = Tag(words.headline("MICE", FIT, size=1.4 * ink.HEADLINE))
            long = Tag(words.note("multivariate imputation\nby chained equations", FIT, size=ink.POINT))
            term.move_to(scatter.corner, aligned_edge=LEFT + UP).shift(way(RIGHT, 0.3))
            long.move_to(scatter.foot, aligned_edge=RIGHT + DOWN)
            self.pin(term, long)
            beat.over(words.light(scatter.holes, ink.chalk), until="MICE")
            self.play(FadeIn(term, long), self.frame.to(scatter.middle, share=1.0), run_time=pace.CALM)
            for number in range(4):
                start = holes.rounds_of()[2] if number == 0 else drawn[number - 1]
                self.play(glide(scatter.put, start, drawn[number], scatter.holes), run_time=pace.CALM)
        with self.beat(
            "This assumes missing at random: whether a cell is missing depends only on values that we see."
        ) as beat:
            beat.over(self.frame.back(), FadeOut(term, long), until="missing at", least=pace.BRISK)
            self.at_random = at_random = Tag(words.headline("missing at random", ink.chalk, size=BIG))
            at_random.move_to(scatter.corner, aligned_edge=LEFT + UP).shift(way(RIGHT, 0.3))
            beat.at("missing at", FadeIn(at_random))
            beat.over(glide(scatter.cloud_only, 1.0, 0.3, scatter.known), until="depends", least=pace.CALM)
            beat.over(glide(scatter.cloud_only, 0.3, 1.0, scatter.known), least=pace.CALM)
        with self.beat(
            "If it depends on its own hidden value, these columns alone cannot mend it. "
            "But that a cell is missing may itself inform: a missing indicator is a column that says where."
        ) as beat:
            beat.over(words.light(scatter.holes, LEAK), FadeOut(self.at_random), until="But")
            self.play(glide(scatter.cloud_only, 1.0, 0.25, scatter.known), run_time=pace.CALM)
            indicator = Tag(words.headline("missing indicator", FIT, size=BIG))
            indicator.move_to(scatter.foot, aligned_edge=RIGHT + DOWN)
            beat.at("missing indicator", FadeIn(indicator))
            code = VGroup(
                *(words.headline(str(int(each)), FIT, size=BIG) for each in scatter.which[:SHOWN])
            ).arrange(DOWN, buff=0.3)
            code.next_to(indicator, UP, buff=0.3).align_to(indicator, RIGHT).shift(way(LEFT, 0.5))
            self.play(
                LaggedStart(*(FadeIn(each, shift=place.NUDGE * UP) for each in code), lag_ratio=pace.LAG),
                run_time=pace.SLOW,
            )


class Scatter:
    """Radius and perimeter of the tumours: known ones blue, rows with a hole in either yellow."""

    def __init__(self) -> None:
        truth, gone = holes.tumours(), holes.mask()
        self.plane = shot.chart(
            shot.safe(titled=False),
            REACH,
            REACH,
            x_ticks=(-2, 0, 2),
            y_ticks=(-2, 0, 2),
            x_label="log radius (standard deviations)",
            y_label="log perimeter (standard deviations)",
        )
        self.which = np.asarray(gone[:, :2].any(axis=1))
        self.known = self.plane.cloud(truth[~self.which][:, :2], TRAIN, SPOT, 0.75)
        self.holes = self.plane.cloud(truth[self.which][:, :2], FIT, SPOT, 0.9)
        self.cloud = VGroup(self.known, self.holes)
        box = self.plane.box
        self.corner = box[3]
        self.foot = box[1] + way(UP, 0.25) + way(LEFT, 0.2)
        self.middle = self.plane.polygon([(x, y) for x, y in SQUARE], ink.ground, 0.0)

    def rise(self, share: float) -> VGroup:
        """The tumours rise from the axis of the first column to their places, by a ``share``."""
        for cloud, rows in ((self.known, ~self.which), (self.holes, self.which)):
            points = holes.tumours()[rows][:, :2]
            floor = np.column_stack([points[:, 0], np.full(len(points), REACH[0])])
            cloud.redraw(blend(floor, points, share))
        return self.cloud

    def put(self, filled: Floats) -> VGroup:
        """Rows with a hole lie where the table ``filled`` (569, 4) has them."""
        self.holes.redraw(np.asarray(filled)[self.which][:, :2])
        return self.cloud

    def cloud_only(self, strength: float) -> object:
        """The known rows at a strength."""
        return self.known.set_stroke(opacity=0.75 * strength)


SQUARE: Final = ((-1.2, -1.2), (1.2, -1.2), (1.2, 1.2), (-1.2, 1.2))
"""What the camera goes to among the tumours, in standard deviations."""


class Pairs:
    """Five rows of two columns: three whole ones, and two whose hole lies on a dashed way."""

    def __init__(self) -> None:
        self.plane = shot.chart(
            shot.safe(titled=False),
            HAND_X,
            HAND_Y,
            x_ticks=(1, 2, 3, 4, 5),
            y_ticks=(2, 4, 6, 8, 10),
            x_label="first column",
            y_label="second column",
        )
        pairs = np.array(holes.PAIRS)
        self.gone = np.isnan(pairs).any(axis=1)
        self.whole = self.plane.dots(pairs[~self.gone], TRAIN, radius=0.2)
        known_x, known_y = float(pairs[3, 0]), float(pairs[4, 1])
        self.ways = [
            self.plane.segment((known_x, HAND_Y[0]), (known_x, HAND_Y[1]), ink.quiet, LINE, dashed=True),
            self.plane.segment((HAND_X[0], known_y), (HAND_X[1], known_y), ink.quiet, LINE, dashed=True),
        ]
        self.marks = [
            self.plane.label(known_x, HAND_Y[0], "(4, ?)", UP + RIGHT, FIT, 0.15, BIG),
            self.plane.label(HAND_X[0], known_y, "(?, 10)", UP + RIGHT, FIT, 0.15, BIG),
        ]
        self.holes = self.plane.dots(holes.hand_turns()[0][self.gone], FIT, radius=0.24)
        self.drawn = VGroup()
        fills = np.where(np.isnan(pairs), holes.hand_turns()[-1], np.nan)[self.gone]
        spots = holes.hand_turns()[-1][self.gone]
        self.ends = VGroup(
            *(
                self.plane.label(
                    spot[0], spot[1], f"{np.nansum(fill):.0f}", DOWN + RIGHT, FIT, 0.3, ink.HEADLINE
                )
                for spot, fill in zip(spots, fills, strict=True)
            )
        )

    def put(self, filled: Floats) -> object:
        """The two rows with a hole lie where ``filled`` (5, 2) has them."""
        return self.holes.redraw(np.asarray(filled)[self.gone])

    def line(self, filled: Floats, column: int) -> VGroup:
        """The line by which a ``column`` of ``filled`` is predicted from the other."""
        slope, intercept = holes.hand_line(filled, column)
        if column == 1:
            xs = np.array(HAND_X)
            ys = intercept + slope * xs
        else:
            ys = np.array(HAND_Y)
            xs = intercept + slope * ys
        self.drawn = VGroup(self.plane.curve(xs, ys, SOUND, 1.5 * LINE))
        return self.drawn
