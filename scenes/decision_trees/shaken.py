"""Bootstrap samples, the trees that they change, and the vote of them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, Animation, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.decision_trees import scores
from scenes.decision_trees.grove import COLUMNS, ROWS, Forest
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import RADII, WIDE, Vineyard, across
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.field import Field
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Reading, Value
from scenes.maths.decision_trees import forest, paired
from scenes.maths.decision_trees.tree import Rows

SAMPLES: Final = 200
"""Bootstrap samples whose first splits are drawn, and trees that vote."""
BY_HAND: Final = (5, 3369)
"""How many bottles are drawn by hand, and the seed: picked so that some come twice and some stay out."""
DISC: Final = 0.62
"""Radius of one of them, in scene units."""
SOME: Final = 0.45
"""Share of the way to all voters, by powers, at which a vote is calm enough to be watched."""
FIELD: Final = 0.43
"""Opacity of a map of votes."""
READ: Final = 44.0
"""Pixels of the capitals of a score on the map."""
CALM: Final = (-5.6, shot.SAFE.top - 0.65)
"""The upper left corner of the part of the wide map that has no bottles, in scene units."""
THIN: Final = 0.4
"""Opacity of one of many strokes."""
BESIDE: Final = np.array([[-5.85, -2.9], [2.6, 3.5]])
"""Lower left and upper right corner of the map with room for a column beside it."""


def drawn_by_hand() -> tuple[int, ...]:
    """The bottles that are drawn, counted from 1."""
    return tuple((forest.resample(*BY_HAND) + 1).tolist())


def wine_map(points: Floats, labels: Rows, corners: Floats = WIDE) -> Vineyard:
    """The map, its names bright enough for a field behind them."""
    vineyard = Vineyard(points, labels, corners)
    vineyard.across.set_color(ink.chalk), vineyard.up.set_color(ink.chalk)
    return vineyard


class Ballot:
    """Votes of :data:`SAMPLES` trees over a whole map; each of their splits sees ``columns`` features."""

    def __init__(self, vineyard: Vineyard, points: Floats, labels: Rows, columns: int = 2) -> None:
        mesh = vineyard.plane.mesh()
        self._asked = mesh.reshape(-1, 2)
        self._shape = (*mesh.shape[:2], 3)
        self._votes = forest.ballots(points, labels, self._asked, SAMPLES, columns)
        self.field = Field(vineyard.plane, self._polled(1), opacity=FIELD)

    def _polled(self, voters: int) -> Floats:
        return forest.poll(self._votes[:voters], 3).reshape(self._shape)

    def count(self, share: float) -> Changed:
        """Let more and more of them vote, from one at 0 to all at 1."""
        return (self.field.redraw(self._polled(max(1, round(SAMPLES**share)))),)


def verdicts(vineyard: Vineyard, judge: Callable[[Floats], Rows]) -> Field:
    """The whole map as one model has it: ``judge`` names the grape (q,) at each of the points (q, 2)."""
    mesh = vineyard.plane.mesh()
    shares = forest.poll(judge(mesh.reshape(-1, 2))[None], 3)
    return Field(vineyard.plane, shares.reshape(*mesh.shape[:2], 3), opacity=FIELD)


def hang(*tags: Tag) -> None:
    """Stand them at the upper left of the wide map, where there are no bottles, one below the other."""
    top = CALM[1]
    for tag in tags:
        tag.move_to((CALM[0], top, 0.0), aligned_edge=LEFT + UP)
        top = float(tag.get_bottom()[1]) - 0.1


class Contested:
    """The map on which bagged trees vote, and beside it their score on unseen bottles."""

    def __init__(self, lesson: DecisionTreesStage) -> None:
        self.vineyard = wine_map(lesson.points, lesson.labels, BESIDE)
        self.ballot = Ballot(self.vineyard, lesson.points, lesson.labels)
        column = shot.Region(BESIDE[1, 0] + 0.4, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top)
        guess = 100 * np.bincount(lesson.labels).max() / len(lesson.labels)
        self.legend = words.note("bright: agreed\ndull: contested", ink.quiet, size=READ)
        self.score = words.headline(scores.percent(paired.score(paired.BAGGED)), ink.truth)
        more = scores.gained(paired.difference(paired.BAGGED, paired.FULL))
        rows = [
            self.legend,
            words.note(f"majority vote,\n{SAMPLES} trees:", size=READ),
            self.score,
            words.note(f"one full tree:\n{scores.percent(paired.score(paired.FULL))}", size=READ),
            words.note(f"difference:\n{more}", size=READ),
            words.note(f"guessing: {guess:.0f} %", ink.quiet, size=READ),
        ]
        column.stack(*rows, gap=0.4)
        self.told = VGroup(*rows[1:])

    @property
    def everything(self) -> tuple[Mobject, ...]:
        """As chapters end and begin with it."""
        return self.ballot.field, self.vineyard, self.legend, self.told


def contested(lesson: DecisionTreesStage) -> Contested:
    """All trees have voted."""
    found = Contested(lesson)
    found.ballot.count(1.0)
    return found


class Shaken(DecisionTreesStage):
    """Bootstrap samples, the trees that they change, and the vote of them all."""

    @chapter("Shake the data and the tree changes", goes_on=True)
    def shake_the_data(self) -> None:
        self.untitled()
        self.draw_by_hand()
        self.shake_the_wines()
        self.lay_maps_over_one_another()

    # --- by hand

    def draw_by_hand(self) -> None:
        """Five draws from five bottles, each put back, and how many stay out on average."""
        (frame,) = self.shot(shot.headline())
        draws = drawn_by_hand()
        count = len(draws)
        plane = frame.plane((0.35, count + 0.65), (0, 3.1), x_ticks=(), y_ticks=())
        plane.frame.set_opacity(0)
        discs = [
            plane.dots([(number, 2.55)], ink.chalk, "ring", radius=DISC) for number in range(1, count + 1)
        ]
        faces = [words.headline(f"{number}").move_to(disc) for number, disc in enumerate(discs, 1)]
        bottles = [VGroup(*pair) for pair in zip(discs, faces, strict=True)]
        slots = plane.dots([(spot, 1.15) for spot in range(1, count + 1)], ink.faint, "ring", radius=DISC)
        noted = [
            words.headline(f"[{number}:focus]").move_to(slot)
            for number, slot in zip(draws, slots, strict=True)
        ]
        vineyard = wine_map(self.points, self.labels)
        self.add(vineyard)
        with self.beat("Had the sample of wines been another, would the tree be the same?") as beat:
            beat.over(
                drive(lambda share: vineyard.wines.redraw(radius=self.dance(share)), vineyard.wines),
                least=pace.LONG,
            )
        self.exchange(*bottles)
        with self.beat(
            "Draw one of five rows, a bottle each, note it, put it back. Do so five times."
        ) as beat:
            beat.over(FadeIn(slots), until="note")
            for row, (number, text) in enumerate(zip(draws, noted, strict=True)):
                left = max(beat.fill() / (count - row), pace.BRISK)
                drawn = words.light(faces[number - 1])
                self.play(drawn, FadeIn(text, shift=place.NUDGE * DOWN), run_time=left)
        name = words.headline("[bootstrap sample:focus]", size=ink.POINT)
        name.move_to(plane.at(count / 2 + 0.5, 0.3))
        out = [number for number in range(count) if number + 1 not in draws]
        with self.beat(
            "As many draws as there are rows, with replacement: a bootstrap sample. Some come twice, some stay out."
        ) as beat:
            beat.at("bootstrap", words.write(name))
            twice = [text for text, number in zip(noted, draws, strict=True) if draws.count(number) > 1]
            beat.over("twice", *(words.light(text, ink.chalk) for text in twice), until="stay")
            absent = [words.caption(bottles[number], "out", DOWN, ink.quiet) for number in out]
            beat.over(
                FadeIn(*absent),
                *(discs[number].animate.set_stroke(opacity=0.4).set_fill(opacity=0.4) for number in out),
            )
        law = words.formula(
            "{{ (1 - 1/n)^n : out }} quad -> quad 1/e approx {{ 0.37 : share }}",
            {"share": ink.focus},
            size=1.3 * ink.pixels(ink.POINT),
        )
        law.move_to(plane.at(count / 2 + 0.5, 0.4))
        with self.beat(
            "A draw misses a given row with chance one minus one n-th. Multiply n of these: about 37 percent stay out."
        ) as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(words.write(law), until="Multiply", least=pace.SLOW)
            beat.over(words.light(law.part("out")), until="37", least=pace.QUICK)
            beat.over(words.light(law.part("share")))

    def dance(self, share: float) -> Floats:
        """Sizes of the bottles while another sample is thought of: some grow, some nearly vanish."""
        times = np.bincount(forest.resample(len(self.points), len(self.points)), minlength=len(self.points))
        grown = np.sqrt(np.maximum(times, 0.1))
        return np.asarray(RADII[0] * (1 + np.sin(np.pi * share) * (grown - 1)))

    # --- the first split

    def shake_the_wines(self) -> None:
        """Resamples of the wines, and the first split of a tree on each."""
        self.shot(shot.wide())
        self.vineyard = vineyard = wine_map(self.points, self.labels)
        wines = vineyard.wines
        spray = forest.spray(self.points, self.labels, SAMPLES)
        cuts = np.array(
            [across(int(c), float(t)) for c, t in zip(spray.column, spray.threshold, strict=True)]
        )
        now = np.ones(len(self.points))

        def show(times: Floats) -> Dots:
            wines.redraw(radius=RADII[0] * np.sqrt(np.maximum(times, 0.5)))
            return wines.shade(np.clip(times, 0.15, 1))

        def shake(times: Floats) -> Animation:
            before = now.copy()
            now[:] = times
            after = now.copy()

            return glide(show, before, after, wines)

        def drawn(seed: int) -> Floats:
            rows = forest.resample(len(self.points), seed)
            return np.bincount(rows, minlength=len(self.points)).astype(float)

        knife = Segments(vineyard.plane, ink.focus, 7.0, dashed=False).redraw(*cuts[0])
        spread = Segments(vineyard.plane, ink.focus, 2.5, dashed=False).redraw(cuts[:1, 0], cuts[:1, 1])
        spread.set_stroke(opacity=THIN)
        with self.beat("Now a bootstrap sample of the wines, and its first split.") as beat:
            self.exchange(vineyard)
            beat.over(shake(drawn(0)), until="first", least=pace.CALM)
            beat.over(FadeIn(knife))
        with self.beat("Another sample, another split.") as beat:
            self.add(spread, knife)
            beat.over(shake(drawn(1)), FadeOut(knife), until="split")
            knife.redraw(*cuts[1])
            beat.over(FadeIn(knife))
        shown = Value(2.0)

        def asking(column: int) -> Reading[int]:
            return shown.of(lambda count: int((spray.column[: round(count)] == column).sum()))

        tags = [
            Tag(Readout(asking(1), 0, label="ask about proline", size=READ, digits=3), opacity=1.0),
            Tag(Readout(asking(0), 0, label="about flavanoids", size=READ, digits=3), opacity=1.0),
        ]
        name = Tag(words.headline("[high variance:fourth]", size=ink.POINT), opacity=1.0)
        hang(*tags, name)
        shown.draws(lambda count: spread.redraw(cuts[: round(count), 0], cuts[: round(count), 1]))
        with self.beat(
            "Of two hundred samples, 147 ask about proline first, the others about flavanoids."
        ) as beat:
            self.play(FadeOut(knife), FadeIn(*tags), run_time=pace.QUICK)
            beat.over(shown.to(float(SAMPLES), rate_func=linear), until="others", least=pace.LONG)
            beat.over(words.light(tags[1].text))
        with self.beat(
            "The first question shapes the rest. So another sample is another tree: a tree has high variance.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(shake(drawn(2)), until="another tree", least=pace.CALM)
            beat.over(shake(drawn(3)), until="high")
            beat.over(FadeIn(name))
        self.play(FadeOut(spread, *tags, name), shake(np.ones(len(self.points))), run_time=pace.BRISK)

    # --- the vote

    def lay_maps_over_one_another(self) -> None:
        """One full tree's map, then two hundred over one another, each with its score on unseen bottles."""
        last = Contested(self)
        vineyard, field, count = last.vineyard, last.ballot.field, last.ballot.count
        plane = vineyard.plane
        grove = Forest()
        with self.beat(
            "Grow a full tree on each bootstrap sample: here are six. One bottle goes down each."
        ) as beat:
            self.shot(shot.gallery(ROWS, COLUMNS, titled=False))
            self.play(FadeOut(*self.mobjects), FadeIn(grove.trees[0]), run_time=pace.BRISK)
            rest = grove.trees[1:]
            beat.over(
                LaggedStart(*(FadeIn(each) for each in rest), lag_ratio=pace.LAG),
                until="One",
                least=pace.SLOW,
            )
            self.play(FadeIn(grove.bottle), run_time=pace.QUICK)
            beat.over(grove.walk(), least=pace.LONG)
        verdict = grove.count()
        bagging = words.headline("[bagging:focus]", size=ink.POINT)
        grove.foot.put(bagging, DOWN + LEFT)
        with self.beat(
            "They do not agree, so they vote: that is bagging. For a number, take their mean."
        ) as beat:
            beat.over(grove.vote(), until="vote", least=pace.SLOW)
            self.play(FadeOut(grove.bottle), run_time=pace.QUICK)
            self.play(FadeIn(verdict), run_time=pace.QUICK)
            beat.at("bagging", FadeIn(bagging))
            beat.over(words.light(verdict))
        self.shot(shot.picture_and_column(titled=False))
        self.exchange(field, vineyard)
        with self.beat(
            "Let many vote on the whole map. Bright is what they agree on; the borders are softer."
        ) as beat:
            beat.over(glide(count, 1.0, 0.0, field), until="whole", least=pace.CALM)
            self.play(FadeIn(last.legend), run_time=pace.QUICK)
            beat.over(glide(count, 0.0, 1.0, field), until="borders", least=pace.LONG)
            low, high = plane.at(0.9, 330.0), plane.at(3.6, 1250.0)
            beat.over(
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
                least=pace.SLOW,
            )
        with self.beat(
            "The majority vote has 85 percent of unseen bottles. One full tree had 82: a little better."
        ) as beat:
            beat.over(self.frame.back(), until="85", least=pace.SLOW)
            beat.over(FadeIn(last.told), until="better")
            beat.over(words.light(last.score, ink.chalk))
        with self.beat("Why so little? What can averaging take away, and what not?", pause=pace.CALM) as beat:
            beat.over(words.light(last.score, ink.chalk))
