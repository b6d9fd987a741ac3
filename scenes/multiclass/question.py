"""One line has two sides; and the first plan: each class against the rest."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, Transform

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.multiclass import flowers, schemes
from scenes.multiclass.stage import (
    IRISES,
    KINDS,
    REST,
    Curtain,
    MulticlassStage,
    blob_plane,
    dyed,
    iris_names,
    iris_plane,
    letters,
    line_of,
    maths,
    raised,
    said,
    scatter,
    span,
    told,
)

TEN: Final = 10
"""Equal classes of the strip that shows imbalance."""
ROWS: Final = 6
"""Dots of each in that strip."""
EVEN: Final = 0.16
"""Radius of a dot of weight one."""


class Question(MulticlassStage):
    """The question, and one-vs-rest."""

    @chapter("One line has two sides")
    def one_line(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = iris_plane()
        flowers_ = scatter(plane, self.petals, self.species)
        dots, setosa = dyed(flowers_, self.species, []), dyed(flowers_, self.species, [0])
        lines = flowers.one_vs_one()
        tries = [line_of(lines, number) for number in (0, 2, 1)]
        curtain = Curtain(plane, tries[0], ink.chalk, 0.08)
        with self.beat(
            "A hundred and fifty irises. Each dot is one flower, by the length and width of its petals."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), least=pace.LONG)
        with self.beat("Is it setosa? This machine draws one line, and answers yes or no.") as beat:
            beat.over(Transform(dots, setosa), until="This", least=pace.CALM)
            beat.over(Create(curtain.edge), until="answers", least=pace.BRISK)
            beat.over(glide(curtain.redraw, curtain.folded(tries[0]), (*tries[0], 0.0)), least=pace.SLOW)
        names = iris_names(plane)
        with self.beat("But you have three kinds of flower. What now?") as beat:
            beat.over(Transform(dots, flowers_), until="What", least=pace.CALM)
            beat.over(glide(curtain.redraw, tries[0], tries[1]), least=pace.SLOW)
            self.play(FadeIn(names, shift=place.NUDGE * UP), run_time=pace.BRISK)
        self.think()
        yes, no = (
            words.headline(text, ink.focus, 1.3 * ink.HEADLINE).move_to(plane.at(*spot))
            for text, spot in (("yes", (1.1, 1.9)), ("no", (6.55, 1.1)))
        )
        with self.beat(
            "It is a binary classifier: it tells two classes apart, yes or no.", pause=pace.CALM
        ) as beat:
            self.play(glide(curtain.redraw, tries[1], tries[0]), FadeOut(names), run_time=pace.SLOW)
            name = said(plane, "binary classifier").shift(plane.at(3.55, 0) - plane.at(2.75, 0))
            beat.over(FadeIn(yes, no, name, scale=1.2), least=pace.BRISK)
        edge = plane.label(4.25, 0.2, "decision boundary", RIGHT, ink.focus, size=ink.POINT)
        with self.beat(
            "The line where its answer changes is the decision boundary.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(name), run_time=pace.QUICK)
            beat.over(words.light(curtain.edge), until="decision", least=pace.CALM)
            beat.over(FadeIn(edge))
        with self.beat(
            "One line has two sides. Three kinds cannot each have their own.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(edge, yes, no), run_time=pace.QUICK)
            beat.over(glide(curtain.redraw, tries[0], tries[1]), until="Three", least=pace.SLOW)
            beat.over(glide(curtain.redraw, tries[1], tries[2]), least=pace.SLOW)
        many = said(plane, "multi-class classification").shift(plane.at(2.5, 0) - plane.at(2.75, 0))
        with self.beat(
            "Naming one of three or more classes is multi-class classification.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(names), FadeOut(curtain), until="multi-class", least=pace.CALM)
            beat.over(FadeIn(many))
        with self.beat(
            "So one line is not enough: ask more than once. But which questions?", pause=pace.CALM
        ) as beat:
            beat.over(
                self.frame.to_region(*span(plane, (2.6, 7.0), (0.7, 2.65))),
                FadeOut(many, names),
                least=pace.LONG,
            )

    # --- one against the rest

    @chapter("One against the rest, K times", "one-vs-all as a set of binary boundaries")
    def against_the_rest(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = iris_plane()
        flowers_ = scatter(plane, self.petals, self.species)
        dots = flowers_.copy()
        asked = [said(plane, f"{name}, or the rest?", KINDS[number]) for number, name in enumerate(IRISES)]
        with self.beat("First idea: is it this kind, or any of the rest?") as beat:
            self.play(FadeIn(plane, dots), run_time=pace.QUICK)
            beat.over(
                Transform(dots, dyed(flowers_, self.species, [0])), FadeIn(asked[0]), until="any",
                least=pace.CALM,
            )  # fmt: skip
        count = said(plane, f"each time: all n = {len(self.petals)} flowers", size=ink.POINT, line=1)
        with self.beat("Three kinds, three questions, each of them asked of all n flowers.") as beat:
            for number, word in ((1, "three"), (2, "each")):
                beat.over(
                    Transform(dots, dyed(flowers_, self.species, [number])),
                    FadeOut(asked[number - 1]),
                    FadeIn(asked[number]),
                    until=word,
                    least=pace.CALM,
                )
            beat.over(FadeIn(count))
        term = said(plane, "one-vs-rest (OvR),\none-vs-all (OvA)")
        with self.beat(
            "One classifier for each class, this class against all others: one-vs-rest, or one-vs-all."
        ) as beat:
            self.play(FadeOut(count), run_time=pace.QUICK)
            beat.over(
                Transform(dots, dyed(flowers_, self.species, [1])), FadeOut(asked[2]), until="one-vs-rest",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(term), Transform(dots, flowers_), least=pace.CALM)
        self.five_curtains(plane, dots, term)
        self.imbalance()

    def five_curtains(self, before: Plane, irises: Dots, term: Tag) -> None:
        """The irises become five blobs, and a curtain falls for each."""
        plane = blob_plane()
        blobs = scatter(plane, self.fives, self.five_labels)
        lines = schemes.one_vs_rest(self.fives, self.five_labels)
        signs = letters(plane, 5)
        with self.beat("To see the boundaries, take an easier map: five simulated classes.") as beat:
            self.play(FadeOut(before, term), run_time=pace.QUICK)
            beat.over(FadeOut(irises), FadeIn(blobs, lag_ratio=0), until="five", least=pace.CALM)
            beat.over(FadeIn(signs))
        curtains = [Curtain(plane, line_of(lines, each), KINDS[each]) for each in range(5)]
        gray = dyed(blobs, self.five_labels, [0])
        with self.beat("Q against the rest: fit a line, and a curtain falls on its yes side.") as beat:
            beat.over(Transform(blobs, gray), until="fit", least=pace.CALM)
            beat.over(Create(curtains[0].edge), until="curtain", least=pace.CALM)
            beat.over(
                glide(
                    curtains[0].redraw,
                    curtains[0].folded(line_of(lines, 0)),
                    (*line_of(lines, 0), 0.0),
                ),
                least=pace.SLOW,
            )
        counted = told(f"K = {len(curtains)} models,  n = {len(self.fives)} rows each", DOWN + LEFT)
        with self.beat("Then R, S, T and V. Five classes, five lines, each from all n rows.") as beat:
            for number, word in ((1, "S"), (2, "T"), (3, "V"), (4, "classes")):
                curtain, line = curtains[number], line_of(lines, number)
                beat.over(
                    Transform(blobs, dyed(scatter(plane, self.fives, self.five_labels), self.five_labels, [number])),
                    glide(curtain.redraw, curtain.folded(line), (*line, 0.0)),
                    until=word,
                    least=pace.BRISK,
                )  # fmt: skip
            beat.over(
                Transform(blobs, scatter(plane, self.fives, self.five_labels)),
                FadeIn(counted),
                least=pace.CALM,
            )
        rule = maths(
            'f_k: #h(0.2em) "class" k "against the rest", quad k = 1, …, {{ K : models }}', ink.POINT
        )
        plate = raised(shot.SAFE.put(Tag(rule), DOWN))
        self.pin(plate)
        with self.beat("Write f k for the classifier of class k: K of them.") as beat:
            beat.over(FadeIn(plate), FadeOut(counted, signs), until="K of", least=pace.BRISK)
            beat.over(
                words.light(rule.part("models")),
                self.frame.to_region(*span(plane, (-5.6, 5.6), (-3.6, 2.7))),
                least=pace.LONG,
            )

    def imbalance(self) -> None:
        """Ten equal classes, one of them yes."""
        plane = shot.bare()
        across = np.linspace(shot.SAFE.left + 0.5, shot.SAFE.right - 0.5, TEN)
        up = np.linspace(shot.SAFE.bottom + 0.4, shot.SAFE.top - 1.6, ROWS)
        spots = np.stack(np.meshgrid(across, up, indexing="ij"), -1).reshape(-1, 2)
        own = np.repeat(np.arange(TEN), ROWS) == 0
        dots = Dots(plane, spots, [KINDS[0] if each else REST for each in own], radius=0.3)
        term = words.headline("class imbalance", ink.chalk)
        shot.SAFE.put(term, UP + RIGHT)
        yes = plane.label(across[0] + 0.15, shot.SAFE.top - 0.4, "yes", ORIGIN, KINDS[0], size=ink.HEADLINE)
        no = plane.label(
            across[1] - 0.4, shot.SAFE.top - 0.4, "no: all the rest", RIGHT, ink.quiet, size=ink.HEADLINE
        )
        words.align_baseline(no, yes)
        with self.beat("With ten equal classes, there is one yes to nine no.") as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(FadeIn(yes), until="nine", least=pace.BRISK)
            beat.over(FadeIn(no), least=pace.BRISK)
        with self.beat("Few yes among many no: class imbalance.") as beat:
            beat.over(dots.animate.redraw(radius=np.where(own, 0.42, 0.24)), until="class", least=pace.CALM)
            beat.over(FadeIn(term))
        heavy = plane.label(
            across[1] - 0.4, shot.SAFE.top - 0.4, f"weight {TEN - 1} each", RIGHT, KINDS[0], size=ink.HEADLINE
        )
        words.align_baseline(heavy, yes)
        with self.beat(
            "Any binary classifier can be asked so. If the few vanish, give their rows more weight."
        ) as beat:
            beat.over(
                dots.animate.redraw(radius=EVEN), FadeOut(term), until="give",
                least=pace.CALM,
            )  # fmt: skip
            # Areas are weights: nine times those of the others.
            beat.over(
                dots.animate.redraw(radius=EVEN * np.where(own, np.sqrt(TEN - 1), 1.0)), FadeOut(no), FadeIn(heavy),
                least=pace.SLOW,
            )  # fmt: skip
