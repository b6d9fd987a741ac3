"""The linear VAE, against multivariate normals, sampling and scikit-learn's PCA."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.decomposition import PCA

from scenes.maths.information_theory import vae


def test_the_kl_of_a_normal_from_the_standard_one() -> None:
    rng = np.random.default_rng(0)
    for mu, sigma in ((1.5, 0.5), (0.0, 1.0), (-0.3, 2.0)):
        draws = rng.normal(mu, sigma, 400_000)
        seen = (stats.norm(mu, sigma).logpdf(draws) - stats.norm.logpdf(draws)).mean()
        assert vae.gaussian_kl(mu, sigma) == pytest.approx(seen, abs=0.01)


def test_the_kl_is_zero_at_the_prior_and_nowhere_else() -> None:
    means, sigmas = np.meshgrid(np.linspace(-3, 3, 61), np.geomspace(0.1, 5, 81))
    found = vae.gaussian_kl(means, sigmas)
    assert vae.gaussian_kl(0.0, 1.0) == 0
    away = (np.abs(means) > 1e-9) | (np.abs(sigmas - 1) > 1e-9)
    assert (found[away] > 0).all()


def test_the_decoder_is_probabilistic_pca() -> None:
    model, reference = vae.decoder(), PCA(2).fit(vae.images())
    assert model.noise == pytest.approx(reference.noise_variance_ * 1796 / 1797)
    along = model.weights / np.linalg.norm(model.weights, axis=0)
    assert np.abs(np.sum(along * reference.components_.T, axis=0)) == pytest.approx([1, 1], abs=1e-9)


def test_the_elbo_reaches_the_evidence_with_the_exact_posterior() -> None:
    model = vae.decoder()
    covariance = model.weights @ model.weights.T + model.noise * np.eye(64)
    evidence = stats.multivariate_normal(model.mean, covariance).logpdf(vae.images())
    assert vae.elbo() == pytest.approx(evidence, abs=1e-9)


def test_another_weight_stays_below_the_evidence_on_average() -> None:
    model, pixels = vae.decoder(), 64
    for weight in (0.1, *vae.WEIGHTS[1:]):
        told = -0.5 * pixels * np.log(2 * np.pi * model.noise) - 0.5 / model.noise * vae.errors(weight)
        assert told.mean() - vae.nats(weight) < vae.elbo().mean()


def test_a_bell_misses_the_evidence_by_its_gap() -> None:
    model, row, rng = vae.decoder(), 0, np.random.default_rng(5)
    mean, spreads = vae.encode().means[row] + np.array([0.5, 0.45]), np.array([0.45, 0.5])
    drawn = mean + spreads * rng.normal(size=(400_000, vae.LATENTS))
    gone = ((vae.images()[row] - model.decode(drawn)) ** 2).sum(axis=1)
    told = -0.5 * 64 * np.log(2 * np.pi * model.noise) - 0.5 / model.noise * gone.mean()
    bound = told - vae.gaussian_kl(mean, spreads).sum()
    assert vae.elbo()[row] - vae.gap(row, mean, spreads) == pytest.approx(bound, abs=0.03)
    assert vae.gap(row, vae.encode().means[row], vae.encode().spreads) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("weight", vae.WEIGHTS)
def test_encoder_and_decoder_are_the_best_for_their_weight(weight: float) -> None:
    def bill(weights: np.ndarray, means: np.ndarray, covariance: np.ndarray) -> float:
        model = vae.decoder(weight)
        gone = ((vae.images() - model.mean - means @ weights.T) ** 2).sum(axis=1)
        error = gone + np.trace(weights @ covariance @ weights.T)
        kl = vae.Encoded(means, covariance).kl * np.log(2)
        return float((0.5 / model.noise * error + weight * kl).mean())

    model, found, rng = vae.decoder(weight), vae.encode(weight), np.random.default_rng(1)
    least = bill(model.weights, found.means, found.covariance)
    for _ in range(20):
        shift, grow = rng.normal(scale=0.05, size=found.means.shape), rng.uniform(0.9, 1.1)
        turn = rng.normal(scale=0.02, size=model.weights.shape)
        assert bill(model.weights, found.means + shift, grow * found.covariance) > least
        assert bill(model.weights + turn, found.means + shift, grow * found.covariance) > least


def test_errors_are_those_of_drawn_codes() -> None:
    model, found, rng = vae.decoder(), vae.encode(), np.random.default_rng(3)
    root = np.linalg.cholesky(found.covariance)
    seen = []
    for _ in range(200):
        codes = found.means + rng.normal(size=found.means.shape) @ root.T
        seen.append(((vae.images() - model.decode(codes)) ** 2).sum(axis=1).mean())
    assert np.mean(seen) == pytest.approx(vae.errors().mean(), abs=5e-3)


def test_a_heavier_kl_widens_bells_and_blurs_images_until_nothing_is_left() -> None:
    spreads = [vae.encode(weight).spreads for weight in vae.WEIGHTS]
    assert (np.diff(spreads, axis=0) > 0).all()
    assert (np.diff([vae.errors(weight).mean() for weight in vae.WEIGHTS]) > 0).all()
    assert (np.diff([vae.nats(weight) for weight in vae.WEIGHTS]) < 0).all()
    last = vae.WEIGHTS[-1]
    assert vae.nats(last) == 0
    assert vae.draws(last, (0, 1, 2)) == pytest.approx(np.tile(vae.decoder().mean, (3, 1)))
    assert vae.errors(last).mean() == pytest.approx(vae.flat_error())


def test_draws_come_from_their_bells() -> None:
    assert vae.draws(1.0, (3, 5), seed=2).shape == (2, 64)
    codes, pictures = vae.fresh(4000)
    assert codes.std(axis=0) == pytest.approx([1, 1], abs=0.05)
    assert pictures == pytest.approx(vae.decoder().decode(codes))
