import numpy as np
from numpy.polynomial.chebyshev import chebvander
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split


def truth(x):
    return 2 * np.exp(-3 * x) * np.sin(9 * x)


rng = np.random.default_rng(0)
sigma, x, fine = 0.3, (np.arange(20) + 0.5) / 20, (np.arange(1000) + 0.5) / 1000
readings = truth(x) + sigma * rng.normal(size=(2000, 20))  # 2,000 training samples
where = rng.uniform(size=(2000, 200))  # and for each of them fresh readings
fresh = truth(where) + sigma * rng.normal(size=where.shape)
for d in (1, 5, 10):
    solve = np.linalg.pinv(chebvander(2 * x - 1, d))  # makes coefficients of readings
    predict = chebvander(2 * fine - 1, d) @ solve
    bias2 = ((predict @ truth(x) - truth(fine)) ** 2).mean()
    var = sigma**2 * (predict**2).sum(axis=1).mean()
    fits = np.einsum("sfd,sd->sf", chebvander(2 * where - 1, d), readings @ solve.T)
    test = ((fits - fresh) ** 2).mean()
    parts = f"{bias2:.3f} + {var:.3f} + {sigma**2:.3f}"
    print(f"degree {d:2}: {parts} = {bias2 + var + sigma**2:.3f}, measured {test:.3f}")

X, y = load_digits(return_X_y=True)
rows, _ = train_test_split(np.arange(len(y)), test_size=0.5, stratify=y, random_state=0)
X, y, wrong = X[rows] / 16, y[rows], np.zeros(len(rows), dtype=bool)
for own, held in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
    means = np.array([X[own][y[own] == digit].mean(axis=0) for digit in range(10)])
    nearest = ((X[held][:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    wrong[held] = nearest != y[held]
rate = [wrong[y == digit].mean() for digit in range(10)]  # by slice
print(f"errors: all {wrong.sum()}, worst slice {np.argmax(rate)} with {max(rate):.0%}")
