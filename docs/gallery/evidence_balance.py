"""A balance on which named weights of evidence are added up."""

from manim import Mobject

from scenes.kit.evidence_balance import EvidenceBalance


def read() -> Mobject:
    """Prior and two words have fallen; the third hangs above its plate, and does not count yet."""
    hang = [(-2.7, 2.8), (2.7, 2.8), (2.7, 2.8), (-2.7, 2.8)]
    scale = EvidenceBalance(["prior", "free", "prize", "meeting"], [-0.8, 2.1, 1.4, -1.7], hang)
    return scale.redraw([1, 1, 1, 0], [1, 1, 1, 1])
