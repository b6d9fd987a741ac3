import numpy as np
from scipy.stats import loguniform, norm
from sklearn.datasets import load_digits
from sklearn.model_selection import (
    GridSearchCV,
    RandomizedSearchCV,
    StratifiedKFold,
    cross_val_score,
)
from sklearn.svm import SVC

X, y = load_digits(return_X_y=True)
order = np.random.default_rng(0).permutation(len(y))
own, rest = order[:600], order[600:]  # rows to search on, rows that judge
folds = StratifiedKFold(5, shuffle=True, random_state=0)

powers = np.array([-5.2, -3.5, -1.8]), np.array([-0.5, 1, 2.5])
grid = {"gamma": 10 ** powers[0], "C": 10 ** powers[1]}
random = {"gamma": loguniform(1e-6, 1e-1), "C": loguniform(0.1, 1000)}
for name, search in (
    ("grid  ", GridSearchCV(SVC(), grid, cv=folds)),
    ("random", RandomizedSearchCV(SVC(), random, n_iter=9, cv=folds, random_state=0)),
):
    search.fit(X[own], y[own])
    values = len(set(search.cv_results_["param_gamma"]))
    print(f"{name}: 9 trials, {values} values of gamma, best {search.best_score_:.3f}")

at = np.linspace(-6, -1, 81)  # a Gaussian process along gamma, C = 10
tried = [6, 61, 77]


def score(i):
    return cross_val_score(SVC(C=10, gamma=10 ** at[i]), X[own], y[own], cv=folds).mean()


def kernel(a, b):
    return 0.16 * np.exp(-((a[:, None] - b) ** 2) / (2 * 0.6**2))


scores = [score(i) for i in tried]
for _ in range(7):
    x, f = at[tried], np.array(scores)
    weights = np.linalg.solve(kernel(x, x) + 1e-4 * np.eye(len(x)), kernel(x, at))
    mean = f.mean() + weights.T @ (f - f.mean())
    sd = np.sqrt(np.maximum(0.16 - (kernel(x, at) * weights).sum(axis=0), 1e-12))
    z = (mean - f.max()) / sd
    gain = sd * (z * norm.cdf(z) + norm.pdf(z))  # expected improvement
    gain[tried] = -1
    tried.append(int(gain.argmax()))
    scores.append(score(tried[-1]))
print("picked", at[tried[3:]].round(2), f"best {max(scores):.3f}")
