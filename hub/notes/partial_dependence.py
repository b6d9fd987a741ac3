import numpy as np
from sklearn.inspection import partial_dependence
from sklearn.tree import DecisionTreeRegressor

said = np.array([[1.0, 2.0], [3.0, 5.0], [8.0, 14.0]])  # forced to SI2, VVS1
print("three stones, means:", said.mean(axis=0), "centred:", said[:, 1] - said[:, 0])


def ice(model, X, j, grid):
    forced = np.repeat(X, len(grid), axis=0)
    forced[:, j] = np.tile(grid, len(X))  # one column forced, the others as they are
    return model.predict(forced).reshape(len(X), len(grid))


def ale(model, X, j, parts=20):
    z = np.unique(np.quantile(X[:, j], np.linspace(0, 1, parts + 1)))
    k = np.clip(np.searchsorted(z, X[:, j]) - 1, 0, len(z) - 2)
    low, high = X.copy(), X.copy()
    low[:, j], high[:, j] = z[k], z[k + 1]  # from the left wall to the right
    local, n = model.predict(high) - model.predict(low), np.bincount(k)
    sums = np.concatenate([[0], np.cumsum(np.bincount(k, local) / n)])
    return z, sums - ((sums[1:] + sums[:-1]) / 2 * n).sum() / n.sum()  # centred


chance = np.random.default_rng(0)
u = chance.uniform(0, 1, 1000)
X = np.column_stack([u + chance.normal(0, 0.05, 1000), u + chance.normal(0, 0.05, 1000)])
y = X[:, 0] + X[:, 1] ** 2 + chance.normal(0, 0.1, 1000)
tree = DecisionTreeRegressor(min_samples_leaf=5, random_state=0).fit(X, y)
grid = np.linspace(*np.quantile(X[:, 1], [0.02, 0.98]), 41)
pd = ice(tree, X[:300], 1, grid).mean(axis=0)
effect = np.interp(grid, *ale(tree, X, 1))
print(f"rise of x2: truth {grid[-1] ** 2 - grid[0] ** 2:.2f}")
print(f"partial dependence {pd[-1] - pd[0]:.2f}")
print(f"local effects {effect[-1] - effect[0]:.2f}")
theirs = partial_dependence(tree, X[:300], [1], method="brute", custom_values={1: grid})
print("as scikit-learn:", np.allclose(pd, theirs["average"][0]))
