"""Nearest neighbours: the vote of the nearest, what near means, and how many to ask."""

from __future__ import annotations

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
from scenes.kit.tag import Tag
from scenes.maths.shared.flower import Flowers, Measure, Species, irises
from scenes.maths.svm import neighbour
from scenes.svm.margin import LARGE
from scenes.svm.stage import SvmStage, with_large_numbers
from scenes.svm.tube import Sea

KS = (1, 3, 5)
"""So many neighbours are asked about the picked flower."""
ASKING = (3.95, 6.25), (2.34, 3.44)
MEASURING = (6.05, 7.65), (2.27, 3.05)
"""What is seen from near while neighbours vote, and while metrics are compared, in cm."""
BADGE = 0.115
"""Radius of a flower that carries its number, in scene units."""
ASKED_MONTH = 6
"""July, the month whose neighbours are shown."""
STEADY = 15
"""A k whose borders are held against those of one neighbour."""
FAINT = 0.2
"""Opacity of the flowers while the camera goes from one to another."""
LEVELS = (0.5, 1.5)
"""Between the numbers of the species, where a map of votes changes."""
FEW, MANY = 1, 99
"""The first and the last k whose borders are shown."""
PLATEAU = (11, 61)
"""Between these k the scores are alike."""
JITTER = 0.035
"""How far a flower is drawn aside at most, in cm."""
SMOOTH = 31
"""A k of the plateau, at which the chapter ends."""
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


def quarrel(flowers: Flowers) -> neighbour.Quarrel:
    """A flower whose three neighbours are others by each metric: a picked case too."""
    return neighbour.find_quarrel(
        flowers.points, flowers.species, 3, np.arange(6.55, 6.65, 0.005), np.arange(2.6, 2.72, 0.005)
    )


Limits = tuple[tuple[float, float], tuple[float, float]]
"""From where to where, across and up."""


def named(species: int) -> str:
    """The name of a species."""
    return Species(species).name.lower()


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
        self.plane: Plane = with_large_numbers(
            room.plane(
                (3.55, 8.65),
                (1.93, 4.47),
                x_label="sepal length (cm)",
                y_label="sepal width (cm)",
                x_ticks=(4, 5, 6, 7, 8),
                y_ticks=(2, 3, 4),
                equal=True,
            )
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

    def rows(self, query: Floats, k: int, ruler: float = 2.0) -> neighbour.Neighbours:
        """The neighbours of ``query`` among the irises."""
        return neighbour.neighbours(query, self.flowers.points, self.flowers.species, k, ruler)

    def reach(self, query: Floats, k: int, ruler: float = 2.0) -> float:
        """The radius (cm) midway between the k-th neighbour of ``query`` and the next one."""
        return float(self.rows(query, k + 1, ruler).distance[-2:].mean())


class Ballot:
    """The vote of the k nearest all over the plane, and beside it the score of each k on flowers left out."""

    def __init__(self, room: shot.Region, rng: np.random.Generator) -> None:
        left, right = room.columns(7, 6, gap=0.7)
        flowers = sepals()
        plane = self.plane = with_large_numbers(
            left.plane(
                (3.97, 8.2),
                (1.45, 4.95),
                x_label="sepal length (cm), jittered",
                y_label="sepal width (cm)",
                equal=True,
            )
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
            (30, 90),
            color=ink.chalk,
            width=right.width - 0.8,
            height=float(plane.box[2, 1] - plane.box[0, 1]),
            x_label="neighbours $k$",
            y_label="right, unseen (%)",
            x_ticks=(FEW, *PLATEAU, MANY),
            y_ticks=(30, 50, 70, 90),
        )
        chart = with_large_numbers(self.trail.chart)
        right.put(self.trail)
        self.trail.shift(float(plane.box[0, 1] - chart.box[0, 1]) * UP)
        self.chance = VGroup(
            chart.segment((0, 100 / 3), (100, 100 / 3), ink.quiet, dashed=True),
            chart.label(50, 100 / 3, "guessing: 33 %", UP, ink.quiet),
        )
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
        alike = score[(ks >= PLATEAU[0]) & (ks <= PLATEAU[1])]
        self.plateau = VGroup(
            chart.area(np.array(PLATEAU), alike.min(), alike.max(), ink.chalk, fill=0.25),
            chart.label(
                sum(PLATEAU) / 2,
                alike.min(),
                f"{alike.min():.0f}–{alike.max():.0f} %",
                DOWN,
                ink.chalk,
                0.22,
                LARGE,
            ),
        )
        self.judged, self.strangers = (
            chart.label(50, 45, text, UP)
            for text in (
                f"each flower judged\nby the other {len(flowers.points) - 1}",
                "most votes from\n[other species:focus]",
            )
        )
        self.picture = (plane, self.field, self.dots, self.number, self.trail, self.chance)

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
        garden = Garden(shot.safe(titled=False))
        self.keep_the_data(garden)
        query = self.ask(garden)
        self.change_the_metric(garden, query)
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
        with self.beat("To predict a number, take their mean.") as beat:
            beat.over(FadeIn(name), until="mean")
            beat.over(Create(first))
            self.play(
                FadeOut(asked),
                LaggedStart(*(Create(bar) for bar in bars), lag_ratio=pace.LAG),
                run_time=pace.SLOW,
            )
        with self.beat(
            "To predict a class, let them vote: here three species, by their sepals.", pause=pace.BRISK
        ) as beat:
            beat.over(FadeOut(first, *bars, name, sea.plane, sea.plane.names, sea.months), until="let")
            beat.over(FadeIn(garden.plane), until="three")
            beat.over(FadeIn(garden.dots))

    def ask(self, garden: Garden) -> Mobject:
        """A picked flower asks one, three and seven neighbours."""
        plane, dots = garden.plane, garden.dots
        place = picked_flower(garden.flowers)
        self.query = query = plane.dots([place], ink.chalk, "diamond", radius=0.09)
        self.ball = ball = plane.ball(place, 1e-3, 2.0, ink.chalk, width=4.0, fill=0.08)
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
            pause=pace.SLOW,
        ) as beat:
            beat.over(
                FadeIn(query, scale=3),
                FadeOut(plane),
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
            "There is no training: a lazy learner. The work comes with each question.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(head), FadeIn(idle), until="The")
            again = glide(ball.redraw, (place, 1e-3), (place, reached))
            lit = (words.light(link.line) for link in links)
            beat.over(again, LaggedStart(*lit, lag_ratio=pace.LAG))
        self.play(FadeOut(*links, idle, *lines), dots.animate.mute(None, FAINT), run_time=pace.QUICK)
        return query

    def change_the_metric(self, garden: Garden, query: Mobject) -> None:
        """The three metrics on another picked flower: other neighbours."""
        plane, ball = garden.plane, self.ball
        start = picked_flower(garden.flowers)
        clash = quarrel(garden.flowers)
        place = clash.query
        manhattan, euclid, chebyshev = clash.by_ruler
        diamond, circle, square = (garden.reach(place, len(euclid.rows), ruler) for ruler in neighbour.RULERS)
        spots = garden.flowers.points
        texts = (
            "Euclidean $sqrt(sum_j (x_j - z_j)^2)$",
            "Manhattan $sum_j abs(x_j - z_j)$",
            "Chebyshev $max_j abs(x_j - z_j)$",
        )
        head = words.note(f"[distance metric:focus], $k = {len(euclid.rows)}$", size=LARGE)
        lines = [
            words.note(text, ink.CLASSES[found.verdict], colors={"x": ink.CLASSES[found.verdict]}, size=LARGE)
            for text, found in zip(texts, (euclid, manhattan, chebyshev), strict=True)
        ]
        board = VGroup(head, *lines).arrange(DOWN, buff=0.22, aligned_edge=LEFT)
        shot.SAFE.inset(ink.MARGIN / 4).put(board, RIGHT + DOWN)
        self.tags = [Tag(each) for each in board]
        self.pin(*self.tags)
        top, *tags = self.tags

        def corner(found: neighbour.Neighbours) -> Floats:
            return np.array([(x, place[1]) for x, _ in spots[found.rows]])

        straight = plane.segment(np.tile(place, (3, 1)), spots[euclid.rows], ink.chalk)
        bends = corner(manhattan)
        legs = plane.segment(
            np.concatenate([np.tile(place, (3, 1)), bends]),
            np.concatenate([bends, spots[manhattan.rows]]),
            ink.chalk,
        )
        longest = self.larger_differences(plane, place, spots[chebyshev.rows])

        def go(here: Floats) -> tuple[Mobject, ...]:
            return ball.redraw(here, circle), query.redraw([here])

        with self.beat(
            "Another flower, picked: what is near? That is the distance metric. "
            "Euclidean is straight: the root of the summed squares.",
            pause=pace.BRISK,
        ) as beat:
            beat.over(
                glide(go, start, place, ball, query),
                self.frame.to_region(*corner_of(plane, *MEASURING)),
                until="That",
                least=pace.SLOW,
            )
            beat.over(FadeIn(top), garden.dots.animate.mute(None, 1.0), until="Euclidean")
            beat.over(
                "Euclidean",
                Create(straight),
                FadeIn(tags[0]),
                query.animate.set_fill(ink.CLASSES[euclid.verdict]),
            )
        with self.beat(
            "Manhattan follows the axes, and adds. Chebyshev takes the largest difference.",
            pause=pace.CALM,
        ) as beat:
            steps = (
                (
                    "Manhattan",
                    "Chebyshev",
                    manhattan,
                    (0.5, circle),
                    (0.0, diamond),
                    straight,
                    legs,
                    1,
                ),
                (
                    "Chebyshev",
                    None,
                    chebyshev,
                    (0.0, diamond),
                    (1.0, square),
                    legs,
                    longest,
                    2,
                ),
            )
            for word, until, found, before, after, old, new, at in steps:
                beat.over(
                    word,
                    glide(lambda s, r: ball.redraw(place, r, bend(s)), before, after, ball),
                    FadeOut(old),
                    Create(new),
                    FadeIn(tags[at]),
                    query.animate.set_fill(ink.CLASSES[found.verdict]),
                    until=until,
                    least=pace.LONG,
                )
                self.bring_to_front(garden.dots, query, top, *tags[: at + 1])
        self.metric = VGroup(longest, *self.tags)

    def larger_differences(self, plane: Plane, place: Floats, spots: Floats) -> VGroup:
        """The box between ``place`` (2,) and each of ``spots`` (n, 2); of its sides the longer is lit, at the spot."""
        boxes, lit = VGroup(), VGroup()
        for spot in spots:
            level, upright = (place[0], spot[1]), (spot[0], place[1])
            boxes.add(plane.polygon([place, level, spot, upright], ink.quiet, width=0.0, fill=0.16))
            wide, high = np.abs(spot - place)
            lit.add(plane.segment(level if wide >= high else upright, spot, ink.chalk, width=6.0))
        return VGroup(boxes, lit)

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
        tags = [
            Tag(words.note(f"[k = {k}:focus]: borders by {len(halves)} halves of the data", size=LARGE))
            for k in ks
        ]
        for tag in tags:
            tag.move_to(plane.box[2], aligned_edge=RIGHT + UP)
        with self.beat(
            "How many to ask? With one, the border is jagged, as with a large gamma. "
            "Other flowers would redraw it: high variance.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                self.frame.back(),
                FadeOut(self.ball, self.query, self.metric),
                FadeIn(plane),
                until="With",
                least=pace.SLOW,
            )
            self.add(fields[0], garden.dots)
            beat.over(FadeIn(fields[0]), until="Other")
            beat.over(
                LaggedStart(*(Create(each) for each in borders[0]), lag_ratio=pace.LAG),
                FadeIn(tags[0]),
                until="high",
                least=pace.LONG,
            )
            beat.over(words.light(tags[0].text), least=pace.CALM)
        with self.beat("With more neighbours, they change it less: lower variance.", pause=pace.SLOW) as beat:
            self.add(fields[1], *borders[0], garden.dots, tags[0])
            self.play(FadeIn(fields[1]), FadeOut(*borders[0], tags[0]), run_time=pace.QUICK)
            self.remove(fields[0])
            beat.over(
                LaggedStart(*(Create(each) for each in borders[1]), lag_ratio=pace.LAG),
                FadeIn(tags[1]),
                least=pace.SLOW,
            )
        self.halves = Group(plane, fields[1], *borders[1], garden.dots, tags[1])

    def turn_k(self) -> None:
        """Borders and scores as k climbs from 1 to 99, and goes back to where they are best."""
        self.shot(shot.split(titled=False))
        ballot = Ballot(shot.safe(titled=False), self.rng)
        k = ballot.k
        with self.beat(
            "Judge each flower by the others: one neighbour gets 69 percent right.", pause=pace.BRISK
        ) as beat:
            self.play(FadeOut(self.halves), FadeIn(*ballot.picture, ballot.judged), run_time=pace.BRISK)
            beat.until("69")
            beat.over(FadeIn(ballot.first))
        with self.beat("Ask more, and about 80 are right.", pause=pace.SLOW) as beat:
            beat.over(k.to(PLATEAU[1], rate_func=linear), until="about", least=pace.LONG)
            beat.over(FadeIn(ballot.plateau))
        with self.beat(
            "Ask ninety-nine, most of them strangers, and it is 71: too stiff, high bias, underfitting."
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
            "So choose k by cross-validation. And standardise: distances decide here too.", pause=pace.CALM
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
