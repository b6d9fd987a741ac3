"""A matrix as a sum of rank-one pieces, and a photograph of which a few are enough."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, FadeIn, FadeOut, Group, Mobject, VGroup
from manim import linear as evenly

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.linear_algebra.stage import LinearAlgebraStage
from scenes.maths.linear_algebra import picture
from scenes.maths.linear_algebra.linear import PUSH

COLUMN: Final = np.array([2.0, 1.0])
ROW: Final = np.array([1.0, 3.0])
"""Of the table that is multiplied by hand."""
CELL: Final = 1.75
"""Scene units of a cell of it."""
SMALL: Final = 1.65
"""Scene units of a cell of the tables of our matrix."""
WIDE: Final = ink.FRAME_WIDTH * 427 / 640
"""Scene units of the photograph's height where it runs from edge to edge."""
STRIP: Final = 0.5
"""Scene units across a column or a row of a piece."""
LAYERS: Final = 5
"""Pieces that are stacked."""
CARD: Final = 4.6
"""Scene units of the height of the first layer of the stack."""
FARTHER: Final = 0.9
"""Size of a layer as a share of the one before it."""
SIGNED: Final = 0.35
"""Entry at which a signed piece is at its brightest."""
CONTRAST: Final = 1.6
BRIGHT: Final = 40.0
"""By how much what is left out is brightened, and its squares, so that they can be seen."""
FEW: Final = 20
MORE: Final = 50
"""Pieces of the photograph that are kept."""
COUNTS: Final = np.arange(1, MORE + 1)
PETALS: Final = ((-2.0, 3.0), (-1.2, 1.8))
"""The part of the stage, across and up, in which the flower's heart lies."""
GREYS: Final = 255.0
"""Levels of grey from black to white."""
LOW: Final = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.right, shot.SAFE.top)


def our_pieces() -> picture.Pieces:
    """Those of the lesson's matrix."""
    return picture.take_to_pieces(PUSH)


class Pieces(LinearAlgebraStage):
    """A matrix as a sum of rank-one pieces, and a photograph of which a few are enough."""

    @chapter("How many pieces make a picture?", "low-rank approximation of a real image")
    def how_many_pieces(self) -> None:
        self.untitled()
        self.multiply_by_hand()
        self.add_two_pieces()
        self.show_the_photograph()
        self.stack_in_depth()
        self.keep_more()
        self.measure_what_is_left()
        self.store_less()

    def multiply_by_hand(self) -> None:
        """A column times a row is a multiplication table, of rank one."""
        self.shot(shot.formula(titled=False))
        whole = np.outer(COLUMN, ROW)
        table = Matrix(np.full_like(whole, np.nan), CELL, largest=10.0, decimals=0, size=ink.HEADLINE)
        column = Matrix(COLUMN[:, None], CELL, largest=10.0, decimals=0, size=ink.HEADLINE)
        row = Matrix(ROW[None], CELL, largest=10.0, decimals=0, size=ink.HEADLINE)
        column.next_to(table, LEFT, buff=0.4)
        row.next_to(table, UP, buff=0.4)
        left, right = shot.safe(titled=False).columns(2, 1)
        left.put(Group(column, row, table))

        self.add(column, row)
        self.allow(table, "pop", "a product stands in its cell as soon as it has been multiplied")

        def fill(share: float) -> Changed:
            come = np.clip(share * whole.size - np.arange(whole.size).reshape(whole.shape), 0.0, 1.0)
            return (table.shade(come).redraw(np.where(come > 0.5, whole, np.nan)),)

        with self.beat(
            "Take a column times a row. Each entry is the product of two numbers: a multiplication table."
        ) as beat:
            self.play(FadeIn(table), run_time=pace.QUICK)
            beat.over(drive(fill, rate_func=evenly), until="multiplication", least=pace.LONG)
            beat.over(words.light(table.lines))
        names = words.note(
            "rows: multiples\nof one row\n\n[rank-one matrix:focus]\n(outer product)", size=ink.POINT
        )
        right.put(names)
        frame = table.frame(0)
        with self.beat(
            "Its rows are multiples of one row, so its rank is one. This is a rank-one matrix, or outer product."
        ) as beat:
            self.play(FadeIn(frame), words.write(names), run_time=pace.SLOW)
            beat.over(glide(frame.redraw, 0.0, 1.0), until="This")
            beat.over(words.light(names))
        self.play(FadeOut(column, row, table, frame, names), run_time=pace.BRISK)

    def add_two_pieces(self) -> None:
        """Our matrix is two such pieces, the first of them near it already."""
        above, below = self.shot(shot.formula(titled=False))
        pieces = our_pieces()
        tables = [
            Matrix(values, SMALL, largest=1.6, decimals=2, size=ink.POINT)
            for values in (PUSH, pieces.piece(0), pieces.piece(1))
        ]
        signs = [words.headline(sign) for sign in ("=", "+")]
        line = Group(tables[0], signs[0], tables[1], signs[1], tables[2]).arrange(RIGHT, buff=0.42)
        names = [
            words.caption(table, text, DOWN, gap=0.25, size=ink.POINT)
            for table, text in zip(
                tables,
                ("$A$", "$sigma_1 bold(u)_1 bold(v)_1^T$", "$sigma_2 bold(u)_2 bold(v)_2^T$"),
                strict=True,
            )
        ]
        above.put(Group(line, *names))
        law = words.formula(
            "A = {{ sum_i sigma_i bold(u)_i bold(v)_i^T : sum }}", {"sum": ink.focus}, size=ink.HEADLINE
        )
        below.put(law)
        with self.beat(
            "The decomposition splits A into such pieces: sigma times u times v transposed, and again."
        ) as beat:
            self.play(FadeIn(tables[0], names[0]), run_time=pace.QUICK)
            beat.over("pieces", FadeIn(signs[0], tables[1], names[1]), until="and")
            beat.over("and", FadeIn(signs[1], tables[2], names[2]))
        with self.beat(
            "The first, the largest, is near A already. The sum of all pieces is the matrix."
        ) as beat:
            beat.over(self.spotlight(tables[0], tables[1], names[0], names[1]), until="The sum")
            beat.over(self.lights_on(), words.write(law), until="pieces")
            beat.over(words.light(law.part("sum"), ink.chalk))
        self.clear_stage()

    def show_the_photograph(self) -> None:
        """A grey photograph, and its largest piece: a column times a row."""
        self.shot(shot.wide())
        grey = picture.photograph()
        self.grey, self.pieces = grey, picture.take_to_pieces(grey)
        photo = self.photo = Photo(grey, WIDE)
        size = Tag(words.headline(f"{grey.shape[0]} rows × {grey.shape[1]} columns"))
        LOW.put(size, UP + LEFT)
        credit = LOW.put(Tag(words.label("photo: vultilion, CC BY 2.0", ink.quiet)), DOWN + RIGHT)
        with self.beat("A grey photograph is a matrix too: rows and columns of brightness.") as beat:
            self.play(FadeIn(photo), run_time=pace.BRISK)
            self.play(FadeIn(credit), run_time=pace.QUICK)
            beat.over("rows", FadeIn(size))
        first = self.pieces.keep(1)
        side, top = self.strips()
        with self.beat("Keep its largest piece alone: one column, times one row.") as beat:
            beat.over(
                FadeOut(size, credit),
                drive(lambda share: photo.redraw(blend(grey, first, share))),
                until="one",
                least=pace.SLOW,
            )
            beat.over("one column", FadeIn(side, shift=place.NUDGE * LEFT), until="times")
            beat.over("times", FadeIn(top, shift=place.NUDGE * UP))
        self.play(FadeOut(side, top), run_time=pace.QUICK)

    def strips(self) -> tuple[Photo, Photo]:
        """The column and the row of the largest piece, along two edges of the frame."""
        column, row = self.pieces.columns[:, :1], self.pieces.rows[:1]
        thick = round(STRIP / WIDE * len(self.grey))
        side = Photo(np.repeat(column / column.max(), thick, axis=1), WIDE)
        top = Photo(np.repeat(row / row.max(), thick, axis=0), STRIP)
        return shot.EDGES.put(side, LEFT), shot.EDGES.put(top, UP)

    def stack_in_depth(self) -> None:
        """The first pieces as layers, one behind the other, that become one picture."""
        cards: list[Mobject] = []
        for number in range(LAYERS):
            piece = self.pieces.piece(number)
            card = (
                Matrix(piece, CARD / len(piece), largest=SIGNED, lines=False)
                if number
                else Photo(piece, CARD)
            )
            cards.append(card.scale(FARTHER**number))
        near, far = (
            shot.SAFE.put(card, corner).get_center()
            for card, corner in ((cards[0], DOWN + LEFT), (cards[-1], UP + RIGHT))
        )
        for number, layer in enumerate(cards):
            layer.move_to(blend(near, far, number / (LAYERS - 1)))
        photo = self.photo
        whole, small = (WIDE, ORIGIN), (CARD, near)

        def stand(height: float, middle: Floats) -> Mobject:
            photo.set_height(height).move_to(middle)
            return photo

        with self.beat("The next ones add, in blue, and take away, in red, ever less.") as beat:
            beat.over(glide(stand, whole, small), until="add", least=pace.CALM)
            for number, word in enumerate(("add", "take", "red", "ever"), 1):
                beat.until(word)
                self.add(cards[number], *reversed(cards[1:number]), photo)
                self.play(FadeIn(cards[number], shift=0.4 * (RIGHT + UP)), run_time=pace.QUICK)
        five = self.pieces.keep(LAYERS)
        first = self.pieces.keep(1)
        with self.beat("Add five of them up, and something shows.") as beat:
            beat.over(
                *(card.animate.move_to(cards[0].get_center()).set_opacity(0.0) for card in cards[1:]),
                drive(lambda share: photo.redraw(blend(first, five, share))),
                until="something",
                least=pace.SLOW,
            )
            self.remove(*cards)
            beat.over(glide(stand, small, whole), least=pace.CALM)

    def keep_more(self) -> None:
        """Piece after piece is added, and the error falls."""
        pieces, photo = self.pieces, self.photo
        sweep = ParameterSweep(COUNTS, value=LAYERS)
        sweep.draws(lambda count: photo.redraw(pieces.keep(count)))
        off = [GREYS * pieces.root_mean_square(int(count)) for count in COUNTS]
        stored = [100 * pieces.stored(int(count)) / self.grey.size for count in COUNTS]
        rows = VGroup(
            Readout(sweep.score(COUNTS), 0, label="pieces kept", size=ink.POINT, digits=2),
            Readout(sweep.score(stored), 0, "%", label="of the numbers", size=ink.POINT, digits=2),
            Readout(sweep.score(off), 1, label="grey levels off", size=ink.POINT, digits=2, color=ink.focus),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        plate = self.plate = LOW.put(Tag(rows), UP + RIGHT)
        self.pin(plate)
        mean = LOW.put(
            Tag(words.note(f"the mean alone: {GREYS * self.grey.std():.0f} off", size=ink.POINT)), UP + LEFT
        )
        self.pin(mean)
        with self.beat(
            "Twenty pieces are a flower: 8 percent of the numbers. A typical pixel is off by 10.5 of 255 grey levels."
        ) as beat:
            self.play(FadeIn(plate), run_time=pace.QUICK)
            beat.over(sweep.to(FEW, rate_func=evenly), until="8", least=pace.LONG)
            beat.over("8", words.light(rows[1]), until="A")
            beat.over("typical", self.frame.to_region(*PETALS), words.light(rows[2]))
        few, level = pieces.keep(FEW), np.full(self.grey.shape, self.grey.mean())
        with self.beat("Saying the mean everywhere would be off by 53.") as beat:
            beat.over(
                FadeOut(plate),
                FadeIn(mean),
                self.frame.back(),
                drive(lambda share: photo.redraw(blend(few, level, share))),
                until="off",
                least=pace.SLOW,
            )
            beat.over(words.light(mean.text))
        name = LOW.put(Tag(words.note("[low-rank approximation:focus]", size=ink.POINT)), DOWN + LEFT)
        with self.beat("To keep the largest pieces is a low-rank approximation. More come nearer.") as beat:
            beat.over(
                FadeOut(mean),
                FadeIn(name),
                drive(lambda share: photo.redraw(blend(level, few, share))),
                until="More",
            )
            self.play(FadeIn(plate), run_time=pace.QUICK)
            beat.over(sweep.to(MORE, rate_func=evenly))
        self.name, self.sweep = name, sweep

    def measure_what_is_left(self) -> None:
        """The Frobenius norm of what is left out."""
        photo, pieces = self.photo, self.pieces
        few = pieces.keep(FEW)
        rest = 0.5 + CONTRAST * (self.grey - few)
        squares = BRIGHT * (self.grey - few) ** 2
        norm = words.formula(
            "norm(M)_F = sqrt({{ sum_(i j) m_(i j)^2 : sum }})", {"sum": ink.focus}, size=ink.HEADLINE
        )
        name = words.note("[Frobenius norm:focus]", size=ink.POINT)
        plate = LOW.put(Tag(VGroup(norm, name).arrange(DOWN, buff=0.25, aligned_edge=LEFT)), UP + LEFT)
        with self.beat("This is what the first twenty leave out, in grey.") as beat:
            beat.over(
                FadeOut(self.plate, self.name),
                drive(lambda share: photo.redraw(blend(pieces.keep(MORE), rest, share))),
                least=pace.SLOW,
            )
        with self.beat("Its size is the root of the sum of the squared entries: the Frobenius norm.") as beat:
            beat.over("root", FadeIn(plate), until="squared")
            beat.over(
                "squared", drive(lambda share: photo.redraw(blend(rest, squares, share))), until="Frobenius"
            )
            beat.over("Frobenius", words.light(name, ink.chalk))
        closest = LOW.put(
            Tag(words.note("closest of its rank:\nEckart and Young, 1936", size=ink.POINT)), DOWN + LEFT
        )
        with self.beat("In this norm no matrix of the same rank, or less, comes closer.") as beat:
            beat.over(
                FadeIn(closest),
                drive(lambda share: photo.redraw(blend(squares, few, share))),
                until="closer",
                least=pace.SLOW,
            )
            beat.over(words.light(norm))
        self.play(FadeOut(plate, closest), run_time=pace.QUICK)
        self.few = few

    def store_less(self) -> None:
        """Two thin tables in place of a large one."""
        photo, pieces = self.photo, self.pieces
        tall = pieces.columns[:, :FEW] * np.sqrt(pieces.values[:FEW])
        flat = np.sqrt(pieces.values[:FEW])[:, None] * pieces.rows[:FEW]
        height = 5.0
        cell = height / len(tall)
        columns, rows = (
            Matrix(values, (across, up), largest=2 * float(np.abs(values).std()), lines=False)
            for values, across, up in ((tall, 4.5 * cell, cell), (flat, cell, 4.5 * cell))
        )
        end = np.array([2.85, -0.4, 0.0])
        columns.next_to((end[0] - height * 320 / 427, end[1], 0.0), LEFT, buff=0.3)
        rows.next_to((end[0], end[1] + height / 2, 0.0), UP, buff=0.3)
        start = photo.height

        def shrink(share: float) -> Mobject:
            photo.set_height(blend(start, height, share)).move_to(share * end)
            return photo

        names = words.label("PCA\nrecommenders\nLoRA", ink.focus, size=ink.POINT)
        LOW.put(names, LEFT)
        with self.beat(
            "Two thin tables stand for a large one. "
            "PCA keeps a few pieces of the data; recommenders and LoRA learn a few."
        ) as beat:
            beat.over(drive(shrink), until="stand", least=pace.CALM)
            self.play(
                FadeIn(columns, shift=place.NUDGE * LEFT),
                FadeIn(rows, shift=place.NUDGE * UP),
                run_time=pace.BRISK,
            )
            beat.over("PCA", FadeIn(names), until="recommenders")
            beat.over(words.light(names, ink.chalk))
