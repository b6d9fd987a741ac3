"""The singular value decomposition: a turn, a stretch along the axes, and a turn."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Group, ManimColor, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import blend
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.linear_algebra.eigen import line_of
from scenes.linear_algebra.ground import BOLD, grid, move, wide_plane
from scenes.linear_algebra.stage import REST, LinearAlgebraStage
from scenes.maths.linear_algebra import linear
from scenes.maths.linear_algebra.linear import PUSH

MIDDLE: Final = (1.65, 0.1)
UNIT: Final = 1.8
"""Scene units to one of the plane's."""
SIDE: Final = shot.Region(1.35, -2.7, shot.SAFE.right, 3.3)
"""Where formulas stand, right of the ellipse."""
SQUARE: Final = 0.16
"""Units of the side of the mark of a right angle."""
SYMMETRIC: Final[Floats] = np.array([[1.4, 0.6], [0.6, 0.9]])
"""A symmetric matrix with no negative eigenvalue."""
TALL: Final[Floats] = np.array([[1.0, 1.0], [0.5, 1.5], [1.0, -1.0]])
"""A matrix that is not square."""
BOX: Final = 0.42
"""Scene units of a cell of it."""


def right_angle(one: Floats, other: Floats) -> Floats:
    """Corners (4, 2) of the mark between two directions, each (2,)."""
    a, b = (SQUARE * each / np.linalg.norm(each) for each in (one, other))
    return np.array([np.zeros(2), a, a + b, b])


class Singular(LinearAlgebraStage):
    """The singular value decomposition: a turn, a stretch along the axes, and a turn."""

    @chapter("Which arrow grows most?", "SVD as rotate, stretch, rotate")
    def which_arrow_grows_most(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane = wide_plane(MIDDLE, UNIT)
        self.sheet = grid(self.plane)
        self.circle = self.sheet.polygon(linear.circle(), ink.chalk, LINE, 0.0)
        self.steps = linear.take_apart(PUSH)
        self.v = np.array([self.steps.longest, linear.arrow(90.0 - self.steps.first)])
        self.measure_the_longest()
        self.find_right_angles()
        self.take_three_steps()
        self.write_it()
        self.agree()

    def measure_the_longest(self) -> None:
        """The misunderstanding: an eigenvector is not the direction that is stretched most."""
        plane, sheet = self.plane, self.sheet
        vector = self.kept.vectors[0]
        line, kept = line_of(plane, vector, THIN), sheet.arrows([vector], ink.focus, BOLD)
        self.add(sheet, self.circle, line, kept)
        with self.beat("Is the strong eigenvector the arrow that grows most?") as beat:
            beat.over(words.light(kept, ink.chalk))
        self.think()
        with self.beat("Ask a circle: it becomes an ellipse.") as beat:
            beat.over(move(sheet, REST, PUSH), least=pace.LONG)
        first = sheet.arrows([self.v[0]], ink.truth, BOLD)
        reach = plane.circle((0, 0), float(self.kept.values[0]), ink.focus, THIN)
        tips = VGroup(
            plane.dots([PUSH @ vector], ink.focus, radius=0.04),
            plane.dots([PUSH @ self.v[0]], ink.truth, radius=0.04),
        )
        near = self.frame.to(tips, share=0.2, at=(-1.0, 0.0))
        with self.beat(
            "That one reaches two. But the longest arrow reaches 2.065, and it is another."
        ) as beat:
            beat.over(FadeIn(first, tips), Create(reach), until="But")
            beat.over(near, until="longest", least=pace.SLOW)
            zoom = self.frame.sight.zoom
            lengths = [
                Tag(
                    plane.label(
                        float((PUSH @ each)[0]),
                        float((PUSH @ each)[1]),
                        f"{size:.3f}",
                        side,
                        color,
                        gap=0.35 / zoom,
                        size=ink.pixels(ink.HEADLINE) / zoom,
                    )
                )
                for each, size, side, color in (
                    (vector, self.kept.values[0], RIGHT, ink.focus),
                    (self.v[0], self.steps.stretch[0], UP, ink.truth),
                )
            ]
            self.play(FadeIn(*lengths), run_time=pace.QUICK)
            beat.over("2.065", words.light(lengths[1].text, ink.chalk))
        self.pair: list[Arrows] = [first]
        self.leaving = [line, kept]
        self.marks = [*lengths, tips, reach]

    def carry(self, start: Floats, end: Floats, colors: tuple[ManimColor, ManimColor]) -> Animation:
        """The grid and the pair go from one matrix to another, and the pair from one colour to another."""

        def path(share: float) -> Changed:
            for arrow in self.pair:
                arrow.set_fill(blend(*colors, share))
            self.sheet.redraw(blend(start, end, share))
            return (self.sheet,)

        return self.sheet.drive(path)

    def find_right_angles(self) -> None:
        """The pair at right angles that lands at right angles."""
        sheet, plane = self.sheet, self.plane
        second = sheet.arrows([self.v[1]], ink.fourth, BOLD)
        before = plane.polygon(right_angle(*self.v), ink.fourth, LINE)
        after = plane.polygon(right_angle(*(self.v @ PUSH.T)), ink.truth, LINE)
        with self.beat(
            "At a right angle to it stands the arrow that grows least, and A keeps that right angle."
        ) as beat:
            self.play(
                self.frame.back(),
                FadeOut(*self.marks),
                self.carry(PUSH, REST, (ink.truth, ink.fourth)),
                run_time=pace.SLOW,
            )
            self.pair.append(second)
            beat.over(FadeIn(second, before), until="grows")
            self.play(FadeOut(*self.leaving), run_time=pace.QUICK)
            sheet.free(self.leaving[1])
            beat.over(
                "A keeps", self.carry(REST, PUSH, (ink.fourth, ink.truth)), FadeOut(before), least=pace.SLOW
            )
            self.play(FadeIn(after), run_time=pace.QUICK)
        laws = [
            Tag(
                words.note(
                    f"$A bold(v)_{n} = sigma_{n} bold(u)_{n}$",
                    size=ink.HEADLINE,
                    colors={"bold(v)": ink.fourth, "bold(u)": ink.truth},
                )
            )
            for n in (1, 2)
        ]
        names = Tag(
            words.note(
                "singular vectors\n[$bold(v)$:fourth] and [$bold(u)$:truth]\nsingular values [$sigma$:chalk]",
                size=ink.POINT,
            )
        )
        SIDE.stack(*laws, names, gap=0.35)
        with self.beat(
            "So A takes v to sigma times u. These are the singular vectors, of length one; "
            "sigma, the stretch, is the singular value."
        ) as beat:
            beat.over(self.carry(PUSH, REST, (ink.truth, ink.fourth)), FadeOut(after), until="takes")
            beat.over(
                self.carry(REST, PUSH, (ink.fourth, ink.truth)),
                FadeIn(*laws),
                until="singular",
                least=pace.SLOW,
            )
            beat.over("singular", FadeIn(names), until="stretch")
            beat.over(words.light(names.text))
        self.play(FadeOut(*laws, names), run_time=pace.QUICK)

    def step(self, start: float, end: float) -> Animation:
        """From ``start`` to ``end`` of the three steps that make the map, 0 (nothing yet) to 3 (all)."""
        return self.sheet.drive(lambda share: self.reach(blend(start, end, share)))

    def reach(self, step: float) -> None:
        """Stand after so many of the three steps; the pair is v until it is stretched, and u when all has ended."""
        stretched, turned = (float(np.clip(step - before, 0.0, 1.0)) for before in (1.0, 2.0))
        for arrow in self.pair:
            arrow.set_fill(blend(blend(ink.fourth, ink.chalk, stretched), ink.truth, turned))
        self.sheet.redraw(self.steps.reach(step))

    def take_three_steps(self) -> None:
        """Turn, stretch, turn: the ellipse of A is hit."""
        target = self.plane.polygon(linear.circle() @ PUSH.T, ink.quiet, LINE)
        self.axes = VGroup(*(self.plane.line(normal, 0.0, color=ink.faint, width=THIN) for normal in REST))
        longer, shorter = self.steps.stretch
        names = [
            Tag(words.note(text, size=ink.HEADLINE))
            for text in ("1. turn", f"2. stretch:\n{longer:.3f}, {shorter:.3f}", "3. turn")
        ]
        SIDE.stack(*names, gap=0.3)
        with self.beat("Now take A apart. First turn, until the two v lie on the axes.") as beat:
            self.play(FadeOut(self.sheet), FadeIn(self.axes, target), run_time=pace.QUICK)
            beat.over(self.carry(PUSH, REST, (ink.truth, ink.fourth)), until="First")
            beat.over(self.step(0, 1), FadeIn(names[0]), least=pace.SLOW)
        with self.beat("Stretch along the axes, by the two singular values.") as beat:
            beat.over(self.step(1, 2), FadeIn(names[1]), least=pace.LONG)
        with self.beat("Turn again, onto the two u. The ellipse of A is hit.", pause=pace.SLOW) as beat:
            beat.over(self.step(2, 3), FadeIn(names[2]), until="ellipse", least=pace.LONG)
            beat.over(words.light(self.circle))
        self.play(FadeOut(*names, target), run_time=pace.QUICK)

    def write_it(self) -> None:
        """The decomposition, its parts lit while they move; and how it is found."""
        law = words.formula(
            "A = {{ U : last }} {{ Sigma : stretch }} {{ V^T : first }}",
            {"last": ink.truth, "stretch": ink.chalk, "first": ink.fourth},
            size=1.3 * ink.pixels(ink.HEADLINE),
        )
        name = words.note(
            "[SVD:chalk]: the [singular\nvalue decomposition:chalk]",
            size=ink.POINT,
        )
        plates = [Tag(law), Tag(name)]
        SIDE.stack(*plates)
        with self.beat(
            "In letters, A is U Sigma V transposed. This is the singular value decomposition."
        ) as beat:
            self.play(self.carry(PUSH, REST, (ink.truth, ink.fourth)), FadeIn(plates[0]), run_time=pace.CALM)
            beat.over(self.step(0, 1), words.light(law.part("first")), until="transposed", least=pace.CALM)
            beat.over(self.step(1, 2), words.light(law.part("stretch")), until="singular", least=pace.CALM)
            beat.over("singular", FadeIn(plates[1]), self.step(2, 3), words.light(law.part("last")))
        turns = Tag(words.note("[orthogonal matrix:chalk]:\n$U^T = U^(-1)$", size=ink.POINT))
        turns.move_to(plates[1], aligned_edge=UP + LEFT)
        with self.beat("A turn or a flip is an orthogonal matrix: its transpose is its inverse.") as beat:
            beat.over(FadeOut(plates[1]), FadeIn(turns), self.step(3, 0), until="transpose")
            beat.over("transpose", self.step(0, 1), until="inverse", least=pace.CALM)
            beat.over("inverse", self.step(1, 0), words.light(turns.text), least=pace.CALM)
        shapes = self.any_shape()
        shapes.move_to(turns, aligned_edge=UP + LEFT)
        with self.beat(
            "Every matrix, of any shape, has such a decomposition. Its rank counts the singular values above zero."
        ) as beat:
            beat.over(FadeOut(turns), self.step(0, 3), words.light(law), until="any", least=pace.SLOW)
            beat.over("any", FadeIn(shapes), until="Its")
            beat.over("Its", words.light(law.part("stretch")))
        self.find_on_paper(shapes)
        self.play(FadeOut(plates[0]), run_time=pace.CALM)

    def any_shape(self) -> Group:
        """A matrix of three rows and two columns, and its three factors."""
        u, values, vt = np.linalg.svd(TALL)
        stretch = np.zeros(TALL.shape)
        np.fill_diagonal(stretch, values)
        tables = [Matrix(each, BOX, largest=2.0) for each in (TALL, u, stretch, vt)]
        row = Group(tables[0], words.headline("="), *tables[1:]).arrange(RIGHT, buff=0.22)
        sizes = words.note("3 × 2 as 3 × 3, 3 × 2, 2 × 2", size=ink.NOTE)
        return Group(row, sizes).arrange(DOWN, buff=0.3, aligned_edge=LEFT)

    def find_on_paper(self, shapes: Group) -> None:
        """The singular values and the v as what the product of the transpose and the matrix keeps."""
        (a, b), (_, d) = PUSH.T @ PUSH
        longer, shorter = self.steps.stretch
        product = words.formula(
            f'A^T A = mat(delim: "[", column-gap: #0.6em, {a:g}, {b:g}; {b:g}, {d:g})',
            size=ink.POINT,
        )
        roots = words.note(
            f"eigenvalues $lambda = sigma^2$:\n$lambda_1 = {longer:.3f}^2$\n$lambda_2 = {shorter:.3f}^2$",
            size=ink.POINT,
        )
        paper = Tag(VGroup(product, roots).arrange(DOWN, buff=0.3, aligned_edge=LEFT))
        paper.move_to(shapes, aligned_edge=UP + LEFT)
        with self.beat(
            "On paper, take A transposed A: its eigenvalues are sigma squared, its eigenvectors are the v."
        ) as beat:
            beat.over(FadeOut(shapes), FadeIn(paper), until="its")
            beat.over(words.light(roots), until="eigenvectors")
            beat.over("eigenvectors", self.carry(PUSH, REST, (ink.truth, ink.fourth)))
        self.play(FadeOut(paper), run_time=pace.BRISK)

    def agree(self) -> None:
        """Where eigenvectors and singular vectors are one: a symmetric matrix."""
        sheet, plane = self.sheet, self.plane
        kept = linear.eigen(SYMMETRIC)
        lines = [line_of(plane, vector) for vector in kept.vectors]
        own = [sheet.arrows([vector], ink.focus, BOLD) for vector in kept.vectors]
        corner = plane.polygon(right_angle(*kept.vectors), ink.chalk, LINE)
        table = Tag(
            words.note(
                "[symmetric:chalk]: $S^T = S$\neigenvectors serve as\nsingular vectors,\n$sigma = |lambda|$",
                size=ink.POINT,
            )
        )
        SIDE.put(table, DOWN + RIGHT)
        with self.beat(
            "When do both agree? A symmetric matrix is its own transpose, and has eigenvectors at right angles. "
            "They serve as singular vectors, as in PCA, a later lesson."
        ) as beat:
            self.play(FadeOut(*self.pair, self.axes), FadeIn(sheet), run_time=pace.QUICK)
            sheet.free(*self.pair)
            beat.over(FadeIn(*own), *(Create(line) for line in lines), until="symmetric")
            beat.over("symmetric", move(sheet, REST, SYMMETRIC), until="right", least=pace.SLOW)
            beat.over("right", FadeIn(corner), until="They")
            beat.over(FadeIn(table))
