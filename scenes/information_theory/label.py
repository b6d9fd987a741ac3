"""The wrong price list, and the one price that a label leaves: cross-entropy and the classification loss."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear
from numpy.typing import ArrayLike

from scenes.information_theory.coding import Rewritten
from scenes.information_theory.likelihood import Likelihood
from scenes.information_theory.logits import ThreeLogits
from scenes.information_theory.prices import PriceChart
from scenes.information_theory.stage import LARGE, InformationTheoryStage, maths
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.shot import bare
from scenes.kit.variable_width_bars import VariableWidthBars
from scenes.maths.information_theory import bits, classifier, temperature, texts

OWN: Final = "{{H(p) : whole}} = - scripts(sum)_x p(x) thin log_2 {{p(x) : price}}"
WRONG: Final = "{{H(p, q) : whole}} = - scripts(sum)_x p(x) thin log_2 {{q(x) : price}}"
ONE: Final = "{{H(p, q) : whole}} = - log_2 {{q(y) : price}}"
MEAN: Final = "- 1/N sum_i log_2 {{q(y_i | x_i) : price}}"
BELIEFS: Final = ("q: 1/8", "1/2", "1/4", "1/8")
FORMULA: Final = 60.0
"""Pixels of the capitals of a formula over the bars."""
DEAREST: Final = 10.5
"""Bits up to which the signs of the poem are drawn."""
READ_AT: Final = 17
"""Step of the training at which the first digit is read."""
TALLEST: Final = 9.6
"""Bits up to which the losses of digits are drawn."""
NEAR: Final = 3.5
"""By how much larger the two averages are seen from near."""
ROD: Final = 0.62
"""Thickness of a rod, as a share of half the picture's height."""
TINY: Final = 0.05
"""Radius of a digit in the cloud of losses, in scene units."""


class Label(InformationTheoryStage):
    """Cross-entropy, and what is left of it where the truth is one class."""

    # --- cross-entropy

    @chapter("The wrong price list costs more", "cross-entropy", goes_on=True)
    def the_wrong_price_list_costs_more(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.change_the_prices()
        self.name_cross_entropy()
        self.price_the_poem()
        self.raise_three_scores()

    def change_the_prices(self) -> None:
        """The same letters, with the prices of what a model believes."""
        shares, own, wrong = np.array(bits.P), bits.surprisal(bits.P), bits.surprisal(bits.Q)
        average = bits.entropy(bits.P)
        self.chart = chart = PriceChart(heights=np.zeros(4), beliefs=BELIEFS)
        self.line = line = chart.level(average)
        line.set_color(ink.chalk)
        self.allow(line, "faint", "it lies over the bars whose average it is")
        name = chart.level_name(f"entropy: {average:g} bits", average, ink.first)
        left = Rewritten(bare(shot.EDGES))
        self.add(left.carpet, left.excess)
        meaning = chart.level_name("price: ideal codeword length", 2.4, ink.first)
        with self.beat(
            "Our four letters again. Call a letter's bits its price: the codeword length that ideally fits it."
        ) as beat:
            self.play(
                FadeOut(left.excess, left.carpet),
                FadeIn(chart),
                glide(chart.bars.redraw, (shares, np.zeros(4)), (shares, own)),
                run_time=pace.CALM,
            )
            beat.over(*(words.light(foot) for foot in chart.feet), until="price")
            beat.over(FadeIn(meaning), until="fits")
            beat.over(Create(line), FadeIn(name))
        with self.beat("But suppose a model believes in other probabilities, called q.") as beat:
            self.play(FadeOut(meaning), run_time=pace.QUICK)
            for word, part in zip(("But", "suppose", "model", "believes"), chart.beliefs, strict=True):
                beat.at(word, FadeIn(part, shift=place.NUDGE * UP), run_time=pace.QUICK)
            beat.over(*(words.light(part) for part in chart.beliefs))
        numbers = [
            words.label(f"{price:g}", ink.ground, ink.HEADLINE).move_to(chart.plane.at(middle, price - 0.5))
            for price, middle in zip(
                wrong, chart.bars.middles - np.where(shares > 0.2, 1 / 16, 0.0), strict=True
            )
        ]
        with self.beat("It sets its own prices: three bits, one, two and three.") as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(
                glide(chart.bars.paint, (shares, own, ink.first), (shares, wrong, ink.second)),
                until="three",
                least=pace.SLOW,
            )
            for number, word in zip(numbers, ("three", "one", "two", "and"), strict=True):
                beat.at(word, FadeIn(number), run_time=pace.QUICK)
        mean = bits.cross_entropy(bits.P, bits.Q)
        excess = VariableWidthBars(chart.plane, shares, np.zeros(4), ink.error)
        above = chart.level(mean)
        told = chart.level_name(f"cross-entropy: {mean:g} bits", mean)
        with self.beat("True frequencies, wrong prices: you pay more. The average is 2.375 bits.") as beat:
            self.play(FadeOut(*numbers, chart.seams), run_time=pace.QUICK)
            beat.over(
                glide(chart.bars.redraw, (shares, wrong), (shares, np.full(4, mean))),
                until="more",
                least=pace.SLOW,
            )
            excess.redraw(shares, np.full(4, mean - average), average)
            paid = np.full(4, mean)
            self.play(
                FadeIn(excess),
                glide(chart.bars.paint, (shares, paid, ink.second), (shares, np.full(4, average), ink.first)),
                run_time=pace.CALM,
            )
            beat.over(Create(above), FadeIn(told))
        self.excess, self.above, self.said = excess, above, told

    def name_cross_entropy(self) -> None:
        """The formula of the entropy with other prices."""
        top = shot.safe(titled=False)
        old, new = maths(OWN, FORMULA), maths(WRONG, FORMULA)
        for rule in (old, new):
            top.put(rule, UP + RIGHT)
        with self.beat(
            "Cross-entropy is the average price when p happens and the prices come from q. "
            "Where q is p, it is the entropy.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.write(old), until="when")
            beat.at("prices", words.rewrite(old, new))
            beat.over(words.light(new.part("price")))
        self.rule = new

    def price_the_poem(self) -> None:
        """The poem by its own prices and by those of another text."""
        poem = PoemPrices()
        plane, bars, names, lines = poem.plane, poem.bars, poem.names, poem.lines
        shares, own, other, (mean, dear) = poem.shares, poem.own, poem.other, poem.averages
        bars.paint(shares, own, ink.first)
        old = VGroup(
            self.chart.plane, self.chart.bars, self.chart.feet, self.chart.beliefs, self.excess, self.line,
            self.above, self.said, self.rule,
        )  # fmt: skip
        low = plane.label(0.075, mean, f"own: {mean:.2f}", DOWN, ink.first, gap=0.06, size=LARGE / NEAR)
        high = plane.label(0.075, dear, f"other: {dear:.2f}", UP, ink.focus, gap=0.06, size=LARGE / NEAR)
        ends = [
            words.label(text, color, ink.POINT).move_to(plane.at(0.03, height), aligned_edge=LEFT)
            for text, color, height in (
                (f"own prices, from p: {mean:.2f} bits", ink.first, 9.4),
                (f"q from a breast cancer text: {dear:.2f} bits", ink.focus, 7.9),
            )
        ]
        with self.beat(
            "Price the poem's letters from its own frequencies: the entropy. "
            "Then from those of a medical text: it is 4.17.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(old), run_time=pace.QUICK)
            beat.over(FadeIn(plane, bars, names), Create(lines[0]), FadeIn(ends[0]), until="Then")
            beat.over(
                glide(bars.paint, (shares, own, ink.first), (shares, other, ink.second)),
                until="it is",
                least=pace.CALM,
            )
            self.play(Create(lines[1]), run_time=pace.QUICK)
            beat.over(self.frame.to(low, high, share=0.5), FadeIn(low, high), least=pace.SLOW)
            self.play(self.frame.back(), FadeOut(low, high), FadeIn(ends[1]), run_time=pace.CALM)
        told = words.label(f"perplexity: $2^(H(p, q)) = {2**dear:.0f}$", ink.focus, ink.POINT)
        told.move_to(plane.at(0.03, 6.4), aligned_edge=LEFT)
        with self.beat(
            "Each letter costs as much as one of 18 equally likely ones: two to the cross-entropy, the perplexity."
        ) as beat:
            self.play(FadeOut(names, lines[0], ends[0]), run_time=pace.QUICK)
            beat.over(
                glide(bars.redraw, (shares, other), (poem.equal, np.full(len(shares), dear))),
                until="two",
                least=pace.SLOW,
            )
            beat.over(words.write(told))
        self.poem, self.dear = poem, dear
        self.poem_prices = VGroup(plane, lines[1], ends[1], told)

    def raise_three_scores(self) -> None:
        """Logits, their powers of e, and the shares of the sum."""
        self.shot(shot.wide())
        table = ThreeLogits()
        with self.beat(
            "Where would a model get its q? A network ends in raw numbers, one for each class: the logits.",
            pause=pace.CALM,
        ) as beat:
            bars, equal = self.poem.bars, self.poem.equal
            thirds = self.poem.as_classes(table)
            self.play(FadeOut(self.poem_prices), run_time=pace.QUICK)
            self.play(
                glide(bars.redraw, (equal, np.full(len(equal), self.dear), np.zeros(len(equal))), thirds),
                run_time=pace.CALM,
            )
            even = np.full(len(table.logits), 1 / len(table.logits))
            self.play(FadeIn(table.bars.redraw(even)), FadeOut(bars), run_time=pace.QUICK)
            beat.over(
                "raw",
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * UP) for each in table.scores), lag_ratio=pace.LAG
                ),
                until="logits",
            )
            beat.over(words.write(table.names[0]))
        with self.beat(
            "The softmax raises e to each logit, which makes it positive, and divides by the sum. "
            "So the shares add up to one: probabilities.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                "raises",
                FadeIn(table.names[1]),
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * DOWN) for each in table.powers), lag_ratio=pace.LAG
                ),
                until="divides",
            )
            found = temperature.softmax(table.logits)
            beat.over(
                FadeIn(table.softmax, *table.shares, table.formula),
                glide(table.bars.redraw, np.full(len(found), 1 / len(found)), found),
                until="shares",
                least=pace.CALM,
            )
            beat.over(*(words.light(each) for each in table.shares))

    # --- the classification loss

    @chapter("A label leaves one price to pay", "cross-entropy as the classification loss", goes_on=True)
    def a_label_leaves_one_price(self) -> None:
        self.untitled()
        self.read_a_digit()
        self.keep_one_term()
        self.train_on_a_thousand()
        self.change_the_unit()

    def read_a_digit(self) -> None:
        """A classifier's ten probabilities, and the label beside them."""
        picture, column = self.shot(shot.picture_and_column(4.3, "left", titled=False))
        training = classifier.train(classifier.typical())
        self.training = training
        self.given = training.given[classifier.STEPS.index(READ_AT), 0]
        self.truth = int(training.truth[0])
        photo = Photo(classifier.images()[training.rows[0]], column.width, smooth=False)
        column.put(photo)
        head, body = picture.rows(1, 5.4, gap=0.1)
        self.head = head
        self.plane = plane = body.plane(
            (-0.6, 9.6),
            (0, 1),
            x_label="class",
            y_label="probability",
            x_ticks=range(10),
            y_ticks=(0, 0.5, 1),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        self.bars = bars = plane.bars(np.arange(10), np.zeros(10), ink.second, 0.72)
        name = words.label("q: the model", ink.second, LARGE).move_to(plane.at(-0.4, 0.9), aligned_edge=LEFT)
        logits = ThreeLogits()
        table = VGroup(logits, logits.formula, *logits.names)
        self.add(table)
        with self.beat(
            "Digits in place of letters: a linear classifier, early in training, gives each class a probability, q."
        ) as beat:
            self.play(FadeOut(table), run_time=pace.BRISK)
            beat.over(FadeIn(photo), until="gives")
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(glide(bars.redraw, np.zeros(10), self.given), until="probability")
            beat.over(FadeIn(name))
        label = plane.bars([self.truth], 0.0, ink.truth, 0.72, fill=0.55)
        told = words.label("p: one-hot label", ink.truth, LARGE).next_to(
            name, DOWN, buff=0.3, aligned_edge=LEFT
        )
        self.add(label, bars)
        with self.beat("The label is p. A one-hot label puts probability one on the true class.") as beat:
            beat.over(words.write(told), until="puts")
            beat.over(glide(label.redraw, 0.0, 1.0), least=pace.CALM)
        self.photo, self.label, self.tags = photo, label, VGroup(name, told)

    def keep_one_term(self) -> None:
        """Nine terms are zero; one price is left."""
        plane = self.plane
        zeros = [
            words.label("0", ink.truth, ink.HEADLINE).move_to(plane.at(kind, 0.32))
            for kind in range(10)
            if kind != self.truth
        ]
        rest = plane.bars(
            [k for k in range(10) if k != self.truth], np.delete(self.given, self.truth), ink.second, 0.72
        )
        mine = plane.bars([self.truth], self.given[self.truth], ink.second, 0.72)
        with self.beat(
            "So p is zero for each other class, and in the cross-entropy one term is left."
        ) as beat:
            self.play(FadeOut(self.tags), run_time=pace.QUICK)
            self.add(rest, mine)
            self.remove(self.bars)
            beat.over(*(FadeIn(zero) for zero in zeros), until="in")
            beat.over(rest.animate.set_fill(opacity=0.2), least=pace.QUICK)
        rule = maths(ONE, ink.HEADLINE)
        self.head.put(rule, RIGHT)
        name = shot.safe(titled=False).put(words.label("cross-entropy loss", ink.focus, LARGE), UP + LEFT)
        name.set_y(rule.get_y())
        with self.beat(
            "The cross-entropy loss is minus the log of the probability given to the true class, y.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(*zeros), FadeIn(name), run_time=pace.QUICK)
            beat.over(words.write(rule), until="probability")
            beat.over(words.light(rule.part("price")), words.light(mine, ink.chalk))
        before = float(self.given[self.truth])
        others = np.delete(self.given, self.truth) / (1 - before)

        def give(true: float, rests: Floats) -> object:
            return mine.redraw(true), rest.redraw(rests)

        states = [(each, others - each * others) for each in (before, 0.125, 0.02)]
        cost = words.label("3 bits", ink.focus, ink.HEADLINE).next_to(plane.at(self.truth + 0.4, 0.3), RIGHT)
        with self.beat("Give it an eighth, and you pay three bits; near zero, ever more.") as beat:
            beat.over(glide(give, states[0], states[1], mine, rest), until="pay", least=pace.CALM)
            beat.over(FadeIn(cost), until="near")
            self.play(FadeOut(cost), run_time=pace.QUICK)
            beat.over(glide(give, states[1], states[2], mine, rest), least=pace.SLOW)
        self.old = VGroup(plane, self.label, mine, rest, name)
        self.rule = rule

    def train_on_a_thousand(self) -> None:
        """797 unseen digits as prices, which fall as the model trains."""
        self.shot(shot.wide())
        training = self.training
        safe = shot.safe(titled=False)
        plane = safe.plane(
            (-0.6, 9.6),
            (0, TALLEST),
            x_label="true class of 797 unseen digits",
            y_label="loss (bits)",
            x_ticks=range(10),
            y_ticks=(0, 2, 4, 6, 8),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        xs = scattered(training.truth)
        prices = training.prices
        cloud = plane.cloud(np.column_stack([xs, prices[0]]), ink.second, TINY, 1.0)
        step = ParameterSweep(np.arange(len(classifier.STEPS)))
        step.mixed(prices).draws(lambda now: cloud.redraw(np.column_stack([xs, now])))
        means = classifier.losses().mean(axis=0)
        level = plane.segment((-0.6, means[0]), (9.6, means[0]), ink.focus, width=1.5 * LINE, dashed=True)
        step.mixed(means).draws(lambda now: level.redraw(np.array([-0.6, now]), np.array([9.6, now])))
        self.allow(level, "faint", "it lies over the dots whose mean it is")
        rule = maths(MEAN, FORMULA)
        safe.put(rule, UP + RIGHT)
        few = Likelihood(training, classifier.STEPS.index(READ_AT))
        with self.beat(
            "The likelihood of N examples is the product of these probabilities: soon tiny."
        ) as beat:
            self.play(FadeOut(self.photo, self.old, self.rule), run_time=pace.QUICK)
            beat.over(
                LaggedStart(
                    *(FadeIn(each, shift=place.NUDGE * UP) for each in few.photos), lag_ratio=pace.LAG
                ),
                until="product",
            )
            beat.over(
                LaggedStart(*(FadeIn(each) for each in few.factors), lag_ratio=pace.LAG),
                until="soon",
                least=pace.CALM,
            )
            beat.over(FadeIn(few.product))
        with self.beat(
            "Its log is a sum. Minus that, over N, is the mean negative log-likelihood: "
            "minimising it is maximum likelihood.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(few.product), FadeIn(few.plane, few.bars), run_time=pace.QUICK)
            beat.over(glide(few.bars.redraw, 0.0, few.prices), until="a sum")
            beat.over(FadeIn(few.names), until="Minus")
            self.play(FadeOut(few.names), run_time=pace.QUICK)
            beat.over(
                glide(few.bars.redraw, few.prices, np.full(len(few.prices), few.prices.mean())),
                until="the mean",
                least=pace.CALM,
            )
            beat.over(Create(few.level), until="negative")
            beat.over(words.write(rule), until="minimising")
            beat.over(words.light(rule.part("price")))
        start = plane.label(
            -0.5, means[0], f"mean: {means[0]:.1f} bits", UP + RIGHT, ink.focus, size=ink.POINT
        )
        with self.beat(
            "Each dot is an unseen digit. At first, with zero weights, all classes get the same: 3.3 bits."
        ) as beat:
            self.play(FadeOut(few), FadeIn(plane), run_time=pace.BRISK)
            beat.over(FadeIn(cloud), until="At")
            beat.over(Create(level), FadeIn(start))
        spread = classifier.losses()[:, -1].std()
        end = plane.label(
            -0.5,
            5.2,
            f"20 splits: mean {means[-1]:.2f} bits, SD {spread:.2f}",
            UP + RIGHT,
            ink.focus,
            size=ink.POINT,
        )
        with self.beat(
            "It trains, and most dots sink: after a thousand steps the mean is 0.23 bits.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(start), run_time=pace.QUICK)
            beat.over(step.to(len(classifier.STEPS) - 1, rate_func=linear), until="0.23", least=pace.LONG)
            beat.over(FadeIn(end))
        errors = classifier.share_of_errors().mean()
        wrong = np.flatnonzero(training.given[-1].argmax(axis=1) != training.truth)
        told = plane.label(
            -0.5,
            4.2,
            f"{classifier.scores().mean():.0%} right; errors: {errors:.0%} of the loss",
            UP + RIGHT,
            ink.fourth,
            size=ink.POINT,
        )
        rings = plane.dots(np.column_stack([xs, prices[-1]])[wrong], ink.fourth, "ring", 0.17)
        with self.beat(
            "Accuracy counts hits; the loss weighs how sure: a few errors make much of it."
        ) as beat:
            beat.over(words.tint(cloud, ink.chalk), until="loss")
            beat.over(words.tint(cloud, ink.second), until="few")
            self.play(FadeIn(rings), self.frame.to(rings, share=0.95), run_time=pace.CALM)
            beat.over(self.frame.back(), FadeIn(told))
        self.rule_of_mean = rule
        self.losses_picture = VGroup(plane, cloud, level, end, rings, told, rule)

    def change_the_unit(self) -> None:
        """Bits and nats, as two rods."""
        self.shot(shot.headline())
        rods = unit_rods()
        texts_in = [
            words.headline(text, ink.ground).move_to(rod)
            for text, rod in zip((f"1 bit = {np.log(2):.2f} nats", "1 nat"), rods, strict=True)
        ]
        with self.beat(
            "Frameworks use natural logarithms. Then the unit is the nat: one bit is 0.69 nats."
        ) as beat:
            beat.over(words.light(self.rule_of_mean), until="Then")
            self.play(FadeOut(self.losses_picture), FadeIn(rods[1], texts_in[1]), run_time=pace.BRISK)
            beat.over("one", FadeIn(rods[0], texts_in[0]))


class PoemPrices(VGroup):
    """The poem's letters as bars at the prices of another text, with both averages across them."""

    def __init__(self) -> None:
        p, q = texts.poem_shares(), texts.other_shares()
        order = np.argsort(-p, kind="stable")[: int((p > 0).sum())]
        self.shares, self.own, self.other = p[order], bits.surprisal(p[order]), bits.surprisal(q[order])
        self.averages = bits.entropy(p), bits.cross_entropy(p, q)
        self.plane = plane = shot.safe(titled=False).plane(
            (0, 1),
            (0, DEAREST),
            y_label="bits",
            x_label="letters of the poem, as wide as they are frequent",
            x_ticks=[],
            y_ticks=(0, 2, 4, 6, 8, 10),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        self.bars = bars = VariableWidthBars(plane, self.shares, self.own)
        bars.paint(self.shares, self.other, ink.second)
        self.names = VGroup(
            *(
                words.label(
                    "space" if texts.SIGNS[sign] == " " else texts.SIGNS[sign], ink.ground, LARGE
                ).move_to(plane.at(middle, 0.7))
                for sign, middle, share in zip(order, bars.middles, self.shares, strict=True)
                if share > 0.03
            )
        )
        self.lines = [
            plane.segment((0.0, height), (1.0, height), color, width=LINE)
            for height, color in zip(self.averages, (ink.first, ink.focus), strict=True)
        ]
        super().__init__(plane, bars, self.names, *self.lines)

    @property
    def equal(self) -> Floats:
        """Widths of as many equal bars as the perplexity by the other text's prices says; all others have none."""
        count = round(2 ** self.averages[1])
        return np.asarray(np.where(np.arange(len(self.shares)) < count, 1 / count, 0.0))

    def as_classes(self, table: ThreeLogits) -> tuple[Floats, Floats, Floats]:
        """Widths, heights and floors at which the bars lie where those of ``table`` are if all classes are alike."""
        low, high = (self.plane.inverse(spots) for spots in table.corners(1 / len(table.logits)))
        lefts, rights, floor, top = low[:, 0], high[:, 0], low[0, 1], high[0, 1]
        ends = np.column_stack([lefts, rights]).ravel()
        widths, heights = np.zeros(len(self.shares)), np.zeros(len(self.shares))
        widths[: len(ends)] = np.diff(ends, prepend=0.0)
        heights[1 : len(ends) : 2] = top - floor
        return widths, heights, np.full(len(self.shares), floor)


def unit_rods() -> VGroup:
    """A bit and, below, a nat, each as long as it is."""
    board = bare(shot.safe(titled=False))
    middle, long = shot.safe(titled=False).middle, shot.safe(titled=False).width
    left, tall = middle[0] - long / 2, shot.safe(titled=False).height / 2
    foot = middle[1] - tall
    return VGroup(
        *(
            board.polygon(
                [
                    (left, foot + low * tall),
                    (left + share * long, foot + low * tall),
                    (left + share * long, foot + (low + ROD) * tall),
                    (left, foot + (low + ROD) * tall),
                ],
                color,
                0,
                0.9,
            )
            for low, share, color in ((1.2, float(np.log(2)), ink.first), (0.2, 1.0, ink.fourth))
        )
    )


def scattered(kinds: ArrayLike) -> Floats:
    """Places (n,) across: each digit in the column of its class, spread by its rank there."""
    classes = np.asarray(kinds)
    xs = classes.astype(float)
    for kind in np.unique(classes):
        rows = np.flatnonzero(classes == kind)
        xs[rows] += np.linspace(-0.38, 0.38, len(rows))
    return xs
