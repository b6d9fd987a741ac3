"""A lesson of three chapters as a review leaves it: drawn pictures, findings of both reviews, allowances."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from render.core.timeline import Beat, Chapter, Timeline
from render.review import narration
from render.review.direction import Direction, Fill, Move
from render.review.finding import Finding, keyed
from render.review.narration_finding import from_narration
from render.review.result import Allowance, ChapterReview, LessonReview, Still

FONTS = Path(__file__).parents[3] / "scenes" / "kit" / "fonts"
FILE = "scenes/svm/margin.py"
GROUND, CHALK, BLUE, ORANGE, YELLOW = "#0F1420", "#E8EDF4", "#4893DB", "#EB9A4A", "#FFD866"

STORY = (
    (
        "which_line",
        "Many lines part two groups",
        (
            "Here are two kinds of iris, measured in centimetres.",
            "A line parts them. So does this one, and this one.",
            "Which of them would you trust with a flower that nobody has measured yet?",
        ),
    ),
    (
        "widest_street",
        "The widest street wins: margin > 0 & w ≠ 0",
        (
            "Draw the line as a street, and make it as wide as the flowers allow.",
            "Its kerbs touch three flowers. Those three hold the whole street, and all the others could leave "
            "without moving it by a hair, as you will see when I take them away one after the other now.",
            "The margin is 1.22.",
            "Look.",
        ),
    ),
    ("remember", "Three flowers hold the street", ("Remember the kerb, not the crowd.",)),
)
"""Method, claim and beats of each chapter."""


def timeline(voice: str = "kokoro/1") -> Timeline:
    """Its chapters begin at 0, 15 and 43 s; a beat stands on every tenth line."""
    chapters = []
    for number, (name, title, texts) in enumerate(STORY):
        beats, start = [], 0
        for index, text in enumerate(texts):
            speech = round(len(text.split()) / 2.6, 2)
            ticks = -(-round(speech * 15) // 15) * 15 + (75 if text == "Look." else 0)
            line = 100 * (number + 1) + 10 * (index + 1)
            beats.append(Beat(text, start, ticks, speech, (), FILE, line))
            start += ticks
        chapters.append(Chapter(name, title, (), start, tuple(beats), FILE, 100 * (number + 1)))
    return Timeline("svm", "SVM, SVR & KNN: the <widest> street", voice, tuple(chapters))


def shown() -> list[tuple[str, ...]]:
    """What stands on the stage after each beat."""
    axes = ("1.0 2.0 3.0 4.0", "petal length (cm)", "sepal width (cm)")
    return [
        axes,
        (*axes, "trust?"),
        (*axes, "trust?"),
        axes,
        (*axes, "support vectors"),
        (*axes, "support vectors", "margin = 1.22"),
        (*axes, "support vectors", "margin = 1.22"),
        ("Only the kerb matters",),
    ]


def picture(words: str, seed: int) -> Image.Image:
    """A stage of 854 × 480: two clouds of dots, a street between them, and ``words`` that the street crosses."""
    stage = Image.new("RGB", (854, 480), GROUND)
    pen = ImageDraw.Draw(stage)
    generator = np.random.default_rng(seed)
    for colour, centre in ((BLUE, (260, 300)), (ORANGE, (570, 190))):
        for x, y in generator.normal(centre, (62, 46), (40, 2)):
            pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)
    pen.line((90, 90 + 8 * seed, 760, 420 - 8 * seed), fill=YELLOW, width=3)
    pen.line((60, 440, 800, 440), fill="#6B7A90", width=2)
    pen.text((30, 18), f"The widest street, part {seed}", font=font(20), fill="#9AA7BA")
    pen.text((400, 222), words, font=font(34), fill=CHALK)
    return stage


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "Inter-Medium.ttf", size)


def finding(kind: str, chapter: str, beat: int, seconds: float, **other: object) -> Finding:
    """A finding of the picture, with what its tests do not ask for filled in."""
    told = next(one for one in timeline().chapters if one.name == chapter)
    fields: dict[str, object] = {
        "lasted": 0.0,
        "what": '"margin = 1.22"',
        "against": "",
        "where": f"scenes/svm/margin.py:{told.beats[beat].line + 3}",
        "message": "",
        "figure": 1.0,
        "bound": 2.0,
        "crop": "",
    }
    said = told.beats[beat].text
    return Finding(kind, "svm", chapter, beat, said, seconds, **(fields | other))  # type: ignore[arg-type]


def found() -> dict[str, list[Finding]]:
    """Findings of the pictures by chapter, with keys."""
    street = [
        finding(
            "crossed", "widest_street", 2, 21.4, lasted=3.2, against="Line self.street", crop="crossed-0.png",
            message='"margin = 1.22" is crossed by Line self.street: 31 % of its ink, expected 2 % at most',
            figure=0.31, bound=0.02,
        ),
        finding(
            "contrast", "widest_street", 1, 9.0, what='"support vectors"', crop="contrast-1.png",
            message='"support vectors" has a contrast of 2.9 on its ground, expected 4.5 at least',
            figure=2.9, bound=4.5,
        ),
        finding(
            "pop", "widest_street", 0, 0.4, what="Dots self.{flowers}", lasted=0.0667, where="scenes/svm/margin.py:98",
            message="Dots self.{flowers} pops in: 1840 px between two frames, expected 400 px at most",
            figure=1840, bound=400,
        ),
        finding(
            "frozen", "widest_street", 3, 24.0, what="the picture", lasted=8.6, where="scenes/svm/margin.py:243",
            message="nothing moves for 8.6 s, expected 8 s at most", figure=8.6, bound=8,
        ),
    ]  # fmt: skip
    opening = [
        finding(
            "margin", "which_line", 2, 9.2, lasted=2.0, what='"trust?"', crop="margin-0.png",
            message='"trust?" comes 0.31 units near the edge, expected 0.5 at least', figure=0.31, bound=0.5,
        )
    ]  # fmt: skip
    return {"which_line": keyed(opening), "widest_street": keyed(street), "remember": []}


def spoken_faults() -> list[narration.NarrationFinding]:
    """What the review of words says of it."""
    second = timeline().chapters[1]
    long = second.beats[1]
    return [
        narration.NarrationFinding(
            "pace", "svm", "widest_street", "", "scenes/svm/margin.py:200", "124 words a minute", 124.0, 130.0
        ),
        narration.NarrationFinding(
            "sentence", "svm", "widest_street", long.text, f"scenes/svm/margin.py:{long.line}",
            "a sentence of 31 words; expected 25 at most", 31.0, 25.0,
        ),
        narration.NarrationFinding(
            "silence", "svm", "widest_street", "Look.", f"scenes/svm/margin.py:{second.beats[3].line}",
            "5.6 s of silence after this beat; expected 2.5 s at most", 5.6, 2.5,
        ),
        narration.NarrationFinding(
            "unshown", "svm", "widest_street", "The margin is 1.22.", f"scenes/svm/margin.py:{second.beats[2].line}",
            "the voice says 1.22, and no screen up to here shows it", 1.22, float("nan"),
        ),
    ]  # fmt: skip


def directed(chapter: Chapter) -> Direction:
    """Every beat fuller than the one before it, half of the chapter still; the second chapter has a camera."""
    fills = tuple(Fill(0.5 + 0.1 * number, 0.3) for number, _ in enumerate(chapter.beats))
    moves = (Move(2.4, "Street self.<street>", "street"), Move(9.0, "the stage", "")) * (
        chapter.name == "widest_street"
    )
    shots = ("wide", "close-up") if moves else ("picture and column",)
    halves = round(2 * chapter.seconds)
    return Direction(fills, halves // 2, halves, moves, shots, 3, chapter.seconds)


def review(pictures: Path) -> LessonReview:
    """The whole review; its stills and crops are drawn below ``pictures``."""
    told, faults = timeline(), found()
    chapters = []
    for chapter in told.chapters:
        folder = pictures / chapter.name
        folder.mkdir(parents=True)
        stills = []
        for number, beat in enumerate(chapter.beats):
            name = f"still-{number}.png"
            picture("margin = 1.22", number).save(folder / name)
            stills.append(Still(number, beat.end / 15, name))
        for fault in faults[chapter.name]:
            if fault.crop:
                picture(fault.what.strip('"'), fault.beat).crop((370, 190, 690, 310)).save(
                    folder / fault.crop
                )
        place = f"scenes/svm/margin.py:{chapter.line + 5}"
        allowed = (
            Allowance(place, "Band self.street", "Dots self.flowers", "it lies behind", True),
            Allowance(
                f"scenes/svm/margin.py:{chapter.line + 6}",
                '"kerb"',
                "caption",
                "the <last> word & the end",
                False,
            ),
        )
        chapters.append(
            ChapterReview(
                chapter.name, chapter.title, chapter.seconds, 12, tuple(faults[chapter.name]),
                allowed if chapter.name == "widest_street" else (), tuple(stills), directed(chapter),
            )
        )  # fmt: skip
    words = keyed(from_narration(one, told) for one in spoken_faults())
    return LessonReview(told, tuple(chapters), tuple(words))
