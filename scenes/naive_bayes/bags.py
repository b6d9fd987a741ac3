"""How a mail is counted: present or how many; and a class that is learned from all the others."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Group, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.evidence_balance import signed
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.token import Tokens
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.naive_bayes import bayes, hand, studies
from scenes.maths.naive_bayes.classifiers import multinomial
from scenes.maths.naive_bayes.mails import corpus
from scenes.naive_bayes.stage import BIG, HAM, ROOM, SPAM, WORD, NaiveBayesStage, hung, maths

LAMP: Final = 0.42
"""Radius of a lamp."""
NEWS: Final = ink.third
"""Newsletters."""
HEAD, MIDDLE, FEET = ROOM.rows(1, 2.6, 1.2, gap=0.2)


class Bags(NaiveBayesStage):
    """Bernoulli, Multinomial and Complement Naive Bayes."""

    @chapter("Present, or how many?", "Bernoulli Naïve Bayes", "Multinomial Naïve Bayes")
    def present_or_how_many(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.fill_the_bag()
        self.set_side_by_side()
        self.light_the_lamps()
        self.draw_from_the_bag()
        self.weigh_our_mail()

    def fill_the_bag(self) -> None:
        """A mail of three words becomes counts of a vocabulary."""
        mail = [Tokens([word], width=3.9, height=1.2, color=WORD, size=ink.HEADLINE) for word in hand.MAIL]
        for card, cell in zip(mail, HEAD.columns(1, 1, 1), strict=True):
            cell.put(card)
        cells = MIDDLE.columns(1, 1, 1)
        names = [
            cell.put(words.headline(word), DOWN) for word, cell in zip(hand.VOCABULARY, cells, strict=True)
        ]
        with self.beat("How shall a mail be counted? Take a short one by hand: free, free, offer.") as beat:
            beat.over(FadeIn(mail[0]), until="free")
            for card, word in zip(mail[1:], ("free offer", "offer"), strict=True):
                beat.at(word, FadeIn(card))
        seats = [names[hand.VOCABULARY.index(word)] for word in hand.MAIL]
        high = [hand.MAIL[:number].count(word) for number, word in enumerate(hand.MAIL)]
        with self.beat(
            "Forget the order: a bag of words. The words that we count are the vocabulary: here, three."
        ) as beat:
            self.play(FadeIn(*names), run_time=pace.QUICK)
            for card, seat, up in zip(mail, seats, high, strict=True):
                goal = seat.get_top() + np.array([0.0, 0.95 + 1.3 * up, 0.0])
                self.play(glide(card.move_to, card.get_center(), goal), run_time=pace.BRISK)
            beat.until("The words")
            said = [
                HEAD.put(words.headline(text, WORD, ink.POINT), side)
                for text, side in (("bag of words", LEFT), ("vocabulary", RIGHT))
            ]
            beat.over(FadeIn(said[0]), until="vocabulary")
            beat.over(FadeIn(said[1]), *(words.light(name) for name in names))
        with self.beat("That of the real mails has 10,890 words, one column each.", pause=pace.CALM) as beat:
            beat.over(self.frame.to(*names, *mail, *said, share=0.93), least=pace.CALM)
        self.play(FadeOut(*names, *mail, *said), self.frame.back(), run_time=pace.BRISK)

    def set_side_by_side(self) -> None:
        """The three words twice: as lamps that are on or off, and as squares that are counted."""
        self.sides = VGroup()
        self.names: list[list[words.Words]] = []
        self.terms: list[list[words.Words]] = []
        weights = hand.by_hand(multinomial).word_weights
        for side, (half, name) in enumerate(
            zip(
                MIDDLE.columns(1, 1, gap=0.8),
                ("Bernoulli Naive Bayes", "Multinomial Naive Bayes"),
                strict=True,
            )
        ):
            head = HEAD.columns(1, 1, gap=0.8)[side]
            self.sides.add(VGroup(head.put(words.headline(name, WORD, 0.92 * ink.POINT), LEFT)))
            names, terms = [], []
            for row, place in enumerate(half.rows(1, 1, 1, gap=0.15)):
                count, y = int(hand.counted()[row]), place.middle[1]
                text = words.headline(hand.VOCABULARY[row], ink.chalk if count else ink.quiet, ink.POINT)
                names.append(place.put(text, LEFT))
                x = place.left + 2.15 + 0.95 * np.arange(max(count * side, 1))
                spots = np.column_stack([x, np.full(len(x), y)])
                mark: Mobject
                if side == 0:
                    mark = self.ground.dots(spots, WORD if count else ink.faint, radius=LAMP)
                    weight, said = float(hand.bernoulli_terms()[row]), ""
                else:
                    mark = UnitChart(self.ground, spots, 0.38 if count else 0.0, WORD, 0.9)
                    weight, said = count * float(weights[row]), f"{count} × "
                said += signed(weight / count if side and count else weight)
                color = SPAM if weight > 0 else ink.quiet
                terms.append(place.put(words.headline(said if weight else "0", color, ink.POINT), RIGHT))
                words.align_baseline(terms[-1], names[-1])
                self.sides[side].add(names[-1], mark)
            self.names.append(names)
            self.terms.append(terms)
        with self.beat(
            "There are two ways to go on. Is a word present, or how many are there?", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(self.sides[0]), until="how", least=pace.CALM)
            beat.over(FadeIn(self.sides[1]), least=pace.CALM)

    def light_the_lamps(self) -> None:
        """Bernoulli: each word of the vocabulary is on or off, and both weigh."""
        terms, names = self.terms[0], self.names[0]
        law = self.one = maths("product_w p_(w c)^(x_w) (1 - p_(w c))^(1 - x_w)", ink.POINT)
        FEET.columns(1, 1, gap=0.8)[0].put(law, LEFT)
        with self.beat(
            "Bernoulli Naive Bayes asks of each word of the vocabulary whether it is there. How often does "
            "not matter."
        ) as beat:
            beat.over(*(words.light(name) for name in names), until="How")
            beat.over(FadeIn(*terms[:2]), least=pace.CALM)
        with self.beat(
            "But a lamp that is off weighs too: among our nine mails, no lunch speaks for spam."
        ) as beat:
            beat.over(words.light(names[2], ink.chalk), until="no")
            beat.over(FadeIn(terms[2]), least=pace.CALM)
        with self.beat(
            "So there is a factor p for a word that is there, and one minus p for one that is not.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.write(law), least=pace.SLOW)

    def draw_from_the_bag(self) -> None:
        """Multinomial: each occurrence counts, and absence does not."""
        terms, names = self.terms[1], self.names[1]
        law = maths("product_w theta_(w c)^(n_w)", ink.POINT)
        FEET.columns(1, 1, gap=0.8)[1].put(law, LEFT)
        with self.beat(
            "Multinomial Naive Bayes: each occurrence is one more draw from the bag of its class. Free counts "
            "twice."
        ) as beat:
            beat.over(*(words.light(name) for name in names[:2]), until="Free")
            beat.over(FadeIn(*terms[:2]), least=pace.CALM)
        with self.beat("A word that is not there has no weight at all.") as beat:
            beat.over(FadeIn(terms[2]), words.light(names[2], ink.chalk), least=pace.CALM)
        with self.beat(
            "Theta, a word's share of the bag, is a factor as often as the word occurs.", pause=pace.CALM
        ) as beat:
            beat.over(words.write(law), least=pace.SLOW)
        self.play(FadeOut(self.sides, *self.terms[0], *terms, self.one, law), run_time=pace.BRISK)

    def weigh_our_mail(self) -> None:
        """The four words of the opening question on the trained balance."""
        self.shot(shot.wide())
        scale = hung(studies.FOUR)
        with self.beat(
            "Back to the mail of our question, with Multinomial weights from the real mails. First the prior."
        ) as beat:
            self.play(FadeIn(scale), run_time=pace.BRISK)
            beat.at("First", scale.drop(0), run_time=pace.SLOW)
        with self.beat(
            "Then its four words, one after the other. They were picked for their weight."
        ) as beat:
            beat.until("four")
            for number in range(1, len(scale.blocks)):
                self.play(scale.drop(number), run_time=pace.CALM)
        z = studies.tipped(*studies.FOUR)
        told = words.headline(f"z = {signed(z)}", ink.chalk, 1.2 * ink.HEADLINE)
        sure = words.headline(f"{100 * bayes.sigmoid(z):.2f} % spam", SPAM, 1.2 * ink.HEADLINE)
        left = ROOM.columns(1.25, 1)[0]
        left.put(VGroup(told, sure).arrange(DOWN, buff=0.5, aligned_edge=LEFT), UP + LEFT)
        with self.beat(
            "The log-odds are nearly nine. So it is junk; and the claim is 99.99 percent."
        ) as beat:
            beat.over(FadeIn(told), until="and")
            beat.over(FadeIn(sure), least=pace.CALM)
        with self.beat(
            "How sure we may be is not answered yet: so far, that is just what the model claims."
        ) as beat:
            beat.over(words.light(sure), self.frame.to(scale, told, share=0.92), least=pace.SLOW)
        self.play(FadeOut(scale, told, sure), self.frame.back(), run_time=pace.BRISK)

    # --- unequal classes

    @chapter("Learn a class from all the others", "Complement Naïve Bayes")
    def learn_a_class_from_all_the_others(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.part_in_three()
        self.turn_it_round()
        self.find_newsletters()

    def part_in_three(self) -> None:
        """All mails, by three classes of unequal size."""
        kinds = corpus().kinds
        waffle = Waffle(shot.EDGES, len(kinds))
        mixed = waffle.places(np.random.default_rng(3).permutation(len(kinds)))
        order = np.argsort(np.argsort(kinds, kind="stable"))
        sorted_ = waffle.places(order)
        charts, goals = [], []
        for kind, color in enumerate((HAM, NEWS, SPAM)):
            chosen = kinds == kind
            charts.append(UnitChart(self.ground, mixed[chosen], waffle.half, color, 0.8))
            goals.append(((mixed[chosen], waffle.half), (sorted_[chosen], waffle.half)))
        with self.beat(
            "Other classes now, of unequal size: ham, 250 newsletters that look like junk, and spam."
        ) as beat:
            beat.over(FadeIn(*charts), until="ham", least=pace.CALM)
            beat.over(
                *(glide(chart.redraw, *goal) for chart, goal in zip(charts, goals, strict=True)),
                least=pace.LONG,
            )
        y = float(charts[1].get_center()[1])
        with self.beat("The middle class is a thin band. What can be learned from so few?") as beat:
            beat.over(
                self.frame.to_region(
                    (ROOM.left / 3, ROOM.right / 3), (y - ROOM.height / 6, y + ROOM.height / 6)
                ),
                least=pace.SLOW,
            )
        bags = [int(count) for count in hand.BAGS]
        cells = ROOM.columns(5, 2.2, 1.1, gap=0.5)
        half = 0.27
        spots = []
        for count, cell in zip(bags, cells, strict=True):
            wide = max(int(np.sqrt(count * 1.55)), 2)
            row, column = np.divmod(np.arange(count), wide)
            spots.append(
                cell.middle[:2]
                + 2.3 * half * np.column_stack([column - (wide - 1) / 2, (row.max() / 2 - row)])
            )
        by_hand = [
            UnitChart(self.ground, spots[place], half, color, 0.9)
            for place, color in zip((0, 2, 1), (HAM, NEWS, SPAM), strict=True)
        ]
        names = [
            cells[place].put(words.headline(str(bags[place]), color), UP)
            for place, color in zip((0, 2, 1), (HAM, NEWS, SPAM), strict=True)
        ]
        self.bags = Group(*by_hand)
        self.bag_names = VGroup(*names)
        with self.beat(
            "By hand: three bags of words, and the small one holds just four. Smoothing flattens their shares."
        ) as beat:
            self.play(FadeOut(*charts), FadeIn(*by_hand), self.frame.back(), run_time=pace.BRISK)
            beat.over(FadeIn(*names), until="Smoothing")
            beat.over(words.light(names[1], ink.chalk), words.light(by_hand[1], ink.chalk), least=pace.CALM)

    def turn_it_round(self) -> None:
        """The complement of the smallest class."""
        rest = self.bags[0], self.bags[2]
        law = maths(
            "tilde(theta)_(w c) = (alpha + sum_(c' eq.not c) N_(w c')) / (alpha V + sum_(c' eq.not c) N_(c'))",
            1.1 * BIG,
        )
        choose = maths(
            'hat(c) = op("argmin", limits: #true)_c thick sum_w n_w log tilde(theta)_(w c)', 1.1 * BIG
        )
        with self.beat(
            "The other bags together hold many more. So learn from those what this class is not."
        ) as beat:
            beat.over(
                *(chart.animate.set_fill(WORD) for chart in rest),
                self.bags[1].animate.set_fill(opacity=0.3),
                least=pace.CALM,
            )
        name = words.headline("Complement Naive Bayes", WORD)
        ROOM.put(VGroup(name, law, choose).arrange(DOWN, buff=0.6))
        with self.beat(
            "Complement Naive Bayes estimates a class from the words of the other classes, and adds alpha."
        ) as beat:
            self.play(FadeOut(self.bags, self.bag_names), FadeIn(name), run_time=pace.BRISK)
            beat.over(words.write(law), least=pace.SLOW)
        with self.beat("It chooses the class whose others fit the mail least.", pause=pace.CALM) as beat:
            beat.over(words.write(choose), least=pace.CALM)
        with self.beat(
            "With two classes its weights are those of Multinomial; just the prior drops out."
        ) as beat:
            beat.over(
                words.light(law.part("c")), self.frame.to(name, law, choose, share=0.9), least=pace.CALM
            )
        self.play(FadeOut(name, law, choose), self.frame.back(), run_time=pace.BRISK)

    def find_newsletters(self) -> None:
        """The share of the newsletters that is found, by alpha."""
        found = 100 * studies.found()[:, :, studies.NEWSLETTER].mean(axis=1)
        spread = 100 * studies.found()[:, :, studies.NEWSLETTER].std(axis=1)
        bars = BarChart(
            ["Multinomial, α = 1", "Complement, α = 1", "Multinomial, α = 0.1", "Complement, α = 0.1"],
            found, (0, 88), ROOM.width, ROOM.height, colors=[ink.quiet, NEWS, ink.quiet, NEWS], decimals=0,
            spread=spread, label="newsletters found, of those held out (%), 20 splits ± sd",
        )  # fmt: skip
        ROOM.put(bars)
        with self.beat("With alpha one it finds 54 percent of the newsletters, Multinomial fifteen.") as beat:
            self.play(FadeIn(bars.shade([1, 1, 0, 0])), run_time=pace.QUICK)
            beat.over(glide(bars.redraw, 0 * found, found), least=pace.LONG)
        with self.beat("Alpha matters less where more is counted.") as beat:
            beat.over(words.light(bars.row("Complement, α = 1")[0]), least=pace.CALM)
        with self.beat("With a tuned alpha the two change places. So try it, and tune.") as beat:
            beat.over(
                glide(bars.shade, np.array([1.0, 1, 0, 0]), np.array([0.6, 0.6, 1, 1])), least=pace.CALM
            )
        self.clear_stage()
