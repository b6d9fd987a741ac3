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
from scenes.linear_algebra.wide import LETTER, looked_at
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
MARK: Final[Floats] = 0.85 * (LETTER - (0.0, 1.0))
"""An F in a quarter of the circle that no arrow crosses at rest."""
BOX: Final = 1.0
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
        """Turn, stretch, turn: the ellipse of A is hit; grid and letter show that the first and the last are turns."""
        target = self.plane.polygon(linear.circle() @ PUSH.T, ink.quiet, LINE)
        self.letter = self.sheet.polygon(MARK, ink.chalk, 0.0, 1.0)
        aim = self.plane.polygon(MARK @ PUSH.T, ink.quiet, 0.0, 0.35)
        self.axes = VGroup(*(self.plane.line(normal, 0.0, color=ink.quiet, width=LINE) for normal in REST))
        longer, shorter = self.steps.stretch
        texts = (
            "1. [$V^T$:fourth] turns",
            f"2. [$Sigma$:chalk] stretches:\n{longer:.3f}, {shorter:.3f}",
            "3. [$U$:truth] turns",
        )
        names = [Tag(words.note(text, size=ink.HEADLINE)) for text in texts]
        SIDE.stack(*names, gap=0.3)
        with self.beat(
            "Now take A apart. First V transposed turns, until the two v lie on the axes."
        ) as beat:
            self.play(FadeIn(self.letter), run_time=pace.QUICK)
            beat.over(
                self.carry(PUSH, REST, (ink.truth, ink.fourth)), FadeIn(self.axes, target, aim), until="First"
            )
            beat.over(self.step(0, 1), FadeIn(names[0]), least=pace.SLOW)
        with self.beat("Sigma stretches along the axes, by the two singular values.") as beat:
            beat.over(self.step(1, 2), FadeIn(names[1]), least=pace.LONG)
        with self.beat("U turns again: ellipse and letter of A are hit.") as beat:
            beat.over(self.step(2, 3), FadeIn(names[2]), until="ellipse", least=pace.LONG)
            beat.over(words.light(self.circle))
        self.play(FadeOut(*names, target, aim), run_time=pace.QUICK)

    def write_it(self) -> None:
        """The decomposition, why V stands there transposed, which matrices have one, and how it is found."""
        law = words.formula(
            "A = {{ U : last }} {{ Sigma : stretch }} {{ V^T : first }}",
            {"last": ink.truth, "stretch": ink.chalk, "first": ink.fourth},
            size=1.3 * ink.pixels(ink.HEADLINE),
        )
        name = words.note("[SVD:chalk]: the [singular\nvalue decomposition:chalk]", size=ink.POINT)
        turns = words.note("[orthogonal matrix:chalk]:\n$V^T = V^(-1)$", size=ink.POINT)
        plates = [Tag(law), Tag(name)]
        SIDE.stack(*plates)
        last = Tag(turns)
        last.move_to(plates[1], aligned_edge=UP + LEFT)
        with self.beat("A is U Sigma V transposed. This is the singular value decomposition.") as beat:
            beat.over(FadeIn(plates[0]), until="U")
            beat.over("U", words.light(law.part("last")), until="Sigma")
            beat.over("Sigma", words.light(law.part("stretch")), until="transposed")
            beat.over("transposed", words.light(law.part("first")), until="This")
            beat.over("This", FadeIn(plates[1]), self.step(3, 1), least=pace.CALM)
        with self.beat("A turn or a flip is an orthogonal matrix: its transpose is its inverse.") as beat:
            beat.over(FadeOut(plates[1]), FadeIn(last), self.step(1, 0), until="transpose")
            beat.over("transpose", self.step(0, 1), until="inverse", least=pace.CALM)
            beat.over("inverse", self.step(1, 0), words.light(turns), least=pace.CALM)
        shapes = self.any_shape()
        everything = [self.sheet, *self.sheet.pinned, self.axes]
        with self.beat("Every matrix, of any shape, has such a decomposition.") as beat:
            self.play(FadeOut(*everything, plates[0], last), FadeIn(shapes[0]), run_time=pace.BRISK)
            for shape in shapes[1:-1]:
                self.play(FadeIn(shape), run_time=pace.QUICK)
            beat.over(FadeIn(shapes[-1]))
        self.play(FadeOut(*shapes), FadeIn(*everything), run_time=pace.BRISK)
        self.find_on_paper()

    def any_shape(self) -> list[Group]:
        """A matrix of three rows and two columns, and its three factors, each with its size."""
        u, values, vt = np.linalg.svd(TALL)
        stretch = np.zeros(TALL.shape)
        np.fill_diagonal(stretch, values)
        tables = [Matrix(each, BOX, largest=2.0) for each in (TALL, u, stretch, vt)]
        looked_at(*tables)
        row = Group(tables[0], words.headline("="), *tables[1:]).arrange(RIGHT, buff=0.5, aligned_edge=DOWN)
        shot.safe(titled=False).rows(3, 2)[0].put(row, DOWN)
        row[1].set_y(tables[0].get_y())
        names = ("[data:chalk]", "[$U$:truth]", "[$Sigma$:chalk]", "[$V^T$:fourth]")
        made = [Group(*row[:2]), *(Group(table) for table in tables[1:])]
        for group, table, name in zip(made, tables, names, strict=True):
            size = " × ".join(map(str, table.values.shape))
            group.add(words.caption(table, f"{name}\n{size}", DOWN, gap=0.3, size=ink.HEADLINE))
        return made

    def find_on_paper(self) -> None:
        """The singular values and the v as what the product of the transpose and the matrix keeps."""
        (a, b), (_, d) = PUSH.T @ PUSH
        longer, shorter = self.steps.stretch
        why = words.note(
            "$norm(A bold(v))^2 = bold(v)^T A^T A bold(v)$",
            ink.chalk,
            ink.POINT,
            colors={"bold(v)": ink.fourth},
        )
        product = words.note(
            f'$A^T A = mat(delim: "[", column-gap: #0.6em, {a:g}, {b:g}; {b:g}, {d:g})$', size=ink.POINT
        )
        roots = words.note(
            f"$lambda_1 = sigma_1^2 = {longer:.3f}^2$\n$lambda_2 = sigma_2^2 = {shorter:.3f}^2$",
            size=ink.POINT,
        )
        paper = [Tag(each) for each in (why, product, roots)]
        SIDE.stack(*paper, gap=0.3)
        with self.beat(
            "On paper, the squared length of A v holds A transposed A. "
            "Its eigenvectors are the v, its eigenvalues sigma squared."
        ) as beat:
            beat.over(self.carry(REST, PUSH, (ink.fourth, ink.truth)), FadeIn(paper[0]), until="holds")
            beat.over("holds", words.light(why), until="Its")
            beat.over(
                "Its", self.carry(PUSH, REST, (ink.truth, ink.fourth)), FadeIn(paper[1]), until="eigenvalues"
            )
            beat.over("eigenvalues", FadeIn(paper[2]))
        self.play(FadeOut(*paper, self.letter), run_time=pace.BRISK)

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
            "When do both agree? A symmetric matrix is its own transpose. "
            "Its eigenvectors, at right angles, serve as singular vectors, as in PCA."
        ) as beat:
            self.play(FadeOut(*self.pair, self.axes), run_time=pace.QUICK)
            sheet.free(*self.pair, self.letter)
            beat.over(FadeIn(*own), *(Create(line) for line in lines), until="symmetric")
            beat.over("symmetric", move(sheet, REST, SYMMETRIC), until="right", least=pace.SLOW)
            beat.over("right", FadeIn(corner), until="serve")
            beat.over("serve", FadeIn(table))
