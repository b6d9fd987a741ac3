"""Nearest neighbours: the vote of the nearest, what near means, and how many to ask."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear, drive
from scenes.kit.glide import glide
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.shared.flower import Flowers, Measure, Species, irises
from scenes.maths.svm import neighbour, svm
from scenes.svm.margin import LARGE
from scenes.svm.stage import BOUNDARY, SvmStage
from scenes.svm.tube import Sea

KS = (1, 3, 5)
"""So many neighbours are asked about the picked flower."""
ASKING = (3.95, 6.25), (2.34, 3.44)
"""What is seen from near while neighbours vote, in cm."""
ASKED, OTHER = (0, 0), (3, 4)
"""Two points whose distance is taken by hand: three across, four up."""
BADGE = 0.115
"""Radius of a flower that carries its number, in scene units."""
ASKED_MONTH = 6
"""July, the month whose neighbours are shown."""
STEADY = 15
"""A k whose borders are held against those of one neighbour."""
LEVELS = (0.5, 1.5)
"""Between the numbers of the species, where a map of votes changes."""
FEW, MANY = 1, 99
"""The first and the last k whose borders are shown."""
PLATEAU = (11, 61)
"""Between these k the scores are alike."""
ASIDE = 15
"""How far right of the plateau's middle, in neighbours, its figures stand: clear of the first score."""
JITTER = 0.035
"""How far a flower is drawn aside at most, in cm."""
SMOOTH = 31
"""A k of the plateau, at which the chapter ends."""
PLAIN = {"x": ink.chalk, "z": ink.chalk}
"""Colours of symbols where they stand for any two points."""
FIELD = 0.42
"""Opacity of the colours of the vote."""


def sepals() -> Flowers:
    """All irises by their sepals, in cm."""
    return irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))


def picked_flower(flowers: Flowers) -> Floats:
    """The flower (2,) whose vote flips twice, at k = 3 and at k = 5: a picked case."""
    return neighbour.find_flip(
        flowers.points, flowers.species, KS, np.arange(5.0, 5.3, 0.005), np.arange(2.7, 2.95, 0.005)
    )


Limits = tuple[tuple[float, float], tuple[float, float]]
"""From where to where, across and up."""


def named(species: int) -> str:
    """The name of a species."""
    return Species(species).name.lower()


def steps() -> Floats:
    """(2,) how far apart the two points are across and up."""
    return np.abs(np.subtract(OTHER, ASKED))


def by_hand() -> Floats:
    """(3,) how far apart the two points are by each of the metrics, Manhattan first."""
    one, other = np.array([ASKED], dtype=float), np.array([OTHER], dtype=float)
    return np.array([neighbour.measure(one, other, ruler)[0, 0] for ruler in neighbour.RULERS])


def bend(share: float) -> float:
    """The exponent of a metric: 1 for 0, 2 for one half, and towards infinity for 1."""
    return 1 / max(1 - share, 0.02)


class Link(VGroup):
    """A ``line`` to a neighbour, and the neighbour itself, larger, with its number on it: a ``badge``."""

    def __init__(self, line: Segments, badge: VGroup) -> None:
        super().__init__(line, badge)
        self.line, self.badge = line, badge


class Garden:
    """All irises by their sepals on one plane, and a flower that asks."""

    def __init__(self, room: shot.Region) -> None:
        self.flowers = sepals()
        self.plane: Plane = room.plane(
            (3.55, 8.65),
            (1.93, 4.47),
            x_label="sepal length (cm)",
            y_label="sepal width (cm)",
            x_ticks=(4, 5, 6, 7, 8),
            y_ticks=(2, 3, 4),
            equal=True,
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        self.dots = self.plane.classes(self.flowers.points, self.flowers.species, radius=0.07)

    def near(self, region: Limits) -> float:
        """How many times as large as at rest what lies in ``region`` (cm) is seen when it fills the frame."""
        across, up = corner_of(self.plane, *region)
        return min(
            ink.FRAME_WIDTH / (across[1] - across[0]),
            (ink.FRAME_HEIGHT - ink.CAPTION_BAND) / (up[1] - up[0]),
        )

    def link(self, query: Floats, row: int, number: int) -> Link:
        """A line from ``query`` (2,) to the flower of that row, which carries the neighbour's ``number``."""
        spot = self.flowers.points[row]
        mark = self.plane.classes([spot], [self.flowers.species[row]], radius=BADGE)
        size = ink.pixels(ink.LABEL) / self.near(ASKING)
        name = words.label(str(number), ink.ground, size=size).move_to(self.plane.at(*spot))
        way, centre = self.plane.at(*query) - self.plane.at(*spot), self.plane.at(*spot)
        (end,) = self.plane.inverse((centre + BADGE * way / np.linalg.norm(way))[None])
        return Link(self.plane.segment(query, end, ink.chalk), VGroup(mark, name))

    def rows(self, query: Floats, k: int) -> neighbour.Neighbours:
        """The neighbours of ``query`` among the irises."""
        return neighbour.neighbours(query, self.flowers.points, self.flowers.species, k)

    def reach(self, query: Floats, k: int) -> float:
        """The radius (cm) midway between the k-th neighbour of ``query`` and the next one."""
        return float(self.rows(query, k + 1).distance[-2:].mean())


class Ballot:
    """The vote of the k nearest all over the plane, and beside it the score of each k on flowers left out."""

    def __init__(self, room: shot.Region, rng: np.random.Generator) -> None:
        left, right = room.columns(1, 1, gap=0.7)
        flowers = sepals()
        plane = self.plane = left.plane(
            (3.97, 8.2),
            (1.35, 5.1),
            x_label="sepal length (jittered)",
            y_label="sepal width",
            x_ticks=(4, 6, 8),
            y_ticks=(2, 3, 4),
            equal=True,
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        # Some flowers of two species share a spot: they are drawn side by side, within the tenth they are measured to.
        aside = rng.uniform(-JITTER, JITTER, flowers.points.shape)
        self.dots = plane.classes(flowers.points + aside, flowers.species, radius=0.075)
        k = self.k = ParameterSweep(np.arange(FEW, MANY + 1, 2))
        ks = k.stops.astype(np.intp)
        mesh = plane.mesh(119, 98)
        verdict = neighbour.map_votes(
            flowers.points, flowers.species, ks, mesh[0, :, 0], mesh[:, 0, 1]
        ).verdict
        score = 100 * neighbour.leave_one_out(flowers.points, flowers.species, ks).score
        self.field = plane.field(verdict[0], opacity=FIELD)
        self.trail = GrowingCurve(
            ks,
            score,
            (0, 100),
            (54, 88),
            color=ink.chalk,
            width=right.width - 0.9,
            height=float(plane.box[2, 1] - plane.box[0, 1]),
            x_label="neighbours $k$",
            y_label="right (%), guessing 33",
            x_ticks=(FEW, *PLATEAU, MANY),
            y_ticks=(60, 70, 80),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        chart = self.trail.chart
        right.put(self.trail)
        self.trail.shift(float(plane.box[0, 1] - chart.box[0, 1]) * UP)
        k.draws(lambda _: self.field.redraw(verdict[k.row]), self.field)
        k.draws(lambda number: self.trail.reach(number), self.trail)
        self.number = words.Readout(k, 0, label="$k$ =", digits=2, size=ink.POINT)
        self.number.next_to(plane.frame, UP, buff=0.08).align_to(plane.frame, RIGHT)

        def stop(at: int, side: Floats) -> VGroup:
            row = int(np.searchsorted(ks, at))
            dot = chart.dots([(at, score[row])], ink.chalk, radius=0.13)
            return VGroup(
                dot, chart.label(at, score[row], f"{score[row]:.0f} %", side, ink.chalk, 0.22, LARGE)
            )

        self.first, self.last = stop(FEW, RIGHT), stop(MANY, LEFT + DOWN)
        error = 100 * neighbour.standard_error(float(score[ks == SMOOTH][0]) / 100, len(flowers.points))
        alike = score[(ks >= PLATEAU[0]) & (ks <= PLATEAU[1])]
        self.plateau = VGroup(
            chart.area(np.array(PLATEAU), alike.min(), alike.max(), ink.chalk, fill=0.25),
            chart.label(
                ASIDE + sum(PLATEAU) / 2,
                alike.min(),
                f"{alike.min():.0f}–{alike.max():.0f} %\nby chance: ± {error:.0f}",
                DOWN,
                ink.chalk,
                0.22,
                LARGE,
            ),
        )
        self.judged, self.strangers = (
            chart.label(50, 54.6, text, UP, size=LARGE)
            for text in (
                f"judged by the other {len(flowers.points) - 1};\nties share the vote",
                "most votes from\n[other species:focus]",
            )
        )
        self.picture = (plane, self.field, self.dots, self.number, self.trail)

    def finish(self) -> tuple[Mobject, ...]:
        """All that stands there when every k has been tried and one of the plateau is chosen."""
        self.k.set(MANY)
        self.k.set(SMOOTH)
        return *self.picture, self.first, self.plateau, self.last


class Neighbours(SvmStage):
    """The k nearest vote: metrics, k, units."""

    @chapter(
        "Or let the nearest vote",
        "choice of k, from jagged to smooth",
        "distance metrics in KNN",
        goes_on=True,
    )
    def let_the_nearest_vote(self) -> None:
        self.shot(shot.wide())
        garden = Garden(shot.safe(titled=False).inset(0.0, 0.08))
        self.keep_the_data(garden)
        self.ask(garden)
        self.change_the_metric(garden)
        self.draw_other_halves(garden)
        self.turn_k()

    def keep_the_data(self, garden: Garden) -> None:
        """From the tube, which few months hold, to all irises."""
        sea = Sea(shot.safe(titled=False), self.rng)
        sea.half.set(2.0)
        sea.lay()
        sea.months.set_stroke(opacity=0.3)
        sea.plane.remove(sea.plane.names)  # the chapter's title stands in their place
        self.add(sea.plane, sea.street, sea.months, sea.held)
        record = sea.record
        k = len(np.unique(record.year))
        means = neighbour.mean_of_nearest(
            np.arange(12.0)[:, None], record.month[:, None], record.temperature, k
        )
        asked = sea.plane.cloud(sea.spots[record.month == ASKED_MONTH], ink.focus, radius=0.07, opacity=1.0)
        bars = [
            sea.plane.segment((month - 0.4, mean), (month + 0.4, mean), ink.chalk, width=10.0)
            for month, mean in enumerate(means)
        ]
        first = bars.pop(ASKED_MONTH)
        name = Tag(words.label("[k-NN regression:focus]:\nmean of the nearest,\nthe same month", size=LARGE))
        name.move_to(sea.plane.at(11.3, 29.2), aligned_edge=RIGHT + UP)
        with self.beat(
            "So far training keeps a few points. Now skip it, keep them all, and ask the nearest."
        ) as beat:
            beat.over(words.light(sea.held, ink.focus), until="Now")
            beat.over(
                self.title_leaves(),
                FadeOut(sea.street, sea.held),
                sea.months.animate.set_stroke(opacity=0.8),
                until="ask",
            )
            beat.over(FadeIn(asked, sea.plane.names))
        with self.beat("For a number, take their mean; for a class, let them vote.", pause=pace.CALM) as beat:
            beat.over(FadeIn(name), Create(first), until="mean", least=pace.BRISK)
            beat.over(
                FadeOut(asked),
                LaggedStart(*(Create(bar) for bar in bars), lag_ratio=pace.LAG),
                until="let",
                least=pace.SLOW,
            )
            self.play(
                FadeOut(first, *bars, name, sea.plane, sea.plane.names, sea.months),
                FadeIn(garden.plane),
                run_time=pace.BRISK,
            )
            beat.over(FadeIn(garden.dots))
        points, species = garden.flowers.points, garden.flowers.species
        borders = []
        for one, other in combinations(Species, 2):
            two = np.isin(species, (one, other))
            street = svm.soft_street(points[two], np.where(species[two] == other, 1.0, -1.0), 1.0).street
            borders.append(backdrop(garden.plane.line(street.w, street.b, color=BOUNDARY, width=6.0)))
        pairs = garden.plane.label(8.6, 4.4, "SVM: [one against one:focus]", DOWN + LEFT, size=LARGE)
        with self.beat(
            "Three classes need a support vector machine for each pair: one against one. "
            "Neighbours just vote."
        ) as beat:
            beat.until("machine")
            beat.over(LaggedStart(*(Create(each) for each in borders), lag_ratio=pace.LAG), until="one")
            beat.over(FadeIn(pairs), until="Neighbours")
            beat.over(words.light(garden.dots), words.light(pairs))
        self.pairs = VGroup(*borders, pairs)

    def ask(self, garden: Garden) -> None:
        """A picked flower asks one, three and seven neighbours."""
        plane, dots = garden.plane, garden.dots
        place = picked_flower(garden.flowers)
        query = plane.dots([place], ink.chalk, "diamond", radius=0.09)
        ball = plane.ball(place, 1e-3, 2.0, ink.chalk, width=4.0, fill=0.08)
        found = {k: garden.rows(place, k) for k in KS}
        reaches = {k: garden.reach(place, k) for k in KS}
        rows = []
        for k, each in found.items():
            votes = round(float(each.share[each.verdict]) * k)
            text = f"k = {k}: {named(each.verdict)}, {votes} of {k}"
            rows.append(words.label(text, ink.CLASSES[each.verdict], LARGE))
        name = words.note("k-nearest\nneighbours (k-NN)", ink.focus, LARGE)
        lazy = words.label("lazy learner", ink.focus, LARGE)
        board = VGroup(name, *rows).arrange(DOWN, buff=0.22, aligned_edge=LEFT)
        shot.SAFE.inset(ink.MARGIN / 4).put(board, LEFT + DOWN)
        lazy.move_to(name, aligned_edge=LEFT)
        self.tags = [Tag(each, opacity=1.0) for each in (name, *rows, lazy)]
        self.pin(*self.tags)
        head, *lines, idle = self.tags
        with self.beat(
            "A new flower, picked as a close call. Let its k nearest vote: k-nearest neighbours.",
            pause=pace.BRISK,
        ) as beat:
            beat.over(
                FadeIn(query, scale=3),
                FadeOut(plane, self.pairs),
                self.frame.to_region(*corner_of(plane, *ASKING)),
                until="Let",
            )
            self.add(ball, dots, query)
            beat.over(
                drive(lambda t: ball.redraw(place, max(t * reaches[1], 1e-3))),
                appear(ball),
                until="k-nearest",
            )
            beat.over(FadeIn(head))
        links: list[Link] = []
        reached, known = reaches[1], 0
        with self.beat(
            "The nearest one says versicolor. Three say setosa; five, versicolor again.", pause=pace.SLOW
        ) as beat:
            for word, line, (k, each) in zip(
                ("versicolor", "Three", "five"), lines, found.items(), strict=True
            ):
                beat.until(word)
                new = [garden.link(place, row, number) for number, row in enumerate(each.rows[:k], 1)][known:]
                links += new
                start, known = reached, k
                reached = reaches[k]
                self.play(
                    glide(ball.redraw, (place, start), (place, reached)),
                    LaggedStart(*(FadeIn(link) for link in new), lag_ratio=pace.LAG),
                    FadeIn(line),
                    query.animate.set_fill(ink.CLASSES[each.verdict]),
                    run_time=pace.SLOW,
                )
                self.bring_to_front(dots, query, *(link.badge for link in links))
                self.bring_to_front(head, *lines[: k // 2 + 1])
        with self.beat(
            "There is no training: a lazy learner. The work comes with each question.", pause=pace.BRISK
        ) as beat:
            beat.over(FadeOut(head), FadeIn(idle), until="The")
            again = glide(ball.redraw, (place, 1e-3), (place, reached))
            lit = (words.light(link.line) for link in links)
            beat.over(again, LaggedStart(*lit, lag_ratio=pace.LAG))
        self.asking = Group(*links, ball, query, idle, *lines)

    def change_the_metric(self, garden: Garden) -> None:
        """Three metrics by hand: the way between two points, and all that is as near."""
        self.shot(shot.wide())
        room = shot.safe(titled=False)
        reach = float(steps().sum())
        edge = reach + 0.25
        plane = Plane(
            (-edge, edge),
            (-edge, edge),
            room.height,
            room.height,
            x_ticks=range(-7, 8),
            y_ticks=range(-7, 8),
            numbers=False,
            grid=True,
            equal=True,
        )
        plane.remove(plane.frame)
        room.put(plane, LEFT)
        corner = (OTHER[0], ASKED[1])
        across, up = steps()
        ends = (
            plane.dots([ASKED], ink.chalk, "diamond", radius=0.17),
            plane.dots([OTHER], ink.focus, radius=0.17),
        )
        legs = plane.segment([ASKED, corner], [corner, OTHER], ink.quiet, width=5.0)
        sizes = VGroup(
            plane.label(across / 2, 0, f"{across:.0f}", DOWN, size=LARGE),
            plane.label(OTHER[0], up / 2, f"{up:.0f}", LEFT, size=LARGE),
        )
        straight = plane.segment(ASKED, OTHER, ink.focus, width=9.0)
        walk = plane.segment([ASKED, corner], [corner, OTHER], ink.focus, width=9.0)
        longer = plane.segment(corner, OTHER, ink.focus, width=9.0)
        manhattan, euclid, chebyshev = (float(each) for each in by_hand())
        ball = plane.ball(ASKED, 1e-3, 2.0, ink.chalk, width=5.0, fill=0.08)
        column = shot.Region(float(plane.box[1, 0]) + 0.6, room.bottom, room.right, room.top)
        head = words.note("[distance metric:focus]", size=ink.POINT)
        rows = [
            VGroup(words.note(rule, colors=PLAIN, size=LARGE), words.note(told, size=LARGE)).arrange(
                DOWN, buff=0.22, aligned_edge=LEFT
            )
            for rule, told in (
                (
                    "[Euclidean:focus] $sqrt(sum_j (x_j - z_j)^2)$",
                    f"$sqrt({across}^2 + {up}^2) = {euclid:g}$",
                ),
                ("[Manhattan:focus] $sum_j abs(x_j - z_j)$", f"${across} + {up} = {manhattan:g}$"),
                ("[Chebyshev:focus] $max_j abs(x_j - z_j)$", f"$max({across}, {up}) = {chebyshev:g}$"),
            )
        ]
        board = VGroup(head, *rows).arrange(DOWN, buff=0.5, aligned_edge=LEFT)
        column.put(board, LEFT)
        with self.beat(
            "But what is near? That is the distance metric. Take two points, three across and four up.",
        ) as beat:
            beat.over(
                FadeOut(self.asking, garden.dots), self.frame.back(), FadeIn(plane, ends[0]), until="That"
            )
            beat.over(FadeIn(head), until="Take")
            beat.over(FadeIn(ends[1], scale=2), until="three")
            beat.over(Create(legs), LaggedStart(*(FadeIn(each) for each in sizes), lag_ratio=pace.LAG))
        with self.beat(
            "Euclidean is straight: the root of the summed squares, nine and sixteen: five.", pause=pace.BRISK
        ) as beat:
            beat.over(Create(straight), FadeIn(rows[0][0]), until="the")
            self.add(ball, legs, straight, *ends)
            beat.over(
                glide(ball.redraw, (ASKED, 1e-3), (ASKED, euclid)),
                appear(ball),
                FadeIn(rows[0][1]),
                until="five",
                least=pace.SLOW,
            )
            beat.over(words.light(rows[0][1]))
        with self.beat(
            "Manhattan follows the axes, and adds: three and four are seven.", pause=pace.CALM
        ) as beat:
            beat.over(FadeOut(straight), Create(walk), FadeIn(rows[1][0]), until="and")
            beat.over(
                glide(lambda s, r: ball.redraw(ASKED, r, bend(s)), (0.5, euclid), (0.0, manhattan), ball),
                FadeIn(rows[1][1]),
                until="seven",
                least=pace.SLOW,
            )
            beat.over(words.light(rows[1][1]))
        with self.beat("Chebyshev takes the largest difference alone: four.", pause=pace.CALM) as beat:
            beat.over(FadeOut(walk), Create(longer), FadeIn(rows[2][0]), until="largest")
            beat.over(
                glide(lambda s, r: ball.redraw(ASKED, r, bend(s)), (0.0, manhattan), (1.0, chebyshev), ball),
                FadeIn(rows[2][1]),
                until="four",
                least=pace.SLOW,
            )
            beat.over(words.light(rows[2][1]))
        self.metric = Group(plane, *ends, legs, sizes, longer, ball, board)

    def draw_other_halves(self, garden: Garden) -> None:
        """The borders that other flowers would draw: with one neighbour far apart, with fifteen less so."""
        plane, flowers = garden.plane, garden.flowers
        mesh = plane.mesh(156, 70)
        axes = mesh[0, :, 0], mesh[:, 0, 1]
        ks = (FEW, STEADY)
        whole = neighbour.map_votes(flowers.points, flowers.species, ks, *axes).verdict
        halves = neighbour.borders_of_halves(flowers.points, flowers.species, ks, *axes)
        fields = [plane.field(each, opacity=0.42) for each in whole]
        borders = [
            [
                plane.contour(each, LEVELS, ink.chalk, width=3.0).set_stroke(opacity=0.45)
                for each in halves[:, at]
            ]
            for at in range(len(ks))
        ]
        tags = [words.note(f"[k = {k}:focus]: borders of {len(halves)} halves", size=LARGE) for k in ks]
        for tag in tags:
            tag.align_to(plane.box[2], RIGHT).align_to(plane.names[-1], DOWN)
        with self.beat(
            "How many to ask? With one, the border is jagged. Other flowers would redraw it: high variance.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                FadeOut(self.metric),
                FadeIn(plane, garden.dots),
                until="With",
                least=pace.BRISK,
            )
            self.add(fields[0], garden.dots)
            beat.over(FadeIn(fields[0]), until="Other")
            beat.over(
                LaggedStart(*(Create(each) for each in borders[0]), lag_ratio=pace.LAG),
                FadeIn(tags[0]),
                until="high",
                least=pace.LONG,
            )
            beat.over(words.light(tags[0]), least=pace.CALM)
        with self.beat(
            "With more neighbours, they change it less: lower variance.", pause=pace.BRISK
        ) as beat:
            self.add(fields[1], *borders[0], garden.dots, tags[0])
            self.play(FadeIn(fields[1]), FadeOut(*borders[0], tags[0]), run_time=pace.QUICK)
            self.remove(fields[0])
            beat.over(
                LaggedStart(*(Create(each) for each in borders[1]), lag_ratio=pace.LAG),
                FadeIn(tags[1]),
                least=pace.SLOW,
            )
        self.halves = Group(plane, fields[1], *borders[1], tags[1])
        self.flowers = garden.dots

    def turn_k(self) -> None:
        """Borders and scores as k climbs from 1 to 99, and goes back to where they are best."""
        self.shot(shot.split(titled=False))
        ballot = Ballot(shot.safe(titled=False), self.rng)
        k = ballot.k
        with self.beat(
            "Each flower is its own nearest. So let the others judge it, ties sharing the vote: "
            "one neighbour gets 69 percent right.",
            pause=pace.BRISK,
        ) as beat:
            rest = [each for each in ballot.picture if each is not ballot.dots]
            self.play(
                FadeOut(self.halves),
                ReplacementTransform(self.flowers, ballot.dots),
                FadeIn(*rest),
                run_time=pace.CALM,
            )
            self.bring_to_front(ballot.dots)
            beat.at("others", FadeIn(ballot.judged))
            beat.until("69")
            beat.over(FadeIn(ballot.first))
        with self.beat(
            "Ask more, and about 80 are right: what differs there is within chance.", pause=pace.CALM
        ) as beat:
            beat.over(k.to(PLATEAU[1], rate_func=linear), until="about", least=pace.LONG)
            beat.over(FadeIn(ballot.plateau), until="chance")
            beat.over(words.light(ballot.plateau[1]))
        with self.beat(
            "Ask ninety-nine, most from other species, and it is 71: high bias, underfitting."
        ) as beat:
            beat.over(
                k.to(MANY, rate_func=linear),
                FadeOut(ballot.judged),
                FadeIn(ballot.strangers),
                until="71",
                least=pace.LONG,
            )
            beat.over(FadeIn(ballot.last))
        with self.beat(
            "So choose k by cross-validation. And standardise: distances decide here too.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(ballot.strangers), run_time=pace.QUICK)
            beat.over(k.to(SMOOTH), until="And", least=pace.LONG)
            beat.over(words.light(ballot.plateau))


def corner_of(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The limits in scene units of what lies between ``x`` and ``y`` in data units."""
    low, high = plane.at(np.array([[x[0], y[0]], [x[1], y[1]]]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))
