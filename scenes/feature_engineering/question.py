"""The opening question, and its answer: noise that scores, since the choice of its columns had seen the labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup, linear

from scenes.feature_engineering.stage import (
    BIG,
    CHOSEN,
    DIM,
    DYED,
    FAINT,
    FIT,
    HELD,
    LEAK,
    SOUND,
    TRAIN,
    FeatureEngineeringStage,
    Noise,
    percent,
    site,
    way,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.array_cells import ArrayCells
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.frame import Sight
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.maths.feature_engineering import noise

FEATURE: Final = 40
"""The column of the window that shows what a feature is."""
CASE: Final = 22
"""The row that shows what a case is."""
CLOSE: Final = 2.2
"""Enlargement of the first picture."""
TURNS: Final = noise.FOLDS
READ: Final = 0.6
"""Strength of letters in what others are seen before."""
APART: Final = 5
"""The patterns are dealt in steps of so many, so that the two that fit stand apart."""
WIDTHS: Final = (14, 34000)
"""Numbers of columns that the chart shows."""


class Question(FeatureEngineeringStage):
    """Random numbers score 93 percent, and why."""

    # --- noise scores

    @chapter("Noise that scores")
    def noise_scores(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        picture = Noise()
        self.ask(picture)
        self.name_rows_and_columns(picture)
        self.take_turns(picture)
        self.choose_twenty(picture)

    def ask(self, picture: Noise) -> None:
        """The question, over a wall of noise and a column of labels."""
        heads = picture.heads[:, None]
        bright, dim = np.ones(heads.shape), np.full(heads.shape, FAINT)
        with self.beat(
            "Rows of random numbers, five thousand in each. Beside each row a coin, "
            "dealt at random: as many heads as tails."
        ) as beat:
            self.add(picture.wall)
            self.frame.look(Sight(-4.0, 1.0, CLOSE))
            beat.over(
                drive(picture.appear, picture.wall, rate_func=linear),
                self.frame.back(),
                until="Beside",
                least=pace.LONG,
            )
            beat.over(
                drive(picture.deal, picture.labels, rate_func=linear),
                glide(picture.wall.redraw, {"strength": DIM}, {"strength": 1.0}),
                until="as many",
                least=pace.SLOW,
            )
            only, others = np.where(heads, bright, dim), np.where(heads, dim, bright)
            light = partial(glide, picture.labels.redraw)
            self.play(light({"strength": bright}, {"strength": only}), run_time=pace.BRISK)
            beat.at("tails", light({"strength": only}, {"strength": others}))
            self.play(light({"strength": others}, {"strength": bright}), run_time=pace.BRISK)
        score = Tag(
            words.headline(percent(noise.scores().mean(axis=0)[0]), LEAK, size=2.6 * ink.HEADLINE), 0.92
        )
        score.move_to(picture.area.middle)
        asked = words.headline("right?", ink.chalk).next_to(score, DOWN, buff=0.3)
        tagged = Tag(asked, 0.92)
        with self.beat(
            "How can a model name the right side of the coin ninety-three percent of the time?"
        ) as beat:
            beat.over(glide(picture.wall.redraw, {"strength": 1.0}, {"strength": 0.5}), until="ninety-three")
            beat.at("ninety-three", FadeIn(score, scale=1.3), FadeIn(tagged, shift=place.NUDGE * UP))
        self.think()
        self.play(
            FadeOut(score, tagged),
            glide(picture.wall.redraw, {"strength": 0.5}, {"strength": 1.0}),
            run_time=pace.BRISK,
        )

    def name_rows_and_columns(self, picture: Noise) -> None:
        """Case, feature, label."""
        wall = picture.wall
        shape = wall.values.shape
        column = np.full(shape, FAINT)
        column[:, FEATURE - 1 : FEATURE + 2] = 1.0
        right = wall.column(FEATURE)[1]
        feature = Tag(words.headline("feature", FIT)).move_to(site(right + 0.5, 1.6), aligned_edge=LEFT)
        case = Tag(words.headline("one case", ink.chalk))
        case.move_to(site(right + 2.2, wall.row(CASE - 2) + 0.5))
        label = words.headline("label y", ink.chalk, size=BIG)
        picture.beside.put(label, LEFT).align_to(feature, UP)
        with self.beat(
            "Each row is one case. A column is a feature: what the model reads. "
            "The label, y, is what it has to predict."
        ) as beat:
            beat.over("row", drive(lambda share: picture.row_lit(round(CASE * share)), wall), until="one")
            self.play(FadeIn(case), run_time=pace.QUICK)
            beat.until("column")
            self.play(FadeOut(case), run_time=pace.QUICK)
            beat.over(drive(lambda share: picture.column_lit(round(FEATURE * share)), wall), until="what")
            self.play(FadeIn(feature), run_time=pace.BRISK)
            beat.at("label", FadeIn(label))
            beat.over(drive(picture.deal, picture.labels), least=pace.SLOW)
        self.play(
            FadeOut(feature, label),
            glide(wall.redraw, {"strength": column}, {"strength": np.ones(shape)}),
            run_time=pace.BRISK,
        )

    def take_turns(self, picture: Noise) -> None:
        """Cross-validation: four parts train, the fifth is tested, in turn."""
        wall = picture.wall
        picture.split(0)
        names = [
            picture.beside.put(words.headline("test", HELD), LEFT),
            picture.beside.put(words.headline("train", TRAIN), LEFT),
        ]
        term = words.headline("cross-validation", ink.chalk, size=BIG)
        tag = Tag(term, 0.92).move_to(picture.area.middle)

        def stand(held: int) -> None:
            top, low = picture.band(held)
            names[0].set_y((top + low) / 2)
            names[1].set_y(-0.6 if held < 2 else 1.6)

        stand(0)
        with self.beat(
            "To test it honestly there is cross-validation: train on four parts of the rows, "
            "test on the fifth, and take turns.",
            pause=pace.SLOW,
        ) as beat:
            beat.at("cross-validation", FadeIn(tag))
            beat.over(drive(partial(picture.fall, 0.0, DYED), wall), FadeIn(names[1]), until="test on")
            beat.at("test on", FadeIn(names[0]))
            for held in range(1, TURNS):
                old = [names[0].get_center(), names[1].get_center()]
                stand(held)
                new = [names[0].get_center(), names[1].get_center()]
                for name, spot in zip(names, old, strict=True):
                    name.move_to(spot)
                picture.split(held)
                self.play(
                    *(name.animate.move_to(spot) for name, spot in zip(names, new, strict=True)),
                    run_time=pace.QUICK,
                )
        half = Tag(words.headline(percent(noise.labels().mean()), ink.chalk, size=2.6 * ink.HEADLINE), 0.92)
        half.move_to(picture.area.middle)
        guess = Tag(words.headline("by guessing", ink.chalk), 0.92).next_to(half, DOWN, buff=0.1)
        with self.beat("A mere guess is right half the time.") as beat:
            beat.over(FadeOut(tag, *names), glide(wall.redraw, {"dye": DYED}, {"dye": 0.0}), until="right")
            beat.at("right", FadeIn(half, scale=1.2), FadeIn(guess))
        self.play(FadeOut(half, guess), run_time=pace.BRISK)

    def choose_twenty(self, picture: Noise) -> None:
        """Feature selection squeezes out all columns but twenty."""
        wall = picture.wall
        wall.dyes([FIT] * noise.ROWS)
        kept = np.broadcast_to(picture.is_kept(), wall.values.shape)
        tag = Tag(words.headline("feature selection", FIT, size=BIG), 0.92)
        tag.move_to(picture.area.middle + way(UP, 0.6))
        under = Tag(words.headline(f"{noise.COLUMNS:,} → {noise.KEPT}", FIT, size=BIG), 1.0)
        under.next_to(tag, DOWN, buff=0.1)
        with self.beat(
            "But one step came before: feature selection. "
            "Of these columns it kept the twenty that go best with the labels: "
            "those that differ most between heads and tails."
        ) as beat:
            beat.at("feature selection", FadeIn(tag))
            beat.over(drive(picture.pick, wall), FadeIn(under), until="those", least=pace.SLOW)
            beat.over(drive(picture.squeeze, wall), FadeOut(tag, under), least=pace.LONG)
        score = Tag(
            words.headline(percent(noise.scores().mean(axis=0)[0]), LEAK, size=2.6 * ink.HEADLINE), 0.92
        )
        score.move_to(picture.area.middle)
        with self.beat(
            "Train and test on these alone, and the model is right that often, "
            "on rows that it was not trained on. So where did the answers get in?"
        ) as beat:
            picture.split(0)
            band = np.array([[1.0 if row < noise.ROWS // TURNS else 0.45] for row in range(noise.ROWS)])
            shape = wall.values.shape
            wall.redraw(strength=np.ones(shape))
            beat.over(drive(partial(picture.fall, CHOSEN * kept, DYED), wall), until="right")
            beat.at("right", FadeIn(score, scale=1.2))
            beat.at(
                "rows",
                glide(
                    wall.redraw,
                    {"strength": np.ones(shape)},
                    {"strength": np.broadcast_to(band, shape)},
                ),
            )
            beat.over("Where", drive(picture.deal, picture.labels), least=pace.SLOW)

    # --- the answers leaked

    @chapter("Where the answers got in", "leakage shown as a wrong score")
    def the_answers_leaked(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        coins = Coins()
        self.toss_by_hand(coins)
        self.hold_one_out(coins)
        self.count_twenty_times()

    def toss_by_hand(self, coins: Coins) -> None:
        """Among all patterns of four rows one is the label."""
        with self.beat(
            "By hand: four rows, two heads and two tails. And sixteen columns of coins: "
            "each pattern that there is, once."
        ) as beat:
            self.play(FadeIn(coins.labels, coins.name), run_time=pace.BRISK)
            beat.over(
                LaggedStart(
                    *(FadeIn(column, shift=place.NUDGE * DOWN) for column in coins.columns),
                    lag_ratio=pace.LAG,
                ),
                until="each pattern",
                least=pace.LONG,
            )
        best = int(noise.fitting(4)[0])
        with self.beat(
            "Choose the best column on all four rows: one of them is the label itself. "
            "Right on each row, by choice and not by skill."
        ) as beat:
            beat.over(drive(coins.scan(4), *coins.columns), until="one of", least=pace.LONG)
            coins.frame(best, FIT)
            beat.at("one of", FadeIn(coins.frames[best]))
            beat.over(words.light(coins.frames[best], ink.chalk))

    def hold_one_out(self, coins: Coins) -> None:
        """Chosen on three rows, a column is right on the fourth as often as a coin."""
        best = int(noise.fitting(4)[0])
        right, wrong = sorted(noise.fitting(3), key=lambda column: int(column != best))
        with self.beat(
            "Now hold the last row out. The rows that are tested are the held-out fold. Choose on the other three."
        ) as beat:
            self.play(FadeOut(coins.frames[best]), run_time=pace.QUICK)
            beat.over(drive(coins.part), until="The rows", least=pace.SLOW)
            beat.at("held-out fold", FadeIn(coins.held_name))
            beat.over("Choose", drive(coins.scan(3), *coins.columns), least=pace.SLOW)
        ticks = [coins.verdict(int(right), SOUND, "right"), coins.verdict(int(wrong), LEAK, "wrong")]
        with self.beat(
            "Two columns match. On the held-out row one is right and one is wrong: a coin's toss.",
            pause=pace.SLOW,
        ) as beat:
            for column in (int(right), int(wrong)):
                coins.frame(column, FIT, 3)
            self.play(*(FadeIn(coins.frames[int(each)]) for each in (right, wrong)), run_time=pace.BRISK)
            beat.at("right", FadeIn(ticks[0]), words.light(coins.columns[int(right)].boxes[3].outline, SOUND))
            beat.at("wrong", FadeIn(ticks[1], scale=1.3))
        ray = coins.ray(best)
        term = words.headline("data leakage", LEAK, size=1.2 * ink.HEADLINE)
        term.move_to(coins.head)
        with self.beat(
            "The first choice had seen the held-out label. That is data leakage: "
            "training used something that it will not have when it predicts."
        ) as beat:
            self.play(
                FadeOut(*ticks, coins.frames[int(right)], coins.frames[int(wrong)]), run_time=pace.QUICK
            )
            beat.over("seen", drive(ray, coins.beam), until="data leakage")
            beat.at("data leakage", FadeIn(term))
            beat.over(
                words.light(coins.columns[best].boxes[3].outline, LEAK),
                words.light(coins.labels.boxes[3].outline, LEAK),
            )

    def count_twenty_times(self) -> None:
        """The noise again, over twenty seeds and several widths."""
        chart = Chosen()
        with self.beat(
            "Back to the noise, twenty times anew. The more columns there are to choose from, "
            "the more of them match by chance."
        ) as beat:
            self.exchange(chart.plane, chart.half)
            beat.over(
                "The more",
                drive(chart.grow_outside, chart.outside, chart.spots[0], rate_func=linear),
                least=pace.LONG,
            )
        with self.beat(
            "Chosen on all rows: ninety-three percent. Chosen on the training folds only: fifty."
        ) as beat:
            beat.at("Chosen on all", FadeIn(chart.names[0]))
            beat.at("ninety-three", FadeIn(chart.ends[0], scale=1.3))
            beat.over(
                "Chosen on the training",
                drive(chart.grow_inside, chart.inside, chart.spots[1], rate_func=linear),
                FadeIn(chart.names[1]),
                until="fifty",
            )
            beat.at("fifty", FadeIn(chart.ends[1], scale=1.3))
        with self.beat("A score that is too good to be true is a leak, until it is shown otherwise.") as beat:
            beat.over(words.light(chart.ends[0], LEAK), until="leak")
            beat.over(
                glide(chart.spots[0].shade, 1.0, 0.5, chart.spots[0]), words.light(chart.names[0], LEAK)
            )


class Coins:
    """Sixteen columns of four coins over the whole frame, and the labels by hand at their right."""

    def __init__(self) -> None:
        place_ = shot.safe(titled=False)
        table = noise.coins()
        rows, count = table.shape
        wide, tall = place_.width / (count + 2.2), 1.12
        top = place_.top - 0.95
        self.wide, self.tall = wide, tall
        self.columns: list[ArrayCells] = []
        for column in range(count):
            cells = ArrayCells([*map(face, table[:, column])], wide * 0.88, tall * 0.86, ink.quiet, fill=0.1)
            x = place_.left + wide * ((column * APART) % count + 0.5)
            cells.put([(x, top - tall * (row + 0.5), 0.0) for row in range(rows)])
            self.columns.append(cells)
        self.labels = ArrayCells(
            [*map(face, noise.HAND_LABELS)], wide * 1.1, tall * 0.86, ink.quiet, fill=0.1
        )
        x = place_.right - wide * 0.6
        self.labels.put([(x, top - tall * (row + 0.5), 0.0) for row in range(rows)])
        self.name = words.headline("label", ink.chalk, size=ink.AXIS).next_to(self.labels, UP, buff=0.25)
        self.frames: dict[int, VGroup] = {}
        self.head = np.array([-0.9, place_.top - 0.4, 0.0])
        self.gap = 0.85
        self.held_name = words.headline("held-out fold", HELD, size=BIG)
        self.held_name.move_to(site(place_.left, top - 3 * tall - self.gap / 2), aligned_edge=LEFT)
        for number in range(count):
            self.shade(number, 1.0)
        self.colour(self.labels, noise.HAND_LABELS)
        self.beam = shot.bare().curve([0.0, 0.0], [0.0, 0.0], LEAK, 2.5 * LINE)
        self.home = [cells.centres for cells in (*self.columns, self.labels)]

    def colour(self, cells: ArrayCells, heads: Sequence[int] | npt.NDArray[np.intp]) -> None:
        """Heads are lighter than tails."""
        for box, head, shown in zip(cells.boxes, heads, cells.shown, strict=True):
            box.outline.set_fill(ink.chalk, opacity=float(shown) * (0.3 if head else 0.06))

    def shade(self, column: int, strength: float) -> None:
        """Show a column at a strength."""
        cells = self.columns[column].shade(strength)
        for box in cells.boxes:
            box.inside.set_fill(opacity=max(strength, READ))
        self.colour(self.columns[column], noise.coins()[:, column])

    def scan(self, rows: int) -> Callable[[float], list[ArrayCells]]:
        """A path: the columns that do not fit the labels on the first ``rows`` step back, from the left."""
        fits = set(noise.fitting(rows).tolist())

        def path(share: float) -> list[ArrayCells]:
            for number in range(len(self.columns)):
                turn = (number * APART) % len(self.columns)
                gone = 0.0 if number in fits else float(np.clip(share * 16 - turn, 0, 1))
                self.shade(number, 1 - (1 - FAINT) * gone)
            return self.columns

        return path

    def part(self, share: float) -> list[ArrayCells]:
        """The last row goes down, and becomes the held-out one; all columns are bright again."""
        best = int(noise.fitting(4)[0])
        for number in range(len(self.columns)):
            self.shade(number, 1.0 if number == best else blend(FAINT, 1.0, share))
        for cells, home in zip((*self.columns, self.labels), self.home, strict=True):
            cells.put(home - np.array([[0, 0, 0]] * 3 + [[0, self.gap * share, 0]]))
            for row, color in enumerate((TRAIN, TRAIN, TRAIN, HELD)):
                cells.boxes[row].outline.set_stroke(blend(ink.quiet, color, share))
        return [*self.columns, self.labels]

    def frame(self, column: int, color: ManimColor, rows: int = 4) -> None:
        """A frame around the first ``rows`` of a column."""
        inside = VGroup(*(box.outline for box in self.columns[column].boxes[:rows]))
        self.frames[column] = VGroup(words.mark(inside, "box", color).set_stroke(width=1.6 * LINE))

    def verdict(self, column: int, color: ManimColor, text: str) -> words.Words:
        """Under the held-out cell of a column."""
        return words.caption(self.columns[column].boxes[3], text, DOWN, color, 0.14, ink.POINT)

    def ray(self, column: int) -> Callable[[float], object]:
        """A path: from the held-out label up, along between the rows, and down to the column's own held-out cell."""
        start = self.labels.boxes[3].outline.get_top()
        stop = self.columns[column].boxes[3].outline.get_top()
        high = start[1] + self.gap / 2
        self.beam.redraw([start[0], start[0], stop[0], stop[0]], [start[1], high, high, stop[1]])
        return self.beam.reveal


class Chosen:
    """Accuracy over the number of columns to choose from: chosen on all rows, and on the training folds."""

    def __init__(self) -> None:
        place_ = shot.safe(titled=False)
        table = noise.by_width()
        self.plane = shot.chart(
            place_,
            WIDTHS,
            (0.26, 1.04),
            log_x=True,
            x_ticks=noise.WIDTHS[::2],
            x_names={width: f"{width:,}" for width in noise.WIDTHS},
            y_ticks=(0.5, 0.75, 1.0),
            y_names={0.5: "50 %", 0.75: "75 %", 1.0: "100 %"},
            x_label="columns of noise to choose from",
            y_label="held-out labels right: mean and 20 seeds",
        )
        self.half = self.plane.segment((WIDTHS[0], 0.5), (noise.COLUMNS, 0.5), ink.faint, dashed=True)
        self.table = table
        mean = table.mean(axis=1)
        self.outside = self.plane.curve(noise.WIDTHS, mean[:, 0], LEAK, 2 * LINE)
        self.inside = self.plane.curve(noise.WIDTHS, mean[:, 1], SOUND, 2 * LINE)
        self.spots = [self.seeds(0, LEAK), self.seeds(1, SOUND)]
        self.ends, self.names = [], []
        for score, color, name in (
            (mean[-1, 0], LEAK, "chosen on\nall rows"),
            (mean[-1, 1], SOUND, "chosen on\ntraining folds"),
        ):
            end = self.plane.label(5900, score, percent(score), RIGHT, color, 0.1, 1.2 * ink.HEADLINE)
            self.ends.append(end)
            told = words.note(name, color, size=ink.AXIS).next_to(end, DOWN, buff=0.25)
            self.names.append(told.align_to(end, LEFT))

    def seeds(self, which: int, color: ManimColor) -> Dots:
        """A dot for each seed and width."""
        spread = np.linspace(0.9, 1.1, noise.SEEDS)
        points = [
            (width * shift, score)
            for width, row in zip(noise.WIDTHS, self.table[:, :, which], strict=True)
            for shift, score in zip(spread, row, strict=True)
        ]
        return self.plane.dots(points, color, radius=0.055)

    def reach(self, which: int, share: float) -> list[object]:
        """One of the two curves is drawn up to a ``share``, and its dots."""
        curve = (self.outside, self.inside)[which].reveal(share)
        far = 3 * (share * (len(noise.WIDTHS) - 1) - np.arange(len(noise.WIDTHS)))
        self.spots[which].shade(np.repeat(0.55 * np.clip(far + 0.4, 0, 1), noise.SEEDS))
        return [curve, self.spots[which]]

    def grow_outside(self, share: float) -> list[object]:
        """The curve of the leak."""
        return self.reach(0, share)

    def grow_inside(self, share: float) -> list[object]:
        """The curve without it."""
        return self.reach(1, share)


def face(head: int) -> str:
    """Heads or tails, by a letter."""
    return "H" if head else "T"
