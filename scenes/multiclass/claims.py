"""Where no class claims, or several do; and the scores that settle it."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Transform, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import THIN
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.multiclass import logits, regions, schemes
from scenes.maths.multiclass.schemes import Lines
from scenes.multiclass.planes import Planes, Pose
from scenes.multiclass.stage import (
    KINDS,
    LETTERS,
    REST,
    Curtain,
    MulticlassStage,
    blob_plane,
    letters,
    line_of,
    maths,
    panes,
    raised,
    scatter,
    span,
    told,
)

MIDDLE: Final = (0.0, 0.0)
BORDER: Final = (2.0, 4.0)
"""Two places that are asked."""
OTHERS: Final = (0, 1)
"""More draws of five classes, by their seeds."""
FLAT: Final[Pose] = (0.0, 0.0, 0.0, 1.0, 0.0)
"""The map from above, its planes not lifted."""
SIDE: Final[Pose] = (60 * DEGREES, 16 * DEGREES, 1.0, 0.9, 0.0)
"""From the side."""
CASES: Final = 10
"""Cases that were given one probability, a row."""
GIVEN: Final = 0.8


def hatched(plane: Plane, lines: Lines) -> tuple[VGroup, Segments]:
    """The map by the number of claims: hatched where it is not one, and dark where it is none."""
    dark, starts, ends = [], [], []
    for cell, count in schemes.claims(lines):
        if count == 0:
            dark.append((cell.corners, ink.ground, 0.8))
        if count != 1:
            begin, stop = regions.hatch(cell.corners, 0.4)
            starts.append(begin)
            ends.append(stop)
    strokes = plane.segment(np.concatenate(starts), np.concatenate(ends), ink.chalk, THIN)
    return panes(plane, dark), strokes


def counted(classes: int) -> Tag:
    """Shares of the points and of the map with one claim: mean and standard deviation of all draws."""
    rows = [
        f"{name} {100 * found[:, 1].mean():.0f} ± {100 * found[:, 1].std():.0f} %"
        for name, found in (("points", schemes.point_shares(classes)), ("map", schemes.shares(classes)))
    ]
    return told("\n".join((f"one name, K = {classes}", *rows)), UP + LEFT)


def answers(plane: Plane, lines: Lines, place: tuple[float, float], size: float) -> Tag:
    """What each class says at a place of the map, beside it."""
    said = lines.scores(np.array([place]))[0] > 0
    rows = VGroup(
        *(
            words.label(f"{LETTERS[number]}: {'yes' if yes else 'no'}", KINDS[number], size)
            for number, yes in enumerate(said)
        )
    ).arrange(DOWN, buff=0.35 * size * ink.UNITS_PER_PIXEL * 2, aligned_edge=LEFT)
    return raised(Tag(rows))


class Claims(MulticlassStage):
    """Ambiguous regions, and the argmax."""

    @chapter("Where no class claims, or two do", "ambiguous regions")
    def ambiguous_regions(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = blob_plane()
        five = scatter(plane, self.fives, self.five_labels)
        lines = schemes.one_vs_rest(self.fives, self.five_labels)
        curtains = [Curtain(plane, line_of(lines, each), KINDS[each]) for each in range(5)]
        with self.beat("Five curtains hang over one map. Does each place now have one name?") as beat:
            self.play(FadeIn(five, *curtains), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*span(plane, (-6.4, 6.4), (-3.6, 3.6))), least=pace.LONG)
        three = scatter(plane, self.threes, self.three_labels)
        own = schemes.one_vs_rest(self.threes, self.three_labels)
        fewer = [Curtain(plane, line_of(own, each), KINDS[each]) for each in range(3)]
        signed = letters(plane, 3)
        with self.beat("Look at three classes first. Each has its curtain.") as beat:
            self.play(
                FadeOut(five, *curtains), FadeIn(three, *fewer, signed), self.frame.back(),
                run_time=pace.CALM,
            )  # fmt: skip
            for number in range(3):
                self.play(words.light(fewer[number].edge), run_time=pace.BRISK)
            beat.rest()
        middle = answers(plane, own, MIDDLE, ink.LABEL / 1.4).move_to(plane.at(-0.5, 0.3))
        with self.beat("Ask in the middle: Q says no, R says no, and S says no.") as beat:
            self.play(FadeOut(signed), run_time=pace.QUICK)
            beat.over(
                self.frame.to_region(*span(plane, (-3.9, 3.9), (-2.6, 1.8))), until="Q says", least=pace.CALM
            )  # fmt: skip
            self.play(FadeIn(middle.plate), run_time=pace.QUICK)
            for word, row in zip(("Q says", "R says", "S says"), middle.text, strict=True):
                beat.at(word, FadeIn(row), run_time=pace.QUICK)
        border = answers(plane, own, BORDER, ink.LABEL).move_to(plane.at(5.2, 4.0))
        spot = plane.dots([BORDER], ink.focus, "ring", radius=0.26)
        with self.beat("And up here Q says yes, and R says yes as well.") as beat:
            beat.over(
                self.frame.to_region(*span(plane, (-1.2, 8.6), (0.0, 5.4))), FadeIn(spot), FadeOut(middle),
                until="Q says", least=pace.SLOW,
            )  # fmt: skip
            beat.at("Q says", FadeIn(border), run_time=pace.BRISK)
        dark, strokes = hatched(plane, own)
        term = told("ambiguous region", UP + RIGHT, size=ink.HEADLINE)
        with self.beat(
            "A region that no class claims, or that several claim, is an ambiguous region.", pause=pace.SLOW
        ) as beat:
            self.play(self.frame.back(), FadeOut(border, spot), run_time=pace.CALM)
            beat.over(FadeIn(dark), until="several", least=pace.BRISK)
            beat.over(FadeIn(strokes), until="ambiguous", least=pace.BRISK)
            beat.over(FadeIn(term))
        shares = counted(3)
        drawn = told(f"mean of {schemes.DRAWS} draws, ± standard deviation", DOWN + LEFT, ink.chalk)
        with self.beat("With three classes, 98 percent of the points lie where one name is claimed.") as beat:
            self.play(FadeOut(term), FadeIn(drawn), run_time=pace.QUICK)
            beat.over(FadeIn(shares), until="98", least=pace.BRISK)
            beat.over(words.light(shares.text.line(2)))
        self.five_again(plane, VGroup(three, *fewer, dark, strokes), shares, drawn)

    def five_again(self, plane: Plane, before: VGroup, old: Tag, drawn: Tag) -> None:
        """The same with five classes, over other draws."""
        dots: Dots = scatter(plane, self.fives, self.five_labels)
        lines = schemes.one_vs_rest(self.fives, self.five_labels)
        curtains = [Curtain(plane, line_of(lines, each), KINDS[each]) for each in range(5)]
        dark, strokes = hatched(plane, lines)
        shares = counted(5)
        with self.beat(
            "Five on the same ring lie closer: 63 percent of the points, and of the map only 20."
        ) as beat:
            self.play(FadeOut(before, old), FadeIn(dots, *curtains), run_time=pace.CALM)
            beat.over(FadeIn(dark, strokes), FadeIn(shares), until="map", least=pace.BRISK)
            beat.over(words.light(shares.text.line(3)))
        with self.beat("Draw the points anew, and the shares stay about as large.") as beat:
            self.play(FadeOut(dark, strokes), run_time=pace.QUICK)
            for seed in OTHERS:
                points, labels = schemes.blobs(5, seed)
                after = schemes.one_vs_rest(points, labels)
                self.play(
                    Transform(dots, scatter(plane, points, labels)),
                    *(
                        glide(curtain.redraw, line_of(lines, each), line_of(after, each))
                        for each, curtain in enumerate(curtains)
                    ),
                    run_time=pace.LONG,
                )
                lines = after
            beat.rest()
        with self.beat("So hard yes-or-no answers are not enough. What else does a classifier know?") as beat:
            dark, _ = hatched(plane, lines)
            self.play(FadeOut(shares, drawn), FadeIn(dark), run_time=pace.BRISK)
            beat.over(self.frame.to_region(*span(plane, (-4.2, 4.2), (-2.4, 2.4))), least=pace.LONG)

    # --- scores

    @chapter("The highest score wins")
    def highest_score(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        plane = blob_plane()
        lines = schemes.one_vs_rest(self.threes, self.three_labels)
        dots = scatter(plane, self.threes, self.three_labels)
        planes = Planes(plane, lines, KINDS[:3], dots)
        _, strokes = hatched(plane, lines)
        with self.beat("Do not ask whether a place is on the yes side. Ask how far.") as beat:
            self.play(FadeIn(planes, strokes), run_time=pace.QUICK)
            beat.over(
                FadeOut(strokes), self.frame.to(planes.edges[0], share=1.0), until="Ask", least=pace.SLOW
            )
            beat.over(self.frame.back(), least=pace.SLOW)
        term = told("decision function: a signed score", UP + LEFT, size=ink.HEADLINE)
        with self.beat(
            "The decision function gives a signed score: positive for yes, larger when surer."
        ) as beat:
            beat.over(glide(planes.look, FLAT, SIDE, planes), until="positive", least=pace.LONG)
            beat.over(FadeIn(term))
        turned = (SIDE[0], -14 * DEGREES, *SIDE[2:])
        with self.beat(
            "Draw it as a height. Each plane cuts the floor, at zero, in its old boundary.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(glide(planes.look, SIDE, turned, planes), until="cuts", least=pace.SLOW)
            beat.over(*(words.light(edge) for edge in planes.edges), least=pace.SLOW)
        self.needles(planes, turned)

    def needles(self, planes: Planes, pose: Pose) -> None:
        """The two places again, the argmax, and the view from above."""
        scores = planes.lines.scores(np.array([BORDER, MIDDLE]))
        with self.beat("At the border both Q and R say yes. But the score of R is higher.") as beat:
            beat.over(
                glide(planes.stab, (*BORDER, 0.0), (*BORDER, 1.0), planes), until="But", least=pace.CALM
            )
            marks = self.marks(planes, scores[0], (0, 1))
            beat.over(FadeIn(marks))
        with self.beat("In the middle all are negative, and S is nearest to yes, barely.") as beat:
            self.play(FadeOut(marks), run_time=pace.QUICK)
            beat.over(
                glide(planes.stab, (*BORDER, 1.0), (*MIDDLE, 1.0), planes), until="S is", least=pace.SLOW
            )
            low = told(
                "in the middle:  "
                + ",  ".join(
                    f"[{LETTERS[number]} {value:.2f}:{ink_name}]".replace("-", "−")
                    for number, (value, ink_name) in enumerate(
                        zip(scores[1], ("first", "second", "third"), strict=True)
                    )
                ),
                UP + LEFT,
            )
            beat.over(FadeIn(low))
        rule = maths('hat(y) = "argmax"_k {{ f_k (bold(x)) : score }}', 1.3 * ink.HEADLINE)
        plate = raised(shot.SAFE.put(Tag(rule), UP + RIGHT))
        with self.beat("Take the class with the highest score: the argmax.", pause=pace.CALM) as beat:
            self.play(FadeOut(low), run_time=pace.QUICK)
            beat.over(FadeIn(plate), until="highest", least=pace.BRISK)
            beat.over(words.light(rule.part("score")))
        above = (0.0, 0.0, 1.0, 1.0, 1.0)
        with self.beat(
            "Seen from above, the highest plane hides the others, and that is the map: no gap, no overlap.",
            pause=pace.SLOW,
        ) as beat:
            self.play(
                glide(planes.stab, (*MIDDLE, 1.0), (*MIDDLE, 0.0), planes),
                FadeOut(plate),
                run_time=pace.BRISK,
            )
            beat.over(glide(planes.look, pose, above, planes), least=pace.LONG)
        with self.beat("But the three were fitted apart. Is a score of two here worth a two there?") as beat:
            beat.over(glide(planes.look, above, (*SIDE[:4], 1.0), planes), least=pace.LONG)
        self.calibration()

    def marks(self, planes: Planes, scores: np.ndarray, which: tuple[int, ...]) -> VGroup:
        """What the needle reads on some planes."""
        return VGroup(
            *(
                Tag(words.label(f"{LETTERS[number]} {scores[number]:.2f}", KINDS[number], ink.POINT)).next_to(
                    planes.bead(number), RIGHT if number else LEFT, buff=0.3
                )
                for number in which
            )
        )

    def calibration(self) -> None:
        """Cases that were all given one probability, and how many of them are true."""
        plane = shot.bare()
        across = np.linspace(shot.SAFE.left + 0.7, shot.SAFE.right - 0.7, CASES)
        up = np.linspace(shot.SAFE.bottom + 0.5, shot.SAFE.top - 1.7, 4)
        spots = np.stack(np.meshgrid(across, up, indexing="ij"), -1).reshape(-1, 2)
        true = np.repeat(logits.calibrated(GIVEN, CASES), len(up))
        dots = plane.dots(spots, REST, radius=0.42)
        after = Dots(plane, spots, [KINDS[0] if each else REST for each in true], radius=0.42)
        term = words.headline("calibration")
        shot.SAFE.put(term, UP + RIGHT)
        name = words.headline(f"each was given {GIVEN:g}", ink.quiet)
        shot.SAFE.put(name, UP + LEFT)
        share = words.headline(f"true: {round(GIVEN * CASES)} of {CASES}", KINDS[0])
        shot.SAFE.put(share, UP + LEFT)
        held = words.headline("on held-out rows", ink.quiet)
        shot.SAFE.put(held, UP + LEFT)
        with self.beat("Calibration turns scores into probabilities that hold.") as beat:
            self.exchange(dots, run_time=pace.BRISK)
            beat.over(FadeIn(term), until="probabilities", least=pace.BRISK)
            beat.over(FadeIn(name))
        with self.beat("Of cases given 0.8, eight in ten are true.", pause=pace.CALM) as beat:
            beat.over(Transform(dots, after, rate_func=linear), until="true", least=pace.LONG)
            beat.over(FadeOut(name), FadeIn(share))
        with self.beat(
            "So one-vs-rest needs scores on one scale: calibrate each classifier, on rows it was not fitted to."
        ) as beat:
            beat.over(words.light(term), until="calibrate", least=pace.CALM)
            beat.over(FadeOut(share), FadeIn(held), least=pace.BRISK)
            beat.over(words.light(held), least=pace.SLOW)
