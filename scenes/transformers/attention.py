"""One look taken apart: queries, keys, values, the divisor and the places."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
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

from scenes.kit import ink, pace, place, words
from scenes.kit.arc import Arcs
from scenes.kit.dial import Dial
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.glide import glide
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.matrix import Frame, Matrix
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.probability_bars import ProbabilityBars
from scenes.kit.token import Tokens
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.transformers import attention, cafe, transformers, waiter
from scenes.transformers.stage import ASKER, HAT, MIDDLE, OWNER, PAD, TransformersStage, bench


class Attention(TransformersStage):
    """One look taken apart: queries, keys, values, the divisor and the places."""

    edition = 1

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
        odds = ProbabilityBars(cafe.DISHES, alone, row=0.43, unit=6.4, decimals=3).move_to((0.4, 0.65, 0))
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
            odds.redraw((1 - share) * alone + share * sure)
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

    def run_along(self, beat: BeatClock, keys: Matrix, scores: Matrix, found: Floats) -> None:
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
        return (frame.redraw(start + share * (row - start)),)

    def ask_all_at_once(self) -> None:
        """All nine rows at once, as arcs and as a table, and the formula."""
        seats = bench(PAD, -2.45)
        shares = self.map_of(0, 0)
        arcs = Arcs(seats.tops(0.08), seats.tops(0.08), shares, bow=0.36)
        table = Matrix(0 * shares, cell=0.31, heat=ink.focus, rows=PAD)
        table.move_to((place.ASIDE, 2.4, 0), aligned_edge=UP + LEFT)
        arcs.redraw(0.0)
        frame = table.frame(0, color=ink.chalk)
        with self.beat(
            "Now all nine words ask at once. Every row of the table shares out exactly one unit of attention."
        ) as beat:
            self.play(FadeIn(seats, table), run_time=0.6)
            self.add(arcs)

            def fill(share: float) -> Changed:
                rows = np.clip(9 * share - np.arange(9), 0, 1)[:, None]
                return (arcs.redraw(rows * shares), table.redraw(rows * shares))

            self.play(drive(fill, rate_func=linear), run_time=beat.fill("exactly"))
            self.play(FadeIn(frame), run_time=0.3)
            self.play(drive(lambda t: frame.redraw(8 * t), frame), run_time=1.6)
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
        reel = ParameterSweep(widths, log=True)
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
            dust.redraw(np.column_stack([np.where(np.abs(scores) < 100, scores, np.nan), heights]))
            return (dust, bars.redraw(shares), dial.redraw(reel.value))

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

    def blend(self, reel: ParameterSweep, raw: Floats, scaled: Floats, share: float) -> float:
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
            coming = LaggedStart(*(FadeIn(column, shift=0.2 * UP) for column in columns), lag_ratio=0.1)
            beat.at("mix", coming, run_time=pace.SLOW)

        def sit(now: Floats) -> Changed:
            seats.sit(now)
            for seat, column in enumerate(columns):
                column.move_to(at[seat] + ((now[seat] - seat) * seats.step, 0, 0))
            return (seats, *columns)

        self.allow(seats, seats, "words pass one another while they change their seats")
        with self.beat(
            "Shuffle the words, compute again, and out come the very same answers, shuffled. The text was a bag."
        ) as beat:
            beat.over(glide(sit, np.arange(8), order), until="compute")
            for column, answer in zip(columns, shuffled, strict=True):
                column.redraw(answer[:, None])
            beat.at("same", *(Create(column.frame()) for column in columns), run_time=pace.CALM)
        self.clear_stage(run_time=0.5)

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

        def show(turned: Floats) -> Changed:
            return (pointers.redraw(centres, point(centres, turned)),)

        with self.beat(
            "So every seat gets clocks, and their sines and cosines are added to its word. "
            "Four of the 16 hands are shown."
        ) as beat:
            self.play(FadeIn(seats), run_time=0.5)
            beat.at("clocks", FadeIn(faces))
            self.add(*show(0 * angles))
            self.play(FadeIn(pointers), run_time=0.3)
            self.play(glide(show, 0 * angles, angles), run_time=2.6)

        starts = (0, 5)
        moving = np.array([(xs[start], y) for start in starts for y in rows])
        begin = np.array([speed * start for start in starts for speed in speeds])
        travellers = [self.sky.circle(place_, 0.36, ink.focus, width=5) for place_ in moving]
        arms = self.sky.segment(moving, point(moving, begin), color=ink.focus, width=6)

        def travel(here: Floats, turned: Floats) -> Changed:
            rims = [rim.redraw(at, 0.36) for rim, at in zip(travellers, here, strict=True)]
            return (*rims, arms.redraw(here, point(here, turned)))

        with self.beat(
            "Go three seats along, from here or from there: each hand makes the same turn. "
            "Distance can be read off, wherever you sit."
        ) as beat:
            self.play(FadeIn(*travellers, arms), run_time=0.5)
            end = moving + np.array([3 * seats.step, 0.0]), begin + 3 * np.tile(speeds, 2)
            beat.at("along", glide(travel, (moving, begin), end), run_time=pace.LONG)
        self.leave(faces, pointers, *travellers, arms, seats)

    def compare_the_seats(self) -> None:
        """How alike the clocks of two seats are depends on their distance alone."""
        clocks = attention.clocks(20, 32)
        likeness = clocks @ clocks.T
        table = Matrix(likeness, cell=0.25, heat=ink.truth, largest=16.0).move_to((MIDDLE - 0.6, -0.2, 0))
        side = words.caption(table, "seat", LEFT, ink.quiet, gap=0.25)
        top = words.caption(table, "seat", UP, ink.quiet, gap=0.15)
        offset = Value()
        gauge = Gauge("seats apart", offset, 0)
        alike = Gauge("clocks' product", offset.of(lambda apart: likeness[0, int(apart)]), 1, color=ink.truth)
        place.aside(gauge, alike)

        def along(apart: int) -> Floats:
            return np.where(np.eye(20, k=apart, dtype=bool), 1.0, 0.3)

        with self.beat(
            "Multiply the clocks of any two seats. The product is the same along each diagonal: "
            "16, then 15.3, then 13.7."
        ) as beat:
            self.play(FadeIn(table, side, top), run_time=0.7)
            beat.at("diagonal", FadeIn(gauge, alike), run_time=pace.QUICK)
            for apart, word in enumerate(("16", "15.3", "13.7")):
                beat.until(word)
                offset.set(apart)
                before = along(apart - 1) if apart else np.ones((20, 20))
                self.play(glide(table.shade, before, along(apart)), run_time=0.5)
        with self.beat(
            "To be honest, who may only look left can count how much it sees. "
            "Ours learns without clocks too, but takes 500 steps, not 240."
        ) as beat:
            self.clear_stage(run_time=0.5)
            chart, growing, named = self.learning_curves()
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(*growing, until="steps")
            self.play(FadeIn(*named), run_time=pace.QUICK)

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
        for model, color in ((self.waiter, ink.focus), (blind, ink.fourth)):
            curve = chart.curve(model.step, 100 * model.watched, color, share=0.0)
            growing.append(glide(curve.reveal, 0.0, 800 / float(model.step[-1]), rate_func=linear))
        named = [
            chart.label(110, 92, "with clocks", ORIGIN, ink.focus),
            chart.label(520, 80, "without", RIGHT, ink.fourth, gap=0.25),
        ]
        return chart, growing, named
