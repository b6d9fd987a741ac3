"""The question, scores and a threshold, and the four outcomes of the confusion matrix."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Group, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.card import Cards
from scenes.kit.contact_sheet import Stamps
from scenes.kit.dot import Cloud
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.shot import bare
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import digits
from scenes.model_evaluation.matrix import UNEVEN, cells
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    AT,
    HIGH,
    LOW,
    NEGATIVE,
    POSITIVE,
    WRONG,
    ModelEvaluationStage,
    lit,
)

FACED: Final = digits.CARDS[0]
"""The eight that the camera dives to."""
CARD: Final = 1.02
"""Width of a card on the full staircase."""
DIM: Final = 0.55
"""Strength of the wall under its stamps."""
PITCH: Final = 0.1
"""Scene units of a picture's place where all of them lie in the matrix."""
SPECK: Final = 0.03
"""Radius of a picture that flies."""
FACE: Final = 4.9
"""Width of a card that is looked at."""
STREAM: Final = 0.7
"""Share of a flight after which the last picture leaves."""


class Outcome(ModelEvaluationStage):
    """The question, scores and a threshold, and the four outcomes of the confusion matrix."""

    @chapter("When is a score a yes?")
    def a_score_needs_a_threshold(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.ask()
        self.show_the_classes()
        self.rise_by_scores()

    def ask(self) -> None:
        """All pictures, stamped one after the other; a counter stops at the share of right decisions."""
        wall = self.wall(ink.chalk, DIM)
        right = np.flatnonzero(~self.all.positive)
        ticks = Stamps(wall, right, "tick", ink.chalk, 2.2, 0.55).reveal(0)
        crosses = Stamps(wall, np.flatnonzero(self.all.positive), "cross", WRONG, 5.0, 0.8).reveal(0)
        told = np.cumsum(~self.all.positive) / np.arange(1, len(self.all) + 1)
        stamped = Value(1)
        stamped.draws(lambda first: (ticks.reveal(first), crosses.reveal(first)), ticks, crosses)
        number = Readout(
            stamped.of(lambda first: 100 * told[min(max(int(first), 1), len(told)) - 1]),
            1,
            "%",
            "right:",
            size=1.3 * ink.HEADLINE,
            digits=3,
        )
        plate = Tag(number, 0.92)
        self.add(wall, ticks, crosses)
        with self.beat("This detector is right nine times in ten. Would you use it?") as beat:
            self.play(*shown(plate), stamped.to(len(told) * 0.04, rate_func=linear), run_time=pace.BRISK)
            beat.over(stamped.to(len(told), rate_func=linear), least=pace.LONG)
        self.think(2.0)
        with self.beat("Each tick is a right decision, each red cross a wrong one.") as beat:
            beat.over(ticks.animate.set_stroke(width=3.6), until="each red")
            beat.over(crosses.animate.set_stroke(width=7.0))
        self.opening = wall
        self.marks = VGroup(ticks, crosses)
        self.play(*gone(plate), run_time=pace.BRISK)

    def show_the_classes(self) -> None:
        """The camera dives to one eight; eights are tinted, then all others."""
        wall, marks = self.opening, self.marks
        near = wall.place(FACED, POSITIVE, 4.2)
        around = self.around(wall, FACED, (3, 2))
        with self.beat("It looks for eights among handwritten digits.") as beat:
            self.play(
                FadeOut(marks), glide(wall.redraw, (ink.chalk, DIM), (ink.chalk, around)), run_time=pace.QUICK
            )
            self.play(self.frame.to(near, share=0.95), run_time=pace.LONG)
            beat.over(
                glide(wall.redraw, (ink.chalk, around), (ink.chalk, 1.0)),
            )
        plain = [ink.chalk] * len(self.tints)
        half = [POSITIVE if is_so else ink.chalk for is_so in self.all.positive]
        fades = np.where(self.all.positive, 1.0, DIM)
        named = VGroup(
            words.headline("positive class", POSITIVE), words.headline("negative class", NEGATIVE)
        ).arrange(DOWN, buff=0.35, aligned_edge=LEFT)
        region = shot.safe(titled=False)
        plates = VGroup(*(Tag(each, 0.94) for each in named))
        for plate, side in zip(plates, (UP + LEFT, DOWN + LEFT), strict=True):
            region.inset(0.2, 0.2).put(plate, side)
        self.pin(plates)
        with self.beat(
            "What we look for, eights, is the positive class. The other digits are the negative class."
        ) as beat:
            beat.over(
                glide(wall.redraw, (plain, np.ones(len(plain))), (half, fades)),
                *shown(plates[0]),
                until="The other",
            )
            beat.over(
                glide(wall.redraw, (half, fades), (self.tints, np.ones(len(plain)))),
                *shown(plates[1]),
                until="negative",
            )
            self.play(
                glide(wall.redraw, (self.tints, np.ones(len(plain))), (self.tints, around)),
                run_time=pace.QUICK,
            )
            self.play(self.frame.back(), run_time=pace.SLOW)
            beat.over(glide(wall.redraw, (self.tints, around), (self.tints, 0.8)))
        self.plates = plates

    def rise_by_scores(self) -> None:
        """Ten cards leave the wall, rise as high as their scores, and a threshold falls among them."""
        wall = self.opening
        region = shot.safe(titled=False)
        stairs = self.stairs(region, CARD)
        cards, plane = stairs.cards, stairs.plane
        row = stairs.spots.copy()
        half = len(row) // 2
        row[:, :2] = [cell.middle[:2] for cell in region.cells(2, half, gap=0.2)]
        cards.put(wall.spots(digits.CARDS), wall.pitch)
        with self.beat("Take ten of them, picked to be easy to follow.") as beat:
            self.play(
                FadeIn(cards), glide(wall.redraw, (self.tints, 0.8), (self.tints, 0.25)), run_time=pace.QUICK
            )
            self.play(*gone(*self.plates), run_time=pace.QUICK)
            beat.over(cards.to(row, 2.3), FadeOut(wall), least=pace.SLOW)
        eights = cards.subset(np.flatnonzero(self.ten.positive))
        with self.beat("Three of them are eights; they are round and blue.") as beat:
            beat.over(self.spotlight(eights), until="round")
            beat.over(*(lit(cards.cards[row].plate) for row in np.flatnonzero(self.ten.positive)))
        self.play(self.lights_on(), run_time=pace.QUICK)
        with self.beat("A score says how sure the model is that a picture is an eight.") as beat:
            beat.over(cards.to(stairs.spots, CARD), FadeIn(plane), until="picture", least=pace.LONG)
            beat.over(FadeIn(stairs.scores))
        with self.beat(
            "Scores lie between zero and one. The first card has 0.95, the last one hardly any."
        ) as beat:
            beat.over(lit(plane.numbers), until="first")
            beat.over(lit(stairs.scores[0]), until="last")
            beat.over(lit(stairs.scores[-1]))
        line, threshold, name = stairs.line, stairs.threshold, stairs.name
        threshold.set(1.0)
        told = Tag(Readout(threshold, 2, label="threshold", color=ink.focus, size=ink.POINT), 1.0)
        told.move_to(plane.at(stairs.right - 1.5, 1.05), aligned_edge=RIGHT)
        with self.beat("Is this card a yes or a no?") as beat:
            beat.over(self.spotlight(cards.cards[4], stairs.scores[4]), least=pace.CALM)
        self.play(self.lights_on(), run_time=pace.QUICK)
        with self.beat("The score alone does not decide. A threshold does.") as beat:
            beat.until("threshold")
            self.add(line)
            self.play(FadeIn(told), FadeIn(line), run_time=pace.QUICK)
            beat.over(threshold.to(AT), least=pace.SLOW)
        with self.beat("Four cards reach it; six do not.") as beat:
            beat.over(
                self.spotlight(cards.subset(np.flatnonzero(self.ten.scores >= AT)), line, told), until="six"
            )
            beat.over(self.spotlight(cards.subset(np.flatnonzero(self.ten.scores < AT)), line, told))
        with self.beat("At or above the threshold we say yes, below it no.") as beat:
            beat.until("say")
            called = self.ten.scores >= AT
            self.play(
                FadeIn(name[0]),
                self.spotlight(cards.subset(np.flatnonzero(called)), line, told),
                run_time=pace.BRISK,
            )
            beat.until("below")
            self.play(
                FadeIn(name[1]),
                self.spotlight(cards.subset(np.flatnonzero(~called)), line, name[0], told),
                run_time=pace.BRISK,
            )
        with self.beat("Move it, and the same scores give other decisions.") as beat:
            self.play(self.lights_on(), run_time=pace.QUICK)
            beat.over(threshold.to(LOW), until="scores", least=pace.SLOW)
            beat.over(threshold.to(HIGH), least=pace.SLOW)
        with self.beat("So write the threshold down beside what you count.") as beat:
            beat.over(threshold.to(AT), lit(told.text), least=pace.SLOW)

    @chapter("What can a decision turn out to be?", "confusion matrix", goes_on=True)
    def four_outcomes_and_no_fifth(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.sort_the_cards()
        self.count_all()
        self.look_into_the_misses()

    def sort_the_cards(self) -> None:
        """Each card goes to one of four cells."""
        region = shot.safe(titled=False)
        stairs = self.stairs(region, CARD)
        cards = stairs.cards
        found = cells(region, self.called(AT))
        self.found = found
        homes = found.homes(self.ten.positive, self.ten.scores >= AT)
        called, so = self.ten.scores >= AT, self.ten.positive
        self.add(stairs.plane, stairs.line, stairs.name, cards, stairs.scores)
        waiting = cards.centres.copy()
        waiting[:, 1] = 0.0
        with self.beat("Now look at what was decided, and at what is true.") as beat:
            self.play(FadeOut(stairs.scores, stairs.plane), run_time=pace.BRISK)
            beat.over(
                FadeOut(stairs.line, stairs.name),
                cards.to(found.gathered(called), 0.86),
                FadeIn(found.columns, found.upright),
                until="true",
                least=pace.SLOW,
            )
            beat.over(
                cards.to(found.parted(called, so), 0.86), FadeIn(found.rows, found.level), least=pace.SLOW
            )
        with self.beat("Each card belongs to one of four cells. Who was wrong, and how?") as beat:
            beat.over(*(lit(each) for each in (*found.columns, *found.rows)))
        self.think()
        groups = [so & called, ~so & called, so & ~called, ~so & ~called]
        texts = (
            ("Called an eight, and is one: true positive, a hit.", "true"),
            (
                "Called an eight, and is another digit: false positive, a false alarm. It is a type one error.",
                "false",
            ),
            ("An eight that was not called: false negative, a miss. It is a type two error.", "false"),
            ("Not called, and rightly so: five true negatives.", "true"),
        )
        for number, (group, (text, word)) in enumerate(zip(groups, texts, strict=True)):
            rows = np.flatnonzero(group)
            with self.beat(text) as beat:
                spots = cards.centres.copy()
                spots[rows] = homes[rows]
                sizes = cards.sizes.copy()
                sizes[rows] = 0.96
                beat.over(cards.to(spots, sizes), until=word, least=pace.CALM)
                wrong = number in (1, 2)
                if wrong:
                    cards.rim(rows, WRONG)
                come = FadeIn(found.names[number], found.numbers[number], shift=place.NUDGE * UP)
                if number == 3:
                    beat.over(come)
                    continue
                beat.over(come, until="a")
                beat.over(FadeIn(found.aliases[number]))
        with self.beat(
            "True or false: was the decision right? Positive or negative: what was decided?"
        ) as beat:
            for word, which in (("True", (0, 3)), ("false", (1, 2))):
                shine = [lit(found.names[k].part(word.lower())) for k in which]
                beat.over(*shine, until="was" if word == "false" else "or")
            beat.over(*(lit(found.names[k].part("positive")) for k in (0, 1)), until="negative")
            beat.over(*(lit(found.names[k].part("negative")) for k in (2, 3)))
        with self.beat(
            "The confusion matrix counts the four outcomes: truth in rows, decision in columns."
        ) as beat:
            self.play(FadeIn(found.term), run_time=pace.QUICK)
            beat.over(*(lit(each) for each in found.numbers), until="truth")
            beat.over(*(lit(each) for each in found.rows), until="decision")
            beat.over(*(lit(each) for each in found.columns), beyond=pace.LONG)
        self.cards = cards

    def count_all(self) -> None:
        """All pictures pour into the four cells."""
        found = self.found
        counts = self.counted(AT)
        plane = bare()
        so, called = self.all.positive, self.all.scores >= AT
        clouds, starts, ends, walls = [], [], [], []
        big = cells(shot.safe(titled=False), counts, split=UNEVEN)
        for cell, group in zip(
            big.places, (so & called, ~so & called, so & ~called, ~so & ~called), strict=True
        ):
            rows = np.flatnonzero(group)
            wall = big.wall(cell, self.all.pictures[rows], PITCH, POSITIVE if so[rows[0]] else NEGATIVE)
            walls.append(wall)
            goal = wall.spots()[:, :2]
            side = shot.EDGES.left - 0.1 if called[rows[0]] else shot.EDGES.right + 0.1
            begin = np.column_stack([np.full(len(rows), side), goal[:, 1]])
            clouds.append(plane.cloud(begin, POSITIVE if so[rows[0]] else NEGATIVE, SPECK, 1.0))
            starts.append(begin)
            ends.append(goal)
        numbers = big.counted(counts)

        def fall(share: float) -> list[Cloud]:
            for cloud, begin, goal in zip(clouds, starts, ends, strict=True):
                cloud.redraw(streamed(begin, goal, share))
            return clouds

        with self.beat(
            "Now the full 1,797 digits, each scored by a logistic regression that had not seen it. How, comes later."
        ) as beat:
            old = VGroup(found.columns, found.rows, *found.names, *found.numbers, *found.aliases)
            new = VGroup(big.columns, big.rows, *big.names)
            self.play(
                FadeOut(self.cards, old, found.upright, found.level),
                FadeIn(new, big.upright, big.level),
                run_time=pace.CALM,
            )
            self.add(*clouds)
            self.add(new, found.term)
            beat.over(drive(fall, *clouds, rate_func=linear), until="How", least=pace.LONG)
            self.play(FadeIn(*walls), FadeOut(*clouds), FadeIn(numbers), run_time=pace.BRISK)
            beat.over(*(lit(each) for each in numbers))
        self.walls, self.all_numbers, self.found, self.term = walls, numbers, big, found.term

    def look_into_the_misses(self) -> None:
        """Out of the misses comes an eight that looks like a one, beside an eight that was found."""
        so, called = self.all.positive, self.all.scores >= AT
        missed, found = np.flatnonzero(so & ~called), np.flatnonzero(so & called)
        chosen = (digits.LIKE_A_ONE, FACED)
        starts = np.concatenate(
            [
                self.walls[2].spots(np.searchsorted(missed, chosen[0])),
                self.walls[0].spots(np.searchsorted(found, chosen[1])),
            ]
        )
        faces = Cards(self.all.pictures[list(chosen)], [True, True]).put(starts, PITCH)
        faces.rim([0], WRONG)
        upper, lower = shot.safe(titled=False).rows(5.4, 1.0, gap=0.1)
        middles = np.array([cell.middle for cell in upper.columns(1, 1, gap=0.4)])
        told = VGroup(
            *(
                words.headline(f"score {self.all.scores[number]:.{digit}f}", POSITIVE).move_to(
                    (spot[0], lower.middle[1], 0.0)
                )
                for number, spot, digit in zip(chosen, middles, (3, 2), strict=True)
            )
        )
        board = Group(*self.walls, self.all_numbers, self.found.columns, self.found.rows, *self.found.names)
        board.add(self.found.upright, self.found.level, self.term)
        spoken = [part for k in (0, 2) for part in (self.walls[k], self.all_numbers[k], self.found.names[k])]
        with self.beat("Eighty-eight eights were missed, more than were found.") as beat:
            beat.over(
                self.spotlight(*spoken),
                self.frame.to(self.walls[0], self.walls[2], self.all_numbers[2], share=0.9),
                until="more",
                least=pace.SLOW,
            )
            beat.over(*(lit(self.all_numbers[which]) for which in (2, 0)))
        self.play(self.lights_on(), self.frame.back(), run_time=pace.BRISK)
        with self.beat("This one looks like a one. Its score is 0.001.") as beat:
            self.play(FadeIn(faces), run_time=pace.QUICK)
            beat.over(FadeOut(board), faces.to(middles, FACE), until="Its", least=pace.SLOW)
            beat.over(FadeIn(told))
        with self.beat("And most pictures are neither found nor missed: they are true negatives.") as beat:
            beat.over(FadeOut(faces, told), FadeIn(board), until="true", least=pace.CALM)
            beat.over(lit(self.all_numbers[3]), lit(self.found.names[3]))
        with self.beat("So print the matrix first. One number hides which errors were made.") as beat:
            beat.over(*(lit(each) for each in self.all_numbers), until="hides", least=pace.SLOW)
            beat.over(*(lit(self.found.names[which]) for which in (1, 2)), beyond=pace.CALM)


def streamed(begin: Floats, goal: Floats, share: float) -> Floats:
    """Places (n, 2) of things that leave ``begin`` one after the other and come to ``goal`` in the same order."""
    late = STREAM * np.linspace(0, 1, len(begin))
    own = np.clip((share - late) / (1 - STREAM), 0.0, 1.0)[:, None]
    own = own * own * (3 - 2 * own)
    return np.asarray(begin + own * (goal - begin))
