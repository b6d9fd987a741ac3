"""Eigenvectors: the arrows that keep their line, how they are found, and what they are good for."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.linear_algebra.area import CORNER
from scenes.linear_algebra.ground import BOLD, ghost, grid, move, ring, spokes, wide_plane
from scenes.linear_algebra.listing import HOOK, RADIUS
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.maths.linear_algebra import linear, spectrum
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS

BETWEEN: Final = shot.Region(2.0, -1.2, shot.SAFE.right, 2.6)
"""The calm part of the plane to the right, between the two lines."""
OUTER: Final = (0.0, 90.0)
"""Degrees of two arrows that swing, beside one that does not."""
STEPPED_BACK: Final = 0.3
"""Opacity of arrows that are not spoken of."""
STAGED: Final = ((1.65, 0.1), 1.8)
"""Middle and unit of the plane on which A is taken in three steps."""
BESIDE: Final = shot.Region(1.35, -2.7, shot.SAFE.right, 3.3)
"""Where the steps are named."""
REACH: Final = 2.05
"""Units of the arrow to which the matrix is applied again and again."""
ROUNDS: Final = 6
"""How often."""
SPLIT: Final = (0.35, -2.0)
"""How much of either eigenvector is in a vector at first."""
WATCHED: Final = np.arange(4)
"""Rounds of A in which its parts are watched."""
OTHER_START: Final = 96.0
"""Degrees of another start."""
QUARTER: Final = 90.0
"""Degrees of a quarter turn."""


def line_of(plane: Plane, vector: Floats, width: float = LINE) -> StraightLine:
    """The line of an eigenvector (2,)."""
    return plane.line((-vector[1], vector[0]), 0.0, color=ink.focus, width=width)


class Eigen(LinearAlgebraStage):
    """Eigenvectors: the arrows that keep their line, how they are found, and what they are good for."""

    # --- which they are

    @chapter("Back to the ring of arrows", "eigenvectors as directions that only stretch")
    def back_to_the_ring(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.find_two_lines()
        self.name_them()
        self.find_by_hand()

    def find_two_lines(self) -> None:
        """The hook again, with the lines on which its arrows lay."""
        plane = self.field = wide_plane((0.0, 0.0), HOOK)
        sheet = self.sheet = grid(plane)
        arrows = self.ring_now = ring(sheet, RADIUS)
        rays = linear.ring()
        traces = spokes(plane)
        self.add(sheet, *arrows)
        with self.beat("Back to the question. Which arrows still point the way they did?") as beat:
            beat.over(Create(traces), until="still")
            beat.over("still", move(sheet, REST, PUSH), least=pace.LONG)
        degrees = linear.degrees_of(rays) % 360
        swings = [arrows[int(np.abs(degrees - angle).argmin())] for angle in OUTER]
        middle = arrows[int(np.abs(degrees - 45.0).argmin())]
        with self.beat(
            "Look at three. The outer two swing off their lines. The middle one stays on its own."
        ) as beat:
            beat.over(move(sheet, PUSH, REST), self.spotlight(*swings, middle), until="outer")
            beat.over(
                "outer",
                move(sheet, REST, PUSH),
                self.frame.to(*swings, middle, share=0.9),
                until="The middle",
                least=pace.LONG,
            )
            beat.over("The middle", middle.animate.set_fill(ink.focus))
        kept = [arrow for arrow, swung in zip(arrows, linear.swing(PUSH, rays), strict=True) if swung < 1e-6]
        others = [arrow for arrow in arrows if arrow not in kept]
        lines = self.lines = [line_of(plane, vector) for vector in self.kept.vectors]
        factors = self.factors = [Tag(words.headline(text, ink.focus)) for text in ("× 2", "× ½")]
        factors[0].move_to(plane.at(1.15, 2.05))
        factors[1].move_to(plane.at(1.1, -1.35))
        with self.beat(
            "Two lines are kept: there is your answer. "
            "On this one, arrows come out twice as long; here, half as long."
        ) as beat:
            beat.over(
                self.frame.back(),
                self.lights_on(),
                *(Create(line) for line in lines),
                *(arrow.animate.set_fill(ink.focus) for arrow in kept),
                *(arrow.animate.set_fill(opacity=STEPPED_BACK) for arrow in others),
                FadeOut(traces),
                until="On",
                least=pace.SLOW,
            )
            beat.over("twice", FadeIn(factors[0]), until="half")
            beat.over("half", FadeIn(factors[1]))
        self.others = others
        across = np.array([[0, -1], [1, 0]]) @ self.kept.vectors[1]
        self.halved = [arrow for arrow, ray in zip(arrows, rays, strict=True) if abs(ray @ across) < 1e-6]

    def name_them(self) -> None:
        """Eigenvector and eigenvalue, and the equation by which they are found."""
        law = words.formula(
            "A {{ bold(x) : x }} = {{ lambda : l }} {{ bold(x) : x2 }}",
            {"x": ink.focus, "x2": ink.focus, "l": ink.chalk},
            size=1.3 * ink.pixels(ink.HEADLINE),
        )
        plate = BETWEEN.put(Tag(law), UP + RIGHT)
        names = CORNER.put(
            Tag(
                words.note(
                    "[eigenvector $bold(x)$:focus]\neigenvalue $lambda$",
                    size=ink.POINT,
                )
            ),
            UP + LEFT,
        )
        sheet = self.sheet
        with self.beat(
            "A non-zero arrow that keeps its line, or flips on it, is an eigenvector; "
            "its stretch is the eigenvalue, lambda."
        ) as beat:
            beat.over(move(sheet, PUSH, REST), FadeIn(names), until="stretch")
            beat.over("stretch", move(sheet, REST, PUSH), FadeIn(plate), until="lambda", least=pace.SLOW)
            beat.over("lambda", words.light(law.part("l")))
        flat = spectrum.shifted(PUSH, float(self.kept.values[0]))
        crushed = words.label(
            "[$(A - lambda I) bold(x) = bold(0)$:chalk]\n[$lambda = 2$:focus]", size=ink.POINT
        )
        crushed.move_to(law, aligned_edge=RIGHT)
        second = Tag(crushed)
        second.next_to(plate, DOWN, buff=words.GAP, aligned_edge=RIGHT)
        crushed_to = self.field.dots([(0.0, 0.0)], ink.focus, radius=0.14)
        area = words.note("[$det(A - lambda I) = 0$:chalk]", size=ink.HEADLINE)
        name = words.note("[characteristic equation:chalk]", size=ink.POINT)
        third = Tag(VGroup(area, name).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT))
        third.move_to(plate, aligned_edge=UP + RIGHT)
        sheet.free(*self.others, *self.halved)
        with self.beat("How do you find them? A x is lambda x, so A minus lambda I sends x to zero.") as beat:
            beat.over(words.light(names.text), until="A x")
            beat.over(
                "A x",
                words.light(law),
                FadeOut(*self.others, *self.halved, self.lines[1], *self.factors),
                until="A minus",
            )
            beat.over("A minus", FadeIn(second), move(sheet, PUSH, flat), least=pace.SLOW)
        with self.beat(
            "A map that crushes an arrow crushes areas too: its determinant is zero. "
            "That is the characteristic equation."
        ) as beat:
            beat.over(FadeIn(crushed_to), words.light(second.text), until="its")
            beat.over("its", FadeOut(plate, second), FadeIn(third), until="characteristic")
            beat.over("characteristic", words.light(name, ink.chalk))
        self.clear_stage()

    def find_by_hand(self) -> None:
        """Both eigenvalues and one eigenvector of our matrix, on paper."""
        self.shot(shot.formula(titled=False))
        shifted = words.label(
            '$A - lambda I = mat(delim: "[", row-gap: #0.4em, column-gap: #1em, 1 - lambda, 1; 0.5, 1.5 - lambda)$',
            size=ink.HEADLINE,
        )
        product = words.label(
            "$det(A - lambda I) = (1 - lambda)(1.5 - lambda) - 0.5 dot 1$",
            size=0.95 * ink.pixels(ink.HEADLINE),
        )
        roots = words.label("$= lambda^2 - 2.5 thin lambda + 1$", size=ink.HEADLINE)
        upper = VGroup(shifted, product, roots).arrange(DOWN, buff=0.75)
        shot.safe(titled=False).put(upper)
        with self.beat(
            "On paper: take lambda from the diagonal of A. "
            "The determinant is lambda squared minus five halves lambda plus one."
        ) as beat:
            beat.over(words.write(shifted), until="The")
            beat.over("The", words.write(product), until="lambda squared")
            beat.over("lambda squared", words.write(roots))
        self.clear_stage()
        self.plot_the_determinant()
        self.solve_for_the_vector()

    def plot_the_determinant(self) -> None:
        """The determinant of A less λ times the identity against λ: zero at the eigenvalues, det A at none."""
        self.shot(shot.wide())
        chart = shot.safe(titled=False).plane(
            (-0.2, 2.6), (-0.75, 1.2),
            x_label="$lambda$", y_label="$det(A - lambda I)$",
            x_ticks=(0.5, 1, 1.5, 2, 2.5), y_ticks=(-0.5, 0, 0.5, 1),
        )  # fmt: skip
        values = np.linspace(-0.05, 2.6, 107)
        curve = chart.curve(values, spectrum.characteristic(PUSH, values), ink.chalk, 3 * LINE, share=0.0)
        axis = chart.segment((-0.2, 0), (2.6, 0), ink.quiet, LINE)
        weak, strong = sorted(self.kept.values)
        zeros = chart.dots([(weak, 0.0), (strong, 0.0)], ink.focus, radius=0.2)
        names = [
            chart.label(at, 0.0, f"$lambda = {text}$", side, ink.focus, size=ink.HEADLINE)
            for at, text, side in ((weak, "1/2", UP + RIGHT), (strong, "2", UP + LEFT))
        ]
        start = chart.dots([(0.0, float(spectrum.characteristic(PUSH, 0.0)[0]))], ink.chalk, radius=0.2)
        called = chart.label(0.4, 1.0, "$det A = 1 = 2 dot 1/2$", RIGHT, size=ink.POINT)
        with self.beat("Draw it against lambda. It is zero at a half, and at two.") as beat:
            self.play(FadeIn(chart, axis), run_time=pace.BRISK)
            self.add(curve)
            beat.over(glide(curve.reveal, 0.0, 1.0), until="half", least=pace.SLOW)
            beat.over("half", FadeIn(zeros[0], names[0]), until="two")
            beat.over("two", FadeIn(zeros[1], names[1]))
        with self.beat("Their product is one, the determinant.") as beat:
            beat.over(words.light(names[0]), words.light(names[1]), until="one")
            beat.over("one", FadeIn(start, called))
        self.clear_stage()

    def solve_for_the_vector(self) -> None:
        """One eigenvector of our matrix in numbers, and that it is one."""
        self.shot(shot.formula(titled=False))
        row = words.note(
            '$(A - 2 I) bold(x) = mat(delim: "[", -1, 1; 0.5, -0.5) vec(delim: "[", x_1, x_2) = bold(0)$',
            size=ink.HEADLINE,
            colors={"bold(x)": ink.focus, "x_1": ink.focus, "x_2": ink.focus},
        )
        says = words.label("[$-x_1 + x_2 = 0$:chalk]", size=ink.HEADLINE)
        arrow = words.note(
            '$bold(x) = vec(delim: "[", 1, 1)$', ink.focus, ink.HEADLINE, colors={"bold(x)": ink.focus}
        )
        check = words.label(
            '$A vec(delim: "[", 1, 1) = vec(delim: "[", 1 + 1, 0.5 + 1.5) = 2 vec(delim: "[", 1, 1)$',
            size=ink.HEADLINE,
        )
        middle = VGroup(says, arrow).arrange(RIGHT, buff=1.2)
        VGroup(row, middle, check).arrange(DOWN, buff=0.55)
        shot.safe(titled=False).put(VGroup(row, middle, check))
        with self.beat(
            "Now let lambda be two. The first row says that x one and x two are equal: one, one is an eigenvector."
        ) as beat:
            beat.over(words.write(row), until="The first")
            beat.over(words.write(says), until="one, one")
            beat.over("one, one", words.write(arrow))
        with self.beat("Test it: A times one, one is two, two.") as beat:
            beat.over(words.write(check), until="is")
            beat.over("is", words.light(check))
        self.clear_stage()

    # --- what they are good for

    @chapter("A grid of its own")
    def a_grid_of_its_own(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.rule_along_them()
        self.apply_again_and_again()
        self.keep_fewer_lines()

    def rule_along_them(self) -> None:
        """In the grid of its eigenvectors the map is two numbers."""
        plane = self.field = wide_plane((0.0, 0.0), HOOK)
        sheet = self.sheet = grid(plane)
        lines = self.lines = [line_of(plane, vector) for vector in self.kept.vectors]
        frame = self.kept.vectors.T
        slanted = Lattice(plane, color=ink.focus, width=1.5 * HAIR, opacity=0.6).redraw(frame)
        cell = slanted.polygon(TILE, ink.focus, LINE, 0.3)
        steps = slanted.arrows(REST, ink.focus, BOLD)
        self.add(sheet, *lines)

        def run(matrix: Floats) -> Changed:
            slanted.redraw(matrix @ frame)
            return (slanted, cell, steps)

        with self.beat(
            "Rule the plane anew, along the two eigenvectors. "
            "Run A: no cell turns or slants: one side doubles, the other halves."
        ) as beat:
            beat.over("anew", FadeOut(sheet), FadeIn(slanted), until="eigenvectors")
            self.play(FadeIn(cell, steps), run_time=pace.QUICK)
            beat.over(self.frame.to(cell, share=0.4), until="cell")
            beat.over("cell", glide(run, REST, PUSH), least=pace.LONG)
        law = words.formula(
            'Lambda = mat(delim: "[", {{ 2 : a }}, 0; 0, {{ 1/2 : b }})',
            {"Lambda": ink.focus, "a": ink.focus, "b": ink.focus},
            size=ink.HEADLINE,
        )
        name = words.note("diagonal matrix", size=ink.POINT)
        plate = Tag(VGroup(law, name).arrange(DOWN, buff=0.3, aligned_edge=LEFT))
        CORNER.put(plate, UP + LEFT)
        with self.beat(
            "In the basis of eigenvectors it is a diagonal matrix: each direction has its own factor."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(glide(run, PUSH, REST), until="diagonal")
            beat.over("diagonal", FadeIn(plate), until="each")
            beat.over("each", glide(run, REST, PUSH), least=pace.SLOW)
        self.play(FadeOut(slanted, cell, steps, plate, *lines), run_time=pace.QUICK)
        self.take_it_in_stages()
        self.split_one_vector()

    def take_it_in_stages(self) -> None:
        """X⁻¹ brings the eigenvectors onto the axes, Λ stretches, and X brings them back: the grid of A is hit."""
        field = wide_plane(*STAGED)
        staged = grid(field)
        way = linear.through_eigenbasis(PUSH)
        vectors = np.linalg.inv(way[1]).T
        own = [staged.arrows([vector], ink.focus, BOLD) for vector in vectors]
        aim = ghost(field, PUSH)
        aim.set_color(ink.chalk)
        law = words.formula(
            "A = {{ X : back }} {{ Lambda : stretch }} {{ X^(-1) : onto }}",
            {"back": ink.chalk, "stretch": ink.focus, "onto": ink.chalk},
            size=1.15 * ink.pixels(ink.HEADLINE),
        )
        columns = "; ".join(", ".join(f"{entry:.2f}" for entry in row) for row in np.linalg.inv(way[1]))
        written = words.note(f'$X = mat(delim: "[", {columns})$', ink.focus, ink.POINT)
        texts = ("1. onto the axes", "2. stretch: [2, ½:focus]", "3. and back")
        plates = [Tag(law), Tag(written), *(Tag(words.note(text, size=ink.POINT)) for text in texts)]
        BESIDE.stack(*plates, gap=0.3)
        with self.beat(
            "So A is three steps. The eigenvectors are the columns of X, and its inverse brings them onto the axes."
        ) as beat:
            self.play(FadeIn(staged, *own), run_time=pace.BRISK)
            beat.over(FadeIn(plates[0]), until="eigenvectors")
            beat.over("eigenvectors", FadeIn(plates[1]), until="inverse")
            beat.over(
                "inverse", move(staged, way[0], way[1]), FadeIn(plates[2]), words.light(law.part("onto"))
            )
        with self.beat(
            "Lambda stretches along the axes, and X brings them back: the grid of A is hit."
        ) as beat:
            beat.over(move(staged, way[1], way[2]), FadeIn(plates[3]), until="and", least=pace.SLOW)
            beat.over(
                "X",
                move(staged, way[2], way[3]),
                FadeIn(plates[4], aim),
                words.light(law.part("back")),
                least=pace.SLOW,
            )
        self.play(FadeOut(staged, aim, *own, *plates), run_time=pace.QUICK)

    def split_one_vector(self) -> None:
        """A vector as the sum of its parts along both eigenvectors, round by round."""
        self.shot(shot.wide())
        plane, sheet = self.field, self.sheet
        rays, values = self.kept.vectors, self.kept.values
        parts = [plane.vector((0, 0), ray, ink.focus, BOLD) for ray in rays]
        total = plane.vector((0, 0), rays[0], ink.chalk, 2 * BOLD)
        sides = plane.segment(rays, rays, ink.quiet, LINE, dashed=True)
        sweep = ParameterSweep(WATCHED)

        def stand(rounds: float) -> Changed:
            now = (np.array(SPLIT) * values**rounds)[:, None] * rays
            for part, tip in zip(parts, now, strict=True):
                part.redraw((0, 0), tip)
            return (*parts, sides.redraw(now, [now.sum(axis=0)] * 2), total.redraw((0, 0), now.sum(axis=0)))

        sweep.draws(stand)
        read = CORNER.put(
            Tag(Readout(sweep.score(WATCHED), 0, label="[$A^k bold(x)$, $k =$:chalk]", size=ink.HEADLINE)),
            UP + LEFT,
        )
        factors = [
            Tag(words.headline(text, ink.focus)).move_to(plane.at(*spot))
            for text, spot in (("× 2", (2.6, 1.5)), ("× ½", (-1.3, 1.4)))
        ]
        with self.beat(
            "And A again and again? Split x along both eigenvectors. "
            "Where an eigenvalue is above one in size, that part grows; below one, it dies out."
        ) as beat:
            self.play(FadeIn(sheet, *self.lines, total, read), run_time=pace.BRISK)
            beat.over("Split", *(Create(part) for part in parts), FadeIn(sides), until="Where")
            beat.over("Where", sweep.to(1), until="grows")
            beat.over("grows", sweep.to(2), FadeIn(factors[0]), until="below")
            beat.over("below", sweep.to(3), FadeIn(factors[1]))
        self.play(FadeOut(*parts, total, sides, read, *factors, *self.lines), run_time=pace.QUICK)

    def apply_again_and_again(self) -> None:
        """Power iteration, with a trail."""
        plane = self.field
        way = linear.push_again(PUSH, (1.0, 0.0), ROUNDS)
        degrees = linear.degrees_of(way)
        rim = plane.circle((0, 0), REACH, ink.quiet, THIN)
        arrow = plane.vector((0, 0), REACH * way[0], ink.chalk, 2 * BOLD)
        angle = Value(degrees[0])
        read = CORNER.put(Tag(Readout(angle, 1, "°", label="angle", size=ink.HEADLINE, digits=2)), UP + LEFT)
        angle.draws(lambda now: arrow.redraw((0, 0), REACH * linear.arrow(now)))
        trail = [plane.vector((0, 0), REACH * v, ink.quiet, THIN) for v in way[:-1]]
        strongest = self.lines[0].copy()
        name = CORNER.put(Tag(words.note("[power iteration:chalk]", size=ink.POINT)), DOWN + LEFT)
        with self.beat(
            "So one eigenvector can be found: apply A again and again to one arrow, rescaled each time."
        ) as beat:
            self.play(FadeIn(rim, arrow, read), run_time=pace.BRISK)
            for number, word in enumerate(("again", "arrow", "each")):
                self.add(trail[number], arrow)
                beat.at(word, angle.to(degrees[number + 1]), run_time=pace.CALM)
        with self.beat(
            "It turns towards the strong eigenvector. This is power iteration: so web pages were ranked."
        ) as beat:
            for number, word in enumerate(("turns", "eigenvector", "This"), 3):
                self.add(trail[number], arrow)
                beat.at(word, angle.to(degrees[number + 1]), run_time=pace.QUICK)
            beat.over("power", Create(strongest), FadeIn(name))
        again = linear.degrees_of(linear.push_again(PUSH, linear.arrow(OTHER_START), ROUNDS))
        with self.beat(
            "If one eigenvalue is largest in size, almost any start approaches that eigenvector's line."
        ) as beat:
            beat.over(words.light(name.text), until="almost")
            beat.over("almost", FadeOut(*trail), angle.to(OTHER_START), until="approaches")
            beat.over(angle.to(again[-1]), least=pace.SLOW)
        self.play(FadeOut(arrow, read, name, strongest), run_time=pace.BRISK)
        self.rim = rim

    def keep_fewer_lines(self) -> None:
        """A quarter turn keeps no line, and a shear one."""
        plane, sheet = self.field, self.sheet
        start = linear.arrow(25.0)
        arrow = plane.vector((0, 0), REACH * start, ink.chalk, 2 * BOLD)
        left = plane.vector((0, 0), REACH * start, ink.quiet, THIN)
        arc = plane.curve([0], [0], ink.quiet, LINE)

        def turn(share: float) -> Changed:
            sheet.redraw(linear.rotation(QUARTER * share))
            way = REACH * linear.arrow(25.0 + QUARTER * np.linspace(0, share, 40))
            return (*sheet.submobjects, arrow.redraw((0, 0), way[-1]), arc.redraw(*way.T))

        line = line_of(plane, np.array([1.0, 0.0]), 1.5 * LINE)
        named = [
            shot.safe(titled=False).put(
                Tag(words.label(f'{text}: $mat(delim: "[", {entries})$', size=ink.HEADLINE)), DOWN + LEFT
            )
            for text, entries in (("quarter turn", "0, -1; 1, 0"), ("shear", "1, 1; 0, 1"))
        ]
        with self.beat(
            "Not every matrix has two such lines: a quarter turn keeps no real one, a shear one."
        ) as beat:
            self.play(FadeIn(left, arrow), FadeOut(self.rim), run_time=pace.QUICK)
            self.add(arc)
            beat.over("quarter", drive(turn), FadeIn(named[0]), until="a shear", least=pace.SLOW)
            self.play(FadeOut(left, arrow, arc, named[0]), run_time=pace.QUICK)
            beat.over(move(sheet, REST, SIDEWAYS), Create(line), FadeIn(named[1]), least=pace.SLOW)
