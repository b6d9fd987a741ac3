"""One against one: fences between pairs, their votes, and what happens when votes tie."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Transform, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.multiclass import flowers, schemes
from scenes.maths.multiclass.schemes import Lines
from scenes.multiclass.claims import hatched
from scenes.multiclass.stage import (
    CURTAINS,
    DIM,
    DOT,
    FENCES,
    IRISES,
    KINDS,
    LETTERS,
    Curtain,
    MulticlassStage,
    blob_plane,
    dyed,
    iris_plane,
    letters,
    line_of,
    maths,
    panes,
    raised,
    said,
    scatter,
    span,
    told,
)

NEW: Final = (5.9, 1.55)
"""A new flower: petal length and width in cm."""
PILES: Final = ((2.9, 0.1), (4.3, 0.1), (5.7, 0.1))
"""Where votes for the three kinds are piled, in the units of the map of irises."""
PLACES: Final = ((1.5, 1.9), (6.5, 2.2))
"""Two places of the first class' pane: near a fence, and far from it."""
PANE: Final = 0.5
"""Opacity of a pane of the window that votes make."""


def window(plane: Plane, lines: Lines, classes: int) -> VGroup:
    """The map by most votes; ties are left dark."""
    glass = panes(
        plane,
        [
            (cell.corners, KINDS[int(counts.argmax())], PANE)
            for cell, counts in schemes.votes(lines, classes, plane.corners)
            if not schemes.is_tie(counts)
        ],
    )
    glass.set_z_index(-1)  # under the fences, whenever it comes
    return glass


def fences(plane: Plane, lines: Lines, width: float = LINE) -> list[StraightLine]:
    """All pairwise boundaries."""
    return [
        plane.line(*line_of(lines, each), color=FENCES, width=width) for each in range(len(lines.offsets))
    ]


class Pairs(MulticlassStage):
    """One-vs-one, votes, ties."""

    @chapter("One against one", "one-vs-one as a set of binary boundaries", "voting")
    def one_against_one(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = iris_plane()
        whole = scatter(plane, self.petals, self.species)
        dots = whole.copy()
        lines = flowers.one_vs_one()
        fence = fences(plane, lines, 1.5 * LINE)
        with self.beat("Another plan: set one kind aside, and draw the boundary between two.") as beat:
            self.play(FadeIn(plane, dots), run_time=pace.QUICK)
            beat.over(Transform(dots, self.ghosted(plane, (0, 1))), until="draw", least=pace.CALM)
            beat.over(Create(fence[0]), least=pace.CALM)
        term = said(plane, "one-vs-one\n(pairwise)")
        term.shift(plane.at(4.95, 0) - plane.at(2.75, 0.1))
        with self.beat(
            "One classifier for each pair of classes, trained on these two alone: one-vs-one.",
            pause=pace.CALM,
        ) as beat:
            for number, pair, word in ((1, (0, 2), "trained"), (2, (1, 2), "one-vs-one")):
                beat.over(
                    Transform(dots, self.ghosted(plane, pair)), Create(fence[number]), until=word,
                    least=pace.CALM,
                )  # fmt: skip
            beat.over(FadeIn(term), Transform(dots, whole), least=pace.BRISK)
        with self.beat(
            "Against one kind alone, versicolor is no longer in the middle. A line will do."
        ) as beat:
            self.play(FadeOut(term), Transform(dots, self.ghosted(plane, (1, 2))), run_time=pace.BRISK)
            beat.over(
                self.frame.to_region(*span(plane, (2.8, 7.1), (0.8, 2.65))), FadeOut(fence[0], fence[1]),
                least=pace.LONG,
            )  # fmt: skip
        self.vote(plane, lines)
        self.measured()
        self.ten_fences()

    def ghosted(self, plane: Plane, lit: tuple[int, int]) -> VGroup:
        """The irises with the third kind grey."""
        return dyed(scatter(plane, self.petals, self.species), self.species, lit)

    def vote(self, plane: Plane, lines: Lines) -> None:
        """A new flower asks three fences."""
        dots = scatter(plane, self.petals, self.species)
        fence = fences(plane, lines, 1.5 * LINE)
        flower = plane.dots([NEW], ink.focus, "diamond", radius=2.4 * DOT)
        flower.set_z_index(3)
        yes = lines.scores(np.array([NEW]))[0] > 0
        winners = [pair[0] if own else pair[1] for pair, own in zip(schemes.pairs(3), yes, strict=True)]
        piled = [
            plane.label(*PILES[number], name, UP, KINDS[number], size=ink.LABEL)
            for number, name in enumerate(IRISES)
        ]
        piles = VGroup(*(raised(Tag(each)) for each in piled))
        with self.beat("Now a new flower comes, and each fence is asked in turn.") as beat:
            there = [each for each in self.mobjects if each is not plane]
            self.play(
                *map(FadeOut, there), FadeIn(plane, dots, *fence), self.frame.back(), run_time=pace.BRISK
            )
            beat.over(FadeIn(flower, scale=3), until="each", least=pace.CALM)
            beat.over(FadeIn(piles))
        tokens = Dots(plane, [NEW] * 3, [KINDS[winner] for winner in winners], radius=1.8 * DOT)
        tokens.set_z_index(4)
        landed: Floats = np.array([NEW] * 3)
        height = np.zeros(3, dtype=int)
        term = told("voting", UP + RIGHT, size=ink.HEADLINE)
        term.move_to(plane.at(1.5, 2.1))
        with self.beat(
            "Voting: each pairwise classifier has one vote; the class with most votes wins.", pause=pace.CALM
        ) as beat:
            self.play(FadeIn(term), FadeIn(tokens), run_time=pace.QUICK)
            for number, (winner, word) in enumerate(zip(winners, ("has", "the class", ""), strict=True)):
                after = landed.copy()
                after[number] = (PILES[winner][0] - 0.15 + 0.3 * height[winner], 0.45)
                height[winner] += 1
                beat.over(
                    words.light(fence[number]),
                    glide(tokens.redraw, (landed,), (after,)),
                    until=word or None,
                    least=pace.SLOW,
                )
                landed = after
        counts = ", ".join(str(count) for count in schemes.tally(yes[None], 3)[0])
        won = told(f"votes: {counts}", UP + LEFT, KINDS[int(np.bincount(winners).argmax())], ink.HEADLINE)
        won.move_to(plane.at(1.8, 2.1))
        with self.beat("Two votes for virginica, one for versicolor: it is named virginica.") as beat:
            self.play(FadeOut(term), FadeIn(won), run_time=pace.QUICK)
            beat.over(words.light(piled[2]), least=pace.SLOW)
        with self.beat(
            "But the fence of setosa and versicolor has seen no virginica: it was asked about a kind it does not know."
        ) as beat:
            beat.over(
                Transform(dots, self.ghosted(plane, (0, 1))), FadeOut(fence[1], fence[2], won), until="it was",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(words.light(tokens[0]), words.light(fence[0]), least=pace.SLOW)

    def measured(self) -> None:
        """Versicolor found, and accuracy, on flowers that no fit has seen."""
        (room,) = self.shot(shot.headline())
        names = ["one-vs-rest", "one-vs-one"]
        found = [flowers.unseen("rest"), flowers.unseen("pairs")]
        above, below = room.rows(1, 1, gap=0.35)
        charts = []
        for half, which, label in (
            (above, 1, "versicolor found: linear SVMs, C = 1, unseen, ten shuffles"),
            (below, 0, "accuracy, all three kinds (guessing: 0.33)"),
        ):
            values = np.array([each[which] for each in found])
            chart = BarChart(
                names,
                0 * values,
                (0, 1),
                half.width,
                half.height - 0.12,
                decimals=2,
                label=label,
                colors=[CURTAINS, FENCES],
            )
            half.put(chart)
            charts.append((chart, values))
        with self.beat(
            "On unseen flowers, 95 percent of versicolor is found, not 75. Accuracy: 0.96."
        ) as beat:
            self.exchange(*(chart for chart, _ in charts), also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(charts[0][0].change(charts[0][1]), until="Accuracy", least=pace.SLOW)
            beat.over(charts[1][0].change(charts[1][1]), least=pace.SLOW)

    def ten_fences(self) -> None:
        """Five classes, ten fences, and the window that they make."""
        self.shot(shot.wide())
        plane = blob_plane()
        dots = scatter(plane, self.fives, self.five_labels)
        lines = schemes.one_vs_one(self.fives, self.five_labels)
        fence = fences(plane, lines, THIN)
        signs = letters(plane, 5)
        with self.beat("Our five simulated classes make ten fences, one for each pair.") as beat:
            self.exchange(dots, signs, run_time=pace.BRISK)
            beat.over(LaggedStart(*map(Create, fence), lag_ratio=pace.LAG), least=pace.LONG)
        rule = maths('({{ K : each }} {{ (K - 1) : others }}) / 2 quad "models"', ink.HEADLINE)
        plate = raised(shot.SAFE.put(Tag(rule), UP + LEFT))
        with self.beat(
            "Each class meets each other once: K times K minus one, over two, since Q with R is R with Q."
        ) as beat:
            self.play(FadeOut(signs), FadeIn(plate), run_time=pace.QUICK)
            beat.over(words.light(rule.part("each")), until="K minus", least=pace.CALM)
            beat.over(words.light(rule.part("others")), until="since", least=pace.CALM)
            beat.over(words.light(fence[0]), least=pace.CALM)
        glass = window(plane, lines, 5)
        with self.beat(
            "Count the votes in each pane, and nearly all of the map has a name.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(plate), run_time=pace.QUICK)
            beat.over(FadeIn(glass), least=pace.LONG)

    # --- ties

    @chapter("Votes can tie")
    def votes_can_tie(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = blob_plane()
        dots = scatter(plane, self.threes, self.three_labels)
        lines = schemes.one_vs_one(self.threes, self.three_labels)
        fence = fences(plane, lines, THIN)
        glass = window(plane, lines, 3)
        signs = letters(plane, 3)
        cell = schemes.tie()
        middle = cell.corners.mean(axis=0)
        with self.beat("Look into the middle of the window with three classes.") as beat:
            self.play(FadeIn(glass, *fence, dots, signs), run_time=pace.QUICK)
            self.play(FadeOut(signs, dots), run_time=pace.BRISK)
            reach = np.array([(middle[0] - 0.75, middle[0] + 0.75), (middle[1] - 0.42, middle[1] + 0.42)])
            beat.over(
                self.frame.to_region(*span(plane, (reach[0, 0], reach[0, 1]), (reach[1, 0], reach[1, 1]))),
                least=pace.LONG,
            )  # fmt: skip
        beats = [
            told(f"{LETTERS[one]} beats {LETTERS[other]}", DOWN, KINDS[one]) for one, other in self.rounds()
        ]
        shot.SAFE.stack(*beats, gap=0.15)
        self.pin(*beats)
        with self.beat(
            "Here Q beats R, R beats S, and S beats Q: rock, paper, scissors.", pause=pace.CALM
        ) as beat:
            for word, each in zip(("Q beats", "R beats", "S beats"), beats, strict=True):
                beat.at(word, FadeIn(each), run_time=pace.BRISK)
            hollow = plane.polygon(cell.corners, ink.focus, width=0.4 * THIN, fill=0.12)
            beat.over(Create(hollow), least=pace.CALM)
        term = told("a tie: 1, 1, 1", DOWN + RIGHT, size=ink.HEADLINE)
        self.pin(term)
        with self.beat("The same number of votes for two or more classes is a tie.", pause=pace.CALM) as beat:
            beat.over(FadeIn(term), until="two", least=pace.BRISK)
            beat.over(hollow.animate.set_fill(opacity=0.4), least=pace.SLOW)
        five = schemes.one_vs_one(self.fives, self.five_labels)
        others = window(plane, five, 5)
        net = fences(plane, five, THIN)
        tied = [100 * schemes.shares(classes)[:, 3].mean() for classes in (3, 5)]
        left = 100 * (1 - schemes.shares(5)[:, 1].mean())
        small = told(f"ties: {tied[0]:.2f} % with K = 3, {tied[1]:.2f} % with K = 5", DOWN + LEFT)
        text = words.label(f"no name, or several, K = 5: {left:.0f} %", CURTAINS, ink.POINT)
        large = raised(shot.SAFE.put(Tag(text, 1.0), DOWN + LEFT))
        self.pin(small, large)
        with self.beat("An ambiguous region again. How large is it?") as beat:
            beat.over(self.frame.back(), FadeOut(*beats, term), least=pace.SLOW)
        with self.beat(
            "With three classes, and with five, ties take less than 0.2 percent of the map."
        ) as beat:
            beat.over(FadeOut(glass, hollow, *fence), FadeIn(others, *net), until="ties", least=pace.CALM)
            beat.over(FadeIn(small))
        own = schemes.one_vs_rest(self.fives, self.five_labels)
        dark, strokes = hatched(plane, own)
        claims = [Curtain(plane, line_of(own, each), KINDS[each]) for each in range(5)]
        with self.beat("Yes or no alone had left 80 percent without one name.") as beat:
            beat.over(
                FadeOut(others, *net, small), FadeIn(*claims, dark, strokes), until="80", least=pace.CALM
            )
            beat.over(FadeIn(large))
        self.sums(lines, middle)

    def rounds(self) -> list[tuple[int, int]]:
        """Who beats whom in the tie of three classes: winner and loser, as a ring."""
        found = {
            (pair if won else pair[::-1])
            for pair, won in zip(schemes.pairs(3), schemes.tie().yes, strict=True)
        }
        return sorted(found)

    def sums(self, lines: Lines, middle: Floats) -> None:
        """What breaks a tie: the larger sum of scores."""
        (room,) = shot.headline().places
        values = schemes.sums(lines, middle[None], 3)[0]
        bars = BarChart(
            list(LETTERS[:3]), 0 * values, (-0.08, 0.07), room.width, room.height - 0.15, decimals=2, sign=True,
            colors=list(KINDS[:3]), label="sum of scores in the middle of the triangle",
        )  # fmt: skip
        room.put(bars)
        with self.beat("A common rule for ties: the larger sum of scores wins. Here that is Q.") as beat:
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(bars.change(values), until="Here", least=pace.SLOW)
            beat.over(glide(bars.shade, np.ones(3), np.array([1.0, DIM, DIM])), least=pace.CALM)
        self.no_probability(lines)

    def no_probability(self, lines: Lines) -> None:
        """Two places of one pane: the same votes, near a fence and far from it."""
        self.shot(shot.wide())
        plane = blob_plane()
        glass, fence = window(plane, lines, 3), fences(plane, lines, THIN)
        spots = np.array(PLACES)
        votes = schemes.tally(lines.scores(spots) > 0, 3)
        marks = plane.dots(spots, ink.focus, "diamond", radius=2.2 * DOT)
        feet = schemes.feet(lines, spots)
        ways = [
            plane.segment(spot, foot, ink.focus, LINE, dashed=True)
            for spot, foot in zip(spots, feet, strict=True)
        ]
        tags = [
            raised(
                Tag(
                    plane.label(
                        float(spot[0]),
                        float(spot[1]),
                        ", ".join(
                            f"{letter} {count}" for letter, count in zip(LETTERS[:3], row, strict=True)
                        ),
                        side,
                        gap=0.4,
                        size=ink.POINT,
                    )
                )
            )
            for spot, row, side in zip(spots, votes, (RIGHT, UP), strict=True)
        ]
        with self.beat(
            "And votes are no probabilities: near a fence and far from it, the count is the same."
        ) as beat:
            self.exchange(glass, *fence, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                FadeIn(marks[0], scale=2), Create(ways[0]), FadeIn(tags[0]), until="far", least=pace.BRISK
            )
            beat.over(FadeIn(marks[1], scale=2), Create(ways[1]), FadeIn(tags[1]), least=pace.BRISK)
        with self.beat("So ask your library how it breaks ties, and how it makes probabilities.") as beat:
            beat.over(words.light(tags[0].text), until="and", least=pace.SLOW)
            beat.over(words.light(tags[1].text), least=pace.SLOW)
