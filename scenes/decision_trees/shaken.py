"""Bootstrap samples, the trees that they change, and the vote of them all."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.decision_trees import scores
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import RADII, WIDE, Vineyard, across
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import SHAPES, Dots
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
from scenes.maths.decision_trees import forest, paired, tree
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
ROW: Final = 0.2
"""Scene units between the lines of a panel."""
TREES: Final = 6
"""Trees that are seen one by one."""
BOTTLE: Final = 96
"""The bottle that they are asked about: picked because they do not agree on it."""
VOTE: Final = 0.2
"""Radius of a vote."""
RING: Final = 0.3
"""Radius of the ring around that bottle, in scene units."""


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
        self._shape = (*mesh.shape[:2], 3)
        self._votes = forest.ballots(points, labels, mesh.reshape(-1, 2), SAMPLES, columns)
        self.field = Field(vineyard.plane, self.alone(0), opacity=FIELD)

    def polled(self, voters: int) -> Floats:
        """Shares (ny, nx, 3) of the votes of the first ``voters`` trees."""
        return forest.poll(self._votes[:voters], 3).reshape(self._shape)

    def alone(self, number: int) -> Floats:
        """What one tree says (ny, nx, 3)."""
        return forest.poll(self._votes[number : number + 1], 3).reshape(self._shape)

    def count(self, share: float) -> Changed:
        """Let more and more of them vote, from one at 0 to all at 1."""
        return (self.field.redraw(self.polled(max(1, round(SAMPLES**share)))),)


def hang(*tags: Tag) -> None:
    """Stand them at the upper left of the wide map, where there are no bottles, one below the other."""
    top = CALM[1]
    for tag in tags:
        tag.move_to((CALM[0], top, 0.0), aligned_edge=LEFT + UP)
        top = float(tag.get_bottom()[1]) - 0.1


class Contested:
    """The map on which bagged trees vote, with their score on unseen bottles where it has no bottles."""

    def __init__(self, lesson: DecisionTreesStage) -> None:
        self.vineyard = wine_map(lesson.points, lesson.labels)
        self.ballot = Ballot(self.vineyard, lesson.points, lesson.labels)
        guess = 100 * np.bincount(lesson.labels).max() / len(lesson.labels)
        self.score = words.headline(scores.percent(paired.score(paired.BAGGED)), ink.truth)
        rows = (
            words.note(f"majority vote, {SAMPLES} trees:", size=READ),
            self.score,
            words.note(f"one full tree: {scores.percent(paired.score(paired.FULL))}", size=READ),
            words.note(f"guessing: {guess:.0f} %", ink.quiet, size=READ),
        )
        self.panel = Tag(VGroup(*rows).arrange(DOWN, aligned_edge=LEFT, buff=ROW), opacity=1.0)
        hang(self.panel)

    @property
    def everything(self) -> tuple[Mobject, ...]:
        """As chapters end and begin with it."""
        return self.ballot.field, self.vineyard, self.panel


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
            plane.dots([(number, 2.65)], ink.chalk, "ring", radius=DISC) for number in range(1, count + 1)
        ]
        faces = [words.headline(f"{number}").move_to(disc) for number, disc in enumerate(discs, 1)]
        bottles = [VGroup(*pair) for pair in zip(discs, faces, strict=True)]
        slots = plane.dots([(spot, 1.5) for spot in range(1, count + 1)], ink.faint, "ring", radius=DISC)
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
        name.move_to(plane.at(count / 2 + 0.5, 0.45))
        out = [number for number in range(count) if number + 1 not in draws]
        with self.beat(
            "As many draws as there are rows, with replacement: a bootstrap sample. Some come twice, some stay out."
        ) as beat:
            beat.at("bootstrap", words.write(name))
            twice = [text for text, number in zip(noted, draws, strict=True) if draws.count(number) > 1]
            beat.over("twice", *(words.light(text, ink.chalk) for text in twice), until="stay")
            absent = [words.caption(bottles[number], "out", DOWN, ink.quiet, size=READ) for number in out]
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
        self.last = Contested(self)
        vineyard = self.last.vineyard
        spray = forest.spray(self.points, self.labels, SAMPLES)
        cuts = np.array(
            [across(int(c), float(t)) for c, t in zip(spray.column, spray.threshold, strict=True)]
        )
        self.times_now = np.ones(len(self.points))
        knife = Segments(vineyard.plane, ink.focus, 7.0, dashed=False).redraw(*cuts[0])
        spread = Segments(vineyard.plane, ink.focus, 2.5, dashed=False).redraw(cuts[:1, 0], cuts[:1, 1])
        spread.set_stroke(opacity=THIN)
        with self.beat("Now a bootstrap sample of the wines, and its first split.") as beat:
            self.exchange(vineyard)
            beat.over(self.shake(self.times(0)), until="first", least=pace.CALM)
            beat.over(FadeIn(knife))
        with self.beat("Another sample, another split.") as beat:
            self.add(spread, knife)
            beat.over(self.shake(self.times(1)), FadeOut(knife), until="split")
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
            beat.over(self.shake(self.times(2)), until="another tree", least=pace.CALM)
            beat.over(self.shake(self.times(3)), until="high")
            beat.over(FadeIn(name))
        self.play(FadeOut(spread, *tags, name), run_time=pace.QUICK)

    def times(self, seed: int) -> Floats:
        """How often each bottle (n,) is in the bootstrap sample of that seed."""
        rows = forest.resample(len(self.points), seed)
        return np.bincount(rows, minlength=len(self.points)).astype(float)

    def shake(self, times: Floats) -> Animation:
        """The wines take on the sizes of a sample in which each is ``times`` (n,)."""
        wines = self.last.vineyard.wines

        def show(drawn: Floats) -> Dots:
            wines.redraw(radius=RADII[0] * np.sqrt(np.maximum(drawn, 0.5)))
            return wines.shade(np.clip(drawn, 0.15, 1))

        before, self.times_now = self.times_now, times
        return glide(show, before, times, wines)

    # --- the vote

    def lay_maps_over_one_another(self) -> None:
        """The maps of six full trees, one after the other, then two hundred over one another, and their score."""
        vineyard, ballot = self.last.vineyard, self.last.ballot
        plane, field = vineyard.plane, ballot.field
        point = self.points[BOTTLE]
        said = forest.ballots(self.points, self.labels, point[None], TREES, 2)[:, 0]
        ring = vineyard.wines.ring([BOTTLE], radius=RING)
        asked = words.note("one bottle, picked:", size=READ)
        votes = Dots(
            plane,
            np.tile(point, (TREES, 1)),
            [ink.CLASSES[kind] for kind in said],
            [SHAPES[kind] for kind in said],
            VOTE,
        )
        along = np.arange(TREES)[:, None] * np.array([3 * VOTE, 0.0, 0.0])
        votes.put(asked.get_corner(DOWN + LEFT) + np.array([VOTE, -3 * VOTE, 0.0]) + along, VOTE)
        tally = Tag(VGroup(asked, votes), opacity=1.0)
        hang(tally)
        with self.beat(
            "Grow a full tree on each bootstrap sample: here are six maps, and what each calls one bottle."
        ) as beat:
            self.add(field), self.bring_to_front(vineyard)
            self.play(
                FadeIn(field),
                FadeIn(ring, tally.plate, asked),
                self.shake(self.times(0)),
                run_time=pace.BRISK,
            )
            self.play(FadeIn(votes[0], scale=2), run_time=pace.QUICK)
            for number in range(1, TREES):
                left = beat.fill() / (TREES - number)
                self.play(
                    glide(field.redraw, ballot.alone(number - 1), ballot.alone(number)),
                    self.shake(self.times(number)),
                    FadeIn(votes[number], scale=2),
                    run_time=max(left, pace.BRISK),
                )
        counts = tree.tally(said, 3)
        most, next_ = np.sort(counts)[::-1][:2]
        told = f"grape {counts.argmax() + 1}, by {most} to {next_}"
        bagging = Tag(words.headline("[bagging:focus]"), opacity=1.0)
        bagging.move_to((shot.SAFE.right, CALM[1], 0.0), aligned_edge=RIGHT + UP)
        verdict = Tag(words.note(f"[{told}:focus]", size=READ), opacity=1.0)
        hang(tally, verdict)
        with self.beat(
            "They do not agree, so they vote: that is bagging. For a number, take their mean."
        ) as beat:
            beat.over(
                LaggedStart(*(words.light(vote, ink.chalk) for vote in votes), lag_ratio=pace.LAG),
                until="vote",
            )
            self.play(FadeIn(verdict), run_time=pace.QUICK)
            beat.at("bagging", FadeIn(bagging))
            beat.over(self.shake(np.ones(len(self.points))), words.light(verdict.text, ink.chalk))
        with self.beat(
            "Let many vote on the whole map. Bright is what they agree on; the borders are softer."
        ) as beat:
            self.play(
                FadeOut(tally, ring, verdict, bagging),
                glide(field.redraw, ballot.alone(TREES - 1), ballot.polled(TREES)),
                run_time=pace.BRISK,
            )
            few = float(np.log(TREES) / np.log(SAMPLES))
            beat.over(glide(ballot.count, few, 1.0, field), until="Bright", least=pace.LONG)
            low, high = plane.at(0.9, 330.0), plane.at(3.6, 1250.0)
            beat.over(
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
                least=pace.LONG,
            )
        with self.beat(
            "The majority vote has 84 percent of unseen bottles right, one full tree 82: a little better."
        ) as beat:
            beat.over(self.frame.back(), until="84", least=pace.SLOW)
            beat.over(FadeIn(self.last.panel), until="better")
            beat.over(words.light(self.last.score, ink.chalk))
        with self.beat("Why so little? What can averaging take away?", pause=pace.CALM) as beat:
            beat.over(words.light(self.last.score, ink.chalk))
