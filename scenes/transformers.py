"""Transformers & self-attention: one look back, learnt by a small model, taken apart and cut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
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
    VGroup,
    linear,
)

from scenes.kit import ink, place, words
from scenes.kit.arc import Arcs
from scenes.kit.dial import Dial
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Cue, Lesson, chapter
from scenes.kit.line import Curve
from scenes.kit.matrix import Frame, Matrix
from scenes.kit.odds import Odds
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed, Reel
from scenes.kit.stack import Stack
from scenes.kit.token import Tokens
from scenes.kit.words import Words
from scenes.maths import attention, cafe, sampling, transformer, transformers, waiter

PAD: Final = transformers.PAD.split()
ASKER: Final = len(PAD) - 1
"""The last Ben."""
HAT, OWNER = 3, 2
"""Where hat stands on the notepad, and the Ben who ordered it."""
DISHES_AT: Final = (1, 3, 5, 7)
MIDDLE: Final = (place.LEFT_EDGE + place.ASIDE - 0.4) / 2
"""Where the middle of the picture is, across."""
EXAM: Final = 34
"""Number of the exam's round that is shown: the only evidence for its hole comes later."""


def bench(text: Sequence[str], y: float, x: float = MIDDLE, width: float = 0.9, gap: float = 0.12) -> Tokens:
    """The words of a text on their seats; names have round ends."""
    names = [word in cafe.NAMES for word in text]
    return Tokens(text, width=width, gap=gap, pills=names).move_to((x, y, 0.0))


class Transformers(Lesson):
    """From one look back to sampling the next word."""

    def stage(self) -> None:
        """The trained waiter, what it does with the notepad, and the whole frame as a plane to put marks on."""
        self.waiter = waiter.train_waiter()
        self.done = transformers.read(self.waiter, transformers.PAD)
        self.sky = Plane(
            (-ink.FRAME_WIDTH / 2, ink.FRAME_WIDTH / 2),
            (-ink.FRAME_HEIGHT / 2, ink.FRAME_HEIGHT / 2),
            ink.FRAME_WIDTH,
            ink.FRAME_HEIGHT,
            x_ticks=[],
            y_ticks=[],
        )

    def map_of(self, layer: int, head: int) -> Floats:
        """Weights (9, 9) of one head on the notepad, layers and heads counted from 0."""
        return np.asarray(self.done.looked[layer].weights[0, head])

    def step_back(self, seats: Tokens, start: float | Floats, end: float | Floats) -> Animation:
        """Words step back, or forward again: from the strengths ``start`` to ``end``, one or one for each."""
        begin, stop = np.asarray(start), np.asarray(end)
        return drive(lambda t: seats.shade((1 - t) * begin + t * stop), *seats.boxes, *seats.words)

    def spot(self, point: Floats, color: object = ink.focus, radius: float = 0.13) -> Dots:
        """A dot that may go anywhere."""
        return self.sky.dots([point[:2]], color, radius=radius)  # type: ignore[arg-type]

    # --- the hook

    @chapter("Look back, find, take the neighbour")
    def look_back(self) -> None:
        seats = bench([*PAD, "hat"], -2.35, 0.0, 1.1, 0.14)
        ask = words.headline("?", ink.focus).move_to(seats.at(ASKER + 1))
        self.write_the_pad(seats, ask)
        self.follow_the_eye(seats, ask)
        self.see_numbers(seats)
        self.weigh_habit_and_order(seats)

    def write_the_pad(self, seats: Tokens, ask: Words) -> None:
        """The hook: orders come word by word, and stop."""
        with self.beat("Ada tea. Ben hat. Cleo jam. Dan key. And Ben? What comes next?") as beat:
            for seat, word in enumerate(PAD):
                beat.until("And" if seat == ASKER else word)
                self.play(FadeIn(seats[seat], shift=0.2 * DOWN), run_time=0.2)
            beat.at("What", FadeIn(seats.boxes[-1], ask), run_time=0.5)

    def follow_the_eye(self, seats: Tokens, ask: Words) -> None:
        """A gaze goes back to the first Ben, one seat on, and brings the word."""
        arcs = Arcs(seats.tops(0.12), seats.tops(0.12), bow=0.3)
        eye = self.spot(seats.tops(0.12)[ASKER])

        def hop(asker: int, answer: int, back: bool) -> Animation:
            return drive(
                lambda t: eye.put(np.array([arcs.along(asker, answer, 1 - t if back else t)]), 0.13), eye
            )

        with self.beat(
            "You looked back. You found the first Ben. You took the word beside him: hat."
        ) as beat:
            self.play(FadeIn(eye, scale=2), run_time=0.3)
            self.play(hop(ASKER, OWNER, back=True), run_time=beat.fill("found"))
            beat.at("Ben", seats.boxes[OWNER].animate.set_stroke(ink.focus), run_time=0.3)
            beat.until("took")
            self.play(hop(HAT, OWNER, back=False), run_time=0.5)
            self.play(hop(ASKER + 1, HAT, back=False), run_time=1.0)
            beat.at("hat", FadeOut(ask), FadeIn(seats.words[-1]), run_time=0.4)
        self.play(FadeOut(eye), seats.boxes[OWNER].animate.set_stroke(ink.chalk), run_time=0.4)

    def see_numbers(self, seats: Tokens) -> None:
        """A machine has a column of numbers where you have a word."""
        embed = self.waiter.weights["embed"][cafe.tokens_of(transformers.PAD)]
        table = Matrix(embed.T, cell=(seats.step, 0.11), largest=1.5)
        table.next_to(seats.subset(range(9)), UP, buff=0.25)
        with self.beat(
            "A machine has no eyes. It has 32 numbers for each word, and can only multiply and add. "
            "How could it learn to look back?"
        ) as beat:
            beat.at("32", FadeIn(table, shift=0.2 * UP), run_time=0.8)
            beat.until("multiply")
            self.play(
                drive(lambda t: self.sweep(table, t), table, rate_func=linear), run_time=beat.fill("How")
            )
        self.leave(table)

    def sweep(self, table: Matrix, share: float) -> Changed:
        """One column of the table after the other is bright, at the ends all of them."""
        near = np.clip(1 - np.abs(np.arange(9) - 11 * share + 1) / 1.5, 0, 1)
        rest = np.clip(1.3 - 6 * min(share, 1 - share), 0.35, 1)
        return (table.shade(np.maximum(near, rest)[None]),)

    def weigh_habit_and_order(self, seats: Tokens) -> None:
        """What the trained model says of Ben alone, and of Ben with the notepad before him."""
        alone = transformers.next_chances(self.waiter, "Ben")[cafe.FIRST_DISH : cafe.BLANK]
        sure = transformers.next_chances(self.waiter, transformers.PAD)[cafe.FIRST_DISH : cafe.BLANK]
        odds = Odds(cafe.DISHES, alone, row=0.43, unit=6.4, decimals=3).move_to((0.4, 0.65, 0))
        asked, only = np.append(np.ones(9), 0.3), np.append(np.full(8, 0.3), [1.0, 0.3])
        with self.beat(
            "This one did. It is tiny, its language is a toy, and we trained it for this lesson."
        ) as beat:
            self.play(self.step_back(seats, 1.0, asked), run_time=0.5)
            beat.at("tiny", FadeIn(odds.axis, *odds.names), run_time=0.8)
        with self.beat("Show it Ben alone, and it tells his habit: pie before all. Hat is far down.") as beat:
            self.play(self.step_back(seats, asked, only), run_time=0.5)
            beat.at("habit", FadeIn(odds.bars, odds.numbers), run_time=0.7)
            beat.at("pie", words.light(odds.names[1]))
            beat.at("Hat", words.light(odds.names[6]))

        def learn(share: float) -> Changed:
            odds.show((1 - share) * alone + share * sure)
            return (odds.bars, odds.numbers)

        with self.beat(
            "Show it the whole pad, and it says hat, 99.8 percent. The order beats the habit."
        ) as beat:
            self.play(self.step_back(seats, only, asked), run_time=0.5)
            beat.until("says")
            self.play(drive(learn), run_time=beat.fill("percent"))
            self.play(self.step_back(seats, asked, 1.0), run_time=0.5)

    # --- one look, taken apart

    @chapter("Ask, answer, mix", "queries, keys and values")
    def ask_answer_mix(self) -> None:
        self.make_three()
        self.score_and_share()
        self.ask_all_at_once()

    def make_three(self) -> None:
        """Each word's row of numbers goes through three learned tables."""
        looked, text = self.done.looked[0], PAD[: HAT + 1]
        rows = Matrix(looked.normed.out[0, : HAT + 1], cell=(0.105, 0.5), largest=2.5, rows=text)
        rows.move_to((-4.35, -0.2, 0))
        lenses, parts = [], []
        for name, color, y in (
            ("query", ink.focus, 1.75),
            ("key", ink.first, -0.2),
            ("value", ink.second, -2.15),
        ):
            weight = self.waiter.weights[f"{name}.0"][:, :16].T
            lens = Matrix(weight, cell=(0.075, 0.075), largest=0.8).move_to((0.3, y, 0))
            made = getattr(looked, name)[0, 0, : HAT + 1]
            part = Matrix(made, cell=(0.19, 0.34), largest=3.0).move_to((3.55, y, 0))
            label = words.label(name, color).next_to(part, RIGHT, buff=0.3)
            ways = [
                self.sky.vector(
                    begin.get_right()[:2] - (-0.15, 0.0), end.get_left()[:2] - (0.15, 0.0), ink.quiet, 3
                )
                for begin, end in ((rows, lens), (lens, part))
            ]
            lenses.append((lens, ways[0]))
            parts.append((part, ways[1], label))

        with self.beat(
            "Take hat, and the three words before it. Each is a row of 32 numbers, with its place mixed in."
        ):
            self.play(FadeIn(rows), run_time=0.8)
            frame = rows.frame(HAT, color=ink.chalk)
            self.play(FadeIn(frame), run_time=0.5)
        with self.beat(
            "Three learned tables turn every row into three shorter rows, of 16 numbers each."
        ) as beat:
            beat.at("learned", *(FadeIn(*pair) for pair in lenses), run_time=0.8)
            self.play(FadeOut(frame), run_time=0.3)
            beat.until("shorter")
            self.play(
                LaggedStart(*(FadeIn(part, way, shift=0.4 * RIGHT) for part, way, _ in parts), lag_ratio=0.3),
                run_time=1.2,
            )
        with self.beat(
            "The query says what I need. The key says what I offer. The value is what I hand over."
        ) as beat:
            for word, (_, _, label) in zip(("query", "key", "value"), parts, strict=True):
                beat.at(word, FadeIn(label, shift=0.1 * RIGHT), run_time=0.5)
        self.leave(rows, *(each for group in (*lenses, *parts) for each in group))

    def score_and_share(self) -> None:
        """The query of hat along every key, shares of the scores, and the mix of the values."""
        looked, text = self.done.looked[0], PAD[: HAT + 1]
        query, key, value = (getattr(looked, name)[0, 0, : HAT + 1] for name in ("query", "key", "value"))
        look = attention.attend(query[HAT:], key, value)
        y, tall = 0.1, 0.74
        keys = Matrix(key, cell=(0.22, tall), largest=3.0, rows=text).move_to((-4.0, y, 0))
        asks = Matrix(query[HAT:], cell=(0.22, 0.5), largest=3.0)
        asks.move_to((keys.at(0, 7.5)[0], y + 2 * tall + 0.45, 0))
        scores = Matrix(np.full((4, 1), np.nan), cell=(1.1, tall), largest=6.0, decimals=2)
        shares = Matrix(np.zeros((4, 1)), cell=(1.1, tall), heat=ink.focus, decimals=2)
        values = Matrix(value, cell=(0.22, tall), largest=2.5)
        across = float(keys.at(0, 15.5)[0])
        for table, gap in ((scores, 0.3), (shares, 0.5), (values, 0.5)):
            table.move_to((across + gap + float(table.width) / 2, y, 0))
            across += gap + float(table.width)
        mixed = Matrix(np.zeros((1, 16)), cell=(0.22, 0.5), largest=2.5)
        mixed.move_to((values.at(0, 7.5)[0], y - 2 * tall - 0.55, 0))
        low = y - 2 * tall - 0.3
        named = [
            words.label("hat's query", ink.focus).next_to(asks, RIGHT, buff=0.25),
            words.label("keys", ink.first).next_to(keys.box()[2:].mean(axis=0), DOWN, buff=0.2),
            words.label("scores").move_to((scores.get_x(), low, 0)),
            words.label("shares", ink.focus).move_to((shares.get_x(), low, 0)),
            words.label("values", ink.second).next_to(values, UP, buff=0.2),
        ]
        with self.beat(
            "Lay hat's query along every key: multiply, add up, divide by four. Each word has a score."
        ) as beat:
            self.play(FadeIn(keys, named[1]), run_time=0.6)
            beat.at("query", FadeIn(asks, named[0]), run_time=0.5)
            self.play(FadeIn(scores, named[2]), run_time=0.4)
            self.run_along(beat, keys, scores, look.scores[0])
        with self.beat(
            "Softmax turns scores into shares that add up to one: Ben gets 0.82, and Ada 0.18."
        ) as beat:
            beat.at("shares", FadeIn(shares, named[3]), run_time=0.5)
            self.play(shares.change(look.weights.T), run_time=1.0)
        with self.beat("By these shares the values are mixed. That is what hat takes home.") as beat:
            self.play(FadeIn(values, named[4]), run_time=0.5)
            beat.until("mixed")
            strength = look.weights.T
            self.play(drive(lambda t: values.shade((1 - t) + t * strength)), run_time=0.8)
            self.play(FadeIn(mixed), run_time=0.3)
            self.play(mixed.change(look.mixed), run_time=beat.fill("home") + 0.3)
        self.leave(keys, asks, scores, shares, values, mixed, *named)

    def run_along(self, beat: Cue, keys: Matrix, scores: Matrix, found: Floats) -> None:
        """A frame goes down the keys, and each leaves its score."""
        frame = keys.frame(0)
        self.play(FadeIn(frame), run_time=0.3)
        for row in range(len(found)):
            known = np.where(np.arange(len(found)) <= row, found, np.nan)[:, None]
            start = max(row - 1, 0)
            self.play(drive(partial(self.slide, frame, start, row), frame), run_time=0.3)
            self.play(scores.change(known), run_time=0.4)
        self.play(FadeOut(frame), run_time=0.3)

    def slide(self, frame: Frame, start: int, row: int, share: float) -> Changed:
        """A frame on its way from one row to another."""
        return (frame.go(start + share * (row - start)),)

    def ask_all_at_once(self) -> None:
        """All nine rows at once, as arcs and as a table, and the formula."""
        seats = bench(PAD, -2.45)
        shares = self.map_of(0, 0)
        arcs = Arcs(seats.tops(0.08), seats.tops(0.08), shares, bow=0.36)
        table = Matrix(0 * shares, cell=0.31, heat=ink.focus, rows=PAD)
        table.move_to((place.ASIDE, 2.4, 0), aligned_edge=UP + LEFT)
        arcs.show(0.0)
        frame = table.frame(0, color=ink.chalk)
        with self.beat(
            "Now all nine words ask at once. Every row of the table shares out exactly one unit of attention."
        ) as beat:
            self.play(FadeIn(seats, table), run_time=0.6)
            self.add(arcs)

            def fill(share: float) -> Changed:
                rows = np.clip(9 * share - np.arange(9), 0, 1)[:, None]
                return (arcs.show(rows * shares), table.show(rows * shares))

            self.play(drive(fill, rate_func=linear), run_time=beat.fill("exactly"))
            self.play(FadeIn(frame), run_time=0.3)
            self.play(drive(lambda t: frame.go(8 * t), frame), run_time=1.6)
        formula = words.formula(
            'op("softmax")({{ Q : q }} {{ K^top : k }} "/" 4) {{ V : v }}',
            colors={"q": ink.focus, "k": ink.first, "v": ink.second},
        )
        formula.next_to(table, DOWN, buff=0.5).set_x((place.ASIDE + place.RIGHT_EDGE) / 2)
        with self.beat(
            "Queries times keys, softmax, times values: that is attention. But why the four?"
        ) as beat:
            self.play(FadeOut(frame), words.write(formula), run_time=0.9)
            beat.at("keys", words.light(formula.part("k")))
            beat.at("values", words.light(formula.part("v")))

    # --- the divisor

    @chapter("Divide, or one word shouts", "scaled dot-product attention", "why √d")
    def divide(self) -> None:
        widths = np.unique(np.rint(np.geomspace(4, 1024, 25))).astype(int)
        spread = attention.spread_scores(tuple(int(width) for width in widths))
        reel = Reel(widths, log=True)
        divided = [0.0]

        def by_root(scores: Floats) -> Floats:
            return np.asarray(scores / (1 + divided[0] * (np.sqrt(reel.value) - 1)))

        line = Plane((-100, 100), (0, 1), 8.4, 2.0, x_label="scores of random queries and keys", y_ticks=[])
        line.move_to((MIDDLE, 1.0, 0))
        heights = self.rng.uniform(0.08, 0.95, spread.sample.shape[1])
        dust = line.cloud(np.column_stack([reel.mix(spread.sample), heights]), ink.first, radius=0.03)
        chart = Plane(
            (0.3, 16.7),
            (0, 1),
            8.4,
            1.5,
            x_ticks=[],
            y_ticks=[0, 1],
            x_label="softmax of one row of 16 scores",
        )
        chart.set_y(-1.95).shift((line.box[0][0] - chart.box[0][0], 0, 0))
        bars = chart.bars(np.arange(1.0, 17.0), attention.softmax(reel.mix(spread.row)), ink.focus)
        dial = Dial("width $d$", (4, 16, 64, 256, 1024), log=True, value=4)
        gauges = [
            Gauge("spread of scores", lambda: self.blend(reel, spread.raw, spread.scaled_raw, divided[0]), 0),
            Gauge("largest share", lambda: self.blend(reel, spread.top, spread.scaled_top, divided[0]), 2),
            Gauge("mean slope", lambda: self.blend(reel, spread.slope, spread.scaled_slope, divided[0]), 3),
        ]
        place.aside(dial, *gauges)

        def show() -> Changed:
            scores = by_root(reel.mix(spread.sample))
            shares = attention.softmax(by_root(reel.mix(spread.row)))
            dust.place(np.column_stack([np.where(np.abs(scores) < 100, scores, np.nan), heights]))
            return (dust, bars.stand(shares), dial.turn(reel.value))

        with self.beat(
            "A score is a sum of products. Here queries and keys are random, with four numbers each, "
            "and the scores spread by two."
        ) as beat:
            self.play(FadeIn(line), run_time=0.5)
            beat.at("random", FadeIn(dust), run_time=0.6)
            beat.at("four", FadeIn(dial), run_time=0.5)
            beat.at("spread", FadeIn(gauges[0]), run_time=0.5)
        with self.beat("One row of 16 scores makes these shares.") as beat:
            self.play(FadeIn(chart, bars), run_time=0.6)
        with self.beat(
            "Sum more products, and the spread grows like the root of d: with 1,024 numbers, it is 32."
        ) as beat:
            self.play(reel.run(1024, show, rate_func=linear), run_time=beat.fill("32") + 0.4)
            self.play(gauges[0].light())
        with self.beat(
            "The softmax shouts: one word takes 0.97 of the unit on average. "
            "And a softmax that is sure has no slope left to learn from: 0.003."
        ) as beat:
            beat.at("one", FadeIn(gauges[1]), run_time=0.5)
            beat.at("slope", FadeIn(gauges[2]), run_time=0.5)
            beat.at("0.003", gauges[2].light())

        def divide(share: float) -> Changed:
            divided[0] = share
            return show()

        with self.beat(
            "Now divide every score by the root of d. The spread is one, and the slope is back."
        ) as beat:
            beat.until("divide")
            self.play(drive(divide), run_time=beat.fill("one"))
            beat.at("slope", gauges[2].light())
        formula = words.formula(
            'op("softmax")(frac({{ Q : q }} {{ K^top : k }}, {{ sqrt(d) : d }})) {{ V : v }}',
            colors={"q": ink.focus, "k": ink.first, "v": ink.second},
        )
        formula.next_to(gauges[2], DOWN, buff=0.55).align_to(gauges[2], LEFT)
        with self.beat(
            "At every width it stays like that. So we divide by the root of d. Ours is 16 wide: hence the four."
        ) as beat:
            self.play(reel.run(4, show, rate_func=linear), run_time=beat.fill("So"))
            self.play(words.write(formula), run_time=0.9)
            self.play(words.light(formula.part("d")), run_time=0.8)

    def blend(self, reel: Reel, raw: Floats, scaled: Floats, share: float) -> float:
        """A measure on its way from undivided to divided scores."""
        return float((1 - share) * reel.mix(raw) + share * reel.mix(scaled))

    # --- places

    @chapter("Without places, words are a bag", "positional encoding")
    def places(self) -> None:
        self.shuffle_the_bag()
        self.set_the_clocks()
        self.compare_the_seats()

    def shuffle_the_bag(self) -> None:
        """Attention without places and without a mask: shuffle the words, and the answers are shuffled alike."""
        seats = bench(PAD[:8], -2.35, 0.0, 1.1, 0.14)
        weights = self.waiter.weights
        embed = weights["embed"][cafe.tokens_of(" ".join(PAD[:8]))]
        order = np.array([5, 2, 7, 0, 3, 6, 1, 4])

        def see(rows: Floats) -> Floats:
            q, k, v = (rows @ weights[f"{name}.0"][:, :16] for name in ("query", "key", "value"))
            return attention.attend(q, k, v).mixed

        answers = see(embed)
        shuffled = see(embed[np.argsort(order)])[order]
        columns = [Matrix(answer[:, None], cell=(0.6, 0.19), largest=1.0) for answer in answers]
        for seat, column in enumerate(columns):
            column.next_to(seats.at(seat, UP), UP, buff=0.3)
        at = [column.get_center() for column in columns]
        with self.beat(
            "Each word takes home a mix of all. But attention only compares; nothing in it knows who sits where."
        ) as beat:
            self.play(FadeIn(seats), run_time=0.5)
            beat.at(
                "mix", LaggedStart(*(FadeIn(c, shift=0.2 * UP) for c in columns), lag_ratio=0.1), run_time=1.2
            )

        def swap(share: float) -> Changed:
            now = (1 - share) * np.arange(8) + share * order
            seats.sit(now)
            for seat, column in enumerate(columns):
                column.move_to(at[seat] + ((now[seat] - seat) * seats.step, 0, 0))
            return (seats, *columns)

        self.allow(seats, seats, "words pass one another while they change their seats")
        with self.beat(
            "Shuffle the words, compute again, and out come the very same answers, shuffled. The text was a bag."
        ) as beat:
            self.play(drive(swap), run_time=beat.fill("compute"))
            for column, answer in zip(columns, shuffled, strict=True):
                column.show(answer[:, None])
            beat.at("same", *(Create(column.frame()) for column in columns), run_time=0.8)
        self.play(*(FadeOut(each) for each in self.mobjects[1:]), run_time=0.5)

    def set_the_clocks(self) -> None:
        """Every seat has clocks whose hands turn at different speeds; some steps along is always the same turn."""
        seats = bench(PAD, -2.45)
        hands = [0, 4, 6, 8]
        speeds = attention.turning_speeds(32)[hands]
        rows = np.array([-1.55, -0.55, 0.45, 1.45])
        xs = np.array([seats.at(seat)[0] for seat in range(9)])
        centres = np.array([(x, y) for y in rows for x in xs])
        angles = np.array([speed * seat for speed in speeds for seat in range(9)])
        faces = VGroup(*(self.sky.circle(centre, 0.36, ink.faint) for centre in centres))
        pointers = self.sky.segment(centres, centres, color=ink.chalk, width=4)

        def point(middles: Floats, turned: Floats) -> Floats:
            return np.asarray(middles + 0.3 * np.column_stack([np.sin(turned), np.cos(turned)]))

        with self.beat(
            "So every seat gets clocks, and their sines and cosines are added to its word. "
            "Four of the 16 hands are shown."
        ) as beat:
            self.play(FadeIn(seats), run_time=0.5)
            beat.at("clocks", FadeIn(faces), run_time=0.6)
            self.add(pointers)
            pointers.lay(centres, point(centres, 0 * angles))
            self.play(FadeIn(pointers), run_time=0.3)
            self.play(drive(lambda t: pointers.lay(centres, point(centres, t * angles))), run_time=2.6)

        starts = (0, 5)
        moving = np.array([(xs[start], y) for start in starts for y in rows])
        begin = np.array([speed * start for start in starts for speed in speeds])
        travellers = [self.sky.circle(place_, 0.36, ink.focus, width=5) for place_ in moving]
        arms = self.sky.segment(moving, point(moving, begin), color=ink.focus, width=6)

        def travel(share: float) -> Changed:
            here = moving + np.array([3 * share * seats.step, 0.0])
            turned = begin + 3 * share * np.tile(speeds, 2)
            rims = [rim.lay(at, 0.36) for rim, at in zip(travellers, here, strict=True)]
            return (*rims, arms.lay(here, point(here, turned)))

        with self.beat(
            "Go three seats along, from here or from there: each hand makes the same turn. "
            "Distance can be read off, wherever you sit."
        ) as beat:
            self.play(FadeIn(*travellers, arms), run_time=0.5)
            beat.until("along")
            self.play(drive(travel), run_time=2.4)
        self.leave(faces, pointers, *travellers, arms, seats)

    def compare_the_seats(self) -> None:
        """How alike the clocks of two seats are depends on their distance alone."""
        clocks = attention.clocks(20, 32)
        likeness = clocks @ clocks.T
        table = Matrix(likeness, cell=0.25, heat=ink.truth, largest=16.0).move_to((MIDDLE - 0.6, -0.2, 0))
        side = words.label("seat", ink.quiet).next_to(table, LEFT, buff=0.25)
        top = words.label("seat", ink.quiet).next_to(table, UP, buff=0.15)
        offset = [0.0]
        gauge = Gauge("seats apart", lambda: offset[0], 0)
        alike = Gauge("clocks' product", lambda: likeness[0, round(offset[0])], 1, color=ink.truth)
        place.aside(gauge, alike)

        def along(apart: int) -> Floats:
            return np.where(np.eye(20, k=apart, dtype=bool), 1.0, 0.3)

        with self.beat(
            "Multiply the clocks of any two seats. The product is the same along each diagonal: "
            "16, then 15.3, then 13.7."
        ) as beat:
            self.play(FadeIn(table, side, top), run_time=0.7)
            beat.until("diagonal")
            self.play(FadeIn(gauge, alike), run_time=0.4)
            for apart, word in enumerate(("16", "15.3", "13.7")):
                beat.until(word)
                offset[0] = apart
                before = along(apart - 1) if apart else np.ones((20, 20))
                after = along(apart)
                self.play(drive(partial(self.reshade, table, before, after)), run_time=0.5)
        with self.beat(
            "To be honest, who may only look left can count how much it sees. "
            "Ours learns without clocks too, but takes 500 steps, not 240."
        ) as beat:
            self.play(FadeOut(table, side, top, gauge, alike), run_time=0.5)
            chart = self.learning_curves()
            self.play(FadeIn(chart[0]), run_time=0.4)
            self.play(*chart[1], run_time=beat.fill("steps"))
            self.play(FadeIn(*chart[2]), run_time=0.4)

    def reshade(self, table: Matrix, before: Floats, after: Floats, share: float) -> Changed:
        """The table's cells on their way from one strength to another."""
        return (table.shade((1 - share) * before + share * after),)

    def reveal(self, curve: Curve, share: float, t: float) -> Changed:
        """The first ``share`` of a curve grows."""
        return (curve.reveal(t * share),)

    def learning_curves(self) -> tuple[Plane, list[Animation], list[Words]]:
        """Accuracy by step, with and without clocks."""
        blind = waiter.train_waiter(places=0.0)
        chart = place.picture(
            Plane(
                (0, 800),
                (0, 100),
                8.0,
                3.9,
                x_label="training step",
                y_label="right after a repeated name (%)",
            )
        )
        growing: list[Animation] = []
        named: list[Words] = []
        for model, color, name, spot in (
            (self.waiter, ink.focus, "with clocks", (250, 88)),
            (blind, ink.fourth, "without", (520, 80)),
        ):
            curve = chart.curve(model.step, 100 * model.watched, color, share=0.0)
            share = 800 / float(model.step[-1])
            growing.append(drive(partial(self.reveal, curve, share), curve, rate_func=linear))
            named.append(words.label(name, color).next_to(chart.at(*spot), RIGHT, buff=0.25))
        named[0].move_to(chart.at(110, 92))
        return chart, growing, named

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
            self.play(drive(lambda t: links.show(t * shares), links), run_time=beat.fill("copy"))
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
            self.play(drive(lambda t: links.show(t * row), links), run_time=beat.fill("lands"))
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
                drive(lambda t: first.show((1 - 0.6 * np.sin(np.pi * t)) * tagging), first),
                run_time=1.0,
            )
            links_row = links.weights.copy()
            self.play(
                drive(lambda t: links.show((1 - 0.6 * np.sin(np.pi * t)) * links_row), links), run_time=1.2
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
            self.play(drive(lambda t: other.show(0.9 * t * shares), other), run_time=1.0)
            beat.at("parted", FadeIn(both), FadeIn(*names), run_time=0.6)
        with self.beat(
            "Then one more table mixes what both heads brought, and the sum is added to the word."
        ) as beat:
            beat.until("mixes")
            self.play(FadeOut(*names), both.change(added.values), run_time=1.0)
            beat.at("added", FadeOut(both, target_position=middle[HAT], scale=0.1), run_time=0.9)
            self.play(drive(lambda t: other.show(0.9 * (1 - t) * shares), other), run_time=0.6)

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
            self.play(drive(lambda t: arcs.show(0.5 * t * guess), arcs), run_time=1.2)
        zero = words.label(f"{real[ASKER, OWNER]:.3f}", ink.focus).next_to(seats.at(OWNER, UP), UP, buff=0.25)
        with self.beat(
            "It does not: its weight is 0.000. It looks at hat, since Ben's name had moved into hat, one layer below."
        ) as beat:
            beat.until("weight")
            self.play(drive(lambda t: arcs.show(0.5 * (1 - t) * guess), arcs), FadeIn(zero), run_time=0.6)
            beat.until("looks")
            self.play(drive(lambda t: arcs.show(t * real), arcs), run_time=1.0)
            beat.until("moved")
            self.add(below)
            self.play(drive(lambda t: below.show(t * tagged), below), run_time=0.8)
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
                return (bars.stand(shown),)

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

    # --- the road

    @chapter("Attend, then think, keep the road", "feed-forward sublayer", "residual and norm")
    def keep_the_road(self) -> None:
        stack = Stack(["attention", "feed-forward"], [ink.focus, ink.third], through="norm", step=1.75)
        stack.move_to((place.LEFT_EDGE, 0.1, 0), aligned_edge=LEFT)
        streams = self.done.streams()[:, 0, HAT]
        parts = np.diff(streams, axis=0, prepend=0)
        names = ["hat, seat 4", "attention 1", "feed-forward 1", "attention 2", "feed-forward 2"]
        ledger = Matrix(np.full(parts.shape, np.nan), cell=(0.14, 0.46), largest=2.0, rows=names)
        ledger.move_to((place.RIGHT_EDGE, 0.85, 0), aligned_edge=RIGHT)
        road = Matrix(0 * parts[:1], cell=(0.14, 0.55), largest=3.0)
        road.move_to((ledger.at(0, 15.5)[0], -1.55, 0))
        total = words.label("the road").next_to(road, LEFT, buff=0.2)

        def add_up(row: int) -> list[Animation]:
            known = np.where(np.arange(5)[:, None] <= row, parts, np.nan)
            return [ledger.change(known), road.change(streams[row][None])]

        def climb(start: float, end: float) -> Animation:
            return drive(lambda t: stack.drive_to(start + t * (end - start)), stack.marker)

        with self.beat(
            "A word's 32 numbers travel up a straight road. Nothing on it is ever overwritten."
        ) as beat:
            self.play(FadeIn(stack.road, stack.marker), run_time=0.6)
            self.play(FadeIn(ledger, road, total), run_time=0.6)
            self.play(*add_up(0), run_time=0.8)
        with self.beat(
            "Attention reads the road through a norm, which centres the numbers and evens their size. "
            "What it fetched is added."
        ) as beat:
            self.play(FadeIn(stack.part(0)), run_time=0.6)
            beat.at("norm", stack.light_gate(0), run_time=0.8)
            beat.until("fetched")
            self.play(climb(0, 1), *add_up(1), run_time=1.0)
        self.think_alone(stack)
        with self.beat("Its answer is added too. A second layer does the same once more.") as beat:
            self.play(climb(1, 2), *add_up(2), run_time=1.0)
            beat.at("second", FadeOut(stack.marker), run_time=0.3)
            self.play(FadeIn(stack.drive_to(0).marker), run_time=0.3)
            self.play(climb(0, 1), *add_up(3), run_time=0.9)
            self.play(climb(1, 2), *add_up(4), run_time=0.9)
        with self.beat(
            "The road is their running sum. And along it, the gradient comes straight back down."
        ) as beat:
            beat.at("sum", FadeIn(road.frame(color=ink.chalk)), run_time=0.5)
            beat.until("gradient")
            self.play(climb(2, 0), run_time=1.4)
        self.count_numbers(road)

    def think_alone(self, stack: Stack) -> None:
        """The feed-forward block: 32 numbers, 64 with the negative ones silenced, and 32 again."""
        thought = self.done.thought[0]
        before = thought.normed.out[0, HAT] @ self.waiter.weights["up.0"] + self.waiter.weights["bias.0"]
        wide = Matrix(before[None], cell=(0.1, 0.42), largest=2.5)
        wide.move_to((place.RIGHT_EDGE, -2.55, 0), aligned_edge=RIGHT)
        with self.beat(
            "Then feed-forward works on each word alone. It makes 64 numbers, silences the negative ones, "
            "and makes 32 again."
        ) as beat:
            self.play(FadeIn(stack.part(1)), run_time=0.6)
            beat.at("64", FadeIn(wide), run_time=0.5)
            beat.until("silences")
            self.play(wide.change(thought.active[0, HAT][None]), run_time=1.0)
            beat.at("32", FadeOut(wide), run_time=0.6)

    def count_numbers(self, road: Matrix) -> None:
        """Which share of the learnt numbers is in which block."""
        ledger = transformers.count_numbers(self.waiter)
        shares = [
            Gauge(
                name, partial(float, 100 * count / ledger.total), 0, "% of what is learnt", color, width=6.4
            )
            for name, count, color in (
                ("attention", ledger.attention, ink.focus),
                ("feed-forward", ledger.feed_forward, ink.third),
            )
        ]
        for gauge, y in zip(shares, (-2.3, -2.8), strict=True):
            gauge.move_to((road.get_right()[0], y, 0), aligned_edge=RIGHT)
        with self.beat(
            "Attention moves things between words; feed-forward thinks about each. "
            "They hold 46 and 47 percent of all that is learnt."
        ) as beat:
            beat.at("46", FadeIn(shares[0]))
            beat.at("47", FadeIn(shares[1]))

    # --- the mask

    @chapter("No peeking: GPT and BERT", "causal mask", "BERT's encoder against GPT's decoder")
    def no_peeking(self) -> None:
        self.close_the_future()
        self.fill_the_hole()

    def close_the_future(self) -> None:
        """The table with and without the mask, and what a changed last word stirs."""
        looked = self.done.looked[0]
        scores = looked.query[0, 0] @ looked.key[0, 0].T / np.sqrt(self.waiter.shape.head_width)
        free = attention.softmax(scores)
        closed = np.where(np.tri(9, dtype=bool), attention.softmax(scores + attention.no_peeking(9)), np.nan)
        table = Matrix(free, cell=(0.66, 0.44), heat=ink.focus, decimals=2, rows=PAD, columns=PAD)
        table.move_to((MIDDLE, -0.2, 0))
        with self.beat(
            "GPT writes from left to right. If a word could see the next one, there would be nothing to learn."
        ) as beat:
            self.play(FadeIn(table), run_time=0.8)
            frame = table.frame(0, 1, color=ink.error)
            beat.at("next", FadeIn(frame), run_time=0.4)
            self.play(drive(lambda t: frame.go(7 * t, 1 + 7 * t), frame), run_time=beat.fill())
        with self.beat(
            "So before the softmax, every score above the diagonal becomes minus infinity. "
            "Each row shares its unit among the words so far."
        ) as beat:
            self.play(FadeOut(frame), run_time=0.3)
            beat.until("above")
            self.play(table.change(closed), run_time=beat.fill("Each"))
        self.stir(table, free, closed)
        self.leave(table)

    def stir(self, table: Matrix, free: Floats, closed: Floats) -> None:
        """How much each place's scores for the next word change when the last word does."""
        text = cafe.tokens_of(transformers.PAD)[None]
        other = text.copy()
        other[0, -1] = cafe.NAMES.index("Eve")
        stirs = []
        for causal in (True, False):
            shape = transformer.Shape(len(cafe.VOCABULARY), causal=causal)
            one, two = (transformer.run(self.waiter.weights, shape, each).logits[0] for each in (text, other))
            stirs.append(np.abs(one - two).max(axis=1)[:, None])
        moved = Matrix(stirs[0], cell=(0.9, 0.44), heat=ink.error, largest=8.0, decimals=1)
        moved.move_to((place.ASIDE + 0.7, table.at(4, 0)[1], 0))
        name = words.note("how far the scores of each place move", ink.quiet, width=2.2)
        name.next_to(moved, RIGHT, buff=0.3)
        with self.beat(
            "Change the last word, and no earlier place stirs. So one pass gives a lesson at every place."
        ) as beat:
            frame = table.frame(ASKER, color=ink.error)
            self.play(FadeIn(frame), run_time=0.4)
            beat.at("earlier", FadeIn(moved, name), run_time=0.6)
        with self.beat("Lift the mask, and they all stir.") as beat:
            self.play(table.change(free), moved.change(stirs[1]), run_time=1.0)
        self.leave(frame, moved, name)

    def fill_the_hole(self) -> None:
        """A hole whose only evidence comes later: who reads both ways, and who may only look left."""
        round_ = transformers.exam_rounds()[EXAM]
        hole = int(cafe.first_mentions(round_[None])[0])
        told = [cafe.VOCABULARY[token] for token in round_]
        rows = [bench(told[:10], 1.95, 0.0, 1.05, 0.16), bench(told[10:], 0.95, 0.0, 1.05, 0.16)]
        word, box = rows[0].words[hole], rows[0].boxes[hole]
        question = words.label("?", ink.error, ink.NOTE).move_to(box)
        rows[0].tint(ink.error, [hole])
        word.set_opacity(0.0)
        with self.beat(
            "BERT keeps the mask off. It reads a text with holes in it, and fills them from both sides."
        ) as beat:
            self.play(FadeIn(*rows), run_time=0.8)
            beat.at("holes", FadeIn(question), run_time=0.5)
        pairs = [spot for spot in range(8, 20, 2) if told[spot] == told[hole - 1]]
        marks = [rows[spot // 10].boxes[spot % 10] for pair in pairs for spot in (pair, pair + 1)]
        with self.beat(f"What did {told[hole - 1]} order here? The only evidence comes later.") as beat:
            beat.at("later", *(mark.animate.set_stroke(ink.focus) for mark in marks), run_time=0.8)
        self.examine_readers(round_, hole)

    def examine_readers(self, round_: transformer.Tokens, hole: int) -> None:
        """The odds that both readers give for the hole, and how often each is right."""
        models = [waiter.train_reader(causal=causal) for causal in (False, True)]
        made = []
        for model, name, color, x in zip(
            models, ("looks both ways", "looks left only"), (ink.focus, ink.fourth), (-3.5, 3.3), strict=True
        ):
            chances = transformers.fill_hole(model, round_, hole)
            best = np.argsort(-chances)[:3]
            odds = Odds([cafe.DISHES[dish] for dish in best], chances[best], row=0.42, unit=3.2, color=color)
            odds.move_to((x, -1.05, 0))
            right = 100 * transformers.guess_first_mentions(model)
            gauge = Gauge(name, partial(float, right), 0, "% right", color, width=5.2)
            made.append((odds, gauge.move_to((x, -2.5, 0))))
        with self.beat(
            "A small reader, trained on such holes, looks ahead. With the mask on, it can only guess by habit."
        ) as beat:
            beat.at("ahead", FadeIn(made[0][0]), run_time=0.6)
            beat.at("habit", FadeIn(made[1][0]), run_time=0.6)
        with self.beat(
            "Of a thousand such holes, the one fills 84 percent rightly, and the other 29."
        ) as beat:
            beat.at("84", FadeIn(made[0][1]))
            beat.at("29", FadeIn(made[1][1]))
        with self.beat(
            "An encoder reads, a decoder writes. The first transformer had both, "
            "and its decoder sent queries to the encoder's keys."
        ) as beat:
            beat.at("encoder", made[0][1].light())
            beat.at("decoder", made[1][1].light())

    # --- sampling

    @chapter("Choose the next word", "temperature sampling", "top-k sampling", "top-p sampling")
    def choose_the_next_word(self) -> None:
        self.logits = transformers.dish_logits(self.waiter, "Ada")
        self.chances = sampling.warm(self.logits, 1.0)
        self.odds = Odds(cafe.DISHES, self.chances, row=0.46, unit=7.2)
        self.odds.move_to((MIDDLE, 0.0, 0))
        self.turn_up_the_heat()
        self.keep_the_best()
        self.be_sure()
        self.remember()

    def turn_up_the_heat(self) -> None:
        """Temperature divides the scores."""
        reel = Reel(np.geomspace(0.25, 2, 61), log=True, value=1.0)
        dial = Dial("temperature", (0.25, 0.5, 1, 2), log=True, value=1.0)
        bits = Gauge("surprise", lambda: sampling.bits(sampling.warm(self.logits, reel.value)), 2, "bits")
        place.aside(dial, bits)

        def show() -> Changed:
            return (self.odds.show(sampling.warm(self.logits, reel.value)), dial.turn(reel.value))

        with self.beat(
            "A model ends in scores, and softmax makes them odds: here after Ada alone, first order of the day."
        ) as beat:
            self.play(FadeIn(self.odds), run_time=0.8)
            beat.at("odds", words.light(self.odds.names[0]), run_time=0.8)
        with self.beat(
            "Divide the scores by a temperature. Cold, at a quarter, the favourite takes 0.75. "
            "Hot, at two, it has 0.21, and all come closer."
        ) as beat:
            beat.at("temperature", FadeIn(dial, bits), run_time=0.5)
            beat.until("Cold")
            self.play(reel.run(0.25, show), run_time=beat.fill("takes"))
            beat.until("Hot")
            self.play(reel.run(2.0, show), run_time=beat.fill("0.21"))
        with self.beat("Only a temperature of one leaves the odds as they were learnt.") as beat:
            self.play(reel.run(1.0, show), run_time=1.2)
        self.leave(dial, bits)

    def share_out(self, kept: sampling.Mask) -> Animation:
        """What is kept shares the unit anew."""
        start = self.odds.chances
        end = sampling.share_again(start, kept)
        both = np.where(kept, end, start)
        return drive(
            lambda t: self.odds.show((1 - t) * start + t * np.where(kept, both, 0.0), kept), self.odds
        )

    def keep_the_best(self) -> None:
        """Top-k and top-p."""
        head = words.headline("top-k", ink.focus)
        rule = words.note("the $k$ likeliest")
        place.aside(head, rule)
        chances = self.chances
        with self.beat(
            "Top-k keeps the k likeliest words, here three. Their odds are shared out anew: 0.46, 0.32, 0.22."
        ) as beat:
            self.play(FadeIn(head, rule), run_time=0.5)
            beat.until("three")
            self.cut_off(sampling.keep_top_k(chances, 3))
            beat.until("shared")
            self.play(self.share_out(sampling.keep_top_k(chances, 3)), run_time=1.0)
        self.play(self.back_to(chances), FadeOut(head, rule), run_time=0.7)
        head = words.headline("top-p", ink.focus)
        rule = words.note("the fewest that hold $p$")
        place.aside(head, rule)
        end = self.odds.on_strip(0.8)
        mark = self.sky.segment(
            end[:2] - (0.0, 0.32), end[:2] + np.array([0.0, 0.32]), color=ink.focus, width=5
        )
        name = words.label("0.8", ink.focus).next_to(mark, UP, buff=0.12)
        with self.beat(
            "Top-p keeps the fewest words that together hold p. Laid end to end, 0.8 takes five of them."
        ) as beat:
            self.play(FadeIn(head, rule), run_time=0.5)
            beat.until("Laid")
            self.play(drive(lambda t: self.odds.lay(t), self.odds), run_time=1.0)
            beat.at("0.8", FadeIn(mark, name), run_time=0.4)
            self.cut_off(sampling.keep_top_p(chances, 0.8))
            beat.rest()
            self.play(drive(lambda t: self.odds.lay(1 - t), self.odds), FadeOut(mark, name), run_time=0.9)
        self.leave(head, rule)

    def cut_off(self, kept: sampling.Mask) -> None:
        """The others become hollow."""
        chances = self.odds.chances
        self.play(
            drive(lambda t: self.odds.show(chances, np.where(kept, 1.0, 1 - t)), self.odds), run_time=0.4
        )

    def back_to(self, chances: Floats) -> Animation:
        """The odds go from what they are to ``chances``, all kept."""
        start = self.odds.chances
        return drive(lambda t: self.odds.show((1 - t) * start + t * chances), self.odds)

    def be_sure(self) -> None:
        """Where the model is sure, top-k lets strangers in and top-p does not; then a thousand draws."""
        sure = sampling.warm(transformers.dish_logits(self.waiter, transformers.PAD), 1.0)
        kept = [int(sampling.keep_top_k(sure, 3).sum()), int(sampling.keep_top_p(sure, 0.8).sum())]
        rows = [
            Gauge("top-k keeps", lambda: kept[0], 0, color=ink.focus),
            Gauge("top-p keeps", lambda: kept[1], 0, color=ink.focus),
        ]
        place.aside(*rows)
        with self.beat(
            "After the whole notepad it is sure of hat. Top-k still keeps three words; top-p keeps one. "
            "One counts words, the other chance."
        ) as beat:
            self.play(self.back_to(sure), run_time=1.0)
            best = np.argsort(-sure)[:3]
            beat.at("three", FadeIn(rows[0]), *(words.light(self.odds.names[dish]) for dish in best))
            beat.at("one", FadeIn(rows[1]))
        drawn = sampling.draw(self.chances, 1000)
        counts = np.array([np.bincount(drawn[:many], minlength=8) for many in range(1001)])
        many = [0]
        gauge = Gauge("words drawn", lambda: many[0], 0, digits=4)

        def rain(share: float) -> Changed:
            many[0] = round(1000 * share)
            return (self.odds.tally(counts[many[0]], 1000),)

        with self.beat("Then one word is drawn. A thousand draws after Ada come out like her odds.") as beat:
            self.play(FadeOut(*rows), self.back_to(self.chances), run_time=0.8)
            place.aside(gauge)
            self.play(FadeIn(gauge), run_time=0.4)
            self.play(drive(rain, rate_func=lambda t: t**2), run_time=2.4)
        self.leave(self.odds, gauge)

    def remember(self) -> None:
        """The picture to keep: all words ask at once, and the two learnt looks are the brightest."""
        seats, arcs, links = self.circuit()
        plain, bright = arcs.weights.copy(), links.weights.copy()
        arcs.show(0.0)
        links.show(0.0)
        with self.beat("Each word asks, and every earlier word answers.") as beat:
            self.play(FadeIn(seats), run_time=0.6)
            self.add(arcs)
            self.play(drive(lambda t: arcs.show(0.35 * t * plain), arcs), run_time=beat.fill())
        with self.beat(
            "Softmax shares one unit of attention, and what matches best is carried over."
        ) as beat:
            self.add(links)
            self.play(drive(lambda t: links.show(t * bright), links), run_time=beat.fill("carried"))
        with self.beat("Two looks, one on the other, and the order is found."):
            self.play(seats.boxes[HAT].animate.set_stroke(ink.focus), run_time=0.8)
        with self.beat("Next: how such models learn to follow instructions.") as beat:
            self.play(drive(lambda t: arcs.show((0.35 - 0.2 * t) * plain), arcs), run_time=beat.fill())

    def circuit(self) -> tuple[Tokens, Arcs, Arcs]:
        """The notepad across the frame, all looks of both layers, and the two of the circuit."""
        seats = bench(PAD, -2.2, 0.0, 1.2, 0.18)
        tops = seats.tops(0.08)
        every = np.mean([self.map_of(layer, head) for layer in (0, 1) for head in (0, 1)], axis=0)
        arcs = Arcs(tops, tops, every * ~np.eye(9, dtype=bool), ink.first, bow=0.42)
        pair = np.zeros((9, 9))
        pair[HAT, OWNER], pair[ASKER, HAT] = self.map_of(0, 0)[HAT, OWNER], self.map_of(1, 1)[ASKER, HAT]
        return seats, arcs, Arcs(tops, tops, pair, ink.focus, bow=0.42)

    def poster(self) -> None:
        """One bold look from the last Ben to hat, and one from hat to the Ben who ordered it."""
        text = ["Ben", "hat", "Cleo", "jam", "Ben"]
        names = [word in cafe.NAMES for word in text]
        seats = Tokens(text, width=2.3, height=1.2, gap=0.3, pills=names, size=2 * ink.NOTE)
        seats.move_to((0, -2.6, 0)).only([0, 1, 4])
        tops = seats.tops(0.12)
        pair = np.zeros((5, 5))
        pair[4, 1], pair[1, 0] = 1.0, 0.6
        arcs = Arcs(tops, tops, pair, ink.focus, bow=0.42, widest=26)
        text_ = words.headline("Who is\ntagged [Ben:focus]?", size=1.2 * ink.POSTER)
        self.add(arcs, seats, text_.to_edge(UP, buff=0.5).to_edge(LEFT, buff=0.6))
