"""A linear VAE with two latent variables on the digits: its encoder and its evidence are known in closed form.

Decoder: x given z is normal around ``mean + W z`` with variance ``noise``; prior: z is standard normal.  Its maximum
likelihood solution is probabilistic PCA (M. Tipping and C. Bishop, 1999), and its best encoder the exact posterior
(J. Lucas et al., Don't blame the ELBO!, 2019).  With another weight on the KL (I. Higgins et al., beta-VAE, 2017) both
are trained anew for that weight, while the variance of a pixel is held: the optimum is the one of a noise ``weight``
times as large, so that a direction whose variance lies below it is no longer used at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from sklearn.datasets import load_digits

from scenes.maths.information_theory.bits import Floats

LATENTS: Final = 2
WEIGHTS: Final = (1.0, 5.0, 13.0)
"""On the KL, as shown."""


def gaussian_kl(mu: float | Floats, sigma: float | Floats) -> Floats:
    """KL divergence of N(mu, sigma²) from N(0, 1) in nats, elementwise: ½(μ² + σ² − 1 − ln σ²).

    Source: D. Kingma and M. Welling, Auto-encoding variational Bayes (2014), appendix B.
    """
    m, s = np.asarray(mu, dtype=float), np.asarray(sigma, dtype=float)
    return np.asarray(0.5 * (m**2 + s**2 - 1 - np.log(s**2)))


@dataclass(frozen=True, slots=True)
class Decoder:
    """The linear decoder: ``mean`` (64,), ``weights`` W (64, 2), and the variance ``noise`` of a pixel."""

    mean: Floats
    weights: Floats
    noise: float

    def decode(self, codes: Floats) -> Floats:
        """Pixels (n, 64) of ``codes`` (n, 2)."""
        return np.asarray(self.mean + codes @ self.weights.T)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The encoder's bells: ``means`` (n, 2), and one ``covariance`` (2, 2) that all images share."""

    means: Floats
    covariance: Floats

    @property
    def spreads(self) -> Floats:
        """Standard deviations (2,) of a bell."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    @property
    def kl(self) -> Floats:
        """KL (n,) in bits of each image's bell from the prior."""
        trace = np.trace(self.covariance) - LATENTS - np.linalg.slogdet(self.covariance)[1]
        return np.asarray(0.5 * ((self.means**2).sum(axis=1) + trace) / np.log(2))


@cache
def images() -> Floats:
    """The digits (1797, 64), pixels from 0 to 1."""
    return np.asarray(load_digits().data / 16)


@cache
def _spectrum() -> tuple[Floats, Floats, float]:
    """Variances (2,) and directions (64, 2) of the two largest components, and the mean variance of all others."""
    values, vectors = np.linalg.eigh(np.cov(images().T, bias=True))
    values, vectors = values[::-1], vectors[:, ::-1]
    upright = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])
    # Signs are free, and libraries choose them differently.
    return values[:LATENTS], (vectors * upright)[:, :LATENTS], float(values[LATENTS:].mean())


@cache
def decoder(weight: float = 1.0) -> Decoder:
    """The best decoder on all digits when the KL counts ``weight`` times; 1 gives the greatest likelihood.

    Dividing the weighed bound by the weight leaves the bound of a model whose noise is as many times as large.
    """
    variances, axes, noise = _spectrum()
    used = np.maximum(variances - weight * noise, 0.0)
    return Decoder(images().mean(axis=0), axes * np.sqrt(used), noise)


@cache
def encode(weight: float = 1.0) -> Encoded:
    """The best bells for all digits when the KL counts ``weight`` times; 1 gives the exact posterior."""
    model = decoder(weight)
    precision = model.weights.T @ model.weights / (model.noise * weight) + np.eye(LATENTS)
    covariance = np.linalg.inv(precision)
    means = (images() - model.mean) @ model.weights @ covariance / (model.noise * weight)
    return Encoded(np.asarray(means), np.asarray(covariance))


def nats(weight: float = 1.0) -> float:
    """Mean KL in nats of all digits' bells from the prior."""
    return float(encode(weight).kl.mean() * np.log(2))


def errors(weight: float = 1.0) -> Floats:
    """Expected squared error (n,), over the 64 pixels, of images decoded from codes drawn from their bells."""
    model, found = decoder(weight), encode(weight)
    gone = ((images() - model.decode(found.means)) ** 2).sum(axis=1)
    return np.asarray(gone + np.trace(model.weights @ found.covariance @ model.weights.T))


def elbo() -> Floats:
    """The ELBO (n,) in nats of each image: the reconstruction term minus the KL."""
    model = decoder()
    pixels = images().shape[1]
    told = -0.5 * pixels * np.log(2 * np.pi * model.noise) - 0.5 / model.noise * errors()
    return np.asarray(told - encode().kl * np.log(2))


def gap(row: int, mean: Floats, spreads: Floats) -> float:
    """KL in nats of an upright bell at ``mean`` (2,) of ``spreads`` (2,) from the true posterior of an image.

    By so much the ELBO of that bell lies below the evidence.  Source: Bishop (2006), section 9.4.
    """
    exact = encode()
    away = np.asarray(mean) - exact.means[row]
    precision, covariance = np.linalg.inv(exact.covariance), np.diag(np.asarray(spreads) ** 2)
    wide = np.trace(precision @ covariance) - LATENTS
    slim = np.linalg.slogdet(exact.covariance)[1] - np.linalg.slogdet(covariance)[1]
    return float(0.5 * (wide + away @ precision @ away + slim))


def flat_error() -> float:
    """Mean squared error of answering each image with the mean digit."""
    return float(((images() - decoder().mean) ** 2).sum(axis=1).mean())


def draws(weight: float, rows: tuple[int, ...], seed: int = 0) -> Floats:
    """Images (n, 64) decoded from one code drawn from the bell of each of ``rows``."""
    found = encode(weight)
    steps = np.random.default_rng(seed).normal(size=(len(rows), LATENTS))
    codes = found.means[list(rows)] + steps @ np.linalg.cholesky(found.covariance).T
    return decoder(weight).decode(codes)


def fresh(count: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Codes (n, 2) drawn from the prior, and the images (n, 64) that they are decoded to."""
    codes = np.random.default_rng(seed).normal(size=(count, LATENTS))
    return codes, decoder().decode(codes)
