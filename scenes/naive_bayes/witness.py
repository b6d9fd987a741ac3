"""What dependent features do: the same witness, asked ten times."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.maths.naive_bayes import hand, tumours
from scenes.naive_bayes.bells import COLORS, KINDS
from scenes.naive_bayes.stage import HANG, ROOM, SPAM, WORD, WRONG, NaiveBayesStage, balance

TIMES: Final = 3
"""How often the word is counted."""
SPAN: Final = 40.0
"""Log-odds that are seen to either side."""


class Witness(NaiveBayesStage):
    """Copies, and over-confidence."""

    @chapter("One witness, asked ten times")
    def one_witness_asked_ten_times(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.count_it_again()
        self.copy_a_column()
        self.compare_side_and_loss()

    def count_it_again(self) -> None:
        """The same block falls again and again."""
        values = [np.log(hand.TIMES)] * TIMES
        scale = balance(["free", "free again", "and again"], values, [(0.0, HANG)] * TIMES, unit=0.85)
        scale.redraw(np.zeros(TIMES), np.zeros(TIMES))
        column = ROOM.columns(1.25, 1)[0]

        def told(times: int) -> words.Words:
            text = f"{hand.TIMES**times:.0f} : 1\n{100 * hand.again(times):.0f} %"
            return column.put(words.headline(text, SPAM, 1.4 * ink.HEADLINE), UP + LEFT)

        texts = [told(times) for times in range(1, TIMES + 1)]
        with self.beat(
            "Independence is false. What does that cost? From even odds, weigh a word four times as common in "
            "spam."
        ) as beat:
            beat.over(FadeIn(scale), until="From", least=pace.CALM)
            beat.over(
                scale.drop(0),
                FadeIn(texts[0]),
                least=pace.CALM,
            )
        with self.beat("Four to one, eighty percent. Count the same word twice, and it claims 94.") as beat:
            beat.over(words.light(texts[0], ink.chalk), until="Count")
            beat.over(
                scale.drop(1),
                FadeOut(texts[0]),
                FadeIn(texts[1]),
                least=pace.CALM,
            )
        with self.beat(
            "Once more, and it claims still more. To repeat is no news, but the same evidence is added again."
        ) as beat:
            beat.over(
                scale.drop(2),
                FadeOut(texts[1]),
                FadeIn(texts[2]),
                until="To",
                least=pace.CALM,
            )
            beat.over(*scale.lit())
        name = words.headline("over-confidence", WRONG)
        name.next_to(texts[2], DOWN, buff=0.4, aligned_edge=LEFT)
        with self.beat("That is over-confidence: claims more extreme than the facts.") as beat:
            beat.over(FadeIn(name), self.frame.to(scale, texts[2], name, share=0.9), least=pace.CALM)
        self.play(FadeOut(scale, texts[2], name), self.frame.back(), run_time=pace.BRISK)

    def copy_a_column(self) -> None:
        """Log-odds of all tumours, with the column of the radius once, twice, five and ten times."""
        plane = shot.chart(
            ROOM, (-SPAN, SPAN), (0, 1.3), x_label="log-odds of malignant, tumours held out",
            x_ticks=(-40, -20, 0, 20, 40), y_ticks=(),
        )  # fmt: skip
        _, y = tumours.tumours()
        height = np.random.default_rng(5).uniform(0.06, 0.94, len(y))
        states = [np.column_stack([-tumours.held_out(copies, 0), height]) for copies in tumours.COPIES]
        clouds = [plane.cloud(states[0][y == kind], color, radius=0.07) for kind, color in enumerate(COLORS)]
        even = plane.segment((0, 0), (0, 1), ink.chalk, LINE)
        names = [Tag(words.headline(text, color)) for text, color in zip(KINDS, COLORS, strict=True)]
        ROOM.put(names[0], UP + RIGHT)
        ROOM.put(names[1], UP + LEFT)
        with self.beat(
            "Back to the tumours, by their radius: each stands at its log-odds, even in the middle."
        ) as beat:
            self.play(FadeIn(plane, *names), run_time=pace.BRISK)
            beat.over(FadeIn(*clouds), until="even", least=pace.CALM)
            beat.over(FadeIn(even))
        counts = [
            Tag(words.headline(f"{copies} × radius", WORD, 1.2 * ink.HEADLINE)) for copies in tumours.COPIES
        ]
        for count in counts:
            ROOM.put(count, UP)
        with self.beat(
            "Copy the column of the radius. With two, then more, then even more copies they run outwards."
        ) as beat:
            beat.over(FadeIn(counts[0]), until="two")
            for number, word in enumerate(("two", "more", "even")):
                beat.until(word)
                self.play(
                    *(
                        glide(cloud.redraw, states[number][y == kind], states[number + 1][y == kind])
                        for kind, cloud in enumerate(clouds)
                    ),
                    FadeOut(counts[number]),
                    FadeIn(counts[number + 1]),
                    run_time=pace.CALM,
                )
        with self.beat("The side hardly changes. The confidence explodes.") as beat:
            beat.over(words.light(even), until="The confidence")
            beat.over(words.light(names[0].text, ink.chalk), words.light(names[1].text, ink.chalk))
        self.clear_stage()

    def compare_side_and_loss(self) -> None:
        """Accuracy and log loss by copies."""
        accuracy, loss = tumours.copied().mean(axis=1).T
        names = [f"{copies} ×" for copies in tumours.COPIES]
        right, priced = tumours.guess()
        left, other = ROOM.columns(1, 1, gap=0.7)
        charts = [
            left.put(
                BarChart(
                    [*names, "guess"],
                    np.append(accuracy, right),
                    (0, 1.05),
                    left.width,
                    left.height,
                    upright=True,
                    colors=[WORD] * 4 + [ink.quiet],
                    decimals=3,
                    label="accuracy",
                )
            ),
            other.put(
                BarChart(
                    [*names, "guess"],
                    np.append(loss, priced),
                    (0, 1.45),
                    other.width,
                    other.height,
                    upright=True,
                    colors=[WRONG] * 4 + [ink.quiet],
                    decimals=2,
                    label="log loss",
                )
            ),
        ]
        dim, full = 0.6, 1.0
        values, losses = (chart.values for chart in charts)
        charts[1].shade(dim)
        with self.beat("Accuracy stays: nearly as many tumours are on the right side as before.") as beat:
            self.play(FadeIn(charts[1]), run_time=pace.QUICK)
            beat.over(glide(charts[0].redraw, 0 * values, values), least=pace.SLOW)
        with self.beat(
            "Log loss climbs from 0.30 to 1.3: worse than to guess the share of each class."
        ) as beat:
            self.play(
                glide(charts[0].shade, full, dim), glide(charts[1].shade, dim, full), run_time=pace.QUICK
            )
            beat.over(glide(charts[1].redraw, 0 * losses, losses), least=pace.SLOW)
        with self.beat(
            "A decision needs just the right side, so it often survives. Drop copies before you trust a "
            "probability."
        ) as beat:
            beat.over(
                glide(charts[0].shade, dim, full),
                glide(charts[1].shade, full, dim),
                until="Drop",
                least=pace.CALM,
            )
            beat.over(glide(charts[1].shade, dim, full), least=pace.CALM)
        self.clear_stage()
