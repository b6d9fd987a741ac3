"""What comes next, tokens as vectors, and why a token should look directly at others."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    Succession,
    Transform,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.arc import Arcs
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.token import Tokens
from scenes.kit.vector_bars import VectorBars
from scenes.maths.transformers import toy, transformers, worked
from scenes.transformers.stage import ASKER, HAT, OWNER, PAD, QUERY, TransformersStage, at, gridded

TOLD: Final = (*PAD, "hat")
"""The text and what comes next."""
GIANT: Final = 70.0
"""Pixels of the capitals on the tiles of the opening: twice those of a label."""
HALF: Final = 0.5
"""How much smaller these words become where they stand as labels."""
SHOWN: Final = toy.VOCABULARY[: toy.BLANK]
"""The tokens of the language; the model knows one more, which texts like these do not have."""
PROBABILITY: Final = ink.third
"""Bars that a model gives to what may come next."""
TOP_ROW: Final = 3.15
"""Height of the text when it stands over a picture."""
WATCHED: Final = 1.5 * pace.LONG
"""Of a motion that is followed from its beginning to its end."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
WISH: Final = np.array([2.6, -0.9])
"""Where the embedding of hat ought to go, from where it stands, in scene units: drawn, and not computed."""
LOW: Final = (-2.2, 0.4, 2.4)
"""Heights of text, states and words of the recurrent network, while it stands alone."""
HIGH: Final = (1.0, 2.35, 3.25)
"""The same, above its rival."""
FADING: Final = 0.72
"""What each step of the recurrent network is drawn to leave of a message."""
PAIRS: Final = 0.4 * np.tri(len(PAD), k=-1)
"""Strength of the arcs that tell only which pairs are compared."""


def rounded() -> list[bool]:
    """Which of the tokens of the text are names: their tiles have round ends."""
    return [word in toy.NAMES for word in TOLD]


def row_of(count: int, y: float, width: float = 1.34, gap: float = 0.12) -> Tokens:
    """The first ``count`` tokens of the text in one row through the frame, at the height ``y``."""
    return Tokens(TOLD[:count], width=width, height=0.62, gap=gap, pills=rounded()[:count]).shift(y * UP)


def giant_tiles() -> Tokens:
    """The text and what comes next, in two rows of tiles through the whole frame."""
    tiles = Tokens(TOLD, width=2.42, height=1.9, gap=0.2, pills=rounded(), size=GIANT)
    rows = len(TOLD) // 2
    for seat, tile in enumerate(tiles):
        down, across = divmod(seat, rows)
        tile.move_to(at(gridded(rows, 2.62)[across], 2.2 - 3.6 * down))
    return tiles


def vocabulary_chart(chances: Floats) -> BarChart:
    """All tokens of the vocabulary, one below the other, with a bar for the probability of each, in percent."""
    room = shot.safe(titled=False)
    chart = BarChart(
        SHOWN,
        100 * chances[: len(SHOWN)],
        (0, 100),
        room.width,
        room.height - 0.95,
        colors=PROBABILITY,
        ticks=[],
    )
    return room.put(chart, DOWN).shift(place.NUDGE * UP)


class Predict(TransformersStage):
    """What comes next, tokens as vectors, and why a token should look directly at others."""

    # --- the hook

    @chapter("What comes next?")
    def what_comes_next(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.look_back()
        self.name_what_it_is()
        self.weigh_habit_and_text()

    def look_back(self) -> None:
        """Giant tiles, the last one empty; a gaze goes back to the first Ben and brings hat."""
        tiles = giant_tiles()
        last = len(TOLD) - 1
        ask = words.headline("?", ink.focus, GIANT).move_to(tiles.at(last))
        with self.beat("Ada tea. Ben hat. Cleo jam, and so on. And now Ben. What comes next?") as beat:
            for seat, word in enumerate((*PAD[:6], "so", "on", "now")):
                beat.at(word, FadeIn(tiles[seat], shift=place.NUDGE * DOWN), run_time=pace.QUICK)
            beat.at("What", FadeIn(tiles.boxes[last], ask))
        self.think()

        below, above = tiles.at(OWNER, DOWN), tiles.at(ASKER, UP)
        thing, empty = tiles.at(HAT, DOWN), tiles.at(last, UP)
        back = Arcs([above], [below], color=QUERY)
        aside = Arcs([thing], [below], color=QUERY, bow=-0.28)
        home = Arcs([empty], [thing], color=QUERY)
        with self.beat("You looked back, found the first Ben, and took the thing beside him: hat.") as beat:
            beat.over("looked", self.trace(back, backwards=True), until="found", least=pace.CALM)
            beat.at("first", tiles.boxes[OWNER].animate.set_stroke(QUERY, width=2 * LINE))
            beat.over("took", self.trace(aside), until="beside")
            beat.over("beside", tiles.boxes[HAT].animate.set_stroke(QUERY, width=2 * LINE), until="hat")
            self.play(self.trace(home), run_time=pace.SLOW)
            self.play(FadeOut(ask), FadeIn(tiles.words[-1]), run_time=pace.QUICK)

        channel = (0.0, float(below[1] + above[1]) / 2, 0.0)
        question = words.headline("How can a machine look back?", size=GIANT).move_to(channel)
        plain = [tiles.boxes[seat].animate.set_stroke(ink.chalk, width=THIN) for seat in (OWNER, HAT)]
        with self.beat(
            "How can a machine, which only computes with numbers, look back?", pause=pace.SLOW
        ) as beat:
            beat.over("machine", FadeOut(back, aside, home), FadeIn(question), *plain, until="only")
            beat.over("only", *(words.light(each) for each in tiles.words), until="look")
            beat.over("look", words.light(question))
        self.tiles, self.opening, self.channel = tiles, question, channel

    def trace(self, arc: Arcs, backwards: bool = False) -> Animation:
        """An arc grows along its way; ``backwards`` from the asker to the answer."""
        arc.redraw(1.0)
        path = arc.arc(0, 0)
        if backwards:
            path.reverse_points()
        return Create(path, rate_func=linear)

    def name_what_it_is(self) -> None:
        """Tiles are tokens, the vocabulary is a list, and a language model gives each of its tokens a probability."""
        tiles = self.tiles
        small = row_of(len(PAD), TOP_ROW)
        alone, self.sure = (
            transformers.next_chances(self.model, text)[: len(SHOWN)] for text in ("Ben", transformers.PAD)
        )
        self.chart = chart = vocabulary_chart(np.zeros(len(SHOWN)))
        token = words.headline("token", size=GIANT).move_to(self.channel)
        with self.beat(
            "Text is cut into tokens: here whole words, in large models often pieces of words."
        ) as beat:
            self.play(FadeOut(self.opening), run_time=pace.QUICK)
            beat.at("tokens", words.write(token))
            beat.over("here", *(words.light(each) for each in tiles.words), until="in")
            beat.over("large", words.light(token))
        listed = words.headline("vocabulary", size=GIANT)
        cells = shot.Region(place.LEFT_EDGE, place.FLOOR, place.RIGHT_EDGE, TOP_ROW - 0.5).cells(4, 4)
        cells[1].put(listed).shift((cells[2].middle - cells[1].middle) / 2)
        large = [
            cell.put(words.label(word, size=GIANT))
            for word, cell in zip(SHOWN, (cells[0], cells[3], *cells[4:]), strict=True)
        ]
        for number, word in enumerate(large[2:], 2):
            words.align_baseline(word, large[number - (number - 2) % 4])
        self.allow(tiles, tiles, "tiles pass one another on the way to their row")
        with self.beat("The fixed list of possible tokens is the vocabulary.") as beat:
            shrink = [
                anim
                for seat in range(len(PAD))
                for anim in (
                    Transform(tiles.boxes[seat], small.boxes[seat]),
                    tiles.words[seat].animate.scale(HALF).move_to(small.words[seat]),
                )
            ]
            self.play(*shrink, FadeOut(token, tiles[-1]), run_time=pace.CALM)
            self.remove(*tiles)
            self.add(small)
            beat.over(
                LaggedStart(*map(FadeIn, large), lag_ratio=pace.LAG), until="vocabulary", least=pace.SLOW
            )
            beat.at("vocabulary", words.write(listed))
        name = words.label("*language model*:\na probability for each token", size=LARGE)
        name.move_to(chart.spot(52, 2.2))
        with self.beat(
            "A language model gives each token of the vocabulary a probability of coming next."
        ) as beat:
            self.play(FadeOut(listed), run_time=pace.QUICK)
            self.play(
                *(
                    one.animate.scale(HALF).move_to(home)
                    for one, home in zip(large, chart.names, strict=True)
                ),
                run_time=pace.SLOW,
            )
            self.play(FadeOut(*large), FadeIn(chart), run_time=pace.QUICK)
            beat.at("probability", FadeIn(name))
            beat.over(
                small.animate.only([ASKER], 0.75),
                glide(chart.redraw, chart.values, 100 * alone),
                least=pace.LONG,
            )
        self.small, self.model_name, self.alone = small, name, alone

    def weigh_habit_and_text(self) -> None:
        """What the trained model says after Ben alone and after the whole text, and what it was trained for."""
        chart, small = self.chart, self.small
        pie, hat = (self.alone[SHOWN.index(word)] for word in ("pie", "hat"))
        told = [
            words.caption(chart.end(word), f"{100 * chance:.{places}f} %", RIGHT)
            for word, chance, places in (("pie", pie, 0), ("hat", hat, 1))
        ]
        with self.beat(
            "We trained a small one on such texts, in which each name has a habit. "
            "After Ben alone it says pie, 31 percent; hat, 6.5."
        ) as beat:
            beat.over("After", words.light(small.words[ASKER]), until="it")
            beat.at("pie", FadeIn(told[0]), words.light(chart.names[chart.number_of("pie")]))
            beat.at("6.5", FadeIn(told[1]), words.light(chart.names[chart.number_of("hat")]))
        chance = self.sure[SHOWN.index("hat")]
        with self.beat(
            "After the whole text it says hat, with 99.8 percent. It has learnt to look back."
        ) as beat:
            beat.over(small.animate.shade(1.0), FadeOut(*told), until="says")
            beat.over(
                "says",
                glide(chart.redraw, 100 * self.alone, 100 * self.sure),
                until="percent",
                least=pace.SLOW,
            )
            answer = words.caption(
                chart.end("hat"), f"{100 * chance:.1f} %", UP, gap=2 * words.GAP, size=LARGE
            )
            answer.align_to(chart.end("hat"), RIGHT)
            beat.over(FadeIn(answer), words.light(chart.names[chart.number_of("hat")]))

        loss = words.label('$"loss" = "mean of" - ln p("true next token")$', size=ink.POINT).move_to(
            chart.spot(52, 1.2)
        )
        worked_out = VGroup(
            *(
                words.label(
                    f"hat at {100 * each:.1f} %: $-ln {each:.3f} = {worked.surprise(each):.{places}f}$",
                    size=LARGE,
                )
                for each, places in ((hat, 2), (chance, 3))
            )
        ).arrange(DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        worked_out.next_to(loss, DOWN, buff=5 * words.GAP, aligned_edge=LEFT)
        task = words.label("*next-token prediction*", size=LARGE).move_to(chart.spot(52, 2.5))
        with self.beat(
            "It was trained for one task: next-token prediction. "
            "The loss is small where the true next token had a high probability.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeOut(self.model_name), small.animate.only([ASKER], 0.75), until="next-token")
            beat.at("next-token", words.write(task))
            beat.at("The", FadeOut(task), run_time=pace.QUICK)
            beat.over(words.write(loss), until="small")
            beat.over("small", Succession(*map(FadeIn, worked_out)))
        lesson = words.label("names and things: any fact\nthat was given earlier", size=LARGE)
        lesson.move_to(chart.spot(52, 2.5))
        with self.beat(
            "Names and things stand for any fact given earlier. Large language models are pre-trained on the same task."
        ) as beat:
            self.play(FadeOut(loss, worked_out), run_time=pace.QUICK)
            beat.over(small.animate.shade(1.0), FadeIn(lesson), until="fact")
            beat.over("fact", *(words.light(small.words[seat]) for seat in (OWNER, HAT)), until="Large")
            beat.over("Large", words.light(lesson), words.light(answer))

    # --- vectors

    @chapter("Words become vectors", goes_on=True)
    def words_become_vectors(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        sure = transformers.next_chances(self.model, transformers.PAD)[: len(SHOWN)]
        chart, small = vocabulary_chart(sure), row_of(len(PAD), TOP_ROW)
        self.add(chart, small)
        learnt = self.model.weights["embed"][: len(SHOWN)]
        middles = np.array([chart.spot(50, row) for row in range(len(SHOWN))])
        table = VectorBars(
            worked.untrained_embeddings(self.model)[: len(SHOWN)],
            middles,
            float(np.ptp(chart.spot([0, 100], [0, 0])[:, 0])),
            0.2,
            largest=1.4,
        )
        with self.beat(
            "Numbers first: each token of the vocabulary owns a row of 32, in one table. At first they are random."
        ) as beat:
            beat.over(FadeOut(*(chart.bar(row) for row in range(len(learnt)))), until="row")
            coming = LaggedStart(*map(FadeIn, table), lag_ratio=pace.LAG)
            beat.over("row", coming, FadeOut(chart.zero), until="At", least=pace.SLOW)
            beat.over("At", words.light(VGroup(*chart.names)))
        count = Tag(words.label(f"*parameters*: {self.model.size:,}", size=ink.HEADLINE), opacity=1.0)
        count.move_to(chart.spot(50, 6.5))
        with self.beat(
            "Training sets them. Such numbers are the parameters of the model: 17,632 here."
        ) as beat:
            beat.over(glide(table.redraw, table.values, learnt), until="parameters", least=pace.LONG)
            beat.at(
                "parameters",
                FadeIn(count),
                glide(table.shade, np.ones(len(learnt)), np.full(len(learnt), 0.3)),
            )
        self.look_up(chart, table, count)
        self.fly_into_space(VGroup(*chart.names, table, small))
        self.stand_in_the_text()

    def look_up(self, chart: BarChart, table: VectorBars, count: Tag) -> None:
        """A token is looked up as its row, a vector."""
        row = SHOWN.index("hat")
        alone = np.where(np.arange(len(table.values)) == row, 1.0, 0.2)
        first, second, last = (f"{table.values[row, at]:.2f}" for at in (0, 1, -1))
        vector = Tag(words.label(f'$"hat" = ({first}, {second}, dots, {last})$', size=GIANT), opacity=1.0)
        vector.move_to(chart.spot(50, 4.0))
        name = Tag(words.label("a *vector* of 32 numbers: its *embedding*", size=LARGE), opacity=1.0)
        name.move_to(chart.spot(50, 7.5))
        with self.beat(
            "Hat is looked up as its row. Such a list is a vector, and this one is its embedding."
        ) as beat:
            beat.over(FadeOut(count), glide(table.shade, np.full(len(alone), 0.3), alone), until="row")
            beat.at("row", FadeIn(vector))
            beat.over("vector", FadeIn(name), words.light(chart.names[row]), until="embedding")
            beat.over("embedding", words.light(name.text))
        self.looked_up = VGroup(vector, name)

    def fly_into_space(self, leaving: VGroup) -> None:
        """The embeddings of names and things in the three directions in which they spread most."""
        spread = worked.principal_map(self.model.weights["embed"][: len(SHOWN)])
        points = spread.points * np.array([2.85, 1.35, 2.0])
        names = [words.label(word, size=LARGE) for word in SHOWN]
        crowded = names[SHOWN.index("Finn")]
        is_name = np.arange(len(SHOWN)) < toy.FIRST_THING
        marks = [
            self.sky.dots(
                [(0, 0)], ink.chalk if each else ink.quiet, "disc" if each else "square", radius=0.1
            )
            for each in is_name
        ]
        hat = SHOWN.index("hat")

        def turn(degrees: float) -> tuple[Mobject, ...]:
            for spot, mark, name in zip(seen(points, degrees), marks, names, strict=True):
                mark.redraw([spot[:2]], 0.12 * (1 + 0.1 * spot[2]))
                side = RIGHT if spot[0] >= 0 and name is not crowded else LEFT
                name.next_to(at(*spot[:2]), side, buff=2.5 * words.GAP)
            return (*marks, *names)

        def orbit(start: float, end: float) -> Animation:
            going = glide(turn, start, end)
            vars(going)["moves_camera"] = True  # what is looked at stands still
            return going

        turn(-20.0)
        share = words.label(f"3 of 32 directions: {100 * spread.share:.0f} % of the spread", ink.quiet)
        shot.safe(titled=False).put(share, DOWN + LEFT)
        with self.beat(
            "So each token is a point in a space of many dimensions. Drawn are the three in which they spread most."
        ) as beat:
            self.play(FadeOut(leaving, self.looked_up), run_time=pace.BRISK)
            self.play(FadeIn(*marks, *names), run_time=pace.QUICK)
            beat.over(orbit(-20.0, -6.0), until="Drawn", least=pace.SLOW)
            beat.over("Drawn", orbit(-6.0, 7.0), FadeIn(share))
        sides = [
            words.headline("names", size=GIANT).move_to(at(4.9, TOP_ROW)),
            words.headline("things", ink.quiet, size=GIANT).move_to(at(-4.9, TOP_ROW)),
        ]
        with self.beat(
            "It was not told which tokens are names. Yet names lie on one side, things on the other: "
            "used alike, placed alike."
        ) as beat:
            beat.over(orbit(7.0, 0.0), until="Yet")
            beat.at("names", FadeIn(sides[0]))
            beat.at("things", FadeIn(sides[1]))
            beat.over("used", orbit(0.0, -12.0))
        stands = seen(points, 4.0)[hat, :2]
        wish = self.sky.segment(stands + WISH * 0.12, stands + WISH, ink.chalk, 2 * LINE, dashed=True)
        meant = words.label("Ben's hat?", size=LARGE).next_to((*(stands + WISH), 0.0), RIGHT)
        ring = marks[hat].ring([0], radius=0.24)
        with self.beat(
            "But hat is this same point in each text. Here it should mean more: Ben's hat."
        ) as beat:
            beat.over(*map(FadeOut, sides), orbit(-12.0, 4.0), until="same", least=pace.CALM)
            ring.follow(marks[hat])
            beat.at("same", Create(ring))
            beat.over("Here", Create(wish), until="mean", least=pace.BRISK)
            beat.over(FadeIn(meant), words.light(names[hat]))
        self.cloud = VGroup(*marks, *names, ring, wish, meant, share)

    def stand_in_the_text(self) -> None:
        """Back in the text: both Bens have one vector."""
        row, columns = text_with_columns(self.model.weights["embed"])
        note = Tag(words.label("one token, one embedding", size=LARGE), opacity=1.0)
        note.move_to(at(row.at(OWNER + 3)[0], columns.get_y()))
        bens = np.isin(np.arange(len(PAD)), [OWNER, ASKER])
        with self.beat("An embedding knows the token, not its context: both Bens have the same one.") as beat:
            beat.over(FadeOut(self.cloud), FadeIn(row, columns), until="context")
            beat.over(
                "context", glide(columns.shade, np.ones(len(PAD)), np.where(bens, 1.0, 0.25)), until="same"
            )
            beat.at("same", FadeIn(note))
        with self.beat("Context is what attention adds.") as beat:
            beat.over(
                FadeOut(note),
                glide(columns.shade, np.where(bens, 1.0, 0.25), np.ones(len(PAD))),
                least=pace.CALM,
            )

    # --- directly

    @chapter("Look directly, do not pass it on", goes_on=True)
    def look_directly(self) -> None:
        self.untitled()
        row, columns = text_with_columns(self.model.weights["embed"])
        self.add(row, columns)
        upper = row_of(len(PAD), LOW[0])
        ends = np.isin(np.arange(len(PAD)), [HAT, ASKER])
        with self.beat("The fact stands at hat. How does it reach the last Ben?") as beat:
            beat.over(glide(columns.shade, np.ones(len(PAD)), np.where(ends, 1.0, 0.2)), until="reach")
            beat.over("reach", words.light(row.words[HAT]), words.light(row.words[ASKER]))

        self.shot(shot.split(titled=False))
        xs = np.array([upper.at(seat)[0] for seat in range(len(PAD))])
        states = self.sky.dots(np.column_stack([xs, 0 * xs]), ink.faint, radius=0.36)
        message = self.sky.dots(states.values, QUERY, radius=0.36)
        hops = self.sky.vector(np.zeros((len(xs) - 1, 2)), np.ones((len(xs) - 1, 2)), ink.quiet)
        ups = self.sky.vector(np.zeros((len(xs), 2)), np.ones((len(xs), 2)), ink.quiet)
        steps = VGroup(*(words.label(str(step + 1), QUERY, LARGE) for step in range(ASKER - HAT)))
        chain = words.label("recurrent network: one state, handed on", size=LARGE)

        def stand(foot: float, level: float, top: float) -> tuple[Mobject, ...]:
            upper.move_to(at(0.0, foot))
            for dots in (states, message):
                dots.redraw(np.column_stack([xs, np.full(len(xs), level)]))
            hops.redraw(
                np.column_stack([xs[:-1] + 0.42, np.full(len(xs) - 1, level)]),
                np.column_stack([xs[1:] - 0.42, np.full(len(xs) - 1, level)]),
            )
            ups.redraw(
                np.column_stack([xs, np.full(len(xs), foot + 0.4)]),
                np.column_stack([xs, np.full(len(xs), level - 0.42)]),
            )
            for step, name in enumerate(steps):
                name.move_to(at((xs[HAT + step] + xs[HAT + step + 1]) / 2, level + 0.4))
            chain.move_to(at(0.0, top))
            return upper, states, message, hops, ups, steps, chain

        stand(*LOW)
        left = np.where(np.arange(len(PAD)) < HAT, 0.0, FADING ** (np.arange(len(PAD)) - HAT))

        def pass_on(reached: float) -> object:
            return message.shade(np.clip(reached - np.arange(len(PAD)) + 1, 0.0, 1.0) * left)

        pass_on(0.0)
        with self.beat(
            "A recurrent network hands one state from token to token. "
            "What it read at hat needs five steps, and may fade on the way."
        ) as beat:
            self.play(FadeOut(columns), row.animate.move_to(upper), run_time=pace.CALM)
            self.remove(row)
            self.add(upper)
            beat.over(FadeIn(states), FadeIn(hops), FadeIn(ups), words.write(chain), until="What")
            beat.over("What", words.light(upper.words[HAT]), until="hat")
            self.add(message)
            beat.over(
                "hat",
                glide(pass_on, float(HAT) - 1, float(ASKER), rate_func=linear),
                Succession(*map(FadeIn, steps)),
                least=WATCHED,
            )
        self.rise = glide(stand, LOW, HIGH)
        self.look_everywhere(VGroup(upper, states, message, hops, ups, steps, chain))

    def look_everywhere(self, chain: VGroup) -> None:
        """One arc from the last Ben to hat; then all tokens at once."""
        lower, direct = text_with_arcs()
        one = np.zeros(direct.weights.shape)
        one[ASKER, HAT] = 0.8
        name = words.label("*self-attention*:\none step", size=LARGE)
        name.next_to(lower.at(1, UP), UP, buff=6 * words.GAP)
        with self.beat(
            "Self-attention has no such chain. Each token reads the others directly: one step, however far."
        ) as beat:
            beat.over("Self-attention", self.rise, until="no", least=pace.CALM)
            self.play(FadeIn(lower), words.write(name), run_time=pace.BRISK)
            beat.over("reads", glide(direct.redraw, 0 * one, one, direct), until="however", least=pace.CALM)
            beat.over("however", words.light(lower.words[HAT]), words.light(lower.words[ASKER]))
        parallel = words.label("in parallel", size=GIANT).move_to(at(0.0, TOP_ROW - 0.2))
        with self.beat(
            "And in training no token waits for the one before: they are computed in parallel."
        ) as beat:
            beat.over(FadeOut(chain, name), until="they", least=pace.BRISK)
            beat.over("they", glide(direct.redraw, one, PAIRS, direct), until="parallel", least=pace.CALM)
            beat.over("parallel", FadeIn(parallel), *(words.light(each) for each in lower.words))
        price = words.label("price: a comparison for each pair", size=GIANT).move_to(parallel)
        with self.beat(
            "So distant facts are near, and training is fast. The price: a comparison for each pair of tokens."
        ) as beat:
            beat.over(
                glide(direct.redraw, PAIRS, np.maximum(one, 0.4 * PAIRS), direct),
                until="training",
                least=pace.CALM,
            )
            beat.at("The", FadeOut(parallel), run_time=pace.QUICK)
            beat.over(FadeIn(price), until="comparison")
            beat.over("comparison", glide(direct.redraw, np.maximum(one, 0.4 * PAIRS), PAIRS, direct))


def text_with_arcs() -> tuple[Tokens, Arcs]:
    """The text at the foot of the frame, and arcs from each of its tokens to those before it, not shown yet."""
    row = row_of(len(PAD), -3.0)
    tops = row.tops(0.1)
    return row, Arcs(tops, tops, color=QUERY, bow=0.36)


def seen(points: Floats, degrees: float, tilt: float = -8.0) -> Floats:
    """Where ``points`` (n, 3) are seen after the space has turned by ``degrees`` about its upright axis."""
    turn, lean = np.radians([degrees, tilt])
    across = np.cos(turn) * points[:, 0] + np.sin(turn) * points[:, 2]
    depth = -np.sin(turn) * points[:, 0] + np.cos(turn) * points[:, 2]
    return np.column_stack([across, np.cos(lean) * points[:, 1] + np.sin(lean) * depth, depth])


def text_with_columns(embeddings: Floats) -> tuple[Tokens, VectorBars]:
    """The text in a row, and under each of its tokens the embedding."""
    row = row_of(len(PAD), TOP_ROW)
    middles = np.array([row.at(seat) + at(0.0, -3.45) for seat in range(len(PAD))])
    columns = VectorBars(embeddings[toy.tokens_of(transformers.PAD)], middles, 6.0, 0.6, upright=True)
    return row, columns
