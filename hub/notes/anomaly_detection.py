import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor
from sklearn.svm import OneClassSVM

x = np.array([8, 9, 10, 11, 12, 16.0])
low, high = np.percentile(x, [25, 75])
z, fence = (16 - x.mean()) / x.std(ddof=1), high + 1.5 * (high - low)
print(f"16 among six readings: z = {z:.1f}, Tukey fence at {fence:g}")

crowd = np.random.default_rng(7).normal(0, 1, (256, 2))
X = np.vstack([crowd, [3.9, 3.3]])  # the lone dot comes last


def cuts(row, seed):
    rng, rows, found = np.random.default_rng(seed), np.arange(len(X)), 0
    while len(rows) > 1:
        floor, ceiling = X[rows].min(axis=0), X[rows].max(axis=0)
        column = rng.integers(2)
        place = rng.uniform(floor[column], ceiling[column])
        rows = rows[(X[rows, column] < place) == (X[row, column] < place)]
        found += 1
    return found


path = np.mean([cuts(256, seed) for seed in range(1000)])
n = len(X)
c = 2 * np.sum(1 / np.arange(1, n)) - 2 * (n - 1) / n
print(f"lone dot: {path:.1f} cuts, score {2 ** (-path / c):.2f}")

scores = {
    "forest": -IsolationForest(random_state=0).fit(X).score_samples(X),
    "LOF": -LocalOutlierFactor(n_neighbors=20).fit(X).negative_outlier_factor_,
    "One-Class SVM": -OneClassSVM(nu=0.05, gamma=0.1).fit(X).decision_function(X),
}
for name, score in scores.items():
    print(f"{name}: rank {np.sum(score > score[-1]) + 1} of {n}")
