"""Where things stand in the frame."""

from manim import Mobject, Rectangle, VGroup

from scenes.kit import ink, place, words
from scenes.kit.gauge import Gauge
from scenes.kit.plane import Plane


def stage() -> Mobject:
    """The picture takes two thirds, words stand beside it, the bottom is free for captions."""
    frame = Rectangle(width=ink.FRAME_WIDTH, height=ink.FRAME_HEIGHT, color=ink.faint, stroke_width=1)
    plane = place.picture(Plane((0, 10), (0, 5), x_label="the picture"))
    note = words.note("Words stand in the column beside it.", width=place.ASIDE_WIDTH)
    gauge = Gauge("a number", lambda: 0.5, 2)
    place.aside(note, gauge)
    return VGroup(frame, words.title("The chapter's claim"), plane, note, gauge)
