"""The poem, the carpet of its answers, and what one answer is: chapter 1."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.information_theory.stage import (
    DOT,
    LARGE,
    InformationTheoryStage,
    maths,
    surprise_curve,
    surprise_plane,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.kit.words import Words
from scenes.maths.information_theory import bits, texts

FIXED: Final = int(np.ceil(np.log2(len(texts.counts(texts.poem())))))
"""Yes-or-no answers that tell apart all signs of the poem when each gets as many."""
ACROSS: Final = 57
"""Signs in a line of the poem at most."""
LETTER: Final = 36.0
"""Pixels of the capitals of the poem."""
DOORS: Final = 8


def slab(left: float, right: float, bottom: float, top: float) -> Floats:
    """Corners (4, 2) of a rectangle."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


class Page:
    """The poem in lines, and where each of its signs stands."""

    def __init__(self, frame: shot.Region) -> None:
        self.text: Final = texts.poem()
        self.lines: Final = broken(self.text)
        self.rows: Final = np.repeat(np.arange(len(self.lines)), [len(line) for line in self.lines])
        self.columns: Final = np.concatenate([np.arange(len(line)) for line in self.lines])
        self.across: Final = frame.width / ACROSS
        self.down: Final = frame.height / len(self.lines)
        self.frame: Final = frame

    @property
    def feet(self) -> Floats:
        """Scene points (821, 3) on the line that each sign stands on, in the middle of its place."""
        x = self.frame.left + (self.columns + 0.5) * self.across
        y = self.frame.top - (self.rows + 0.7) * self.down
        return np.column_stack([x, y, np.zeros(len(x))])

    def written(self) -> list[Words]:
        """The lines of the poem, each letter on its place."""
        shown, feet = [], iter(self.feet)
        for line in self.lines:
            written = words.code(line, "text", LETTER)
            glyphs = iter(written.glyphs)
            for sign, foot in zip(line, feet, strict=False):
                if sign != " ":
                    glyph = next(glyphs)
                    stands = float(glyph.get_bottom()[1]) + glyph.rise * float(glyph.height)
                    glyph.shift((foot[0] - glyph.get_center()[0], foot[1] - stands, 0.0))
            shown.append(written)
        return shown

    @staticmethod
    def after(written: list[Words], text: str, first: str) -> tuple[VGroup, VGroup]:
        """Each ``first`` before a letter in what was ``written``, and the letters that follow these."""
        glyphs = iter([glyph for line in written for glyph in line.glyphs])
        signs = [None if sign == " " else next(glyphs) for sign in text]
        pairs = [
            (one, other)
            for sign, one, other in zip(text, signs, signs[1:], strict=False)
            if sign == first and one is not None and other is not None
        ]
        return VGroup(*(one for one, _ in pairs)), VGroup(*(other for _, other in pairs))

    def answers(self, plane: Plane) -> UnitChart:
        """Five squares under each sign, in the order of the signs."""
        step = 0.86 * self.across / FIXED
        along = (np.arange(FIXED) - (FIXED - 1) / 2) * step
        centres = np.repeat(self.feet[:, :2], FIXED, axis=0)
        centres[:, 0] += np.tile(along, len(self.text))
        centres[:, 1] -= 0.2 * self.down
        return UnitChart(plane, centres, 0.4 * step)


def broken(text: str) -> list[str]:
    """``text`` in lines, each with its last space, so that no sign is lost."""
    lines, line = [], ""
    for word in text.replace(" ", " \n").split("\n"):
        if len(line) + len(word) > ACROSS:
            lines.append(line)
            line = ""
        line += word
    return [*lines, line]


class Carpet(InformationTheoryStage):
    """A poem, the carpet of its answers, and what one answer tells."""

    # --- surprise in bits

    @chapter("Rare news carries more bits", "surprise in bits")
    def rare_news_carries_more_bits(self) -> None:
        self.untitled()
        self.pose_the_question()
        self.open_a_door()
        self.bend_the_doors()
        self.lay_end_to_end()

    def pose_the_question(self) -> None:
        """The poem, five squares under each sign, and the carpet that they make."""
        self.shot(shot.wide())
        safe = shot.safe(titled=False)
        self.floor = bare(shot.EDGES)
        head, rest = safe.rows(1, 8, gap=0.3)
        page = Page(rest)
        poem, carpet = page.written(), page.answers(self.floor)
        kinds = len(texts.counts(page.text))
        why = head.put(
            words.label(f"{kinds} kinds of character: 2⁵ = 32 is enough", ink.first, ink.POINT), LEFT
        )
        weave = Waffle(rest, len(carpet.halves))
        count = words.label(f"{len(carpet.halves):,} yes-or-no answers", ink.first, ink.POINT)
        head.put(count, LEFT)
        ask = head.put(words.label("How few would do?", ink.focus, ink.POINT), RIGHT)
        with self.beat(
            "This poem has 821 letters and spaces. Five yes-or-no answers tell its characters apart."
        ) as beat:
            beat.over(LaggedStart(*map(words.write, poem), lag_ratio=pace.LAG), until="Five")
            beat.over(glide(carpet.redraw, (carpet.state[0], 0.0), carpet.state), FadeIn(why))
        for line in poem:
            self.allow(line, "hurry", "nobody is to read the poem: its letters are counted")
        places = weave.places(np.arange(len(carpet.halves)))
        with self.beat("That makes 4,105 answers. How few would do?", pause=pace.LONG) as beat:
            self.play(FadeOut(*poem, why), run_time=pace.QUICK)
            beat.over(
                glide(carpet.redraw, carpet.state, (places, weave.half)), until="answers", least=pace.SLOW
            )
            self.play(FadeIn(count), run_time=pace.QUICK)
            beat.at("few", words.write(ask))
        self.carpet, self.weave, self.asked = carpet, weave, VGroup(count, ask)

    def open_a_door(self) -> None:
        """One square of the carpet, then three of them: what finds one door among eight."""
        last = self.weave.places([len(self.carpet.halves) - 1])
        one = UnitChart(self.floor, last, self.weave.half, ink.focus)
        name = words.headline("1 bit", ink.focus)
        safe = shot.safe(titled=False)
        safe.put(name, RIGHT).shift(LEFT)
        self.pin(name)
        self.shot(shot.close_up())
        with self.beat("Look at one square. One bit is the answer to one fair yes-or-no question.") as beat:
            self.add(one)
            self.play(FadeOut(self.asked), self.spotlight(one), run_time=pace.BRISK)
            # Slowly: thousands of squares that pass at once would flicker.
            beat.over(self.frame.to(one, share=0.34, at=(-1.5, 0.0)), until="answer", least=pace.LONG)
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(words.light(name, ink.chalk))
        self.shot(shot.headline())
        upper, lower = safe.rows(3, 1.15, gap=0.4)
        hall = Plane((0, DOORS), (0, 1), upper.width, upper.height, x_ticks=[], y_ticks=[], numbers=False)
        hall.frame.set_stroke(opacity=0)
        hall.move_to(upper.middle)
        doors = [hall.polygon(slab(x + 0.06, x + 0.94, 0.0, 1.0), ink.truth, 0, 0.85) for x in range(DOORS)]
        knobs = [hall.dots([(x + 0.82, 0.48)], ink.ground, radius=0.07) for x in range(DOORS)]
        side = 0.8 * lower.height
        spots = [(lower.middle + (place_of - 1) * 1.25 * side * RIGHT)[:2] for place_of in range(3)]
        strip = [UnitChart(self.floor, spot[None], side / 2, ink.focus) for spot in spots]
        shares = [words.label(text, ink.truth, ink.HEADLINE) for text in ("1/2", "1/4", "1/8")]
        for text in shares:
            lower.put(text, LEFT)
        told = words.label("1 bit", ink.focus, ink.HEADLINE), words.label("3 bits", ink.focus, ink.HEADLINE)
        for text in told:
            lower.put(text, RIGHT)
        with self.beat(
            "A prize is behind one of eight doors. Is it on the left? No. That answer is one bit."
        ) as beat:
            self.play(FadeOut(self.carpet, name), self.lights_on(), run_time=pace.QUICK)
            beat.over(
                glide(one.redraw, one.state, (spots[0][None], side / 2)), self.frame.back(), until="doors"
            )
            self.play(
                LaggedStart(
                    *(FadeIn(door, knob) for door, knob in zip(doors, knobs, strict=True)), lag_ratio=pace.LAG
                ),
                run_time=pace.CALM,
            )
            self.remove(one)
            self.add(strip[0])
            beat.at("No", *(door.animate.set_opacity(0.15) for door in doors[:4]), FadeOut(*knobs[:4]))
            beat.at("one bit", FadeIn(shares[0], told[0]))
        gone = [(doors[6:], knobs[6:]), (doors[4:5], knobs[4:5])]
        with self.beat("Ask again, and again. Three bits find the door.") as beat:
            beat.over(
                *(door.animate.set_opacity(0.15) for door in gone[0][0]),
                FadeOut(*gone[0][1]),
                FadeIn(strip[1], shift=place.NUDGE * UP),
                FadeOut(told[0]),
                words.rewrite(shares[0], shares[1]),
                until="and again",
            )
            beat.over(
                *(door.animate.set_opacity(0.15) for door in gone[1][0]),
                FadeOut(*gone[1][1]),
                FadeIn(strip[2], shift=place.NUDGE * UP),
                words.rewrite(shares[1], shares[2]),
                until="Three",
            )
            beat.over(FadeIn(told[1]), words.light(doors[5]))
        self.strip, self.hall = strip, VGroup(*doors, knobs[5], shares[2], told[1])

    def bend_the_doors(self) -> None:
        """The squares become points of a curve, and the curve a formula."""
        self.shot(shot.wide())
        plane = surprise_plane()
        halves, costs = (0.5, 0.25, 0.125), (1.0, 2.0, 3.0)
        points = plane.dots(np.column_stack([halves, costs]), ink.focus, radius=DOT)
        names = [
            plane.label(p, cost, f"{text}: {cost:g} bit{'s' * (cost > 1)}", UP + RIGHT, gap=0.3, size=LARGE)
            for p, cost, text in zip(halves, costs, ("1/2", "1/4", "1/8"), strict=True)
        ]
        curve = surprise_curve(plane)
        with self.beat(
            "Now as a curve: one bit, two bits, three bits. Cut the probability in two, and one bit is added."
        ) as beat:
            # Up first: on their way to the curve they pass over no word.
            ends = [plane.at(p, cost)[None, :2] for p, cost in zip(halves, costs, strict=True)]
            above = [np.array([[end[0, 0], shot.SAFE.middle[1]]]) for end in ends]
            self.play(
                FadeOut(self.hall),
                *(
                    glide(square.redraw, square.state, (spot, 2 * DOT))
                    for square, spot in zip(self.strip, above, strict=True)
                ),
                run_time=pace.BRISK,
            )
            self.play(FadeIn(plane), run_time=pace.QUICK)
            for square, end, name, word in zip(self.strip, ends, names, ("one", "two", "three"), strict=True):
                beat.at(word, glide(square.redraw, square.state, (end, 0.9 * DOT)), run_time=pace.BRISK)
                self.play(FadeIn(name), run_time=pace.QUICK)
            self.add(points)
            self.remove(*self.strip)
            beat.over("Cut", Create(curve))
        self.add(points)
        safe = shot.safe(titled=False)
        rule = maths("{{I(x) : what}} = {{- log_2 : log}} {{p(x) : share}}", ink.HEADLINE)
        safe.put(rule, UP + RIGHT)
        term = words.label("information content, surprisal", ink.focus, LARGE)
        term.next_to(rule, DOWN, buff=3 * words.GAP, aligned_edge=RIGHT)
        with self.beat(
            "The information content, or surprisal, of an outcome is minus the logarithm of its probability.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.tint(curve, ink.chalk), until="content")
            self.play(FadeIn(term), words.tint(curve, ink.first), run_time=pace.BRISK)
            beat.over("minus", words.write(rule), until="probability")
            beat.over(words.light(rule.part("share")))
        self.points, self.names, self.term, self.rule, self.curve, self.plane = (
            points,
            names,
            term,
            rule,
            curve,
            plane,
        )

    def lay_end_to_end(self) -> None:
        """A door and a coin; then two letters of the poem, and what is certain."""
        plane, safe = self.plane, shot.safe(titled=False)
        side = 0.95
        calm = shot.Region(
            float(plane.at(0.4, 0)[0]), float(plane.at(0, 4)[1]), safe.right, float(plane.at(0, 7)[1])
        )
        spots = [np.array([[calm.left + (n + 0.5) * 1.2 * side, calm.middle[1]]]) for n in range(4)]
        apart = [spot + (0.8 * side * RIGHT[:2] if n == 3 else 0.0) for n, spot in enumerate(spots)]
        door = [UnitChart(self.floor, spot, side / 2, ink.focus) for spot in apart[:3]]
        coin = UnitChart(self.floor, apart[3], side / 2, ink.third)
        by_door = words.label("door: 1/8", ink.focus, LARGE)
        by_door.next_to(door[0], UP, buff=2 * words.GAP, aligned_edge=LEFT)
        by_coin = words.label("coin: 1/2", ink.third, LARGE)
        by_coin.next_to(coin, UP, buff=2 * words.GAP, aligned_edge=LEFT)
        product = words.label("1/8 · 1/2 = 1/16", size=LARGE)
        total = words.label("3 + 1 = 4 bits", size=LARGE)
        for text, below in ((product, 0), (total, 1)):
            text.next_to(door[0], DOWN, buff=(2 + 5 * below) * words.GAP, aligned_edge=LEFT)
        mark = plane.dots([(1 / 16, 4.0)], ink.third, radius=DOT)
        with self.beat(
            "Take a door and a coin. Independent events: probabilities multiply, bits add. A logarithm does that."
        ) as beat:
            self.play(FadeIn(*door, by_door), FadeOut(*self.names, self.term), run_time=pace.BRISK)
            beat.at("coin", FadeIn(coin, by_coin))
            beat.at("probabilities", FadeIn(product))
            beat.at(
                "bits",
                glide(coin.redraw, coin.state, (spots[3], side / 2)),
                by_coin.animate.shift(0.8 * side * LEFT),
                FadeIn(total, mark),
            )
            beat.over(words.light(self.rule.part("log")))
        found = texts.counts(texts.poem())
        often, rare = found[" "] / len(texts.poem()), found["z"] / len(texts.poem())
        seen = [(p, float(bits.surprisal(p))) for p in (often, rare)]
        signs = plane.dots(seen, ink.truth, radius=DOT)
        texts_at = [
            plane.label(*spot, f"{name}: {spot[1]:.1f} bits", side, ink.truth, gap=0.35, size=LARGE)
            for spot, name, side in zip(seen, ("space", "z"), (UP + RIGHT, RIGHT), strict=True)
        ]
        with self.beat("In the poem a space is common: 2.5 bits. The one z carries 9.7.") as beat:
            self.play(
                FadeOut(*door, coin, by_door, by_coin, product, total, mark, self.points),
                run_time=pace.QUICK,
            )
            beat.at("space", FadeIn(signs[0], scale=2))
            beat.at("2.5", FadeIn(texts_at[0]))
            beat.at("z", FadeIn(signs[1], scale=2))
            beat.over(FadeIn(texts_at[1]))
        bead = plane.dots([seen[1]], ink.focus, radius=DOT)
        sure = plane.label(1, 0, "certain: 0 bits", UP + LEFT, ink.focus, gap=0.35, size=LARGE)
        ps = np.geomspace(rare, 1.0, 200)

        def slide(share: float) -> object:
            at = float(np.interp(share, np.linspace(0, 1, len(ps)), ps))
            return bead.redraw([(at, float(bits.surprisal(at)))])

        with self.beat("A certain outcome tells nothing.") as beat:
            beat.over(drive(slide, bead), until="tells", least=pace.SLOW)
            beat.over(FadeIn(sure))
