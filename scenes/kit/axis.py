"""The numbers along an axis: which, and how they are written."""

from __future__ import annotations

import numpy as np

Range = tuple[float, float]
"""Lower and upper limit, in data units."""


def round_ticks(limits: Range, log: bool, span: float) -> list[float]:
    """Round numbers within ``limits``, about one for each scene unit of ``span``; powers of ten if ``log``.

    Steps are 1, 2 or 5 times a power of ten.
    """
    low, high = limits
    if log:
        powers = range(int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9)) + 1)
        thin = max(1, round(len(powers) * 1.1 / span))
        return [10.0**power for power in powers][::thin]
    rough = (high - low) / max(span / 1.1, 3.0)
    power = 10.0 ** np.floor(np.log10(rough))
    step = min((factor * power for factor in (1, 2, 5, 10)), key=lambda s: abs(np.log(s / rough)))
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    return [float(n * step) + 0.0 for n in np.arange(first, last + 1)]


def number_texts(ticks: list[float], log: bool) -> list[str]:
    """What is written at ``ticks``: the fewest decimals that tell them exactly, the same for all.

    If ``log``, powers of ten are written as 10⁴ above 1000 and below 0.001.
    """
    if log:
        return [_power_text(tick) for tick in ticks]
    decimals = next(
        (d for d in range(8) if all(abs(round(t, d) - t) < 1e-9 * max(1.0, abs(t)) for t in ticks)), 8
    )
    return [f"{tick:.{decimals}f}".replace("-", "−") for tick in ticks]


def _power_text(tick: float) -> str:
    power = round(float(np.log10(tick)))
    if abs(tick / 10.0**power - 1) > 1e-9 or -3 <= power <= 3:
        return f"{tick:.10f}".rstrip("0").rstrip(".") if tick < 1 else f"{tick:g}"
    return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
