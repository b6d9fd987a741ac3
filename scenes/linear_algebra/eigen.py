"""Eigenvectors: the arrows that keep their line, how they are found, and what they are good for."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import HAIR, LINE, THIN
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.linear_algebra.area import CORNER
from scenes.linear_algebra.ground import BOLD, grid, move, ring, wide_plane
from scenes.linear_algebra.listing import HOOK, RADIUS
from scenes.linear_algebra.stage import REST, TILE, LinearAlgebraStage
from scenes.maths.linear_algebra import linear, spectrum
from scenes.maths.linear_algebra.linear import PUSH

RIGHT_TOP: Final = shot.Region(0.0, 0.0, shot.SAFE.right, shot.SAFE.top)
"""Where the formulas stand."""
OUTER: Final = (0.0, 90.0)
"""Degrees of two arrows that swing, beside one that does not."""
STEPPED_BACK: Final = 0.3
"""Opacity of arrows that are not spoken of."""
REACH: Final = 2.05
"""Units of the arrow to which the matrix is applied again and again."""
ROUNDS: Final = 4
"""How often."""
GROWTHS: Final = (1.1, 1.0, 0.9)
"""Largest eigenvalues of three matrices that are applied :data:`MANY` times."""
MANY: Final = 40


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
        self.watch_the_tile()

    def find_two_lines(self) -> None:
        """The hook again, with the lines on which its arrows lay."""
        plane = self.field = wide_plane((0.0, 0.0), HOOK)
        sheet = self.sheet = grid(plane)
        arrows = self.ring_now = ring(sheet, RADIUS)
        rays = linear.ring()
        spokes = self.spokes = plane.segment(0 * rays, 5 * rays, ink.quiet, THIN)
        spokes.set_stroke(opacity=0.45)
        self.add(sheet, *arrows)
        with self.beat("Back to the question. Which arrows still point the way they did?") as beat:
            beat.over(Create(spokes), until="still")
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
        factors[0].move_to(plane.at(2.2, 1.55))
        factors[1].move_to(plane.at(2.0, -1.55))
        with self.beat(
            "Two lines are kept. On this one, arrows come out twice as long; on this one, half as long."
        ) as beat:
            beat.over(
                self.frame.back(),
                self.lights_on(),
                *(Create(line) for line in lines),
                *(arrow.animate.set_fill(ink.focus) for arrow in kept),
                *(arrow.animate.set_fill(opacity=STEPPED_BACK) for arrow in others),
                FadeOut(spokes),
                until="On",
                least=pace.SLOW,
            )
            beat.over("twice", FadeIn(factors[0]), until="half")
            beat.over("half", FadeIn(factors[1]))
        self.others = others

    def name_them(self) -> None:
        """Eigenvector and eigenvalue, and the equation by which they are found."""
        law = words.formula(
            "A {{ bold(v) : v }} = {{ lambda : l }} {{ bold(v) : v2 }}",
            {"v": ink.focus, "v2": ink.focus, "l": ink.chalk},
            size=1.3 * ink.pixels(ink.HEADLINE),
        )
        plate = RIGHT_TOP.put(Tag(law), UP + RIGHT)
        names = CORNER.put(
            Tag(
                words.note(
                    "[eigenvector:focus] $bold(v)$\neigenvalue $lambda$",
                    size=ink.POINT,
                    colors={"bold(v)": ink.focus},
                )
            ),
            UP + LEFT,
        )
        sheet = self.sheet
        with self.beat(
            "An arrow that keeps its line is an eigenvector; its stretch is the eigenvalue, lambda."
        ) as beat:
            beat.over(move(sheet, PUSH, REST), FadeIn(names), until="stretch")
            beat.over("stretch", move(sheet, REST, PUSH), FadeIn(plate), until="lambda", least=pace.SLOW)
            beat.over("lambda", words.light(law.part("l")))
        with self.beat("There is your answer: arrows on these two lines, and no others.") as beat:
            beat.over(move(sheet, PUSH, REST), until="lines")
            beat.over("lines", move(sheet, REST, PUSH), least=pace.SLOW)
        crushed = words.label("$(A - lambda I) bold(v) = bold(0)$", size=ink.POINT)
        crushed.move_to(law, aligned_edge=RIGHT)
        second = Tag(crushed)
        second.next_to(plate, DOWN, buff=words.GAP, aligned_edge=RIGHT)
        area = words.formula("{{ det(A - lambda I) = 0 : all }}", {"all": ink.focus}, size=ink.HEADLINE)
        name = words.note("[characteristic equation:focus]", size=ink.POINT)
        third = Tag(VGroup(area, name).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT))
        third.move_to(plate, aligned_edge=UP + RIGHT)
        with self.beat(
            "How do you find them? The equation says that A minus lambda I sends v to zero."
        ) as beat:
            beat.over(words.light(law), until="A")
            beat.over("A", FadeIn(second))
        with self.beat(
            "A map that crushes an arrow crushes areas too: its determinant is zero. That is the characteristic equation."
        ) as beat:
            beat.over(words.light(second.text), until="its")
            beat.over("its", FadeOut(plate, second), FadeIn(third), until="characteristic")
            beat.over("characteristic", words.light(name, ink.chalk))
        self.clear_stage()

    def watch_the_tile(self) -> None:
        """The tile of A − λI goes flat at each eigenvalue, and its area is a parabola."""
        left, right = self.shot(shot.split(titled=False))
        plane = left.plane((-2.3, 2.3), (-2.1, 2.1), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        sheet = Lattice(plane, width=1.5 * HAIR, opacity=0.75)
        tile = sheet.polygon(TILE, ink.focus, LINE, 0.3)
        kept = [
            sheet.arrows([vector], ink.focus, BOLD) for vector in np.array([(1.0, 1.0), (2.0, -1.0)]) * 0.9
        ]
        chart = right.plane(
            (0, 3),
            (-1, 2.6),
            x_label="$lambda$",
            y_label="$det(A - lambda I)$",
            x_ticks=(0, 0.5, 1, 1.5, 2, 2.5, 3),
            y_ticks=(-1, 0, 1, 2),
        )
        values = np.linspace(0, 3, 121)
        curve = chart.curve(values, spectrum.characteristic(PUSH, values), ink.focus, 1.5 * LINE, share=0.0)
        zero = chart.segment((0, 0), (3, 0), ink.quiet)
        spot = chart.dots([(0, 1)], ink.chalk, radius=0.12)
        shift = Value(0.0)

        def lie(value: float) -> Changed:
            matrix = spectrum.shifted(PUSH, value)
            area = linear.signed_area(matrix)
            tile.set_color(ink.focus if area >= 0 else ink.error)
            sheet.redraw(matrix)
            return (*sheet.submobjects, tile, *kept, curve.reveal(value / 3), spot.redraw([(value, area)]))

        name = Tag(words.note("grid of $A - lambda I$"))
        left.put(name, UP + LEFT)
        shift.draws(lie)
        with self.beat("Let lambda grow from zero, and watch the tile of A minus lambda I.") as beat:
            self.play(FadeIn(sheet, tile, *kept, chart, zero, spot, name), run_time=pace.BRISK)
            self.add(curve)
            beat.over(shift.to(0.3), least=pace.SLOW)
        roots = [
            VGroup(
                chart.dots([(value, 0)], ink.focus, radius=0.13),
                chart.label(value, 0, text, DOWN, ink.focus, size=ink.POINT, gap=0.25),
            )
            for value, text in ((0.5, "½"), (2.0, "2"))
        ]
        with self.beat("At a half it is flat, and one eigenvector has shrunk to nothing at all.") as beat:
            beat.over(shift.to(0.5), until="flat")
            self.play(FadeIn(roots[0]), run_time=pace.QUICK)
            beat.over(self.frame.to(sheet, share=1.0), until="nothing", least=pace.SLOW)
            beat.over(self.frame.back())
        with self.beat("At two it is flat again, and the other eigenvector is gone.") as beat:
            beat.over(shift.to(2.0), until="other", least=pace.LONG)
            beat.over(FadeIn(roots[1]))
        paper = Tag(words.label("$lambda^2 - 5/2 lambda + 1 = 0$", size=ink.POINT))
        paper.move_to(chart.at(1.5, 1.9))
        with self.beat(
            "On paper: lambda squared minus five halves lambda plus one is zero at these two."
        ) as beat:
            beat.over(FadeIn(paper), shift.to(3.0), until="zero", least=pace.SLOW)
            beat.over(words.light(paper.text))
        checks = words.note("product: [1:focus] $= det A$\nsum: [5/2:focus], the trace", size=ink.POINT)
        plate = Tag(checks)
        left.put(plate, DOWN + LEFT)
        with self.beat(
            "Their product is the determinant. Their sum is the trace, the sum of the diagonal. "
            "A check on any library."
        ) as beat:
            beat.over(FadeIn(plate), until="sum")
            beat.over("sum", words.light(checks))
