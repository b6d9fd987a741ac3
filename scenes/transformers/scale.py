"""Why scores are divided by the root of the width of a key."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.histogram import Histogram
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.readout import Readout
from scenes.kit.value import Reading, Value
from scenes.maths.transformers import attention, worked
from scenes.transformers.lookup import DIGITS, LINES, block_of, three_lines
from scenes.transformers.predict import LARGE
from scenes.transformers.stage import KEY, QUERY, TransformersStage

COINS: Final = 4
"""Products that are plus or minus one in the worked example."""
WIDTHS: Final = (4, 16, 64, 256, 1024)
"""Entries of a query or a key."""
DRAWS: Final = 20_000
"""Rows of scores of which means are taken."""
SCORES: Final = ink.truth
"""What scores are drawn in."""
EXPANDED: Final = (
    "{{ bold(q)_i : q }} dot {{ bold(k)_j : k }} = "
    "{{ q_1 : r }} {{ k_1 : m }} + {{ q_2 : s }} {{ k_2 : n }} + dots + {{ q_(d_k) : t }} {{ k_(d_k) : o }}"
)
"""A score as the sum that it is."""
SCALED: Final = LINES.replace(
    "{{ bold(q)_i : q }} dot {{ bold(k)_j : k }}",
    "({{ bold(q)_i : q }} dot {{ bold(k)_j : k }}) / {{ sqrt(d_k) : root }}",
)
"""The three formulas, with scores that are divided."""


def spread() -> attention.Spread:
    """Scores of random queries and keys at each of the widths."""
    return attention.spread_scores(WIDTHS, DRAWS)


def scaled_lines() -> tuple[VGroup, words.Words]:
    """The three formulas, as they stand when the chapter ends."""
    return block_of(SCALED, "scaled scores")


class Scale(TransformersStage):
    """Why scores are divided by the root of the width of a key."""

    @chapter("Why divide by √d", "scaled dot-product attention", "why √d", goes_on=True)
    def why_divide(self) -> None:
        self.untitled()
        self.shot(shot.formula())
        self.toss_coins()
        self.widen()
        self.divide_by_the_root()

    def toss_coins(self) -> None:
        """A score is a sum; sums of four coins by hand."""
        names, formula = three_lines()
        self.add(names, formula)
        for each in (*names, formula):
            self.allow(each, "unread", "it is read as the chapter before ends")
        expanded = words.formula(
            EXPANDED,
            {"q": QUERY, "k": KEY, "r": QUERY, "m": KEY, "s": QUERY, "n": KEY, "t": QUERY, "o": KEY},
            size=ink.POINT,
            symbols={},
        )
        shot.safe(titled=False).put(expanded)
        width = words.label("$d_k$: entries of a query or a key", size=LARGE).next_to(
            expanded, DOWN, buff=0.6
        )
        with self.beat("A score is a sum of d k products, one for each entry. What if d k is large?") as beat:
            beat.over(words.light(names[0]), *map(words.light, map(formula.part, "qk")), until="d k")
            self.play(FadeOut(names, formula), run_time=pace.QUICK)
            self.play(words.write(expanded), run_time=pace.CALM)
            beat.over("What", FadeIn(width), self.frame.to(expanded, width, share=0.85))

        picture, column = self.shot(shot.picture_and_column(5.2, side="left", titled=False))
        plane = picture.plane(
            (-5, 5), (0, 7), x_label="sum of four products", x_ticks=(-4, -2, 0, 2, 4), y_ticks=[]
        )
        sums = worked.coin_sums(COINS)
        heap = Histogram(
            plane,
            np.sort(sums)[np.random.default_rng(0).permutation(len(sums))],
            [-5, -3, -1, 1, 3, 5],
            colors=[SCORES],
        )
        values, cases = np.unique(sums, return_counts=True)
        counts = VGroup(
            *(
                plane.label(value, count, str(count), UP, size=LARGE)
                for value, count in zip(values, cases, strict=True)
            )
        )
        coins = words.note("four products,\neach $-1$ or $+1$", size=LARGE)
        mean = words.note("mean: $0$", size=LARGE)
        variance = words.note(
            f"variance:\n$display(frac(2 dot 4^2 + 8 dot 2^2 + 6 dot 0^2, {len(sums)})) = {sums.var():g}$",
            size=LARGE,
        )
        root = words.note(f"standard deviation:\n$sqrt({sums.var():g}) = {sums.std():g}$", size=LARGE)
        column.stack(coins, mean, variance, root, gap=0.55)
        with self.beat(
            "By hand: let each product be plus one or minus one, by a coin. Four coins have 16 outcomes."
        ) as beat:
            self.play(FadeOut(expanded, width), self.frame.back(), run_time=pace.BRISK)
            beat.over(FadeIn(plane, coins), until="Four")
            self.add(heap)
            beat.over(glide(heap.redraw, {"fallen": 0.0}, {"fallen": 1.0}), least=pace.LONG)
            self.play(glide(heap.redraw, {"solid": 0.0}, {"solid": 1.0}), FadeIn(counts), run_time=pace.QUICK)
        with self.beat(
            "Their mean is zero. Their mean square, the variance, is four; its root, the standard deviation, two."
        ) as beat:
            beat.at("mean", FadeIn(mean))
            beat.over("square", words.write(variance), until="root", least=pace.CALM)
            beat.over("root", words.write(root))
        general = VGroup(
            words.label("independent entries,\nmean $0$, variance $1$:", size=LARGE),
            words.label("variance $d_k$", size=ink.HEADLINE),
            words.label("standard deviation\n$sqrt(d_k)$", size=LARGE),
        ).arrange(DOWN, buff=0.8)
        column.put(general)
        with self.beat(
            "In general: for independent entries of mean zero and variance one, a score has variance d k.",
            pause=pace.QUICK,
        ) as beat:
            beat.over(FadeOut(coins, mean, variance, root), until="independent", least=pace.QUICK)
            beat.over("independent", FadeIn(general[0]), until="score")
            beat.over("score", FadeIn(general[1]), until="d k")
            beat.over("d k", FadeIn(general[2]), words.light(general[1]))
        self.gone = VGroup(plane, heap, counts, general)

    def widen(self) -> None:
        """Random scores at growing widths, and what softmax makes of one row of them."""
        drawn = spread()
        self.shot(shot.wide())
        room = shot.safe(titled=False)
        rows, widths, heights = len(WIDTHS), drawn.width, self.rng.uniform(0.12, 0.88, drawn.sample.shape[1])
        middle = shot.Region(room.left + 2.7, room.bottom, room.right - 3.0, room.top - 0.6)
        five = middle.plane(
            (-100, 100), (0, rows), x_label="scores", x_ticks=(-100, -50, 0, 50, 100), y_ticks=[]
        )
        clouds, told = [], []
        for row, scores in enumerate(drawn.sample):
            inside = np.where(np.abs(scores) < 100, scores, np.nan)
            clouds.append(
                five.cloud(np.column_stack([inside, rows - 1 - row + heights]), SCORES, radius=0.03)
            )
            level = rows - 0.5 - row
            told.append(
                VGroup(
                    five.label(-100, level, f"$d_k = {widths[row]:g}$", LEFT, size=LARGE),
                    five.label(
                        100, level, f"$sqrt({widths[row]:g}) = {drawn.raw[row]:.0f}$", RIGHT, size=LARGE
                    ),
                )
            )
        head = words.label("standard deviation", size=LARGE)
        room.put(head, UP + RIGHT)
        with self.beat(
            "So scores of random queries and keys spread: by two, at four entries; by 32, at 1,024."
        ) as beat:
            self.play(FadeOut(self.gone), run_time=pace.QUICK)
            beat.over(FadeIn(five), until="spread", least=pace.BRISK)
            self.play(FadeIn(clouds[0], told[0], head), run_time=pace.QUICK)
            for row, word in enumerate(("at four", "by 32", "at 1,024", None), 1):
                beat.over(FadeIn(clouds[row], told[row]), until=word, least=pace.QUICK)
        self.gone = VGroup(five, *clouds, *told, head)
        self.sure_softmax(drawn)

    def sure_softmax(self, drawn: attention.Spread) -> None:
        """What softmax makes of one row of scores as they spread, how steep it is there, and the cure."""
        self.reel = reel = ParameterSweep(WIDTHS, log=True)
        self.divided = divided = Value(0.0)
        room = shot.safe(titled=False)
        head, upper, lower = room.rows(1, 3.1, 2.9, gap=0.35)
        left, right = lower.columns(8, 4.6, gap=0.9)
        line = upper.plane((-100, 100), (0, 1), x_label="scores", y_ticks=[])
        chart = left.plane(
            (0.3, 16.7), (0, 1), x_ticks=[], y_ticks=[0, 1], x_label="16 weights of a typical row"
        )
        slope = right.plane((0, 1), (0, 0.27), x_label="weight $p$", x_ticks=[0, 1], y_ticks=[])
        heights = self.rng.uniform(0.06, 0.94, drawn.sample.shape[1])
        dust = line.cloud(np.column_stack([0 * heights, heights]), SCORES, radius=0.03)
        scores_of_row = worked.typical_row(drawn)
        bars = chart.bars(np.arange(1.0, 17.0), np.zeros(16), ink.chalk)
        readouts = [
            Readout(reel.score(WIDTHS), 0, label="$d_k =$", size=LARGE, digits=4),
            Readout(
                self.measure(drawn.raw, drawn.scaled_raw), 0, label="standard deviation", size=LARGE, digits=2
            ),
            Readout(self.measure(drawn.top, drawn.scaled_top), 2, label="largest weight", size=LARGE),
        ]
        for readout, cell in zip(readouts, head.columns(3, 5.2, 4.6), strict=True):
            cell.put(readout, LEFT)

        def show(_: object = None) -> Changed:
            by = np.sqrt(reel.value) ** divided.value
            scores = reel.mix(drawn.sample) / by
            dust.redraw(np.column_stack([np.where(np.abs(scores) < 100, scores, np.nan), heights]))
            return dust, bars.redraw(attention.softmax(reel.mix(scores_of_row) / by))

        Reading(lambda *both: both, reel, divided).draws(show, dust, bars)
        with self.beat("What does softmax make of them? Watch a typical row, and the mean of many.") as beat:
            self.play(FadeOut(self.gone), run_time=pace.QUICK)
            beat.over(FadeIn(line, dust, readouts[0], readouts[1]), until="row", least=pace.BRISK)
            beat.over("row", FadeIn(chart, bars), until="mean")
            beat.at("mean", FadeIn(readouts[2]))
        with self.beat("The largest weight rises from 0.42 to 0.96: softmax is nearly sure.") as beat:
            beat.over("rises", reel.to(WIDTHS[-1]), until="nearly", least=pace.LONG)
            beat.over(words.light(readouts[2]))
        ps = np.linspace(0, 1, 81)
        curve = slope.curve(ps, ps * (1 - ps), ink.chalk, width=1.5 * LINE)
        name = slope.label(0.5, 0.05, "slope\n$p (1 - p)$", UP)
        here = slope.dots([(drawn.top[0], drawn.top[0] * (1 - drawn.top[0]))], SCORES, radius=0.18)

        def slide(p: float) -> Changed:
            return (here.redraw([(p, p - p**2)]),)

        with self.beat(
            "A softmax that is nearly sure has almost no gradient: its slope, p times one minus p, is near zero. "
            "Learning stalls."
        ) as beat:
            beat.over(FadeIn(slope), Create(curve), until="slope", least=pace.BRISK)
            beat.over("slope", FadeIn(name, here), until="near")
            beat.over(
                "near",
                glide(slide, float(drawn.top[0]), float(drawn.top[-1])),
                until="Learning",
                least=pace.SLOW,
            )
            beat.over("Learning", words.light(name, ink.error))
        with self.beat("So divide each score by the root of d k. The spread is one at each d k.") as beat:
            beat.over(
                "divide",
                divided.to(1.0),
                glide(slide, float(drawn.top[-1]), float(drawn.scaled_top[-1])),
                until="spread",
                least=pace.LONG,
            )
            beat.over("each d", reel.to(WIDTHS[0]), least=pace.LONG)
        self.gone = VGroup(line, dust, chart, bars, slope, curve, name, here, *readouts)

    def measure(self, raw: np.ndarray, scaled: np.ndarray) -> Reading[float]:
        """A metric of the scores as they are drawn: undivided, or divided once they are."""
        return Reading(
            lambda divided, plain, by_root: float(by_root if divided >= 1 else plain),
            self.divided,
            self.reel.score(raw),
            self.reel.score(scaled),
        )

    def divide_by_the_root(self) -> None:
        """The formula with its divisor, and the worked example once more."""
        self.shot(shot.formula())
        names, formula = scaled_lines()
        look, plain = worked.look(scaled=True), worked.look()
        room = shot.safe(titled=False)
        title = room.put(words.headline("scaled dot-product attention"), UP)
        scaled = words.formula(
            "s_(i j) = frac({{ bold(q)_i : q }} dot {{ bold(k)_j : k }}, {{ sqrt(d_k) : root }})",
            {"q": QUERY, "k": KEY},
            size=84.0,
            symbols={},
        )
        scaled.next_to(title, DOWN, buff=0.6)
        example = VGroup()
        for text, done in (("scores", plain), ("divided", look)):
            scores = ", ".join(f"{number:g}" for number in done.scores)
            weights = ", ".join(f"{number:.3f}" for number in done.weights)
            example.add(words.label(f"{text}: {scores} $arrow.r$ {weights}", size=DIGITS))
        example.arrange(DOWN, buff=0.5, aligned_edge=LEFT)
        room.put(example, DOWN)
        with self.beat(
            "This is scaled dot-product attention. In our example keys have four entries: divide by two.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeOut(self.gone), until="scaled", least=pace.QUICK)
            beat.over("scaled", words.write(title), words.write(scaled), until="In")
            beat.over("In", FadeIn(example[0]), until="divide")
            beat.over("divide", words.light(scaled.part("root")), FadeIn(example[1]))
        self.allow(formula, "unread", "two of its lines are known, and the third was written before")
        with self.beat(
            "Keep scores near size one at the start, and gradients can flow.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(title, example, scaled), FadeIn(names, formula), until="near")
            beat.over("near", words.light(formula.part("root")), words.light(names[0]))
