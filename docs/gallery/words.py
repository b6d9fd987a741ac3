"""Words, formulas and program text; all of them are found by their parts, and change into each other."""

from manim import DOWN, LEFT, Mobject, VGroup

from scenes.kit import ink, words


def kinds() -> Mobject:
    """Words with marks, a formula whose symbols have the hub's colours, and program text."""
    note = words.note("The street stands on its [support vectors:focus], *not* on all $n$ flowers.", width=6)
    rule = words.formula('"width" = frac(2, {{ norm(bold(w)) : length }})', colors={"length": ink.fourth})
    code = words.code("model = SVC(kernel='linear')\nmodel.fit(X, y)")
    return VGroup(note, rule, code).arrange(DOWN, buff=0.5, aligned_edge=LEFT)


def parts() -> Mobject:
    """A part is found by its label, its symbol or its text; it can be marked, lit up and dyed."""
    rule = words.formula("hat(y) = {{ bold(w) dot bold(x) : level }} + b", size=ink.HEADLINE)
    return VGroup(rule, words.mark(rule.part("level")), words.mark(rule.part("b"), "box"))
