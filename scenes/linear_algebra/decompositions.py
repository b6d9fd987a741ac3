"""What every matrix does at heart: eigenvectors and singular values."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import HAIR, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.plane import Plane
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage, blend
from scenes.maths.linear_algebra import linear
from scenes.maths.linear_algebra.linear import PUSH


class Decompositions(LinearAlgebraStage):
    """What every matrix does at heart: eigenvectors and singular values."""

    edition = 1

    # --- eigenvectors

    @chapter("Two arrows keep their line", "eigenvectors as directions that only stretch")
    def two_arrows_keep_their_line(self) -> None:
        self.find_them()
        self.relabel_the_sheet()
        self.push_again_and_again()
        self.admit_that_some_have_none()

    def find_them(self) -> None:
        """The ring of the beginning, with the lines that its arrows came from."""
        plane, sheet = self.plane, self.sheet
        spokes = plane.segment(-9 * linear.ring()[:0], 9 * linear.ring()[:0], ink.faint, HAIR)
        tips = linear.ring()
        spokes.redraw(0 * tips, 2.6 * tips)
        arrows = self.ring(sheet, 1.25)
        self.add(sheet, spokes, *arrows)

        def push(share: float) -> Changed:
            matrix = blend(REST, PUSH, share)
            sheet.redraw(matrix)
            return self.dye(arrows, matrix, share)

        with self.beat("Back to the ring. Thin spokes mark the line of each arrow. Now push.") as beat:
            beat.at("Thin", words.light(spokes), run_time=1.0)
            beat.until("push")
            self.play(sheet.drive(push), run_time=2.0)
        lines = self.kept_lines(plane)
        equation = words.formula(
            "A {{ bold(v) : v }} = {{ lambda : l }} {{ bold(v) : v2 }}",
            {"v": ink.focus, "v2": ink.focus, "l": ink.third}, size=ink.TITLE,
        )  # fmt: skip
        factors = [
            words.formula(
                f'A vec(delim: "[", {x:.0f}, {y:.0f}) = {{{{ {value:g} : l }}}} vec(delim: "[", {x:.0f}, {y:.0f})',
                {"l": ink.third},
            )
            for value, (x, y) in zip(self.kept.values, ((1, 1), (2, -1)), strict=True)
        ]
        place.aside(*factors, equation, gap=0.55)
        with self.beat(
            "Nearly all swing off their spokes. Two lines keep theirs, and there the arrows only stretch."
        ) as beat:
            beat.at("Two", *(Create(line) for line in lines), run_time=0.9)
        with self.beat("One comes out twice as long, the other half as long.") as beat:
            beat.at("twice", words.write(factors[0]), run_time=0.8)
            beat.at("half", words.write(factors[1]), run_time=0.8)
        with self.beat(
            "Such a vector is an eigenvector: the matrix does no more to it than a number, the eigenvalue."
        ) as beat:
            beat.at("eigenvector", words.write(equation), run_time=0.8)
            beat.at("number", words.light(equation.part("l")), run_time=1.0)
        self.leave(spokes, *arrows, equation)
        self.lines, self.factors = lines, factors

    def relabel_the_sheet(self) -> None:
        """A grid along the kept lines needs two numbers only."""
        frame = self.kept.vectors.T
        slanted = Lattice(self.plane, color=ink.focus, opacity=0.55).redraw(frame)
        cell = slanted.polygon(TILE)
        steps = slanted.arrows(TILE[[1, 3]], ink.focus, 6)
        values = np.diag(self.kept.values)
        two = words.formula(
            f'mat(delim: "[", {{{{ {values[0, 0]:g} : a }}}}, 0; 0, {{{{ {values[1, 1]:g} : b }}}})',
            {"a": ink.third, "b": ink.third}, size=ink.TITLE,
        )  # fmt: skip
        place.under(two, self.factors[1], gap=0.7)
        with self.beat("Now rule the sheet along these two lines instead.") as beat:
            self.play(self.lay(PUSH, REST), run_time=1.0)
            self.play(FadeOut(self.sheet), FadeIn(slanted), run_time=0.8)
            self.play(FadeIn(cell, steps), run_time=0.6)
        with self.beat(
            "Push again. In this grid nothing slides: one side doubles, the other halves. "
            "The whole push is two numbers, and their product is its determinant."
        ) as beat:
            self.play(
                slanted.drive(lambda t: slanted.redraw(blend(REST, PUSH, t) @ frame)),
                run_time=beat.fill("whole"),
            )
            beat.at("two", words.write(two), run_time=0.8)
        self.leave(slanted, cell, steps, two, *self.factors)

    def push_again_and_again(self) -> None:
        """Power iteration, drawn on the circle."""
        way = linear.push_again(PUSH, (1.0, 0.0), 6)
        degrees = linear.degrees_of(way)
        self.angle = 0.0
        arrow = self.plane.vector((0, 0), 2.4 * way[0], ink.chalk, 6)
        rim = self.plane.circle((0, 0), 2.4, ink.faint, HAIR)
        gauge = Gauge("angle", lambda: self.angle, 0, "°", ink.chalk, digits=2)
        place.aside(gauge)
        left = [self.plane.vector((0, 0), 2.4 * v, ink.faint, THIN) for v in way[:-1]]

        def swing(start: float, end: float, share: float) -> Changed:
            self.angle = start + share * (end - start)
            return (arrow.redraw((0, 0), 2.4 * linear.arrow(self.angle)),)

        with self.beat(
            "Take some other arrow, and push it again and again, back to the same length each time: "
            "27 degrees, 40, 44, 45."
        ) as beat:
            self.play(FadeIn(rim, arrow, gauge), run_time=0.6)
            for number, word in enumerate(("27", "40", "44", "45")):
                beat.until(word)
                self.add(left[number], arrow)
                self.play(
                    FadeIn(left[number]),
                    drive(partial(swing, degrees[number], degrees[number + 1])),
                    run_time=0.6,
                )
        with self.beat(
            "The strongest direction wins, from almost any start. Only on the other line would it stay."
        ) as beat:
            beat.at("strongest", self.glow(self.lines[0]), run_time=1.0)
            beat.at("other", self.glow(self.lines[1]), run_time=1.0)
        self.leave(rim, arrow, gauge, *left[:4], *self.lines)

    def glow(self, line: StraightLine) -> Animation:
        """A line grows thicker for a moment."""
        return drive(lambda t: line.set_stroke(width=THIN + 5 * np.sin(np.pi * t)))

    def admit_that_some_have_none(self) -> None:
        """A quarter turn keeps no line."""
        sheet = Lattice(self.plane, opacity=0.7)
        arrows = self.ring(sheet, 1.9)
        with self.beat("Not every matrix keeps two lines. A quarter turn moves every arrow off its own."):
            self.play(FadeIn(sheet, *arrows), run_time=0.6)

            def turn(share: float) -> Changed:
                sheet.redraw(linear.rotation(90 * share))
                return self.dye(arrows, linear.rotation(max(90 * share, 1e-3)), share)

            self.play(sheet.drive(turn), run_time=2.8)

    # --- singular values

    @chapter("Turn, stretch, turn", "SVD as rotate, stretch, rotate")
    def turn_stretch_turn(self) -> None:
        self.plane = place.picture(
            Plane((-3.4, 3.4), (-2.15, 2.15), 9.2, 5.6, equal=True, x_ticks=[], y_ticks=[])
        )
        self.sheet = Lattice(self.plane, opacity=0.7)
        self.steps = linear.take_apart(PUSH)
        self.rim = self.sheet.polygon(linear.circle(), ink.chalk, 4, fill=0.0)
        self.measure_the_longest()
        self.take_three_steps()

    def measure_the_longest(self) -> None:
        """The misunderstanding: the eigenvector is not the direction that grows most."""
        sheet, vector = self.sheet, self.kept.vectors[0]
        eigen = sheet.arrows(vector, ink.focus, 6)
        longest = sheet.arrows(self.steps.longest, ink.third, 6)
        spokes = self.plane.segment(0 * self.steps.longest, 4 * self.steps.longest, ink.third, dashed=True)
        spokes.redraw((0, 0), 2.1 * self.steps.longest / self.steps.longest[1])
        line = self.plane.line((-vector[1], vector[0]), 0.0, color=ink.focus, width=HAIR)
        self.add(sheet, self.rim, line, eigen)
        with self.beat(
            "Is the strong eigenvector the direction that grows most? Push a whole circle."
        ) as beat:
            beat.until("Push")
            self.play(self.lay(REST, PUSH), run_time=2.2)
        lengths = [
            Gauge("eigenvector", lambda: np.linalg.norm(PUSH @ vector), 3, color=ink.focus),
            Gauge("longest", lambda: self.steps.stretch[0], 3, color=ink.third),
        ]
        turned = Gauge(
            "turned by",
            lambda: linear.degrees_of(self.steps.longest) - linear.degrees_of(sheet.at(self.steps.longest)),
            0,
            "°",
            digits=2,
        )
        place.aside(*lengths, turned)

        reach = self.plane.circle((0, 0), float(self.kept.values[0]), ink.focus, HAIR)
        with self.beat(
            "It becomes an ellipse. Our eigenvector is 2 long, but the longest arrow reaches 2.065: another one."
        ) as beat:
            beat.at("2", FadeIn(lengths[0]), Create(reach), run_time=0.9)
            beat.at("longest", FadeIn(longest))
            beat.at("2.065", FadeIn(lengths[1]))
        with self.beat(
            "And it did not keep its line: on the way it turned, by 11 degrees. "
            "Longest stretch and kept line are two different questions."
        ) as beat:
            self.play(Create(spokes), FadeIn(turned), run_time=0.6)
            self.play(self.lay(PUSH, REST), run_time=beat.fill("turned"))
            self.play(self.lay(REST, PUSH), run_time=beat.fill("Longest"))
        self.leave(eigen, line, spokes, reach, *lengths, turned, run_time=0.4)
        self.sheet.free(eigen)
        self.longest = longest

    def take_three_steps(self) -> None:
        """The push as a turn, a stretch along the axes and a turn."""
        sheet, steps = self.sheet, self.steps
        ghost = Lattice(self.plane, color=ink.focus, opacity=0.45).redraw(PUSH)
        other = sheet.arrows(linear.arrow(90.0 - steps.first), ink.fourth, 6)
        rule = words.formula(
            "A = {{ U : last }} thin {{ Sigma : stretch }} thin {{ V^T : first }}",
            {"stretch": ink.focus}, size=ink.TITLE,
        )  # fmt: skip
        values = [
            Gauge(f"$sigma_{number + 1}$", partial(steps.stretch.__getitem__, number), 3, color=color)
            for number, color in enumerate((ink.third, ink.fourth))
        ]
        place.aside(*values, rule, gap=0.5)

        def step(number: int) -> Animation:
            return sheet.drive(lambda share: sheet.redraw(steps.reach(number + share)))

        with self.beat(
            "So take the push apart. First turn the sheet, until the arrow that will be longest lies flat."
        ) as beat:
            self.play(self.lay(PUSH, REST), run_time=beat.fill("turn"))
            self.play(FadeIn(other), run_time=0.4)
            self.play(step(0), run_time=max(beat.fill(), 1.6))
        with self.beat("Stretch along the axes: times 2.065 across, times 0.484 up.") as beat:
            self.play(step(1), run_time=beat.fill("2.065"))
            self.play(FadeIn(values[0]), run_time=0.5)
            beat.at("0.484", FadeIn(values[1]))
        with self.beat("And turn once more. That is our push, exactly.") as beat:
            self.play(step(2), run_time=beat.fill("That"))
            beat.at("exactly", FadeIn(ghost), run_time=0.7)
        with self.beat(
            "Turn, stretch, turn: every matrix can be taken apart like that, perhaps with a flip."
        ) as beat:
            self.play(words.write(rule), FadeOut(ghost), run_time=0.8)
            for word, part in (("stretch", "stretch"), ("every", "last")):
                beat.at(word, words.light(rule.part(part)), run_time=0.8)
        with self.beat(
            "The stretches are its singular values, the largest first, and never negative."
        ) as beat:
            beat.at("singular", *(value.light() for value in values))
