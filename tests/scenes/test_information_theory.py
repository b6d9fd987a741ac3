"""The lesson information-theory: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.maths.information_theory import bits, classifier, huffman, texts
from tests.scenes.harness.table import Claims, Figures, Waivers

FIGURES: Figures = {}

CLAIMS: Claims = {}

WAIVERS: Waivers = {}
