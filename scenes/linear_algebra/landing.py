"""A linear map of the plane is known from where two arrows land."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.tag import Tag
from scenes.linear_algebra import ground
from scenes.linear_algebra.stage import REST, LinearAlgebraStage
from scenes.maths.linear_algebra import plane
from scenes.maths.linear_algebra.linear import PUSH

MIDDLE: Final = (2.95, 1.25)
"""Units of the plane in the frame's middle."""
UNIT: Final = 1.9
"""Scene units to a unit of the plane."""
LOW_LEFT: Final = (-3.85, -0.3)
"""Where the camera has the basis, so that it sees nothing beyond the grid."""
CORNER: Final = ((-6.9, 1.9), (-3.0, 1.4))
"""The part of the stage, across and up, in which the first steps are taken."""
NEAR: Final = 0.55
"""Share of the picture that the basis takes then."""
ADDED: Final = np.array([[0.5, 1.0], [2.0, 0.0]])
"""Two vectors whose sum is watched, neither of which keeps its line."""
LINEAR: Final = (
    "[$A (bold(x) + bold(z)) = A bold(x) + A bold(z)$:chalk]\n[$A (s thin bold(z)) = s thin A bold(z)$:chalk]"
)
"""What makes a map linear."""
PUSHED: Final = (
    'mat(delim: "[", row-gap: #0.5em, column-gap: #1.1em, '
    "{{ 1 : a }}, {{ 1 : c }}; {{ 0.5 : b }}, {{ 1.5 : d }})"
)
"""The lesson's matrix, its columns in the colours of their arrows."""
COLUMNS: Final = {"a": ink.first, "b": ink.first, "c": ink.second, "d": ink.second}
TALLER: Final = (
    'mat(delim: "[", column-gap: #0.9em, {{ 1 : first }}, {{ 1 : second }}; {{ 0.5 : first }}, {{ 1.5 : second }}; '
    '{{ 0 : first }}, {{ 1 : second }}) {{ vec(delim: "[", 2, 1) : in }} = {{ vec(delim: "[", 3, 2.5, 1) : out }}'
)
"""A third row under the matrix, the vector that goes in, and the three numbers that come out."""
PRODUCT: Final = (
    "A bold(x) = {{ x_1 : one }} {{ bold(a)_1 : first }} + {{ x_2 : two }} {{ bold(a)_2 : second }}"
)
SHADES: Final = {"first": ink.first, "second": ink.second}


def the_matrix() -> tuple[Tag, words.Words]:
    """The lesson's matrix with its name, on a plate; and its entries alone."""
    entries = words.formula(PUSHED, COLUMNS, size=ink.POINT, symbols={})
    name = words.label("$A =$", size=ink.POINT).next_to(entries, LEFT, buff=words.GAP)
    return Tag(VGroup(name, entries)), entries


def ends_of(sheet: Lattice) -> list[Tag]:
    """The columns of the lesson's matrix, beside the tips of the basis on ``sheet``."""
    made = [
        Tag(ground.column(["1", "0.5"], ink.first), 1.0),
        Tag(ground.column(["1", "1.5"], ink.second), 1.0),
    ]
    for tag, tip in zip(made, REST, strict=True):
        tag.next_to(sheet.plane.at(PUSH @ tip), RIGHT, buff=words.GAP)
    return made


class Landing(LinearAlgebraStage):
    """A linear map, a basis, and the matrix whose columns are its landing places."""

    @chapter(
        "Two landing places decide everything",
        "a matrix as a move of the whole plane",
        "columns as where the basis lands",
    )
    def two_landing_places(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.field = ground.wide_plane(MIDDLE, UNIT)
        self.old = ground.ghost(self.field)
        self.net = ground.grid(self.field)
        self.calm = shot.safe(titled=False)
        self.watch_the_grid()
        self.keep_sums()
        self.walk_to_a_point()
        self.write_both_columns()
        self.multiply_by_rows()

    def watch_the_grid(self) -> None:
        """What stays as it is when the plane moves."""
        net = self.net
        across, up = np.meshgrid(np.arange(-3.0, 10.0), np.arange(-3.0, 6.0))
        points = net.dots(np.column_stack([across.ravel(), up.ravel()]), ink.chalk, radius=0.07)
        self.add(self.old, net, points)
        with self.beat("How can four numbers tell infinitely many points where to go?") as beat:
            beat.over(ground.move(net, REST, PUSH), until="four", least=pace.SLOW)
            beat.over(ground.move(net, PUSH, REST), until="points", least=pace.CALM)
            beat.over(ground.move(net, REST, PUSH))
        name = Tag(words.label("[linear map:chalk]", size=ink.POINT))
        self.calm.put(name, UP + LEFT)
        origin = self.field.dots([(0, 0)], ink.chalk, radius=0.16)
        with self.beat("Lines stay straight, parallel and evenly spaced, and the origin stays.") as beat:
            beat.over(ground.move(net, PUSH, REST), until="parallel")
            beat.over("parallel", ground.move(net, REST, PUSH), until="origin")
            beat.over("origin", FadeIn(origin, scale=2))
        self.play(FadeOut(points), run_time=pace.QUICK)
        net.free(points)
        self.origin, self.linear_name = origin, name

    def keep_sums(self) -> None:
        """A linear map keeps sums and multiples."""
        net = self.net
        x, z = ADDED
        pair = [net.arrows([tip], ink.chalk, ground.BOLD) for tip in ADDED]
        across = net.segments(ADDED, [x + z, x + z], ink.quiet)
        total = net.arrows([x + z], ink.chalk, ground.BOLD)
        letters, images = (
            [
                self.follow(Tag(words.label(f"[${text}$:{role}]", size=ink.POINT)), tip, side)
                for text, role, tip, side in zip(
                    texts,
                    ("chalk", "chalk", "chalk"),
                    (x, z, x + z),
                    (UP + LEFT, DOWN + RIGHT, DOWN + RIGHT),
                    strict=True,
                )
            ]
            for texts in (
                ("bold(x)", "bold(z)", "bold(x) + bold(z)"),
                ("A bold(x)", "A bold(z)", "A (bold(x) + bold(z))"),
            )
        )
        rule = Tag(words.label(LINEAR, size=ink.POINT))
        self.calm.put(rule, DOWN + RIGHT)
        with self.beat(
            "Such a move is a linear map: it keeps sums and multiples. Take x plus z, and move them."
        ) as beat:
            beat.over(FadeIn(self.linear_name), ground.move(net, PUSH, REST), until="keeps")
            beat.over("keeps", FadeIn(rule), until="Take")
            beat.over("Take", *(Create(each) for each in pair), FadeIn(*letters[:2]), until="plus")
            beat.over("plus", Create(across), Create(total), FadeIn(letters[2]), until="move")
            self.play(FadeOut(*letters), run_time=pace.QUICK)
            beat.over("move", ground.move(net, REST, PUSH), least=pace.SLOW)
            self.play(FadeIn(*images), run_time=pace.QUICK)
        twice = net.arrows([2 * z], ink.chalk, ground.BOLD, tail=[z])
        double = self.follow(
            Tag(words.label("[$A (2 bold(z)) = 2 A bold(z)$:chalk]", size=ink.POINT)), 2 * z, RIGHT
        )
        with self.beat("The arrow of the sum is still the sum; and twice z lands on twice A z.") as beat:
            beat.over(words.light(total), words.light(rule.text), until="twice")
            beat.over("twice", FadeOut(across, total, images[2]), Create(twice), until="lands")
            beat.over(FadeIn(double), words.light(twice), words.light(pair[1]))
        leaving = [*pair, twice, double, *images[:2]]
        self.play(FadeOut(*leaving, rule, self.linear_name, self.origin), run_time=pace.BRISK)
        net.free(*leaving, across, total, images[2], *letters)

    def follow(self, tag: Tag, tip: np.ndarray, side: np.ndarray) -> Tag:
        """``tag`` goes along with ``tip`` of the grid, at its ``side``."""
        net = self.net
        return net.pin(tag, lambda: tag.next_to(net.plane.at(net.at(tip)), side, buff=words.GAP))

    def walk_to_a_point(self) -> None:
        """Two blue steps and one orange lead to the point, before and after the move."""
        net = self.net
        self.basis = ground.basis(net)
        names = [
            self.follow(Tag(words.formula(text, color=color, symbols={}, size=ink.POINT)), tip, side)
            for text, color, tip, side in (
                ("bold(e)_1", ink.first, REST[0], DOWN), ("bold(e)_2", ink.second, REST[1], LEFT),
            )
        ]  # fmt: skip
        name = Tag(words.label("[basis:chalk]", size=ink.POINT))
        self.calm.put(name, UP + LEFT)
        self.pin(name)
        with self.beat(
            "Two arrows, e one across, e two up, reach each point of the plane in one way: they are a basis."
        ) as beat:
            self.play(ground.move(net, PUSH, REST), self.frame.to_region(*CORNER), run_time=pace.SLOW)
            beat.over(Create(self.basis[0]), FadeIn(names[0]), until="e two")
            beat.over("e two", Create(self.basis[1]), FadeIn(names[1]), until="they")
            beat.over("basis", FadeIn(name))
        x = plane.POINT
        steps = [
            net.arrows([(1, 0), (2, 0)], ink.first, ground.BOLD, tail=[(0, 0), (1, 0)]),
            net.arrows([x], ink.second, ground.BOLD, tail=[(2, 0)]),
        ]
        dot = net.dots([x], ink.chalk, radius=0.16)
        spot = Tag(words.label("(2, 1)", ink.chalk, size=ink.POINT)).next_to(dot, UP, buff=words.GAP)
        with self.beat("To this point lead two blue steps and one orange.") as beat:
            beat.over(FadeIn(dot, scale=2), FadeIn(spot), until="two")
            beat.over("two", Create(steps[0]), FadeOut(name), until="one")
            beat.over("one", Create(steps[1]))
        self.add(dot)
        landed = Tag(words.label("(3, 2.5)", ink.chalk, size=ink.POINT))
        landed.next_to(self.field.at(PUSH @ x), RIGHT, buff=2 * words.GAP)
        with self.beat("Now move the plane. Where will the point land?"):
            self.play(
                self.frame.back(), FadeOut(spot, *names), words.light(dot.submobjects[0]), run_time=pace.SLOW
            )
        net.free(*names)
        self.think()
        with self.beat("Still two blue steps and one orange: it lands at 3 and 2.5.") as beat:
            beat.over(ground.move(net, REST, PUSH), until="it", least=pace.SLOW)
            beat.over("it", words.light(steps[0]), words.light(steps[1]), until="3")
            beat.over("3", FadeIn(landed))
        self.walked, self.landing = steps, VGroup(dot, landed)
        self.landed = landed

    def write_both_columns(self) -> None:
        """The landing places of the basis become the columns of the matrix."""
        net = self.net
        ends = ends_of(net)
        matrix, self.entries = the_matrix()
        self.calm.put(matrix, UP + RIGHT)
        name = Tag(words.label("[matrix:chalk]", size=ink.POINT))
        name.next_to(matrix, DOWN, buff=words.GAP).align_to(matrix, RIGHT)
        with self.beat("The first arrow lands at one, a half; the second at one, three halves.") as beat:
            beat.over(
                FadeOut(*self.walked, self.landing),
                self.frame.to(*self.basis, share=NEAR, at=LOW_LEFT),
                until="first",
                least=pace.SLOW,
            )
            beat.over("first", words.light(self.basis[0]), FadeIn(ends[0]), until="second")
            beat.over("second", words.light(self.basis[1]), FadeIn(ends[1]))
        with self.beat("Side by side, column by column: this is the matrix A.") as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            for tag, key, side in zip(reversed(ends), ("cd", "ab"), (RIGHT, LEFT), strict=True):
                aim = VGroup(*(self.entries.part(one) for one in key)).get_center()
                self.play(tag.animate.move_to(aim + words.GAP * side), run_time=pace.SLOW)
            beat.over(FadeIn(matrix), FadeOut(*ends), until="matrix")
            beat.over("matrix", FadeIn(name), words.light(matrix.text))
        self.plated, self.title_ = matrix, name

    def multiply_by_rows(self) -> None:
        """Matrix times vector, by columns and by rows."""
        product = Tag(words.formula(PRODUCT, SHADES, size=ink.POINT, symbols={}))
        product.next_to(self.plated, DOWN, buff=3 * words.GAP).align_to(self.plated, RIGHT)
        part = product.text.part
        with self.beat(
            "Matrix times vector means just this walk: so much of the first column, so much of the second."
        ) as beat:
            self.play(FadeOut(self.title_), FadeIn(*self.walked, self.landing), run_time=pace.QUICK)
            beat.over(FadeIn(product), until="first")
            beat.over(
                "first",
                words.light(part("first")),
                words.light(self.walked[0]),
                until="so much of the second",
            )
            beat.over("so much of the second", words.light(part("second")), words.light(self.walked[1]))
        worked = Tag(words.label("$1 dot 2 + 1 dot 1 = 3$\n$0.5 dot 2 + 1.5 dot 1 = 2.5$", size=ink.POINT))
        worked.move_to(product, aligned_edge=UP + RIGHT)
        rows = [VGroup(*(self.entries.part(one) for one in key)) for key in ("ac", "bd")]
        with self.beat("By rows: each entry of A x is the dot product of a row with x.") as beat:
            beat.over(FadeOut(product), FadeIn(worked), until="each")
            for row, line, word in zip(rows, (1, 2), ("each", "dot"), strict=True):
                beat.until(word)
                self.play(
                    *(words.light(one) for one in row),
                    words.light(worked.text.line(line)),
                    run_time=pace.SLOW,
                )
            beat.over(words.light(self.landed.text))
        self.close_with_shapes(worked)

    def close_with_shapes(self, worked: Mobject) -> None:
        """How many numbers go in and come out: a third row, and a third number."""
        taller = words.formula(TALLER, SHADES, size=ink.HEADLINE, symbols={})
        part = taller.part
        shape = Tag(
            VGroup(taller, words.label("[$m = 3$ rows, $n = 2$ columns:chalk]", size=ink.POINT)).arrange(
                UP, buff=2 * words.GAP, aligned_edge=RIGHT
            )
        )
        self.calm.put(shape, DOWN + RIGHT)
        with self.beat(
            "Add a row: three numbers come out. So m rows and n columns take n numbers, and give m."
        ) as beat:
            self.play(FadeOut(worked, self.landing, *self.walked), FadeIn(shape), run_time=pace.QUICK)
            beat.over(words.light(part("out")), until="take")
            beat.over("take", words.light(part("in")), until="give")
            beat.over("give", words.light(part("out")))
        self.play(FadeOut(shape, self.plated), run_time=pace.BRISK)
