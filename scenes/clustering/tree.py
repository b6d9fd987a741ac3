"""Hierarchical clustering: merges, and the tree that they make."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, interpolate_color

from scenes.clustering.stage import (
    BALL,
    BIG,
    CLUSTERS,
    DOT,
    FIVE_ACROSS,
    UNKNOWN,
    ClusteringStage,
    Floats,
    dye,
    in_row,
    petal_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data, density, merging

HEIGHTS: Final = (-0.9, 16.6)
"""Heights that the tree by hand shows, and room for its points."""
LOW_HEIGHTS: Final = (-0.5, 7.2)
"""Heights that single linkage needs."""
NAMED: Final = (5.6, 15.3)
"""Where the name of a linkage stands."""
LOW_NAMED: Final = (5.6, 6.5)
CUT: Final = 7.5
"""Height of the cut that leaves two clusters of the five points, by complete linkage."""
SHADES: Final = (ink.first, interpolate_color(ink.first, ink.chalk, 0.6), ink.second)
"""Three clusters of the five points: two shades of the one that was split."""
LOW_CUT: Final = 3.0
"""One that leaves three."""
ABOVE: Final = 1e-6
"""So far above a bracket it counts as closed, whatever rounding does."""


def risen(shapes: Floats, level: float) -> tuple[Floats, Floats]:
    """Starts and ends (m, 2) of what of the brackets ``shapes`` (n, 4, 2) lies below ``level``."""
    left, high_left, high_right, right = (shapes[:, corner].copy() for corner in range(4))
    for foot, top in ((left, high_left), (right, high_right)):
        top[:, 1] = np.clip(level, foot[:, 1], top[:, 1])
    done = shapes[:, 1, 1] <= level
    starts = np.concatenate([left, right, high_left[done]])
    ends = np.concatenate([high_left, high_right, high_right[done]])
    return starts, ends


class Dendrogram(VGroup):
    """Brackets (n, 4, 2) on a ``plane``, in as many colours as ``labels`` (n,) has; :meth:`rise` grows them."""

    def __init__(self, plane: Plane, shapes: Floats, width: float = LINE) -> None:
        super().__init__()
        self.plane, self.shapes = plane, shapes
        self.level = 0.0
        self.lines = Segments(plane, ink.chalk, width)
        self.add(self.lines)
        self.rise(0.0)

    def rise(self, level: float) -> Segments:
        """Show what lies below ``level``."""
        self.level = level
        return self.lines.redraw(*risen(self.shapes, level))

    def stand(self, shapes: Floats, level: float) -> Segments:
        """The brackets are these, up to ``level``."""
        self.shapes = shapes
        return self.rise(level)

    def reshape(self, shapes: Floats) -> Segments:
        """The brackets are these, whole."""
        self.shapes = shapes
        self.level = float(shapes[:, 1, 1].max())
        return self.lines.redraw(*risen(shapes, self.level))


def hand_shapes(linkage: merging.Linkage) -> Floats:
    """The brackets over the five points, which stand at their values."""
    return merging.brackets(merging.hand(linkage), data.FIVE[:, 0])


def hand_plane(heights: tuple[float, float] = HEIGHTS) -> Plane:
    """Five points on an axis, and the distance at which clusters merge upwards."""
    return chart(
        shot.safe(titled=False),
        FIVE_ACROSS,
        heights,
        x_ticks=data.FIVE[:, 0].tolist(),
        y_ticks=(0, 5, 10) if heights[1] > 10 else (0, 1, 2, 3, 4, 5),
        y_label="height of the merge",
        tick_size=1.1 * ink.AXIS,
    )


def hand_dots(plane: Plane) -> Dots:
    """The five points at height zero."""
    return plane.dots(in_row(data.FIVE, 0.0), UNKNOWN, radius=BALL)


class Gap(VGroup):
    """The distance of two of the five points as a bar between them, which rises as high as it is long."""

    def __init__(self, plane: Plane, a: float, b: float) -> None:
        super().__init__()
        self.plane, self.ends, self.size = plane, (a, b), abs(b - a)
        self.line = plane.segment((a, 0.0), (b, 0.0), ink.focus, 1.5 * LINE)
        self.text = Tag(words.headline(f"{self.size:g}", ink.focus, ink.POINT))
        self.add(self.line, self.text)
        self.lift(0.0)

    def lift(self, height: float) -> Gap:
        """Lie at this height."""
        a, b = self.ends
        self.line.redraw((a, height), (b, height))
        self.text.move_to(self.plane.at((a + b) / 2, height))
        return self

    def rise(self) -> Drive:
        """The animation from the ground to the height of its length."""
        return glide(self.lift, 0.0, self.size, self)


class Merging(ClusteringStage):
    """Merges, and the tree that they make."""

    # --- by hand

    @chapter("Merge, and draw the tree", "hierarchical clustering", "dendrogram", goes_on=True)
    def merge_and_draw(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        plane = petal_plane()
        flood = density.flooded_petals()
        flowers = dye(plane.dots(self.places, radius=DOT), flood.labels)
        self.add(plane, flowers)
        self.begin_merging(flowers)
        self.link()
        self.read_the_tree()

    def begin_merging(self, flowers: Dots) -> None:
        """Single points, and the first two merges."""
        self.plane = plane = hand_plane(LOW_HEIGHTS)
        self.dots = dots = hand_dots(plane)
        self.tree = tree = Dendrogram(plane, hand_shapes("single"), 1.5 * LINE)
        with self.beat(
            "Two groups, but within a group there may be smaller ones. Can one picture hold them all?"
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in flowers[50:150:4]), until="Can")
            beat.over(*(words.light(dot, ink.chalk) for dot in flowers[::4]))
        name = words.headline("agglomerative clustering", size=BIG).move_to(plane.at(*LOW_NAMED))
        with self.beat(
            "Start with single points. Merge the two closest clusters, again and again. That is agglomerative"
            " clustering."
        ) as beat:
            self.exchange(plane, dots)
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots), lag_ratio=pace.LAG),
                until="agglomerative",
            )
            beat.over(FadeIn(name))
        with self.beat(
            "It is hierarchical clustering, from the bottom up: small groups inside larger ones."
        ) as beat:
            beat.over(words.light(name, ink.focus), *(words.light(dot, ink.chalk) for dot in dots))
        with self.beat(
            "Zero and one are closest, so they merge. Their bracket is as high as their distance, one."
        ) as beat:
            self.add(tree.lines)
            beat.over("merge", glide(tree.rise, 0.0, 1.0, tree.lines), least=pace.SLOW)
        with self.beat("Next come nine and eleven, at two.") as beat:
            beat.over(glide(tree.rise, 1.0, 2.0, tree.lines))
        self.name = name

    def link(self) -> None:
        """Which distance counts between two clusters."""
        plane, tree = self.plane, self.tree
        names = [
            words.headline(text, size=BIG).move_to(plane.at(*LOW_NAMED))
            for text in ("linkage", "single linkage: nearest pair")
        ]
        near, far = Gap(plane, 1, 4), Gap(plane, 0, 4)
        with self.beat(
            "Now four meets a cluster of two points: three away from one, four from the other."
        ) as beat:
            beat.over(FadeOut(self.name), FadeIn(near), until="three")
            beat.over(near.rise(), until="four", least=pace.CALM)
            self.play(FadeIn(far), run_time=pace.QUICK)
            beat.over(far.rise(), least=pace.CALM)
        with self.beat("Which distance counts? That rule is the linkage.") as beat:
            beat.over(*(words.light(gap.line, ink.chalk) for gap in (near, far)), until="That")
            beat.over(FadeIn(names[0]))
        with self.beat(
            "Single linkage takes the nearest pair: three. At five, they are one cluster."
        ) as beat:
            beat.over(FadeOut(names[0], far), FadeIn(names[1]), until="three")
            beat.over(glide(tree.rise, 2.0, 3.0, tree.lines), until="At")
            self.play(FadeOut(near), run_time=pace.QUICK)
            beat.over(glide(tree.rise, 3.0, 5.0, tree.lines), least=pace.SLOW)
        self.grow_taller(names[1])

    def grow_taller(self, old: words.Words) -> None:
        """Complete linkage on the same points, on a scale that its heights fit on."""
        low, tree = self.plane, self.tree
        self.plane = plane = hand_plane()
        before, after = hand_shapes("single"), hand_shapes("complete")
        name = words.headline("complete linkage: farthest pair", size=BIG).move_to(plane.at(*NAMED))
        ends = low.inverse(plane.at(before.reshape(-1, 2)))[:, :2].reshape(before.shape)
        joined = float(low.inverse(plane.at(0.0, 2.0))[1])
        dots = hand_dots(plane)
        here, there = self.dots.centres, dots.centres
        near, far = Gap(plane, 0, 4), Gap(plane, 0, 11)
        with self.beat(
            "Back to the two first merges. Complete linkage takes the farthest pair: four."
        ) as beat:
            beat.over(glide(tree.rise, 5.0, 2.0, tree.lines), FadeOut(old), until="merges")
            beat.over(
                FadeOut(low),
                FadeIn(plane),
                glide(tree.stand, (before, 2.0 + ABOVE), (ends, joined + ABOVE), tree.lines),
                glide(self.dots.put, (here, BALL), (there, BALL)),
                until="takes",
                least=pace.CALM,
            )
            self.remove(tree.lines, self.dots)
            self.tree, self.dots = Dendrogram(plane, after, 1.5 * LINE), dots
            self.tree.rise(2.0)
            self.add(self.tree.lines, dots)
            self.play(FadeIn(name, near), run_time=pace.QUICK)
            self.play(near.rise(), run_time=pace.CALM)
            beat.over(glide(self.tree.rise, 2.0, 4.0, self.tree.lines), least=pace.CALM)
        with self.beat("At last eleven, instead of five.") as beat:
            self.play(FadeOut(near), FadeIn(far), run_time=pace.BRISK)
            beat.over(far.rise(), until="instead", least=pace.CALM)
            beat.over(glide(self.tree.rise, 4.0, 11.0, self.tree.lines), least=pace.CALM)
        self.leave(far, name, run_time=pace.QUICK)

    def read_the_tree(self) -> None:
        """The dendrogram, by name."""
        plane, tree, dots = self.plane, self.tree, self.dots
        name = words.headline("dendrogram", size=1.2 * ink.HEADLINE).move_to(plane.at(*NAMED))
        with self.beat(
            "The tree of merges is a dendrogram. Read it upwards: low brackets join what is alike."
        ) as beat:
            beat.over(FadeIn(name), until="Read")
            beat.over(glide(tree.rise, 0.0, 11.0, tree.lines), least=pace.LONG)
        level = plane.segment(
            (FIVE_ACROSS[0], 12.5), (FIVE_ACROSS[1], 12.5), ink.focus, 1.5 * LINE, dashed=True
        )
        ends = (np.array([FIVE_ACROSS[0], 0.0]), np.array([FIVE_ACROSS[1], 0.0]))

        def lower(height: float) -> list[Mobject]:
            level.redraw(ends[0] + [0, height], ends[1] + [0, height])
            labels = kmeans.from_the_left(data.FIVE, merging.cut_at(merging.hand("complete"), height))
            dye(dots, labels, SHADES if labels.max() == 2 else CLUSTERS)
            return [level, dots]

        with self.beat("How would you get two clusters out of this tree?") as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in dots))
        self.think()
        with self.beat(
            "Let a line fall through it. What still hangs together below is a cluster: first two."
        ) as beat:
            beat.over(Create(level), FadeOut(name), until="What")
            beat.over(glide(lower, 12.5, CUT, level, dots), least=pace.SLOW)
        with self.beat("Farther down, three. So one tree holds each number of clusters.") as beat:
            beat.over(glide(lower, CUT, LOW_CUT, level, dots), until="So", least=pace.SLOW)
            beat.over(glide(lower, LOW_CUT, CUT, level, dots))
        self.leave(level, run_time=pace.QUICK)
