"""First tag, then search: two layers that work together, and what cutting them tells."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.token import Tokens
from scenes.maths.transformers import baselines, evidence, key_space, toy, transformers
from scenes.transformers.position import open_on
from scenes.transformers.several import head_tables
from scenes.transformers.stage import ASKER, HAT, KEY, OWNER, PAD, QUERY, VALUE, TransformersStage

THINGS_AT: Final = tuple(range(1, ASKER, 2))
"""Where the things stand in the text."""
VIEW: Final[dict[str, Any]] = {"tilt": 66 * DEGREES, "turn": -30 * DEGREES, "lift": 1.0}
"""How the key space is looked at first."""
ACROSS: Final = (0.4, 7.6)
"""Limits of the chart of cuts, across."""
NAMES: Final = 1.15
"""Scene units under the chart of cuts, for what is cut."""
TRAIL: Final = 14
"""Points of the trail that a hat leaves."""
FLIGHT: Final = 2 * pace.LONG
"""Seconds of the flight of the hats, at the least."""
GHOST: Final = 0.22
"""Opacity of hats that others own, while Ben's are looked at."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
CUTS: Final = (
    "nothing\ncut",
    "layer 1\ntagger",
    "layer 1\nother head",
    "induction\nhead",
    "layer 2\nother head",
)
"""What is cut, in the order in which it is shown."""
ORDER: Final = (None, (0, 0), (0, 1), (1, 1), (1, 0))
"""The same as layer and head, from 0."""


def guesses() -> list[float]:
    """Percent that are right by habit alone, and by habit among the things named."""
    text = transformers.fresh_rounds()
    return [100 * guess(text) for guess in (evidence.habit_alone, evidence.habit_among_named)]


def chart_of_cuts() -> Plane:
    """The plane on which shares right are drawn."""
    whole = shot.safe(titled=False)
    room = shot.Region(whole.left, whole.bottom + NAMES, whole.right, whole.top)
    return room.plane(
        ACROSS,
        (0, 116),
        y_label="right after a repeated name (%), 1,000 unseen texts",
        x_ticks=[],
        y_ticks=(0, 50, 100),
    )


def lines_of_guesses(chart: Plane) -> list[Segments]:
    """A line at each of :func:`guesses`."""
    return [
        chart.segment((ACROSS[0], level), (ACROSS[1], level), ink.error, dashed=True) for level in guesses()
    ]


def trainings() -> tuple[tuple[float, Floats, str], ...]:
    """Groups of trainings: where they stand, their percent right, and their name."""
    cuts = 100 * evidence.cut_each_head()
    needed = baselines.needed_heads(cuts)
    return (
        (1.1, cuts[:, 0], "uncut"),
        (2.5, needed[:, 0], "layer 1: most\nneeded head cut"),
        (4.25, needed[:, 1], "layer 2: most\nneeded head cut"),
        (5.85, 100 * evidence.one_layer(), "one layer\nonly"),
    )


def dots_of_trainings(chart: Plane) -> list[Dots]:
    """A dot for each training, group by group."""
    made = []
    for middle, values, _ in trainings():
        across = middle + 0.09 * (np.arange(len(values)) - (len(values) - 1) / 2)
        made.append(chart.dots(np.column_stack([across, values]), ink.chalk, radius=0.12))
    return made


class Circuit(TransformersStage):
    """Two layers that work together, and what cutting them tells."""

    @chapter("hat does not say Ben", goes_on=True)
    def hat_does_not_say_ben(self) -> None:
        self.lay_two_layers(open_on(self, *head_tables(self.done)))
        self.tag()
        self.fly_to_owners()
        self.search()
        self.cut_the_model()
        self.repeat_the_trainings()

    # --- the circuit

    def lay_two_layers(self, leaving: list[Animation]) -> None:
        """The text, and the road of each token through two layers."""
        self.shot(shot.wide())
        region = shot.safe(titled=False)
        names = [word in toy.NAMES for word in PAD]
        self.seats = Tokens(PAD, width=1.22, height=0.72, gap=0.1, pills=names)
        region.put(self.seats, DOWN + RIGHT)
        self.low = self.seats.tops(0.08)
        floors = region.rows(1, 1)
        self.middle, self.high = self.low.copy(), self.low.copy()
        self.middle[:, 1] = floors[1].top - 0.5
        self.high[:, 1] = floors[0].top - 1.15
        roads = self.sky.segment(self.low[:, :2], self.high[:, :2], ink.faint)
        nodes = self.sky.dots(np.concatenate([self.middle, self.high])[:, :2], ink.quiet, radius=0.09)
        layers = VGroup(
            *(
                words.label(text, ink.quiet).next_to(row[0], LEFT, buff=0.5)
                for text, row in (("layer 1", self.middle), ("layer 2", self.high))
            )
        )
        self.roads = VGroup(roads, nodes, layers)
        pair = np.where(np.isin(np.arange(len(PAD)), (HAT, ASKER)), 1.0, 0.3)
        with self.beat(
            "The last Ben must find hat. But the embedding of hat does not say Ben. One look is not enough."
        ) as beat:
            self.play(*leaving, FadeIn(self.seats), run_time=pace.BRISK)
            beat.over("last", glide(self.seats.shade, np.ones(len(PAD)), pair, self.seats), until="embedding")
            beat.at("hat does", words.light(self.seats.words[HAT]))
            beat.over("One", FadeIn(self.roads), glide(self.seats.shade, pair, np.ones(len(PAD)), self.seats))

    def tag(self) -> None:
        """Layer 1: each thing takes in the name beside it."""
        weights = self.map_of(0, 0) * np.isin(np.arange(len(PAD)), THINGS_AT)[:, None]
        self.tagging = Arcs(self.middle, self.low, widest=14)
        self.tags = VGroup(
            *(
                words.label(PAD[thing - 1], VALUE, LARGE).next_to(self.middle[thing], UP + LEFT, buff=0.2)
                for thing in THINGS_AT
            )
        )
        self.allow(self.tags, self.roads, "a tag stands at its road")
        with self.beat(
            "In layer one, each thing looks at the name beside it, and takes its value in. Call that a tag."
        ) as beat:
            self.add(self.tagging)
            beat.over("each", glide(self.tagging.redraw, 0.0, weights), until="takes")
            beat.over("takes", FadeIn(self.tags, shift=place.NUDGE * UP), until="tag")
            beat.at("tag", *(words.light(tag) for tag in self.tags))

    # --- the key space

    def fly_to_owners(self) -> None:
        """The keys of layer 2 in depth: one point before layer 1, the owners' clusters after it."""
        flight = key_space.fly(self.model)
        self.flight = flight
        low, high = flight.places.min(axis=(0, 1)), flight.places.max(axis=(0, 1))
        edge = 0.08 * (high - low)
        low, high = low - edge, high + edge
        plane = Plane((low[0], high[0]), (low[1], high[1]), 11.4, 9.2, x_ticks=[], y_ticks=[], numbers=False)
        plane.move_to(shot.safe(titled=False).middle)
        self.space = Space(plane, z=(low[2], high[2]), height=5.7)
        floor = self.space.floor()
        self.trails = backdrop(self.space.drop(flight.places[0], KEY, THIN).set_stroke(opacity=0.45))
        self.hats = self.space.dots(flight.places[0], KEY, radius=0.14)
        self.space.look(**VIEW)
        self.owners = [Tag(words.label(f"{name}'s", size=LARGE)) for name in toy.NAMES]
        one = words.caption(self.hats[0], "hat, whoever owns it", UP, size=LARGE, gap=0.3)
        note = words.label("keys of layer 2", KEY, LARGE)
        shot.safe(titled=False).put(note, UP + LEFT)
        with self.beat(
            "Watch hat's keys of layer two, at one place in many texts. Before layer one they are one point."
        ) as beat:
            node = self.sky.dots(self.middle[HAT][None, :2], VALUE, radius=0.12)
            self.play(FadeOut(self.seats), run_time=pace.QUICK)
            beat.over(self.frame.to(node, share=0.12), until="many")
            self.remove(self.roads, self.tagging, self.tags)
            self.frame.look(self.frame.back().aim())
            self.add(floor, self.trails, self.hats)
            self.play(FadeIn(floor, self.hats, note), run_time=pace.QUICK)
            beat.over(self.space.orbit(12 * DEGREES), FadeIn(one), until="they")
            beat.over(self.space.orbit(4 * DEGREES))
        chosen = Tag(words.label("3 of 16 directions, chosen to part owners", ink.quiet))
        shot.safe(titled=False).put(chosen, DOWN + LEFT)
        with self.beat("Layer one writes its tag, and each hat flies to its owner.") as beat:
            self.play(FadeOut(one), run_time=pace.QUICK)
            beat.over(self.space.orbit(54 * DEGREES), drive(self.fly), least=FLIGHT)
            self.name_owners()
            self.play(FadeIn(*self.owners, chosen), run_time=pace.BRISK)
        self.point_the_query()
        self.clear_stage()

    def at_share(self, share: float) -> Floats:
        """Where the hats are (n, 3) when layer 1 writes ``share`` of its addition."""
        spot = share * (len(self.flight.shares) - 1)
        before = min(int(spot), len(self.flight.shares) - 2)
        return np.asarray(blend(self.flight.places[before], self.flight.places[before + 1], spot - before))

    def fly(self, share: float) -> Changed:
        """The hats on their way, each with the trail that it has left."""
        ways = np.array([self.at_share(each) for each in np.linspace(0.0, share, TRAIL)])
        self.trails.redraw(ways[:-1].reshape(-1, 3), ways[1:].reshape(-1, 3))
        return self.hats.redraw(ways[-1]), self.trails

    def cluster(self, owner: int) -> Floats:
        """The middle (3,) of an owner's hats at their end."""
        return np.asarray(self.flight.places[-1][self.flight.owners == owner].mean(axis=0))

    def name_owners(self) -> None:
        """Each name stands beyond its cluster, as that is seen now."""
        middle = self.space.at(self.flight.places[-1].mean(axis=0)[None])[0]
        for owner, name in enumerate(self.owners):
            seen = self.space.at(self.flight.places[-1][self.flight.owners == owner])
            centre = seen.mean(axis=0)
            top = float(seen[:, 1].max())
            name.move_to((centre[0], top, 0.0)).shift((0.12 + float(name.height) / 2) * UP)
            if centre[1] < middle[1] - 0.6:
                name.move_to((centre[0], float(seen[:, 1].min()), 0.0))
                name.shift((0.12 + float(name.height) / 2) * DOWN)

    def point_the_query(self) -> None:
        """The last Ben's query grows towards Ben's hats."""
        ben = toy.NAMES.index("Ben")
        way = self.flight.query / np.linalg.norm(self.flight.query)
        end = way * np.linalg.norm(self.cluster(ben))
        start, tip = self.space.at(np.array([np.zeros(3), end]))[:, :2]
        origin = self.sky.dots([start], ink.chalk, radius=0.14)
        arrow = self.sky.vector(start, start + 0.02 * (tip - start), QUERY, 3 * LINE)
        name = words.label("query of\nthe last Ben", QUERY, LARGE)
        owned = self.flight.owners == ben
        with self.beat("From their middle, the query of the last Ben points to Ben's hats.") as beat:
            shot.safe(titled=False).put(name, UP + RIGHT)
            dim = np.where(owned, 1.0, GHOST)
            shade = glide(self.hats.shade, np.ones(len(owned)), dim, self.hats)
            beat.over("middle", FadeIn(origin), shade, until="query")
            grow = glide(arrow.redraw, (start, start + 0.02 * (tip - start)), (start, tip))
            beat.over("query", grow, FadeIn(name), until="points", least=pace.SLOW)
            beat.over(words.light(self.owners[ben].text), least=pace.SLOW)

    # --- the search

    def search(self) -> None:
        """Layer 2: the last Ben finds hat; the first Ben gets nothing."""
        row = self.map_of(1, 1) * (np.arange(len(PAD)) == ASKER)[:, None]
        links = Arcs(self.high, self.middle, widest=18)
        self.add(self.roads, self.tagging, self.tags, self.seats)
        found = words.label(f"{row[ASKER, HAT]:.2f}", QUERY, LARGE)
        found.next_to(self.tags[THINGS_AT.index(HAT)], UP, buff=0.15)
        missed = words.label(f"{row[ASKER, OWNER]:.2f}", ink.error, LARGE)
        missed.next_to(self.middle[OWNER], LEFT, buff=0.15)
        with self.beat(
            "So in layer two, hat gets weight 1.00. The first Ben gets next to nothing: the tag is at hat."
        ) as beat:
            self.play(FadeIn(self.roads, self.tagging, self.tags, self.seats), run_time=pace.QUICK)
            self.add(links)
            beat.over("layer", glide(links.redraw, 0.0, row), until="weight")
            beat.at("weight", FadeIn(found))
            beat.at("first", FadeIn(missed), words.light(self.seats.words[OWNER]))
            beat.over("tag", words.light(self.tags[THINGS_AT.index(HAT)], run_time=pace.SLOW))
        parcel = self.sky.dots(self.middle[HAT][None, :2], VALUE, radius=0.14)
        answer = words.headline("hat", VALUE).next_to(self.high[ASKER], UP, buff=0.2)
        term = words.headline("induction circuit")
        shot.safe(titled=False).put(term, UP + LEFT)
        head = words.label("*induction head*", size=LARGE)
        head.next_to(self.high[4], UP, buff=0.25)
        with self.beat(
            "Tag, then search: an induction circuit. The searching head is the induction head. "
            "Large models have such heads too."
        ) as beat:
            self.play(FadeIn(parcel), run_time=pace.QUICK)
            beat.over(
                drive(lambda t: parcel.put(np.array([links.along(ASKER, HAT, t)]), 0.14), parcel),
                until="induction",
            )
            beat.at("induction", words.write(term), FadeOut(parcel), FadeIn(answer))
            beat.over("searching", words.light(links.arc(ASKER, HAT), ink.chalk), until="induction head")
            beat.at("induction head", words.write(head))
        self.links, self.answer, self.marks = links, answer, VGroup(term, head, found, missed)

    # --- the ablation

    def cut_the_model(self) -> None:
        """Share right with each head cut, against what habit and the named things allow."""
        self.levels = guesses()
        self.cuts = chart_of_cuts()
        right = [100 * transformers.accuracy(self.model, cut) for cut in ORDER]
        spots = 1.0 + 1.2 * np.arange(len(right))
        bars = self.cuts.bars(spots, np.zeros(len(right)), ink.quiet)
        names = [
            words.label(text).next_to(self.cuts.at(spot, 0), DOWN, buff=0.15)
            for spot, text in zip(spots, CUTS, strict=True)
        ]
        numbers = [
            self.cuts.label(spot, value, f"{value:.0f}", UP, size=LARGE)
            for spot, value in zip(spots, right, strict=True)
        ]
        self.lines = lines_of_guesses(self.cuts)
        self.guesses = [
            self.cuts.label(7.6, level, f"{text}: {level:.0f}", UP + LEFT, ink.error)
            for level, text in zip(self.levels, ("habit\nalone", "best of\nnamed"), strict=True)
        ]
        heights = np.zeros(len(right))

        def raise_to(which: list[int]) -> Drive:
            start, end = heights.copy(), heights.copy()
            end[which] = np.array(right)[which]
            heights[:] = end
            return glide(bars.redraw, start, end)

        cut = shot.safe(titled=False).put(words.headline("ablation"), UP + LEFT)
        weights = self.links.weights
        with self.beat(
            "Is that the reason, or only a map? Cut a part, and measure what is lost: an ablation."
        ) as beat:
            beat.over("map", words.light(self.answer), until="Cut")
            beat.over(
                "Cut", glide(self.links.redraw, weights, 0 * weights), FadeOut(self.marks), until="lost"
            )
            beat.at("lost", FadeOut(self.answer))
            beat.at("ablation", words.write(cut))
        with self.beat(
            "Uncut, 100 percent are right on unseen texts. "
            "Habit alone gets 31, the favourite among the named things 59."
        ) as beat:
            self.clear_stage(run_time=pace.QUICK)
            self.shot(shot.wide())
            self.play(FadeIn(self.cuts, *names), run_time=pace.QUICK)
            self.add(bars)
            beat.over(raise_to([0]), until="percent")
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
            beat.at("Habit", Create(self.lines[0]), FadeIn(self.guesses[0]))
            beat.at("favourite", Create(self.lines[1]), FadeIn(self.guesses[1]))
        with self.beat("Cut the tagger or the induction head: 33. The other two heads cost less.") as beat:
            beat.over(raise_to([1, 3]), until="33")
            self.play(FadeIn(numbers[1], numbers[3]), run_time=pace.QUICK)
            beat.over("other", raise_to([2, 4]), until="less")
            self.play(FadeIn(numbers[2], numbers[4]), run_time=pace.QUICK)
        self.bars = VGroup(bars, *names, *numbers)

    def repeat_the_trainings(self) -> None:
        """Six other trainings, and five of one layer, against the same guesses."""
        groups = trainings()
        dots = dots_of_trainings(self.cuts)
        names = [
            words.label(text).next_to(self.cuts.at(middle, 0), DOWN, buff=0.15) for middle, _, text in groups
        ]
        spread = [
            self.cuts.label(
                middle, float(values.max()), f"{values.min():.0f} to {values.max():.0f}", UP, gap=0.3
            )
            for middle, values, _ in groups[1:3]
        ]
        with self.beat(
            "In six shorter trainings, too, each layer has a head that is clearly missed."
        ) as beat:
            beat.over(FadeOut(self.bars), until="six")
            beat.over("six", *(FadeIn(each) for each in (*dots[:3], *names[:3])), until="clearly")
            beat.at("clearly", *(FadeIn(each) for each in spread))
        with self.beat(
            "With one layer, five trainings hardly beat the favourite among the named things."
        ) as beat:
            beat.over(FadeIn(dots[3], names[3]), until="favourite")
            beat.over(
                "favourite", words.light(self.guesses[1], ink.chalk), words.light(self.lines[1], ink.chalk)
            )
        with self.beat("So test an explanation by cutting, over several seeds.") as beat:
            beat.over(*(words.light(each) for each in dots), least=pace.SLOW)
