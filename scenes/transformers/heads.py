"""Two heads that work as a circuit, and what a map of weights does not tell."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup

from scenes.kit import ink, place, words
from scenes.kit.arc import Arcs
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.token import Tokens
from scenes.maths.transformers import transformers, waiter
from scenes.transformers.stage import ASKER, HAT, OWNER, PAD, TransformersStage, bench

DISHES_AT: Final = (1, 3, 5, 7)


class Heads(TransformersStage):
    """Two heads that work as a circuit, and what a map of weights does not tell."""

    # --- the circuit

    @chapter("First tag, then search", "multi-head attention")
    def tag_then_search(self) -> None:
        seats = bench(PAD, -2.5)
        low, middle, high = seats.tops(0.1), seats.tops(0.1), seats.tops(0.1)
        middle[:, 1], high[:, 1] = -0.45, 1.4
        roads = self.sky.segment(low[:, :2], high[:, :2], color=ink.faint)
        nodes = self.sky.dots(np.concatenate([middle, high])[:, :2], ink.quiet, radius=0.075)
        pair = np.where(np.isin(np.arange(9), (HAT, ASKER)), 1.0, 0.3)
        self.add(seats)
        with self.beat(
            "Ben must find hat. But hat says nothing about Ben. So one look is not enough: the model takes two."
        ) as beat:
            self.play(self.step_back(seats, 1.0, pair), run_time=0.8)
            beat.at("two", FadeIn(roads, nodes), run_time=0.8)
            self.play(self.step_back(seats, pair, 1.0))
        first = self.tag(seats, middle, low)
        self.search(middle, high, first)
        self.put_heads_together(middle, low)

    def tag(self, seats: Tokens, middle: Floats, low: Floats) -> Arcs:
        """Layer 1: each dish copies the name beside it."""
        shares = self.map_of(0, 0) * np.isin(np.arange(9), DISHES_AT)[:, None]
        links = Arcs(middle, low)
        layer = words.note("layer 1\nwho ordered this?")
        layer.move_to((place.ASIDE, -1.25, 0), aligned_edge=LEFT)
        with self.beat(
            "In the first layer, each dish looks at the name beside it, and takes a copy."
        ) as beat:
            self.play(FadeIn(layer), run_time=0.5)
            self.add(links)
            self.play(drive(lambda t: links.redraw(t * shares), links), run_time=beat.fill("copy"))
        tags = VGroup(
            *(
                words.label(PAD[dish - 1], ink.focus).next_to(middle[dish], RIGHT, buff=0.2)
                for dish in DISHES_AT
            )
        )
        with self.beat(
            "Now hat carries a tag that says Ben. A blurred tag: 0.82 of it is Ben, and 0.18 Ada."
        ) as beat:
            beat.at("tag", FadeIn(tags, shift=0.15 * UP), run_time=0.6)
            mix = words.note(f"[{shares[HAT, OWNER]:.2f}:focus] Ben, {shares[HAT, 0]:.2f} Ada", ink.quiet)
            mix.next_to(layer, DOWN, buff=0.3, aligned_edge=LEFT)
            beat.at("0.82", FadeIn(mix), words.light(tags[1]), run_time=0.8)
        self.tags = tags
        return links

    def search(self, middle: Floats, high: Floats, first: Arcs) -> None:
        """Layer 2: the last Ben looks for who is tagged Ben, and takes what it finds."""
        row = np.zeros((9, 9))
        row[ASKER] = self.map_of(1, 1)[ASKER]
        links = Arcs(high, middle)
        layer = words.note("layer 2\nwho is tagged Ben?")
        layer.move_to((place.ASIDE, 0.6, 0), aligned_edge=LEFT)
        with self.beat(
            "In the second layer the last Ben asks: who is tagged Ben? Nearly its whole unit lands on hat."
        ) as beat:
            self.play(FadeIn(layer), run_time=0.5)
            beat.until("who")
            self.add(links)
            self.play(drive(lambda t: links.redraw(t * row), links), run_time=beat.fill("lands"))
            beat.at("hat", words.light(self.tags[1]), run_time=0.8)
        parcel, tagging = self.spot(middle[HAT], ink.second, 0.11), first.weights.copy()
        answer = words.label("hat", ink.second, ink.NOTE).next_to(high[ASKER], UP, buff=0.25)
        with self.beat("Hat hands itself over, and the model says: hat.") as beat:
            self.play(FadeIn(parcel, scale=2), run_time=0.3)
            self.play(
                drive(lambda t: parcel.put(np.array([links.along(ASKER, HAT, t)]), 0.11), parcel),
                run_time=1.3,
            )
            beat.until("says")
            self.play(FadeOut(parcel, shift=0.3 * UP), FadeIn(answer, shift=0.2 * UP), run_time=0.5)
        with self.beat(
            "This pair of looks is called an induction head. It has been found in much larger models."
        ) as beat:
            beat.at(
                "pair",
                drive(lambda t: first.redraw((1 - 0.6 * np.sin(np.pi * t)) * tagging), first),
                run_time=1.0,
            )
            links_row = links.weights.copy()
            self.play(
                drive(lambda t: links.redraw((1 - 0.6 * np.sin(np.pi * t)) * links_row), links), run_time=1.2
            )

    def put_heads_together(self, middle: Floats, low: Floats) -> None:
        """Each layer looks in two ways at once, and one more table mixes what both bring."""
        other = Arcs(middle, low, color=ink.fourth)
        shares = self.map_of(0, 1)
        looked = self.done.looked[0]
        pair = np.concatenate([looked.mixed[0, 0, HAT], looked.mixed[0, 1, HAT]])
        both = Matrix(pair[None], cell=(0.105, 0.42), largest=2.5)
        added = Matrix(looked.added[0, HAT][None], cell=(0.105, 0.42), largest=2.5)
        both.move_to((place.ASIDE + 1.7, 2.2, 0))
        names = [
            words.label(text, color).next_to(both.at(0, x), DOWN, buff=0.32)
            for text, color, x in (("head 1", ink.focus, 7.5), ("head 2", ink.fourth, 23.5))
        ]
        with self.beat(
            "Each layer looks in two ways at once: it has two heads. The 32 numbers are parted, 16 for each head."
        ) as beat:
            beat.until("two")
            self.add(other)
            self.play(drive(lambda t: other.redraw(0.9 * t * shares), other), run_time=1.0)
            beat.at("parted", FadeIn(both), FadeIn(*names), run_time=0.6)
        with self.beat(
            "Then one more table mixes what both heads brought, and the sum is added to the word."
        ) as beat:
            beat.until("mixes")
            self.play(FadeOut(*names), both.change(added.values), run_time=1.0)
            beat.at("added", FadeOut(both, target_position=middle[HAT], scale=0.1), run_time=0.9)
            self.play(drive(lambda t: other.redraw(0.9 * (1 - t) * shares), other), run_time=0.6)

    # --- the usual misunderstanding

    @chapter("The map is not the reason")
    def map_is_not_reason(self) -> None:
        seats = bench(PAD, -1.6)
        arcs = Arcs(seats.tops(0.08), seats.tops(0.08), bow=0.42)
        feet = seats.tops(0.08) - (0, float(seats.boxes[0].height) + 0.16, 0)
        tagged = np.zeros((9, 9))
        tagged[HAT, OWNER] = self.map_of(0, 0)[HAT, OWNER]
        below = Arcs(feet, feet, color=ink.first, bow=-0.5)
        guess = np.zeros((9, 9))
        guess[ASKER, OWNER] = 1.0
        real = np.zeros((9, 9))
        real[ASKER] = self.map_of(1, 1)[ASKER]
        self.add(seats)
        with self.beat(
            "It is tempting to read such a map as the reason. Surely the last Ben looks at the first Ben?"
        ) as beat:
            beat.until("last")
            self.add(arcs)
            self.play(drive(lambda t: arcs.redraw(0.5 * t * guess), arcs), run_time=1.2)
        zero = words.label(f"{real[ASKER, OWNER]:.3f}", ink.focus).next_to(seats.at(OWNER, UP), UP, buff=0.25)
        with self.beat(
            "It does not: its weight is 0.000. It looks at hat, since Ben's name had moved into hat, one layer below."
        ) as beat:
            beat.until("weight")
            self.play(drive(lambda t: arcs.redraw(0.5 * (1 - t) * guess), arcs), FadeIn(zero), run_time=0.6)
            beat.until("looks")
            self.play(drive(lambda t: arcs.redraw(t * real), arcs), run_time=1.0)
            beat.until("moved")
            self.add(below)
            self.play(drive(lambda t: below.redraw(t * tagged), below), run_time=0.8)
        self.leave(seats, arcs, below, zero)
        self.cut_each_head()

    def cut_each_head(self) -> None:
        """Accuracy with each head silenced, and of a model of one layer."""
        cuts = {
            "nothing": None,
            "1: tags": (0, 0),
            "1: other": (0, 1),
            "2: finds": (1, 1),
            "2: other": (1, 0),
        }
        scores = [100 * transformers.accuracy(self.waiter, cut) for cut in cuts.values()]
        scores.append(100 * transformers.accuracy(waiter.train_waiter(layers=1)))
        names = [*cuts, "one layer"]
        chart = place.picture(
            Plane(
                (0.4, 6.6),
                (0, 108),
                8.0,
                4.0,
                x_label="what is cut (layer: head)",
                y_label="right after a repeated name (%)",
                y_ticks=(0, 20, 40, 60, 80, 100),
                x_names=dict(zip(np.arange(1.0, 7.0).tolist(), names, strict=True)),
            )
        )
        shown = np.zeros(6)
        bars = chart.bars(np.arange(1.0, 7.0), shown, ink.first)
        maps = transformers.measure_reach(self.waiter).answers[1]

        def raise_bar(number: int) -> Animation:
            def path(share: float) -> Changed:
                shown[number] = share * scores[number]
                return (bars.redraw(shown),)

            return drive(path)

        def name_bar(number: int) -> Animation:
            score = scores[number]
            text = f"{score:.1f}" if 99 < score < 100 else f"{score:.0f}"
            return FadeIn(
                words.label(text).next_to(chart.at(number + 1, score), UP, buff=0.12), shift=0.1 * UP
            )

        with self.beat(
            "To know what a head is for, cut it: replace what it says by its average, "
            "in a thousand fresh rounds. Uncut, 100 percent are right."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.6)
            beat.until("Uncut")
            self.add(bars)
            self.play(raise_bar(0), name_bar(0), run_time=0.6)
        with self.beat(
            "Cut the head that tags, and 33 percent are left. Cut the other one, and 81 are."
        ) as beat:
            beat.at("33", raise_bar(1), name_bar(1))
            beat.at("81", raise_bar(2), name_bar(2))
        reading = [
            Gauge("2: finds, on dishes", lambda: 100 * maps[1], 0, "%"),
            Gauge("2: other, on dishes", lambda: 100 * maps[0], 0, "%"),
        ]
        place.aside(*reading)
        with self.beat(
            "In layer two, both heads read the right dishes, with 99 and 82 percent of their attention."
        ) as beat:
            beat.at("99", FadeIn(reading[0]))
            beat.at("82", FadeIn(reading[1]))
        with self.beat(
            "Yet cut the one, and 33 percent are left; cut the other, and nearly all are. Equal maps, unequal work."
        ) as beat:
            beat.at("33", raise_bar(3), name_bar(3))
            beat.at("nearly", raise_bar(4), name_bar(4))
        with self.beat(
            "And a model with one layer, trained as long, stays at 60: it has nowhere to put a tag."
        ) as beat:
            beat.at("60", raise_bar(5), name_bar(5))
