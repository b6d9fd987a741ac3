import numpy as np
from numpy.polynomial.chebyshev import chebvander
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split


def truth(x):
    return 2 * np.exp(-3 * x) * np.sin(9 * x)


rng = np.random.default_rng(0)
n, sigma, x, grid = 20, 0.3, (np.arange(20) + 0.5) / 20, np.linspace(0, 1, 201)
readings = truth(x) + sigma * rng.normal(size=(2000, n))  # 2,000 training samples
fresh = truth(grid) + sigma * rng.normal(size=(2000, 201))  # that no fit sees
for d in (1, 5, 10):
    predict = chebvander(2 * grid - 1, d) @ np.linalg.pinv(chebvander(2 * x - 1, d))
    bias2 = ((predict @ truth(x) - truth(grid)) ** 2).mean()
    var = sigma**2 * (predict**2).sum(axis=1).mean()
    test = ((readings @ predict.T - fresh) ** 2).mean()
    parts = f"{bias2:.3f} + {var:.3f} + {sigma**2:.3f}"
    print(f"degree {d:2}: {parts} = {bias2 + var + sigma**2:.3f}, measured {test:.3f}")

X, y = load_digits(return_X_y=True)
rows, _ = train_test_split(np.arange(len(y)), test_size=0.5, stratify=y, random_state=16)
X, y, wrong = X[rows] / 16, y[rows], np.zeros(len(rows), dtype=bool)
for own, held in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
    means = np.array([X[own][y[own] == digit].mean(axis=0) for digit in range(10)])
    nearest = ((X[held][:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    wrong[held] = nearest != y[held]
rate = [wrong[y == digit].mean() for digit in range(10)]  # by slice
print(f"errors: all {wrong.sum()}, worst slice {np.argmax(rate)} with {max(rate):.0%}")
