"""From the text of a mail to a decision: counts, TF-IDF, and how the variants compare."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.tag import Tag
from scenes.kit.token import Tokens
from scenes.kit.unit_chart import UnitChart, Waffle
from scenes.maths.naive_bayes import hand, studies
from scenes.maths.naive_bayes.mails import split
from scenes.naive_bayes.stage import BIG, ROOM, WORD, NaiveBayesStage, maths

TEXT: Final = (("your", "guaranteed", "free", "credit"), ("see", "the", "offer", "here"))
"""Words of a mail, none of them but ordinary ones."""
HEAD, REST = ROOM.rows(1, 2.6, gap=0.3)


class Text(NaiveBayesStage):
    """Text classification."""

    @chapter("From text to decision", "text classification with TF-IDF")
    def from_text_to_decision(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.make_a_row()
        self.weigh_by_rarity()
        self.compare_variants()

    def make_a_row(self) -> None:
        """The words of a mail light up a few of ten thousand columns."""
        rows = [Tokens(row, width=3.1, height=2.4, gap=0.2, color=WORD, size=ink.POINT) for row in TEXT]
        for tokens, cell in zip(rows, ROOM.rows(1, 1), strict=True):
            cell.put(tokens)
        part = split()
        waffle = Waffle(shot.EDGES, part.vocabulary)
        per = np.bincount(part.test.rows, minlength=part.test.shape[0])
        middle = int(np.argsort(per)[len(per) // 2])
        lit = part.test.columns[part.test.rows == middle]
        rest = np.setdiff1d(np.arange(part.vocabulary), lit)
        field = UnitChart(self.ground, waffle.places(rest), waffle.half, ink.faint, 0.35)
        few = UnitChart(self.ground, waffle.places(lit), 1.3 * waffle.half, WORD, 1.0)
        corner = ROOM.columns(1, 1)[0].rows(1, 1)[0]
        near = (corner.left, corner.right), (corner.bottom, corner.top)
        with self.beat("Back to the mails: how does a text become numbers? Cut it into words.") as beat:
            self.play(FadeIn(*rows), run_time=pace.CALM)
            beat.over(self.frame.to(*rows, share=0.95), until="Cut", least=pace.CALM)
            beat.over(*(words.light(word, ink.chalk) for tokens in rows for word in tokens.words))
        with self.beat(
            "Count them into a row with a column for each word of the vocabulary. Nearly all columns stay zero."
        ) as beat:
            self.play(FadeOut(*rows), FadeIn(field), self.frame.back(), run_time=pace.CALM)
            beat.over(self.frame.to_region(*near), until="Nearly", least=pace.CALM)
            beat.over(FadeIn(few), least=pace.CALM)
        told = Tag(words.headline(f"{len(lit)} of {part.vocabulary:,} columns", WORD))
        ROOM.put(told)
        with self.beat("A middling mail lights 92 of them.") as beat:
            self.play(self.frame.back(), run_time=pace.SLOW)
            beat.over(FadeIn(told), least=pace.CALM)
        self.clear_stage()

    def weigh_by_rarity(self) -> None:
        """Three mails by hand: the same count, another weight."""
        cells = REST.columns(*[1] * hand.three(), gap=0.5)
        sheets, common, rare = VGroup(), VGroup(), VGroup()
        for number, cell in enumerate(cells):
            sheets.add(self.ground.polygon(corners(cell), ink.quiet, fill=0.12))
            upper, lower = cell.rows(1, 1)
            common.add(upper.put(words.headline("the", ink.chalk)))
            if number < hand.THREE["credit"]:
                rare.add(lower.put(words.headline("credit", WORD)))
        title = HEAD.put(words.headline("TF-IDF", WORD, 1.3 * ink.HEADLINE), LEFT)
        rarity = hand.rarity()
        weights = VGroup(
            *(
                words.headline(f"{word} × {rarity[word]:.2f}", color)
                for word, color in (("the", ink.chalk), ("credit", WORD))
            )
        ).arrange(DOWN, buff=0.3, aligned_edge=RIGHT)
        HEAD.put(weights, RIGHT)
        with self.beat(
            "But which counts tell something? By hand: three mails. Each says the, one says credit."
        ) as beat:
            beat.over(FadeIn(sheets), until="Each", least=pace.CALM)
            beat.over(FadeIn(common), until="one")
            beat.over(FadeIn(rare))
        with self.beat(
            "Term frequency times inverse document frequency, TF-IDF: a word counts more if few mails have it."
        ) as beat:
            beat.over(FadeIn(title), until="a word")
            beat.over(
                words.light(rare[0], ink.chalk),
                self.frame.to(sheets, title, weights, share=0.9),
                least=pace.CALM,
            )
        with self.beat(
            "The stands in each of the three: a factor of one. Credit in one of them: 1.69."
        ) as beat:
            beat.over(FadeIn(weights[0]), until="Credit")
            beat.over(FadeIn(weights[1]))
        self.play(FadeOut(sheets, common, rare, weights, title), self.frame.back(), run_time=pace.BRISK)
        law = maths(
            '{{ "tf" : t }} dot ( ln (1 + n) / (1 + {{ "df" : d }}) + 1 )', 1.5 * BIG, {"t": WORD, "d": WORD}
        )
        notes = [
            words.headline("count in this mail", WORD, ink.POINT),
            words.headline("n mails, df of them with the word", ink.chalk, ink.POINT),
        ]
        upper, lower = ROOM.rows(1.6, 1)
        upper.put(law)
        lower.put(VGroup(*notes).arrange(DOWN, buff=0.35))
        with self.beat(
            "The logarithm compares the number of mails, n, with those that have the word. Each row is then "
            "scaled to length one.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.write(law), FadeIn(notes[0]), until="with", least=pace.CALM)
            beat.over(FadeIn(notes[1]), words.light(law.part("d"), ink.chalk), least=pace.CALM)
        with self.beat(
            "These are no counts any more. Multinomial takes them by habit, not by theory."
        ) as beat:
            beat.over(words.light(law), self.frame.to(law, *notes, share=0.9), least=pace.SLOW)
        self.play(FadeOut(law, *notes), self.frame.back(), run_time=pace.BRISK)

    def compare_variants(self) -> None:
        """Accuracy on mails held out, of twenty splits."""
        right = 100 * studies.twenty()[0]
        values = np.append(right.mean(axis=0), 100 * studies.guess()[0])
        spread = np.append(right.std(axis=0), 0.0)
        bars = BarChart(
            [*studies.VARIANTS, "always ham"], values, (0, 112), ROOM.width, ROOM.height, decimals=1, spread=spread,
            colors=[WORD] * 5 + [ink.quiet], label="accuracy, mails held out (%), 20 splits ± sd",
        )  # fmt: skip
        ROOM.put(bars)
        with self.beat("On mails held out, the text variants are about equal: 97 to 98 percent.") as beat:
            beat.over(glide(bars.redraw, 0 * values, values), least=pace.LONG)
        with self.beat("Who calls each mail ham reaches 69. Gaussian bells on TF-IDF fit less well.") as beat:
            beat.over(glide(bars.shade, np.ones(6), np.array([0.6] * 5 + [1])), until="Gaussian")
            beat.over(glide(bars.shade, np.array([0.6] * 5 + [1]), np.array([0.6] * 4 + [1, 1])))
        with self.beat(
            "Learn vocabulary and rarity on training mails alone, or the test mails have a say."
        ) as beat:
            beat.over(glide(bars.shade, np.array([0.6] * 4 + [1, 1]), np.ones(6)), least=pace.CALM)
        self.clear_stage()


def corners(place: shot.Region) -> list[tuple[float, float]]:
    """Of a place, all around."""
    return [
        (place.left, place.bottom),
        (place.right, place.bottom),
        (place.right, place.top),
        (place.left, place.top),
    ]
