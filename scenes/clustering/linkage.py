"""What the linkage makes of a tree, four methods on the same dots, and the end."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from manim import RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.clustering.stage import (
    BIG,
    CLUSTERS,
    UNKNOWN,
    ClusteringStage,
    Run,
    dye,
    maths,
    moon_plane,
    petal_plane,
)
from scenes.clustering.tree import CUT, NAMED, Dendrogram, hand_dots, hand_plane, hand_shapes, risen
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.shot import Region, chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data, density, merging

PETAL_TOP: Final = 33.0
"""Height that the tree of the irises shows."""
SINGLE: Final = f"single linkage, cut at {merging.MOON_CUT:g}"
"""How the cut of single linkage that finds the moons is called."""


def petal_tree_plane(place: Region | None = None) -> Plane:
    """The irises side by side, and the height of their merges."""
    room = place or shot.safe(titled=False)
    plane = room.plane((-3, 152), (-1.2, PETAL_TOP), x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


class Cutting(VGroup):
    """The tree of the irises, cut into clusters: what hangs together below the cut has one colour."""

    def __init__(self, plane: Plane, count: int, width: float = THIN) -> None:
        super().__init__()
        tree = merging.petal_tree("ward")
        shapes = merging.brackets(tree)
        labels = kmeans.from_the_left(data.petals(), merging.groups(tree, count))
        spread = merging.members(tree)[tree.count :]
        for number in range(count):
            own = [
                step
                for step, rows in enumerate(spread)
                if step < tree.count - count and labels[rows[0]] == number
            ]
            part = Segments(plane, CLUSTERS[number], width)
            self.add(part.redraw(*risen(shapes[own], np.inf)))
        top = Segments(plane, ink.quiet, width)
        self.add(top.redraw(*risen(shapes[tree.count - count :], np.inf)))


@cache
def answers() -> dict[str, npt.NDArray[np.intp]]:
    """Clusters (324,) of the moons and their strays by four methods; −1 is noise, 5 a small group of strays."""
    points = data.moons()[0]
    cut = merging.moon_cut()
    low, high = np.argsort(np.bincount(cut))[-2:]
    first, second = sorted((low, high), key=lambda number: float(points[cut == number, 0].mean()))
    return {
        "K-means": kmeans.from_the_left(points, kmeans.restarts(points, 2, 10).labels),
        "Ward, cut in two": kmeans.from_the_left(points, merging.moon_groups("ward")),
        SINGLE: np.select([cut == first, cut == second], [0, 1], 5),
        f"DBSCAN, $epsilon = {density.MOON_EPS:g}$": density.flooded().labels,
    }


class Linkage(ClusteringStage):
    """What the linkage makes of a tree, four methods on the same dots, and the end."""

    # --- linkages

    @chapter("The linkage decides the shape", goes_on=True)
    def linkage_decides(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.plane = hand_plane()
        self.dots = dye(hand_dots(self.plane), merging.cut_at(merging.hand("complete"), CUT))
        self.tree = Dendrogram(self.plane, hand_shapes("complete"), 1.5 * LINE)
        self.tree.rise(11.0)
        self.add(self.plane, self.tree.lines, self.dots)
        self.average_and_ward()
        self.shot(shot.wide())
        self.cut_the_flowers()
        self.chain_through_strays()
        self.shot(shot.gallery(2, 2, titled=False))
        self.four_answers()
        self.shot(shot.split(titled=False))
        self.which_for_what()
        self.the_end()

    def average_and_ward(self) -> None:
        """Two more linkages on the five points."""
        plane, tree = self.plane, self.tree
        names = [
            words.headline(text, size=BIG).move_to(plane.at(*NAMED))
            for text in ("average linkage: mean of all pairs", "Ward: least added inertia")
        ]
        own, others = self.five[:3], self.five[3:]
        turn = np.linspace(0, np.pi, 40)
        pairs = VGroup(
            *(
                plane.curve(
                    a + (b - a) * (1 - np.cos(turn)) / 2, 0.3 + 0.75 * (b - a) * np.sin(turn), ink.focus, LINE
                )
                for a in own
                for b in others
            )
        )
        with self.beat("Average linkage takes the mean over all pairs.") as beat:
            beat.over("Average", FadeIn(names[0]), FadeOut(tree.lines), until="mean")
            beat.over(LaggedStart(*(Create(pair) for pair in pairs), lag_ratio=pace.LAG))
        with self.beat("Six distances here; their mean is 8.3.") as beat:
            shapes = hand_shapes("average")
            tree.reshape(shapes)
            self.play(FadeOut(pairs), FadeIn(tree.lines), run_time=pace.CALM)
            top = merging.hand("average").heights[-1]
            number = words.headline(f"{top:.1f}", ink.focus, ink.POINT)
            number.next_to(plane.at(shapes[-1, 1:3, 0].mean(), top), UP, buff=0.15)
            beat.over(FadeIn(number))
        law = maths('"height" = sqrt(2 dot ("added inertia"))', ink.AXIS).move_to(plane.at(6.2, 8.5))
        with self.beat(
            "Ward merges the two whose union adds least inertia. Its heights are roots of that, not distances."
        ) as beat:
            beat.over(FadeOut(names[0], number), FadeIn(names[1]), until="Its")
            beat.over(
                glide(tree.reshape, (hand_shapes("average"),), (hand_shapes("ward"),), tree.lines),
                least=pace.SLOW,
            )
            self.play(FadeIn(law), run_time=pace.BRISK)
        with self.beat("So Ward likes round clusters, as K-means does.") as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in self.dots), words.light(law))

    def cut_the_flowers(self) -> None:
        """The tree of the irises beside their field rises, and is cut; and a tree of strewn points beside it."""
        left, right = shot.safe(titled=False).columns(1.15, 1, gap=0.3)
        field = petal_plane(left, False)
        field.frame.set_stroke(opacity=0)
        flowers = field.dots(self.places, UNKNOWN, radius=0.07)
        plane = petal_tree_plane(right)
        own = merging.petal_tree("ward")
        tree = Dendrogram(plane, merging.brackets(own), THIN)
        with self.beat(
            "Here are the irises by Ward: 150 leaves, and the tree rises with its merges."
        ) as beat:
            self.exchange(flowers, tree.lines, run_time=pace.CALM)
            beat.over(glide(tree.rise, 0.0, PETAL_TOP, tree.lines), least=pace.LONG)
        two, three = Cutting(plane, 2), Cutting(plane, 3)
        heights = own.heights
        cuts = [(heights[-1] + heights[-2]) / 2, (heights[-2] + heights[-3]) / 2]
        level = plane.segment((-3, cuts[0]), (152, cuts[0]), ink.focus, LINE, dashed=True)
        name = Tag(words.headline("the cut", ink.focus, ink.POINT).move_to(plane.at(118, cuts[0] + 2.2)))
        labels = [kmeans.from_the_left(data.petals(), merging.groups(own, count)) for count in (2, 3)]
        with self.beat("The longest stretch without merges suggests the cut: here, two clusters.") as beat:
            beat.over(Create(level), FadeIn(name), until="here")
            dye(flowers, labels[0])
            beat.over(FadeOut(tree.lines), FadeIn(two))
        with self.beat("The next stretch leaves three, close to the botanist's species.") as beat:
            beat.over(
                glide(level.redraw, ((-3, cuts[0]), (152, cuts[0])), ((-3, cuts[1]), (152, cuts[1]))),
                FadeOut(name),
                until="three",
            )
            dye(flowers, labels[1])
            beat.over(FadeOut(two, level), FadeIn(three), self.frame.to(flowers, share=0.8))
        other = merging.strewn_tree()
        beside = petal_tree_plane(left)
        scaled = merging.brackets(other) * [1.0, heights[-1] / other.heights[-1]]
        strewn = Dendrogram(beside, scaled, THIN)
        strewn.rise(0.0)
        marks = [
            each.segment((x, pair[-2]), (x, pair[-1]), ink.focus, 3 * LINE)
            for each, x, pair in (
                (plane, 140, heights),
                (beside, 140, other.heights * heights[-1] / other.heights[-1]),
            )
        ]
        shares = 100 * merging.stretch(own)[1], 100 * merging.strewn_stretches()[:, 1].mean()
        texts = [
            Tag(words.headline(text, size=ink.AXIS).move_to(each.at(74, 31.9)))
            for text, each in (
                (f"irises: {shares[0]:.0f}%", plane),
                (f"strewn points: {shares[1]:.0f}% on average", beside),
            )
        ]
        with self.beat("Is that proof? Take a tree of points that are strewn evenly.") as beat:
            beat.over(self.frame.back(), FadeOut(flowers), until="Take")
            self.add(strewn.lines)
            beat.over(glide(strewn.rise, 0.0, float(scaled[:, 1, 1].max()), strewn.lines), least=pace.SLOW)
        with self.beat(
            "Their longest stretch takes 52 percent of the tree, on average; here, 65. A hint, no test."
        ) as beat:
            beat.over(Create(marks[1]), FadeIn(texts[1]), until="here")
            beat.over(Create(marks[0]), FadeIn(texts[0]), until="A hint")
            beat.over(*(words.light(mark, ink.chalk) for mark in marks))

    def chain_through_strays(self) -> None:
        """Single linkage finds clean moons; with strays it needs a fitting height."""
        plane = moon_plane()
        clean = merging.moon_groups("single", data.SHOWN_MOONS, False)
        known = kmeans.from_the_left(data.moons()[0][: data.MOON_DOTS], clean)
        moons = dye(plane.dots(data.moons()[0][: data.MOON_DOTS], radius=0.09), known)
        planks = plane.dots(data.bridge(), ink.chalk, radius=0.09)
        name = Tag(words.headline("single linkage", size=ink.HEADLINE)).move_to(plane.at(0.5, 1.42))
        with self.beat(
            "Single linkage follows chains of near points: it finds clean moons. A bridge of dots would chain them into"
            " one."
        ) as beat:
            self.exchange(moons, name)
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in moons[::6]), lag_ratio=pace.LAG),
                until="A",
            )
            beat.over(LaggedStart(*(FadeIn(dot) for dot in planks), lag_ratio=pace.LAG), until="chain")
            self.add(planks)
            rows = np.flatnonzero(known == 1)
            beat.over(
                *(words.tint(moons[int(row)], CLUSTERS[0]) for row in rows),
                *(words.tint(dot, CLUSTERS[0]) for dot in planks),
            )
        self.cut_with_strays()

    def cut_with_strays(self) -> None:
        """The same tree of moons and strays, cut in two, and cut lower."""
        left, right = shot.safe(titled=False).columns(1.15, 1, gap=0.4)
        field = left.plane((-1.75, 2.75), (-1.75, 2.0), equal=True, x_ticks=[], y_ticks=[])
        field.frame.set_stroke(opacity=0)
        points = data.moons()[0]
        pair = merging.moon_groups("single")
        most = int(np.bincount(pair).argmax())
        dots = dye(field.dots(points, radius=0.065), np.where(pair == most, 0, 1))
        alone = np.flatnonzero(pair != most)
        ring = dots.ring(alone, ink.chalk, 0.25)
        tree = merging.merges(points, "single")
        plane = chart(
            right, (-5, 330), (0.0, 0.6), x_ticks=[], y_ticks=(0, 0.2, 0.4), y_label="height of the merge"
        )
        brackets = Dendrogram(plane, merging.brackets(tree), THIN)
        brackets.rise(float(tree.heights[-1]))
        high = float(tree.heights[-2:].mean())
        level = plane.segment((-5, high), (330, high), ink.focus, LINE, dashed=True)
        with self.beat(
            "With 24 strays, ask for two clusters: one is a lone stray. Strays merge last."
        ) as beat:
            self.exchange(field, dots, plane, brackets.lines)
            beat.over(Create(level), Create(ring), until="Strays")
            beat.over(
                *(words.light(dot, ink.chalk) for dot in dots.subset(np.arange(data.MOON_DOTS, len(dots))))
            )
        cut = merging.MOON_CUT
        with self.beat("Cut lower, and both moons are there, beside small groups of strays.") as beat:
            beat.over(
                glide(level.redraw, ((-5, high), (330, high)), ((-5, cut), (330, cut))),
                FadeOut(ring),
                until="both",
                least=pace.SLOW,
            )
            dye(dots, answers()[SINGLE])
            beat.over(*(words.light(dot, ink.chalk) for dot in dots[::4]))

    def four_answers(self) -> None:
        """The same moons by four methods."""
        points = data.moons()[0]
        panels = []
        for room, (name, labels) in zip(
            shot.safe(titled=False).cells(2, 2, 0.15), answers().items(), strict=True
        ):
            plane = room.plane((-2.75, 2.7), (-1.2, 1.95), equal=True, x_ticks=[], y_ticks=[])
            plane.frame.set_stroke(opacity=0)
            dots = dye(plane.dots(points, radius=0.045), labels)
            text = Tag(words.headline(name, size=ink.AXIS))
            text.next_to(plane.at(-2.75, 1.75), RIGHT, buff=0)
            panels.append(VGroup(plane, dots, text))
        with self.beat(
            "The same dots, four answers. K-means and Ward want round clusters, and cut through a moon."
        ) as beat:
            self.exchange(panels[0], panels[1])
            beat.over(FadeIn(panels[2]), FadeIn(panels[3]), until="K-means")
            beat.over(self.spotlight(*panels[:2]))
        with self.beat(
            "Single linkage and DBSCAN follow both, at a fitting height and a fitting epsilon."
        ) as beat:
            beat.over(self.spotlight(panels[2]), until="DBSCAN")
            beat.over(self.spotlight(*panels[2:]))
        self.play(self.lights_on(), run_time=pace.QUICK)

    def which_for_what(self) -> None:
        """Three kinds of data, each with the method that fits."""
        left, right = shot.safe(titled=False).columns(1.12, 1, gap=0.5)
        upper, lower = left.rows(1, 1, gap=0.25)
        plane = upper.plane((-14.6, 5.7), (-4.4, 4.9), x_ticks=[], y_ticks=[], equal=True)
        field = lower.plane((-4.9, 2.75), (-1.35, 1.85), x_ticks=[], y_ticks=[], equal=True)
        run = Run(plane, data.crowds()[0], kmeans.best_of(5).centroids, radius=0.05, mark=0.17)
        flood = dye(field.dots(data.moons()[0], radius=0.05), density.flooded().labels)
        for each in (plane, field):
            each.frame.set_stroke(opacity=0)
        leaves = petal_tree_plane(right)
        branches = Cutting(leaves, 3)
        heads = [
            Tag(words.headline(text, size=ink.POINT).move_to(spot))
            for text, spot in (
                ("K-means", plane.at(-11.0, 0.2)),
                ("DBSCAN", field.at(-3.6, 0.25)),
                ("a tree", leaves.at(62, 24)),
            )
        ]
        with self.beat("Many points in round clusters: K-means. Odd shapes and noise: DBSCAN.") as beat:
            self.exchange(run, heads[0])
            beat.over("Odd", FadeIn(heads[1], flood))
        with self.beat(
            "Groups within groups: a tree. It compares each pair, so not for millions of points."
        ) as beat:
            beat.over(FadeIn(heads[2], branches), until="It")
            beat.over(*(words.light(part, ink.chalk) for part in branches))

    def the_end(self) -> None:
        """The irises once more: by centroid, by density, by merges."""
        left, right = shot.safe(titled=False).columns(1.12, 1, gap=0.5)
        upper, lower = left.rows(1, 1, gap=0.25)
        plane, other = petal_plane(upper, False), petal_plane(lower, False)
        for each in (plane, other):
            each.frame.set_stroke(opacity=0)
        labels = kmeans.from_the_left(self.petals, kmeans.best_petals(3).labels)
        run = Run(
            plane,
            self.petals,
            kmeans.update(self.petals, labels, 3),
            radius=0.06,
            mark=0.17,
            shown=self.places,
        )
        dots = dye(other.dots(self.places, radius=0.06), density.flooded_petals().labels)
        tree_plane = petal_tree_plane(right)
        tree = Cutting(tree_plane, 2)
        heights = merging.petal_tree("ward").heights
        middle = (heights[-1] + heights[-2]) / 2
        level = tree_plane.segment((-3, middle), (152, middle), ink.focus, LINE, dashed=True)
        names = [
            Tag(words.headline("K-means: 3, as asked", size=ink.AXIS).move_to(plane.at(2.6, 2.4))),
            words.headline("DBSCAN: 2", size=ink.AXIS).move_to(other.at(2.6, 2.4)),
            Tag(words.headline("the tree: 2", size=ink.AXIS).move_to(tree_plane.at(112, middle + 2.5))),
        ]
        with self.beat(
            "So, how many kinds of iris? K-means gave three, as asked; density and the tree say two."
        ) as beat:
            self.exchange(plane, other, run.dots, dots)
            beat.over("K-means", FadeIn(run.cells, run.marks, names[0]), until="density")
            beat.over(FadeIn(names[1]), until="tree")
            beat.over(FadeIn(tree, names[2]), Create(level))
        self.remove(run.dots)
        self.add(run)
        with self.beat(
            "The data alone do not say. The rule decides: nearest centroid, density, or merges."
        ) as beat:
            beat.over("nearest", *(words.light(mark, ink.chalk) for mark in run.marks), until="density")
            beat.over(*(words.light(dot, ink.chalk) for dot in dots[::4]), until="merges")
            beat.over(words.light(level, ink.chalk))
        with self.beat(
            "You choose the rule, by the shape that you are looking for.", pause=pace.CALM
        ) as beat:
            beat.over(*(words.light(each, ink.chalk) for each in (*run.marks, level)))
