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
    LaggedStart,
    Mobject,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear, drive
from scenes.kit.frame import WHOLE
from scenes.kit.glide import glide
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.shared import wine
from scenes.maths.shared.flower import Flowers, Measure, Species, irises
from scenes.maths.svm import neighbour
from scenes.maths.svm.neighbour import Rows
from scenes.svm.stage import SvmStage
from scenes.svm.tube import Sea

KS = (1, 3, 7)
"""So many neighbours are asked about the picked flower."""
CLOSE = (6.2, 8.5), (2.0, 3.14)
"""What is seen from near, in cm."""
FEW, MANY = 1, 99
"""The first and the last k whose borders are shown."""
PLATEAU = (11, 61)
"""Between these k the scores are alike."""
JITTER = 0.035
"""How far a flower is drawn aside at most, in cm."""
ASKED = 5
"""Neighbours of a wine."""
STRONG = 14.4
"""Alcohol, in percent, of a wine whose proline is not known: a picked case, without a tie at its last neighbour."""


def sepals() -> Flowers:
    """All irises by their sepals, in cm."""
    return irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))


def picked_flower(flowers: Flowers) -> Floats:
    """The flower (2,) whose vote flips twice, at k = 3 and at k = 7: a picked case."""
    return neighbour.find_flip(
        flowers.points, flowers.species, KS, np.arange(6.8, 7.01, 0.005), np.arange(2.3, 2.5, 0.005)
    )


def quarrel(flowers: Flowers) -> neighbour.Quarrel:
    """A flower whose three neighbours are others by each metric: a picked case too."""
    return neighbour.find_quarrel(
        flowers.points, flowers.species, 3, np.arange(6.55, 6.65, 0.005), np.arange(2.6, 2.72, 0.005)
    )


def named(species: int) -> str:
    """The name of a species."""
    return Species(species).name.lower()


def bend(share: float) -> float:
    """The exponent of a metric: 1 for 0, 2 for one half, and towards infinity for 1."""
    return 1 / max(1 - share, 0.02)


class Link(VGroup):
    """A ``line`` to a neighbour, and its number on a ``plate`` beyond."""

    def __init__(self, line: Segments, plate: Tag) -> None:
        super().__init__(line, plate)
        self.line, self.plate = line, plate


class Garden:
    """All irises by their sepals on one plane, and a flower that asks."""

    def __init__(self, room: shot.Region) -> None:
        self.flowers = sepals()
        self.plane: Plane = room.plane(
            (3.0, 9.2), (1.9, 4.55), x_label="sepal length (cm)", y_label="sepal width (cm)", equal=True
        )
        self.dots = self.plane.classes(self.flowers.points, self.flowers.species, radius=0.07)
        self.region = self.plane.at(np.array(CLOSE).T)
        size = self.region[1] - self.region[0]
        self.near = min(
            ink.FRAME_WIDTH / float(size[0]), (ink.FRAME_HEIGHT - ink.CAPTION_BAND) / float(size[1])
        )

    def link(self, query: Floats, row: int, number: int) -> Link:
        """A line from ``query`` (2,) to the flower of that row, and the neighbour's ``number`` beyond it."""
        spot = self.flowers.points[row]
        away = (spot - query) / np.linalg.norm(spot - query)
        size = ink.pixels(ink.LABEL) / self.near
        name = words.caption(self.plane.at(*spot), str(number), np.array([*away, 0.0]), gap=0.1, size=size)
        return Link(self.plane.segment(query, spot, ink.chalk), Tag(name))

    def rows(self, query: Floats, k: int, ruler: float = 2.0) -> neighbour.Neighbours:
        """The neighbours of ``query`` among the irises."""
        return neighbour.neighbours(query, self.flowers.points, self.flowers.species, k, ruler)


class Cellar:
    """Wines by two of their columns, and the neighbourhood of the most ordinary one."""

    def __init__(self, room: shot.Region) -> None:
        self.wines = wine.wines()
        columns = [self.wines.names.index("alcohol"), self.wines.names.index("proline")]
        self.points, spread = self.wines.measures[:, columns], self.wines.spread[columns]
        tall = np.array([230.0, 1730.0])
        # A standard deviation is as long both ways, so that what is round by it looks round.
        unit = (room.height - 1.2) / (np.ptp(tall) / spread[1])
        wide = np.array([-0.43, 0.57]) * (room.width - 1.1) / unit * spread[0]
        across = self.points[:, 0].mean() + wide
        self.plane: Plane = room.plane(
            tuple(across), tuple(tall), x_label="alcohol (% by volume)", y_label="proline (mg per litre)"
        )
        self.dots = self.plane.dots(self.points, ink.chalk, radius=0.07)
        self.asked = int(np.linalg.norm(neighbour.standardise(self.points, self.points), axis=1).argmin())
        (far, reach), (self.near, radius) = self._nearest(np.ones(2)), self._nearest(spread)
        self.raw, self.fair = np.log(np.full(2, reach)), np.log(radius * spread)
        turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
        self.circle = np.column_stack([np.cos(turn), np.sin(turn)])
        self.hood = self.plane.polygon(self.plane.corners, ink.chalk, width=4.0, fill=0.12)
        self.level(self.raw)
        self.links = [
            self.plane.segment(np.tile(self.points[self.asked], (ASKED, 1)), self.points[rows], ink.chalk)
            for rows in (far, self.near)
        ]

    def level(self, logs: Floats) -> Mobject:
        """The neighbourhood whose half-axes (2,) have these logarithms: :attr:`raw`, :attr:`fair`, or between."""
        return self.hood.redraw(self.points[self.asked] + np.exp(logs) * self.circle)

    def _nearest(self, scale: Floats) -> tuple[Rows, float]:
        """Rows (k,) of the nearest wines, and how far the last is, in units of ``scale`` (2,)."""
        distance = np.linalg.norm((self.points - self.points[self.asked]) / scale, axis=1)
        distance[self.asked] = np.inf
        order = distance.argsort(kind="stable")[:ASKED]
        return order, float(distance[order[-1]])


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
        self.turn_k()
        self.level_the_wines()

    def keep_the_data(self, garden: Garden) -> None:
        """From the tube, which few months hold, to all irises."""
        sea = Sea(shot.safe(titled=False), self.rng)
        sea.half.set(2.0)
        sea.lay()
        sea.months.set_stroke(opacity=0.3)
        irises_in_sea = sea.plane.inverse(garden.plane.at(garden.flowers.points))
        count = len(sea.spots)
        homes = irises_in_sea[np.arange(count) % len(irises_in_sea)]
        sea.plane.remove(sea.plane.names)  # the chapter's title stands in their place
        self.add(sea.plane, sea.street, sea.months, sea.held)
        with self.beat(
            "So far a few points decide. Now the opposite: keep the data, and ask the nearest."
        ) as beat:
            beat.over(words.light(sea.held, ink.focus), until="Now")
            self.play(self.title_leaves(pace.QUICK), FadeOut(sea.street, sea.held, sea.plane))
            sea.months.set_stroke(opacity=0.8)
            beat.over(
                glide(sea.months.redraw, sea.spots, homes), FadeIn(garden.plane), until="ask", least=pace.SLOW
            )
            beat.over(FadeIn(garden.dots), FadeOut(sea.months))

    def ask(self, garden: Garden) -> Mobject:
        """A picked flower asks one, three and seven neighbours."""
        plane, dots = garden.plane, garden.dots
        place = picked_flower(garden.flowers)
        self.query = query = plane.dots([place], ink.chalk, "diamond", radius=0.09)
        self.ball = ball = plane.ball(place, 1e-3, 2.0, ink.chalk, width=4.0, fill=0.08)
        found = {k: garden.rows(place, k) for k in KS}
        rows = []
        for k, each in found.items():
            votes = round(float(each.share[each.verdict]) * k)
            text = f"k = {k}: {named(each.verdict)}, {votes} of {k}"
            rows.append(words.label(text, ink.CLASSES[each.verdict]))
        name = words.label("k-nearest neighbours (k-NN)", ink.focus)
        lazy = words.label("lazy learner", ink.focus)
        board = VGroup(name, *rows).arrange(DOWN, buff=0.22, aligned_edge=LEFT)
        shot.SAFE.inset(ink.MARGIN / 4).put(board, RIGHT + DOWN)
        lazy.move_to(name, aligned_edge=LEFT)
        self.tags = [Tag(each, opacity=1.0) for each in (name, *rows, lazy)]
        self.pin(*self.tags)
        head, *lines, idle = self.tags
        with self.beat(
            "A new flower, picked because its vote is close. Let its k nearest vote: k-nearest neighbours."
        ) as beat:
            beat.over(
                FadeIn(query, scale=3),
                FadeOut(plane),
                self.frame.to_region(*corner_of(plane, *CLOSE)),
                until="Let",
            )
            self.add(ball, dots, query)
            beat.over(
                drive(lambda t: ball.redraw(place, max(t * found[1].reach, 1e-3))),
                appear(ball),
                until="k-nearest",
            )
            beat.over(FadeIn(head))
        links: list[Link] = []
        reached, known = found[1].reach, 0
        with self.beat(
            "The nearest one says virginica. Three say versicolor; seven, virginica again."
        ) as beat:
            for word, line, (k, each) in zip(
                ("virginica", "Three", "seven"), lines, found.items(), strict=True
            ):
                beat.until(word)
                new = [garden.link(place, row, number) for number, row in enumerate(each.rows[:k], 1)][known:]
                links += new
                start, known = reached, k
                reached = each.reach
                self.play(
                    glide(ball.redraw, (place, start), (place, reached)),
                    LaggedStart(*(FadeIn(link) for link in new), lag_ratio=pace.LAG),
                    FadeIn(line),
                    query.animate.set_fill(ink.CLASSES[each.verdict]),
                    run_time=pace.SLOW,
                )
                self.bring_to_front(dots, query, *(link.plate for link in links))
        with self.beat("There is no training: a lazy learner. The work comes with each question.") as beat:
            beat.over(FadeOut(head), FadeIn(idle), until="The")
            again = glide(ball.redraw, (place, 1e-3), (place, reached))
            lit = (words.light(VGroup(link.line, link.plate.text)) for link in links)
            beat.over(again, LaggedStart(*lit, lag_ratio=pace.LAG))
        self.play(FadeOut(*links, idle, *lines), run_time=pace.QUICK)
        return query

    def change_the_metric(self, garden: Garden, query: Mobject) -> None:
        """The three metrics on another picked flower: other neighbours."""
        plane, ball = garden.plane, self.ball
        start = picked_flower(garden.flowers)
        clash = quarrel(garden.flowers)
        place = clash.query
        manhattan, euclid, chebyshev = clash.by_ruler
        spots = garden.flowers.points
        texts = (
            "Euclidean $sqrt(sum_j (x_j - z_j)^2)$",
            "Manhattan $sum_j abs(x_j - z_j)$",
            "Chebyshev $max_j abs(x_j - z_j)$",
        )
        head = words.note(f"distance metric, k = {len(euclid.rows)}", ink.focus)
        lines = [
            words.note(f"{text}: {named(found.verdict)}", ink.CLASSES[found.verdict])
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
        wide = np.abs(spots[chebyshev.rows] - place)
        ends = np.where(
            (wide[:, :1] >= wide[:, 1:]),
            np.column_stack([spots[chebyshev.rows][:, 0], np.full(3, place[1])]),
            np.column_stack([np.full(3, place[0]), spots[chebyshev.rows][:, 1]]),
        )
        longest = VGroup(
            plane.segment(np.tile(place, (3, 1)), ends, ink.chalk),
            plane.segment(ends, spots[chebyshev.rows], ink.quiet, dashed=True),
        )

        def go(here: Floats) -> tuple[Mobject, ...]:
            return ball.redraw(here, euclid.reach), query.redraw([here])

        with self.beat(
            "Another flower, picked: what is near? That is the distance metric. Euclidean is straight: a circle."
        ) as beat:
            beat.over(glide(go, start, place, ball, query), until="That")
            beat.over(FadeIn(top), until="Euclidean")
            beat.over(
                Create(straight),
                FadeIn(tags[0]),
                query.animate.set_fill(ink.CLASSES[euclid.verdict]),
            )
        with self.beat(
            "Manhattan follows the axes: one odd feature sways it less. "
            "Chebyshev takes the largest difference: one bad feature suffices."
        ) as beat:
            steps = (
                (
                    "Manhattan",
                    "Chebyshev",
                    manhattan,
                    (0.5, euclid.reach),
                    (0.0, manhattan.reach),
                    straight,
                    legs,
                    1,
                ),
                (
                    "Chebyshev",
                    None,
                    chebyshev,
                    (0.0, manhattan.reach),
                    (1.0, chebyshev.reach),
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
                )
        self.clear_stage(run_time=pace.QUICK)
        self.frame.look(WHOLE)

    def turn_k(self) -> None:
        """Borders and scores as k climbs from 1 to 99."""
        self.shot(shot.split(titled=False))
        left, right = shot.safe(titled=False).columns(7, 6, gap=0.7)
        flowers = sepals()
        plane = left.plane(
            (4.15, 8.05),
            (1.8, 4.6),
            x_label="sepal length (cm), jittered",
            y_label="sepal width (cm)",
            equal=True,
        )
        # Some flowers of two species share a spot: they are drawn side by side, within the tenth they are measured to.
        aside = self.rng.uniform(-JITTER, JITTER, flowers.points.shape)
        dots = plane.classes(flowers.points + aside, flowers.species, radius=0.065)
        k = ParameterSweep(np.arange(FEW, MANY + 1, 2))
        ks = k.stops.astype(np.intp)
        mesh = plane.mesh(110, 73)
        verdict = neighbour.map_votes(
            flowers.points, flowers.species, ks, mesh[0, :, 0], mesh[:, 0, 1]
        ).verdict
        score = 100 * neighbour.leave_one_out(flowers.points, flowers.species, ks).score
        field = plane.field(verdict[0], opacity=0.42)
        trail = GrowingCurve(
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
        chart = trail.chart
        right.put(trail)
        trail.shift(float(plane.box[0, 1] - chart.box[0, 1]) * UP)
        chance = chart.segment((0, 100 / 3), (100, 100 / 3), ink.quiet, dashed=True)
        guess = chart.label(50, 100 / 3, "guessing: 33 %", UP, ink.quiet)
        k.draws(lambda _: field.redraw(verdict[k.row]), field)
        k.draws(lambda number: trail.reach(number), trail)
        number = words.Readout(k, 0, label="$k$ =", digits=2, size=ink.POINT)
        number.next_to(plane.frame, UP).align_to(plane.frame, RIGHT)

        def stop(at: int, side: Floats) -> VGroup:
            row = int(np.searchsorted(ks, at))
            dot = chart.dots([(at, score[row])], ink.chalk, radius=0.13)
            return VGroup(dot, chart.label(at, score[row], f"{score[row]:.0f} %", side, ink.chalk, gap=0.22))

        alike = score[(ks >= PLATEAU[0]) & (ks <= PLATEAU[1])]
        plateau = VGroup(
            chart.area(np.array(PLATEAU), alike.min(), alike.max(), ink.chalk, fill=0.25),
            chart.label(
                sum(PLATEAU) / 2,
                alike.min(),
                f"{alike.min():.0f}–{alike.max():.0f} %",
                DOWN,
                ink.chalk,
                gap=0.22,
            ),
        )
        judged = chart.label(50, 45, f"each flower judged\nby the other {len(flowers.points) - 1}", UP)
        strangers = chart.label(50, 45, "most votes from\n[other species:focus]", UP)
        with self.beat(
            "How many to ask? Colour the plane by the vote. "
            "With one, each flower is its own nearest: a complex border that other flowers would redraw. High variance."
        ) as beat:
            self.play(FadeIn(plane, dots), run_time=pace.BRISK)
            beat.until("Colour")
            self.add(field, dots)
            beat.over(FadeIn(field), FadeIn(number), until="complex")
            beat.over(
                self.frame.to_region(*corner_of(plane, (5.4, 7.0), (2.45, 3.25))),
                until="High",
                least=pace.BRISK,
            )
            beat.over(self.frame.back())
        with self.beat(
            "Judge each flower by the others: 69 percent are right. "
            "From eleven to sixty-one the border is smooth, and more are right."
        ) as beat:
            first = stop(FEW, RIGHT)
            beat.over(FadeIn(trail, chance, guess, judged), until="69")
            beat.over(FadeIn(first), until="From")
            beat.over(k.to(PLATEAU[1], rate_func=linear), least=pace.LONG)
            self.play(FadeIn(plateau), run_time=pace.QUICK)
        with self.beat(
            "Of ninety-nine votes, most come from other species: too stiff for the data. "
            "High bias: underfitting.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(
                k.to(MANY, rate_func=linear),
                FadeOut(judged),
                FadeIn(strangers),
                until="High",
                least=pace.LONG,
            )
            beat.over(FadeIn(stop(MANY, LEFT + DOWN)))
        self.clear_stage(run_time=pace.QUICK)

    def level_the_wines(self) -> None:
        """The neighbourhood of a wine in raw units, a needle, and standardised, round."""
        self.shot(shot.wide())
        cellar = Cellar(shot.safe(titled=False))
        wines, plane, dots, hood = cellar.wines, cellar.plane, cellar.dots, cellar.hood
        points, links = cellar.points, cellar.links
        scores = [
            100 * neighbour.repeated_accuracy(wines.measures, wines.cultivar, ASKED, scaled)
            for scaled in (False, True)
        ]
        guessing = 100 * np.bincount(wines.cultivar).max() / len(wines.cultivar)
        lines = VGroup(
            words.label("13 columns, unseen:"),
            words.label(f"raw units {scores[0]:.0f} %"),
            words.label(f"standardised {scores[1]:.0f} %"),
            words.label(f"guessing {guessing:.0f} %", ink.quiet),
        ).arrange(DOWN, buff=0.25, aligned_edge=RIGHT)
        lines.move_to((shot.SAFE.right, plane.box[2, 1], 0.0), aligned_edge=RIGHT + UP)
        with self.beat(
            "Units matter here too: by raw columns, about 70 percent are right; standardised, 96."
        ) as beat:
            self.play(FadeIn(plane, dots), run_time=pace.BRISK)
            dots.mute(None, 0.5)
            beat.over(FadeIn(hood, lines[0], lines[1], lines[3]), Create(links[0]), until="standardised")
            beat.over(
                glide(cellar.level, cellar.raw, cellar.fair, hood),
                FadeOut(links[0]),
                FadeIn(lines[2]),
                least=pace.SLOW,
            )
            self.play(Create(links[1]), run_time=pace.QUICK)
        told = neighbour.predict(STRONG, points[:, 0], points[:, 1], ASKED)
        (left, low), (_, high) = plane.inverse(plane.box[[0, 2]])
        edges = STRONG + told.reach * np.array([-1.0, 1.0, 1.0, -1.0])
        column = plane.polygon(
            np.column_stack([edges, [low, low, high, high]]), ink.chalk, width=2.0, fill=0.15
        )
        question = plane.label(
            STRONG + told.reach, low, f"alcohol {STRONG} %: proline?", UP + RIGHT, ink.chalk
        )
        voices = plane.dots(points[told.rows], ink.chalk, radius=0.11)
        spokes = plane.stems(points[told.rows, 0], points[told.rows, 1], told.value, ink.chalk, width=4.0)
        level = plane.segment((STRONG, told.value), (left, told.value), ink.chalk, dashed=True)
        centre = plane.dots([(STRONG, told.value)], ink.chalk, "diamond", radius=0.14)
        answer = plane.label(
            STRONG + told.reach,
            told.value,
            f"mean of {ASKED}: {told.value:,.0f} mg",
            RIGHT,
            ink.chalk,
            gap=0.45,
        )
        with self.beat("To predict a number, as proline from alcohol, take the neighbours' mean.") as beat:
            self.play(FadeOut(lines, cellar.hood, links[1]), run_time=pace.QUICK)
            beat.over(FadeIn(column, question), until="alcohol")
            beat.over(FadeIn(voices), until="take")
            beat.over(Create(spokes), FadeIn(centre, answer), Create(level))
        with self.beat(
            "So standardise, choose k by cross-validation, and make it odd for two classes: then no vote is tied."
        ) as beat:
            given = FadeOut(column, question, voices, spokes, level, centre, answer)
            beat.over(given, FadeIn(cellar.hood, links[1]), until="choose", least=pace.CALM)
            beat.over(FadeIn(lines), until="odd")
            beat.over(words.light(lines[2]))


def corner_of(
    plane: Plane, x: tuple[float, float], y: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The limits in scene units of what lies between ``x`` and ``y`` in data units."""
    low, high = plane.at(np.array([[x[0], y[0]], [x[1], y[1]]]))
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))
