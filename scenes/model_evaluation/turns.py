"""Judging on data that was not seen: training and test set, cross-validation, stratified folds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Group, LaggedStart, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.card import Cards
from scenes.kit.contact_sheet import ContactSheet, Stamps
from scenes.kit.dot import Cloud
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.place import NUDGE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.model_evaluation import folds
from scenes.model_evaluation.plates import gone, shown
from scenes.model_evaluation.stage import (
    HELD,
    MOVED,
    NEGATIVE,
    POSITIVE,
    THICK,
    WRONG,
    ModelEvaluationStage,
    lit,
)

CARD: Final = 0.98
"""Width of a card in the table of rounds."""
FAINT: Final = 0.28
"""Strength of pictures that are not spoken of."""
STRIP: Final = (0.805, 0.902)
"""Accuracies that are shown."""
ROWS: Final = 1000
RARE: Final = 10
"""Rows of a made-up file, and its positives."""
BUNCHES: Final = 20
"""In so many parts held-out fifths come to the chart."""
DEEP: Final = 20
"""Dots in a column of a fold."""
SEEN: Final = 900
"""A picture that the camera goes to."""
ACROSS: Final = 14
"""Pictures side by side in a fold."""


class Turns(ModelEvaluationStage):
    """Judging on data that was not seen: training and test set, cross-validation, stratified folds."""

    @chapter("Who may judge a model?", "k-fold cross-validation")
    def judge_on_unseen_data(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.memorise()
        self.hold_out_a_fifth()
        self.try_other_fifths()
        self.take_turns_by_hand()
        self.score_the_folds()
        self.three_sets()

    def memorise(self) -> None:
        """A tree is right on all that it was grown on."""
        self.sheet = wall = self.wall(ink.chalk, MOVED)
        everyone = np.arange(len(self.all))
        ticks = Stamps(wall, everyone, "tick", ink.chalk, 2.6, 0.55).reveal(0)
        stamped = Value(0)
        stamped.draws(ticks.reveal, ticks)
        share = folds.training_accuracy()
        number = Tag(words.headline(f"{100 * share:.0f} % right", ink.chalk, 1.3 * ink.HEADLINE), 0.94)
        name = Tag(words.headline("training set", ink.chalk, ink.HEADLINE), 0.94)
        region = shot.safe(titled=False)
        region.put(number)
        region.put(name, UP + LEFT)
        with self.beat("Each picture was scored by a model that had not seen it. Why?") as beat:
            near = wall.place(SEEN, ink.focus, 5.0)
            around = self.around(wall, SEEN, (4, 2))
            wall.redraw(ink.chalk, around)
            self.play(FadeIn(wall), run_time=pace.QUICK)
            self.play(self.frame.to(near, share=0.95), run_time=pace.SLOW)
            beat.over(glide(wall.redraw, (ink.chalk, around), (ink.chalk, 1.0)), until="Why")
            self.play(glide(wall.redraw, (ink.chalk, 1.0), (ink.chalk, around)), run_time=pace.QUICK)
        with self.beat("Another model now: a decision tree that names the digit itself.") as beat:
            self.play(self.frame.back(), run_time=pace.SLOW)
            beat.over(glide(wall.redraw, (ink.chalk, around), (ink.chalk, 1.0)), least=pace.CALM)
        with self.beat(
            "The pictures that it learns from are its training set. On them it makes no mistake."
        ) as beat:
            self.add(ticks)
            beat.over(*shown(name), until="On")
            beat.over(stamped.to(len(self.all)), least=pace.LONG)
            self.play(*shown(number), run_time=pace.QUICK)
        with self.beat("It has memorised them, so they cannot judge it.") as beat:
            beat.over(lit(number.text), least=pace.CALM)
        self.stamps, self.plates = ticks, VGroup(number, name)

    def hold_out_a_fifth(self) -> None:
        """A fifth is held out; the tree is grown on the others, and errs on it."""
        wall = self.sheet
        which, right = folds.held_out()
        test = which == 0
        tints = [HELD if held else ink.chalk for held in test]
        strength = np.where(test, 1.0, FAINT)
        ticks = Stamps(wall, np.flatnonzero(test & right), "tick", ink.chalk, 3.0, 0.6)
        crosses = Stamps(wall, np.flatnonzero(test & ~right), "cross", WRONG, 5.5, 0.85)
        name = Tag(words.headline("test set", HELD, ink.HEADLINE), 0.94)
        number = Tag(words.headline(f"{right[test].mean():.2f}", HELD, 1.3 * ink.HEADLINE), 0.94)
        region = shot.safe(titled=False)
        region.put(name, UP + LEFT)
        region.put(number)
        plain = ([ink.chalk] * len(test), np.ones(len(test)))
        with self.beat("So hold a part out. It is the test set: kept back to judge.") as beat:
            self.play(*gone(*self.plates), FadeOut(self.stamps), run_time=pace.QUICK)
            beat.over(glide(wall.redraw, plain, (tints, strength)), until="test", least=pace.CALM)
            beat.over(*shown(name))
        with self.beat("Grown on the others, the tree errs on it.") as beat:
            beat.over(FadeIn(ticks), FadeIn(crosses), until="errs", least=pace.CALM)
            beat.over(*shown(number))

    def strip(self) -> tuple[Plane, Floats]:
        """A chart of accuracies, and the places (100, 2) of all held-out fifths on it, piled up."""
        plane = shot.chart(
            shot.safe(titled=False),
            STRIP,
            (0, 12.5),
            x_label=f"accuracy on the held-out fifth (guessing: {1 / len(np.unique(self.digit)):.2f})",
            x_ticks=(0.82, 0.84, 0.86, 0.88, 0.90),
            y_ticks=[],
        )
        found = np.sort(folds.tree_accuracies().ravel())
        bins = np.round(found * 200).astype(int)
        rank = np.array([np.sum(bins[:k] == bins[k]) for k in range(len(bins))])
        return plane, np.column_stack([bins / 200, rank + 0.6])

    def try_other_fifths(self) -> None:
        """A hundred such fifths: the accuracy depends on the luck of the draw."""
        plane, spots = self.strip()
        dots = plane.dots(spots, HELD, radius=0.19)
        order = np.random.default_rng(3).permutation(len(spots))
        found = folds.tree_accuracies()
        ends = VGroup(
            plane.label(spots[0][0], 3.5, f"{found.min():.2f}", UP, HELD, 0.0, 1.2 * ink.POINT),
            plane.label(spots[-1][0], 2.5, f"{found.max():.2f}", UP, HELD, 0.0, 1.2 * ink.POINT),
        )
        with self.beat(
            "But which part? Of a hundred draws, the unluckiest gives 0.81, the luckiest 0.89."
        ) as beat:
            self.exchange(plane, run_time=pace.BRISK)
            rain = LaggedStart(
                *(
                    FadeIn(*(dots[int(k)] for k in bunch), shift=NUDGE * DOWN)
                    for bunch in np.split(order, BUNCHES)
                ),
                lag_ratio=pace.LAG,
            )
            beat.over(rain, until="unluckiest", least=pace.LONG)
            beat.over(FadeIn(ends[0]), until="luckiest")
            beat.over(FadeIn(ends[1]))

    def take_turns_by_hand(self) -> None:
        """Five folds of two cards: in each round another one is held out."""
        region = shot.safe(titled=False)
        count = folds.FOLDS
        side, body = region.columns(1.5, 10.2, gap=0.3)
        which = folds.assigned(len(self.ten))
        places = body.cells(count, len(self.ten), gap=0.12)
        order = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        rounds, names, plates = [], [], []
        plane = shot.bare()
        for row in range(count):
            cells = places[row * len(order) : (row + 1) * len(order)]
            cards = Cards(self.ten.pictures[order], self.ten.positive[order])
            rounds.append(cards.put(np.array([cell.middle for cell in cells]), CARD))
            held = [cell for cell, fold in zip(cells, which, strict=True) if fold == row]
            corners = (held[0].left - 0.04, held[0].bottom - 0.02, held[-1].right + 0.04, held[-1].top + 0.02)
            plates.append(plane.polygon(box(*corners), HELD, 1.5 * THICK, fill=0.25))
            name = words.label(f"round {row + 1}", ink.quiet, ink.AXIS)
            names.append(name.move_to((side.left, cells[0].middle[1], 0.0), aligned_edge=LEFT))
        first = rounds[0]
        with self.beat("So take turns. Cut the cards into five folds of two.") as beat:
            self.exchange(*rounds, run_time=pace.BRISK)
            beat.over(self.spotlight(first), FadeIn(plates[0]), FadeIn(names[0]))
        fold = Tag(words.headline("fold", HELD, ink.POINT).next_to(plates[0], DOWN, buff=0.2), 1.0)
        term = Tag(words.headline("k-fold cross-validation", HELD, ink.HEADLINE), 1.0)
        term.move_to(body.middle)
        with self.beat("In each round a fold is held out, and the other four train.") as beat:
            beat.over(self.spotlight(plates[0], *first.cards[:2]), *shown(fold), until="other")
            beat.over(self.spotlight(fold, *first.cards[2:]))
        self.play(self.lights_on(), *gone(fold), run_time=pace.QUICK)
        with self.beat("Then the next fold. This is k-fold cross-validation, here with k five.") as beat:
            for row in range(1, count):
                beat.over(
                    FadeIn(plates[row], names[row]),
                    until=("fold", "k-fold", "here", None)[row - 1],
                )
        self.play(self.spotlight(*plates), *shown(term), run_time=pace.BRISK)
        self.play(lit(term.text), run_time=pace.SLOW)
        self.play(self.lights_on(), *gone(term), run_time=pace.BRISK)
        with self.beat("Each picture is judged once, by a model that never saw it.") as beat:
            tested = [
                card
                for row, cards in enumerate(rounds)
                for card, fold in zip(cards.cards, which, strict=True)
                if fold == row
            ]
            beat.over(self.spotlight(*plates, *tested), until="never", least=pace.CALM)
            beat.over(*(lit(each) for each in names))
        self.play(self.lights_on(), run_time=pace.QUICK)

    def score_the_folds(self) -> None:
        """All pictures in five folds, each judged by the tree that had not seen it: five accuracies and their mean."""
        region = shot.safe(titled=False)
        head, body, foot = region.rows(0.75, 4.6, 0.85, gap=0.15)
        places = body.columns(*[1] * folds.FOLDS, gap=0.3)
        which, right = folds.held_out()
        five = np.array([right[which == fold].mean() for fold in range(folds.FOLDS)])
        walls, crosses, shares = [], VGroup(), VGroup()
        for fold, place in enumerate(places):
            rows = np.flatnonzero(which == fold)
            pitch = min(place.width / ACROSS, place.height / -(-len(rows) // ACROSS))
            wall = ContactSheet(self.all.pictures[rows], ACROSS, pitch, place.middle[:2], HELD, 1.0)
            walls.append(wall)
            crosses.add(Stamps(wall, np.flatnonzero(~right[rows]), "cross", WRONG, 5.0, 0.85))
            spot = (place.middle[0], head.middle[1], 0.0)
            shares.add(words.headline(f"{five[fold]:.2f}", HELD, ink.HEADLINE).move_to(spot))
        guess = 1 / len(np.unique(self.digit))
        mean = words.headline(f"mean {five.mean():.2f}", HELD, ink.POINT)
        spread = words.label(f"standard deviation {five.std(ddof=1):.2f}", HELD, ink.AXIS)
        base = words.label(f"guessing {guess:.2f}", ink.quiet, ink.AXIS)
        for each, side in ((mean, LEFT), (spread, np.zeros(3)), (base, RIGHT)):
            foot.put(each, side)
        with self.beat("The scores of our detector were made so, with five folds of digits.") as beat:
            self.exchange(walls[0], run_time=pace.BRISK)
            for number, wall in enumerate(walls[1:]):
                beat.over(FadeIn(wall), until=("made", "five", "folds", None)[number], least=pace.QUICK)
        with self.beat("The tree errs in each of them. So it gets five accuracies.") as beat:
            beat.over(FadeIn(crosses, lag_ratio=pace.LAG), until="five", least=pace.CALM)
            beat.over(FadeIn(shares, lag_ratio=pace.LAG))
        with self.beat("Report their mean, here 0.85, and how far they spread.") as beat:
            beat.over(FadeIn(mean), until="here")
            beat.over(FadeIn(base), *(lit(each) for each in shares), until="and")
            beat.over(FadeIn(spread))
        self.rounds_stage = Group(*walls, crosses, shares, mean, spread, base)

    def three_sets(self) -> None:
        """Training, validation and test set as one ribbon."""
        region = shot.safe(titled=False)
        wall_at = (0.0, float(region.middle[1]))
        columns, pitch = 45, region.width / 45
        count = columns * 22
        tints = [ink.chalk] * count
        wall = ContactSheet(self.all.pictures[:count], columns, pitch, wall_at, tints, 0.8)
        column = np.arange(count) % columns
        low, high = 27, 36
        part = np.digitize(column, (low, high))
        left = wall.spots([0])[0][0] - pitch / 2
        middles = [left + pitch * (a + b) / 2 for a, b in ((0, low), (low, high), (high, columns))]
        names = [
            Tag(words.headline(text, color, ink.POINT).move_to((x, wall_at[1], 0.0)), 0.95)
            for text, color, x in zip(
                ("training set\nlearns", "validation\nset\nchooses", "test set\njudges\nonce"),
                (ink.chalk, ink.chalk, HELD),
                middles,
                strict=True,
            )
        ]
        with self.beat(
            "Models and thresholds are chosen on a validation set. Cross-validation can play its part."
        ) as beat:
            self.play(self.lights_on(), FadeOut(self.rounds_stage), FadeIn(wall), run_time=pace.CALM)
            strength = np.where(part == 1, 1.0, FAINT)
            beat.over(
                glide(wall.redraw, (tints, np.full(count, 0.8)), (tints, strength)),
                *shown(names[0]),
                until="validation",
            )
            beat.over(*shown(names[1]))
        with self.beat("The test set judges the chosen one. Open it once.") as beat:
            after = np.where(part == 2, 1.0, FAINT)
            shades = [HELD if k == 2 else ink.chalk for k in part]
            beat.over(glide(wall.redraw, (tints, strength), (shades, after)), *shown(names[2]), until="Open")
            beat.over(lit(names[2].text), beyond=pace.LONG)

    @chapter("Is any cut a fair one?", "StratifiedKFold")
    def each_fold_a_small_copy(self) -> None:
        self.untitled()
        self.shot(shot.gallery(1, folds.FOLDS, titled=False))
        self.cut_a_sorted_file()
        self.keep_the_shares()

    def cut_a_sorted_file(self) -> None:
        """Folds of a sorted file hide classes from training; a shuffle mends it."""
        region = shot.safe(titled=False)
        head, foot, body = region.rows(0.65, 0.8, 5.2, gap=0.08)
        places = body.columns(*[1] * folds.FOLDS, gap=0.3)
        sorted_rows = np.argsort(self.digit, kind="stable")
        mixed_rows = np.random.default_rng(0).permutation(len(sorted_rows))
        which = folds.assigned(len(sorted_rows))
        sets, spots = [], []
        for order in (sorted_rows, mixed_rows):
            walls, at = [], np.zeros((len(order), 2))
            for fold, place in enumerate(places):
                rows = order[which == fold]
                pitch = min(place.width / ACROSS, place.height / -(-len(rows) // ACROSS))
                tints = [self.tints[row] if self.all.positive[row] else ink.chalk for row in rows]
                strength = np.where(self.all.positive[rows], 1.0, 0.5)
                wall = ContactSheet(self.all.pictures[rows], ACROSS, pitch, place.middle[:2], tints, strength)
                at[rows] = wall.spots()[:, :2]
                walls.append(wall)
            sets.append(walls)
            spots.append(at)
        plane = shot.bare()
        eights = self.all.positive
        flying = [
            plane.cloud(spots[0][group], color, 0.035, 0.9)
            for group, color in ((~eights, ink.chalk), (eights, POSITIVE))
        ]

        def fly(places_now: Floats) -> list[Cloud]:
            for cloud, group in zip(flying, (~eights, eights), strict=True):
                cloud.redraw(places_now[group])
            return flying

        names = VGroup(
            *(
                words.label(f"fold {k + 1}", ink.quiet, ink.POINT).move_to(
                    (place.middle[0], head.middle[1], 0)
                )
                for k, place in enumerate(places)
            )
        )
        numbers, mended = (
            VGroup(
                *(
                    words.headline(f"{value:.2f}", color, ink.HEADLINE).move_to(
                        (place.middle[0], foot.middle[1], 0)
                    )
                    for value, place in zip(values, places, strict=True)
                )
            )
            for values, color in ((folds.sorted_file(stratify=False), WRONG), (folds.shuffled_file(), HELD))
        )
        with self.beat("Is any cut fair? Say the file is sorted by digit, and cut into five.") as beat:
            self.play(FadeIn(*sets[0]), run_time=pace.BRISK)
            beat.over(self.frame.to(sets[0][0], share=0.95), until="cut", least=pace.SLOW)
            beat.over(FadeIn(names), self.frame.back())
        with self.beat(
            "A held-out fold has digits that training never saw. Accuracy of a logistic regression: about zero."
        ) as beat:
            beat.over(self.spotlight(sets[0][-1], names[-1]), until="Accuracy", least=pace.CALM)
            beat.over(self.lights_on(), FadeIn(numbers, lag_ratio=pace.LAG))
        with self.beat("Shuffling mends this: the eights, blue, go to each fold.") as beat:
            self.play(FadeOut(*sets[0], numbers), FadeIn(*flying), run_time=pace.BRISK)
            beat.over(glide(fly, spots[0], spots[1], *flying), until="each", least=pace.LONG)
            self.play(FadeOut(*flying), FadeIn(*sets[1]), run_time=pace.BRISK)
            beat.over(FadeIn(mended), least=pace.CALM)
        self.mixed = Group(*sets[1], mended)
        self.fold_names, self.fold_places = names, places
        self.fold_counts = [(place.middle[0], (head.middle[1] + foot.middle[1]) / 2, 0) for place in places]

    def keep_the_shares(self) -> None:
        """A shuffle may leave a fold without positives; stratified folds have two each."""
        plane = shot.bare()
        per = ROWS // folds.FOLDS
        spots = []
        for place in self.fold_places:
            column, row = np.divmod(np.arange(per), DEEP)
            wide = per // DEEP
            x = place.left + (column + 0.5) * place.width / wide
            y = place.top - (row + 0.5) * place.height / DEEP
            spots.append(np.column_stack([x, y]))
        others = plane.cloud(np.concatenate(spots), NEGATIVE, 0.055, 0.55)
        found = folds.an_empty_shuffle(RARE, ROWS)
        rng = np.random.default_rng(5)
        shuffled = np.concatenate([rng.permutation(spots[k])[: found[k]] for k in range(folds.FOLDS)])
        even = np.concatenate([rng.permutation(spots[k])[: RARE // folds.FOLDS] for k in range(folds.FOLDS)])
        eights = plane.dots(shuffled, POSITIVE, radius=0.17)

        def counted(values: Sequence[int]) -> VGroup:
            return VGroup(
                *(
                    words.headline(str(value), POSITIVE if value else WRONG, 1.2 * ink.HEADLINE).move_to(spot)
                    for value, spot in zip(values, self.fold_counts, strict=True)
                )
            )

        first, last = counted(found.tolist()), counted([RARE // folds.FOLDS] * folds.FOLDS)
        with self.beat("But for a rare class it is not enough. Say ten positives in a thousand.") as beat:
            self.play(FadeOut(self.mixed), FadeIn(others), run_time=pace.BRISK)
            beat.over(FadeIn(eights, lag_ratio=pace.LAG), least=pace.CALM)
        with self.beat("Nearly every second shuffle leaves a fold with none.") as beat:
            beat.over(FadeOut(self.fold_names), FadeIn(first), until="none")
            beat.over(lit(first[int(np.argmin(found))]))
        with self.beat("Stratified folds keep the class shares of the whole: two each.") as beat:
            beat.over(glide(eights.redraw, shuffled, even), FadeOut(first), until="two", least=pace.LONG)
            beat.over(FadeIn(last))
        term = Tag(words.headline("StratifiedKFold", ink.chalk, ink.HEADLINE), 0.95)
        term.move_to(self.fold_places[2].middle)
        with self.beat("For classes, let StratifiedKFold of scikit-learn be your default.") as beat:
            beat.over(*shown(term), least=pace.CALM)


def box(left: float, bottom: float, right: float, top: float) -> Floats:
    """Corners (4, 2) of an upright box."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
