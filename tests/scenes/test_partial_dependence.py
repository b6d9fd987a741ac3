"""The lesson partial-dependence: what computes its figures, and what holds its claims."""

from __future__ import annotations

from tests.scenes.harness.table import Claims, Figures, Waivers

FIGURES: Figures = {}
CLAIMS: Claims = {}
WAIVERS: Waivers = {}
