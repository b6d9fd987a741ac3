"""The figure of the first page shows real flowers and the street that really is the widest."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris
from sklearn.svm import SVC

from hub import site

SVG = Path(site.__file__).parent / "templates" / "street.svg"


def test_every_mark_is_a_flower_and_the_kerbs_are_the_machines() -> None:
    text = SVG.read_text(encoding="utf-8")
    figure = ET.fromstring(text[text.index("<svg") :].replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    groups = {group.get("class"): group for group in figure.iter("g")}

    def discs(name: str) -> set[tuple[float, float]]:
        return {(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in groups[name].iter("circle")}

    squares = {
        tuple(
            round(float(r.attrib[a]) + float(r.attrib[size]) / 2, 6)
            for a, size in (("x", "width"), ("y", "height"))
        )
        for r in groups["street-versicolor"].iter("rect")
    }
    iris = load_iris()
    flowers, kind = iris.data[:100][:, [2, 1]], iris.target[:100]
    assert discs("street-setosa") == set(map(tuple, flowers[kind == 0]))
    assert squares == set(map(tuple, flowers[kind == 1]))

    machine = SVC(kernel="linear", C=1e8, tol=1e-10).fit(flowers, kind)
    assert discs("street-support") == set(map(tuple, machine.support_vectors_))
    for line, height in zip(figure.iter("line"), (-1, 0, 1), strict=True):
        ends = np.array([[line.attrib[f"{a}{end}"] for a in "xy"] for end in "12"], dtype=float)
        np.testing.assert_allclose(machine.decision_function(ends), height, atol=1e-5)
