"""What four rules pay on twenty splits, twins, and the SHAP values of each patient that is held out."""

from __future__ import annotations

from typing import Final

from scenes.maths.feature_importance import shapley, twenty
from scenes.maths.feature_importance.patients import MASS, NAMES

DIGITS: Final = {"impurity": 4, "permutation": 4, "drop": 4, "shap": 2}


def figure() -> dict[str, object]:
    """``names`` (12,); ``paid`` (20, 12) by rule; ``twin`` by rule: what it pays body mass ``alone``, ``one`` twin, the
    ``other``, and ``both`` where they can be taken together; ``base``, ``values`` (133, 12), ``said`` and ``truth``
    (133,) of the first split."""
    told = shapley.of_split(0)
    twins = {}
    for rule, digits in DIGITS.items():
        one, other = twenty.twin(rule).mean(axis=0).round(digits)
        twins[rule] = {
            "alone": round(float(twenty.paid(rule)[:, MASS].mean()), digits),
            "one": float(one),
            "other": float(other),
        }
        if rule in ("permutation", "drop"):
            twins[rule]["both"] = round(float(twenty.kept()[f"twin {rule} both"].mean()), digits)
    return {
        "names": NAMES,
        "paid": {rule: twenty.paid(rule).round(digits) for rule, digits in DIGITS.items()},
        "twin": twins,
        "base": round(told.base, 2),
        "values": told.values.round(2),
        "said": told.said.round(2),
        "truth": told.truth,
    }
