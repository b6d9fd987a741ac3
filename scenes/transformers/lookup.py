"""Queries, keys and values: one look, worked by hand."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.box import Box
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.token import Tokens
from scenes.kit.vector_bars import VectorBars
from scenes.maths.transformers import worked
from scenes.transformers.predict import LARGE, PAIRS, text_with_arcs
from scenes.transformers.stage import ASKER, KEY, QUERY, VALUE, TransformersStage, at

KINDS: Final = (
    ("query", "q", QUERY, "what the token looks for", "what you type"),
    ("key", "k", KEY, "what it can be found by", "the title"),
    ("value", "v", VALUE, "what it hands over", "the page behind it"),
)
"""The three vectors of a token: name, letter, colour, what it says, and what it would be in a search."""
ROWS: Final = (0.85, -0.35, -1.55)
"""Heights of the three earlier tokens in the worked example."""
ASKS: Final = 2.85
"""Height of the query."""
HEAD: Final = 1.85
"""Height of the names of the columns."""
FOOT: Final = -2.75
"""Height of what is worked out under the table."""
COLUMNS: Final = {"token": -5.8, "key": -3.05, "score": -0.1, "power": 1.6, "weight": 3.5, "value": 5.7}
"""Middles of the columns."""
APART: Final = 0.85
"""Between two entries of a vector."""
INSET: Final = 0.4
"""Scene units between formulas and the edge of their room."""
DIGITS: Final = 54.0
"""Pixels of the capitals of the numbers of the worked example."""
WORTH: Final = 0.45
"""Strength at the least of a value that counts for nothing: it can still be read."""
LINES: Final = (
    "& s_(i j) = {{ bold(q)_i : q }} dot {{ bold(k)_j : k }} \\ "
    "& {{ a_(i j) : a }} = e^(s_(i j)) / (sum_m e^(s_(i m))) \\ "
    "& bold(o)_i = sum_j {{ a_(i j) : b }} {{ bold(v)_j : v }}"
)
"""Score, attention weight and output, as they are written."""


def block_of(lines: str, first: str) -> tuple[VGroup, words.Words]:
    """The formulas of score, weight and output with their names; scores are called ``first``."""
    formula = words.formula(lines, {"q": QUERY, "k": KEY, "v": VALUE}, size=68.0, symbols={})
    names = VGroup(*(words.headline(text, size=DIGITS) for text in (first, "attention weights", "output")))
    room = shot.safe(titled=False)
    room.inset(INSET).put(formula, RIGHT)
    for name, part in zip(names, ("k", "a", "v"), strict=True):
        name.set_y(formula.part(part).get_y()).align_to(at(room.left + INSET, 0.0), LEFT)
    return names, formula


def three_lines() -> tuple[VGroup, words.Words]:
    """The three formulas as they stand when the chapter ends."""
    return block_of(LINES, "scores")


class Worked(VGroup):
    """The worked example: one query, and three earlier tokens with key, score, weight and value."""

    def __init__(self, scaled: bool = False) -> None:
        super().__init__()
        look = worked.look(scaled)
        self.asker = Tokens(["Ben"], width=1.65, pills=True, size=LARGE, height=0.8, color=QUERY)
        self.asker.move_to(at(COLUMNS["token"], ASKS))
        names = [name in ("Ben", "Cleo") for name in worked.ANSWERS]
        self.tokens = [
            Tokens([name], width=1.65, pills=pill, size=LARGE, height=0.8).move_to(at(COLUMNS["token"], y))
            for name, pill, y in zip(worked.ANSWERS, names, ROWS, strict=True)
        ]
        self.query = entries(worked.QUERY, COLUMNS["key"], ASKS, QUERY)
        self.keys = [entries(key, COLUMNS["key"], y, KEY) for key, y in zip(worked.KEYS, ROWS, strict=True)]
        self.values = [
            entries(value, COLUMNS["value"], y, VALUE) for value, y in zip(worked.VALUES, ROWS, strict=True)
        ]
        self.scores = column(look.scores, "score", 0)
        self.powers = column(look.powers, "power", 1)
        self.weights = column(look.weights, "weight", 3)
        self.heads = {
            name: words.label(text, color, LARGE).move_to(at(COLUMNS[over], HEAD))
            for name, text, over, color in (
                ("keys", "keys", "key", KEY),
                ("scores", "scores $s$", "score", ink.chalk),
                ("powers", "$e^s$", "power", ink.chalk),
                ("weights", "weights", "weight", ink.chalk),
                ("values", "values", "value", VALUE),
            )
        }
        for head in self.heads.values():
            words.align_baseline(head, self.heads["keys"])
        self.heads["query"] = words.label("query", QUERY, LARGE).next_to(
            self.query, RIGHT, buff=5 * words.GAP
        )


def entries(vector: Floats, x: float, y: float, color: ManimColor) -> VGroup:
    """The entries of a vector side by side around ``x``."""
    return VGroup(
        *(
            words.label(f"{entry:g}", color, DIGITS).move_to(
                (x + APART * (rank - (len(vector) - 1) / 2), y, 0.0)
            )
            for rank, entry in enumerate(vector)
        )
    )


def column(numbers: Floats, name: str, decimals: int) -> list[words.Words]:
    """Numbers of the three earlier tokens, one below the other."""
    return [
        words.label(f"{number:.{decimals}f}", size=DIGITS).move_to(at(COLUMNS[name], y))
        for number, y in zip(numbers, ROWS, strict=True)
    ]


class Lookup(TransformersStage):
    """Queries, keys and values: one look, worked by hand."""

    @chapter("Query, key, value", "queries, keys and values", goes_on=True)
    def query_key_value(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.make_three()
        self.table = Worked()
        self.match_keys()
        self.give_weights()
        self.write_it()

    def make_three(self) -> None:
        """The vector of the last Ben goes through three matrices."""
        row, arcs = text_with_arcs()
        arcs.redraw(PAIRS)
        self.add(row, arcs)
        looked = self.done.looked[0]
        room = shot.safe(titled=False)
        x = VectorBars(
            looked.normed.out[0, ASKER], (room.left + 1.0, -0.25, 0.0), 6.0, 0.8, largest=2.5, upright=True
        )
        letter = words.label("$bold(x)$ of Ben", size=LARGE).next_to(x, UP, buff=words.GAP)
        letter.align_to((room.left, 0.0, 0.0), LEFT)
        for glyph in letter.part("bold(x)").glyphs:
            glyph.set_fill(ink.chalk)
        names: list[words.Words] = []
        likened: list[words.Words] = []
        boxes, strips, ways = [], [], []
        for rank, (name, symbol, color, says, like) in enumerate(KINDS):
            y = 2.25 - 2.4 * rank
            inside = words.label(f"$W_{symbol.upper()}$", color, 60.0)
            box = Box(inside, color, width=1.7, height=1.5, stroke=LINE).move_to(at(-3.2, y))
            boxes.append(box)
            made = getattr(looked, name)[0, 0, ASKER]
            strips.append(VectorBars(made, (2.95, y - 0.35, 0.0), 7.2, 0.62, color, largest=2.6))
            corner = (strips[-1].axes[0].get_left()[0], y + 0.65, 0.0)
            for into, text in ((names, says), (likened, like)):
                said = words.label(f"[{name}:{role(color)}] ${symbol}$: {text}", size=LARGE)
                into.append(said.next_to(corner, RIGHT, buff=0.0))
            ends = np.array([[x.get_right()[0] + 0.15, y], [box.get_right()[0] + 0.12, y]])
            stops = np.array([[box.get_left()[0] - 0.12, y], [strips[-1].get_left()[0] - 0.15, y]])
            ways.append(self.sky.vector(ends, stops, ink.quiet))
        with self.beat(
            "How does Ben know what to read? From its vector x, each token makes three new ones, "
            "by three learnt matrices."
        ) as beat:
            beat.over(arcs.animate.redraw(np.where(np.arange(9)[:, None] == ASKER, PAIRS, 0.0)), until="From")
            beat.over(self.frame.to(row.boxes[ASKER], share=0.5), until="each", least=pace.CALM)
            self.play(FadeOut(row, arcs), self.frame.back(), FadeIn(x, letter), run_time=pace.CALM)
            beat.over(
                "three learnt",
                LaggedStart(
                    *(FadeIn(box, way) for box, way in zip(boxes, ways, strict=True)), lag_ratio=pace.LAG
                ),
            )
        with self.beat(
            "The query says what the token looks for. The key says what it can be found by. "
            "The value is what it hands over."
        ) as beat:
            for word, strip, said, until in zip(
                ("query", "key", "value"), strips, names, ("The key", "The value", None), strict=True
            ):
                beat.over(word, FadeIn(strip, shift=RIGHT), words.write(said), until=until)
        with self.beat(
            "Think of a search: the query is what you type, the key is a title, the value is the page behind it.",
            pause=pace.SLOW,
        ) as beat:
            for word, old, new, until in zip(
                ("query", "key", "value"), names, likened, ("key", "value", None), strict=True
            ):
                beat.over(word, words.rewrite(old, new), until=until)
        self.gone = VGroup(x, letter, *boxes, *strips, *likened, *ways)

    def match_keys(self) -> None:
        """The query along each key."""
        table = self.table
        self.shot(shot.formula())
        with self.beat(
            "Now by hand, with made-up numbers, as if hat already knew its owner. "
            "The last Ben has a query; three earlier tokens have keys and values."
        ) as beat:
            self.play(FadeOut(self.gone), run_time=pace.BRISK)
            self.play(FadeIn(table.asker, *table.tokens), run_time=pace.BRISK)
            beat.at("hat", words.light(table.tokens[0].words[0]))
            beat.at("query", FadeIn(table.query, table.heads["query"]))
            beat.over("three", *(words.light(each.words[0]) for each in table.tokens), until="keys")
            beat.at("keys", FadeIn(*table.keys, table.heads["keys"]))
            beat.at("values", FadeIn(*table.values, table.heads["values"]))
        products = words.label(
            "$"
            + " + ".join(
                f"{one:g} dot {other:g}" for one, other in zip(worked.QUERY, worked.KEYS[0], strict=True)
            )
            + f" = {worked.look().scores[0]:g}$",
            size=DIGITS,
        )
        products.move_to(at(0.0, FOOT)).align_to(table.asker, LEFT)
        with self.beat(
            "Compare by a dot product: multiply entry by entry, and add. For hat: two, zero, zero, two. "
            "Its score is four."
        ) as beat:
            beat.at("dot", words.write(table.heads["scores"]))
            for rank, until in enumerate(("entry", "by entry", "and", "For")):
                self.run_pair(beat, rank, until)
            beat.over("For", words.write(products), until="Its")
            beat.at("score", FadeIn(table.scores[0]))
        with self.beat("And what do Cleo and jam score?") as beat:
            beat.over("Cleo", words.light(table.keys[1], ink.chalk), until="jam")
            beat.over("jam", words.light(table.keys[2], ink.chalk))
        self.think()
        with self.beat("Zero, and two.") as beat:
            beat.at("Zero", FadeIn(table.scores[1]))
            beat.at("two", FadeIn(table.scores[2]))
        self.products = products

    def run_pair(self, beat: BeatClock, rank: int, until: str) -> None:
        """An entry of the query and that of hat's key light up together."""
        beat.over(
            words.light(self.table.query[rank], ink.chalk),
            words.light(self.table.keys[0][rank], ink.chalk),
            until=until,
            least=pace.QUICK,
        )

    def give_weights(self) -> None:
        """Softmax, and the mix of the values."""
        table, look = self.table, worked.look()
        total = words.label(f"sum ${look.powers.sum():.1f}$", size=LARGE)
        total.move_to(at(COLUMNS["power"], FOOT))
        one = words.label("sum $1$", size=LARGE).move_to(at(COLUMNS["weight"], FOOT))
        softmax = words.headline("softmax", size=LARGE).move_to(at(COLUMNS["power"], ASKS))
        words.align_baseline(softmax, table.heads["query"])
        named = words.headline("attention weights", size=LARGE)
        words.align_baseline(named.next_to(softmax, RIGHT, buff=3 * words.GAP), softmax)
        with self.beat(
            "Softmax turns scores into attention weights: raise e to each score, then divide by the sum. "
            "They add up to one.",
            pause=pace.CALM,
        ) as beat:
            beat.at("Softmax", words.write(softmax), FadeOut(self.products))
            beat.at("attention", words.write(named))
            beat.over("raise", FadeIn(table.heads["powers"], *table.powers), until="divide")
            beat.at("divide", FadeIn(total))
            beat.over("sum", FadeIn(table.heads["weights"], *table.weights), until="add")
            beat.at("add", FadeIn(one))
        bright = np.maximum(look.weights, WORTH)
        for value, share in zip(table.values, bright, strict=True):
            if share < 1 / 2:
                self.allow(value, "contrast", "a value that counts little is dim")
        mixed = words.label(
            "output: $"
            + " + ".join(
                f"{weight:.3f} dot ({value[0]:g}, {value[1]:g})"
                for weight, value in zip(look.weights, worked.VALUES, strict=True)
            )
            + f" = ({look.mixed[0]:.2f}, {look.mixed[1]:.2f})$",
            size=LARGE,
        )
        mixed.move_to(at(0.0, FOOT))
        with self.beat(
            "Take each value times its weight, and add up. The output is nearly hat's value.", pause=pace.SLOW
        ) as beat:
            dim = [
                value.animate.set_fill(opacity=float(share))
                for value, share in zip(table.values, bright, strict=True)
            ]
            beat.over("value", FadeOut(total, one), *dim, until="add")
            beat.over("add", words.write(mixed), until="nearly")
            beat.over("nearly", words.light(table.values[0], ink.chalk))
        with self.beat(
            "So that is how a machine looks back: its query meets each earlier key, and good matches hand over most.",
            pause=pace.SLOW,
        ) as beat:
            beat.over("query", words.light(table.query, ink.chalk), until="meets")
            beat.over("meets", *(words.light(key, ink.chalk) for key in table.keys), until="good")
            beat.over("good", words.light(table.weights[0]), words.light(table.tokens[0].words[0]))
        self.gone = VGroup(
            table.asker,
            table.query,
            *table.tokens,
            *table.keys,
            *table.values,
            *table.scores,
            *table.powers,
            *table.weights,
            *table.heads.values(),
            softmax,
            named,
            mixed,
        )

    def write_it(self) -> None:
        """The three formulas, and what the look-up is like."""
        names, formula = three_lines()
        like = shot.safe(titled=False).put(words.headline("a soft dictionary look-up", size=LARGE), UP)
        with self.beat(
            "In symbols, token i asks and token j answers: scores, weights, output.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(self.gone), until="token", least=pace.QUICK)
            beat.over(FadeIn(formula), until="scores")
            for word, name in zip(("scores", "weights", "output"), names, strict=True):
                beat.at(word, FadeIn(name, shift=place.NUDGE * RIGHT), run_time=pace.QUICK)
        with self.beat(
            "The matrices are learnt once; the weights are computed anew for each text. "
            "Attention is a soft dictionary look-up.",
            pause=pace.SLOW,
        ) as beat:
            beat.over("weights", words.light(names[1]), words.light(formula.part("a")), until="Attention")
            beat.over("Attention", FadeIn(like), *(words.light(formula.part(each)) for each in "qkv"))


def role(color: ManimColor) -> str:
    """The name of a colour among the roles of ink."""
    return next(name for name, each in ink.ROLES.items() if each == color)
