import numpy as np
from sklearn.tree import DecisionTreeRegressor

x, y = np.array([[1.0], [2], [3], [4]]), np.array([2.0, 8, 14, 16])
for eta in (1.0, 0.5):
    F = np.full(4, y.mean())
    for _ in range(3):
        stump = DecisionTreeRegressor(max_depth=1).fit(x, y - F)  # to the residuals
        F += eta * stump.predict(x)
    print(f"eta {eta}: {F}, error {((y - F) ** 2).mean():.2f}")


def depth(g, h, lam):  # of a leaf's parabola
    return g.sum() ** 2 / (h.sum() + lam) / 2


g, h = y.mean() - y, np.ones(4)  # of half the squared error
for lam in (0, 2):
    w = -g[:2].sum() / (h[:2].sum() + lam)
    before = depth(g, h, lam)
    sides = [(slice(k), slice(k, 4)) for k in (1, 2, 3)]
    gains = [sum(depth(g[i], h[i], lam) for i in cut) - before for cut in sides]
    print(f"lambda {lam}: left weight {w}, gains {np.round(gains, 1)}")

shops, bought, p = "ABACABA", [1, 0, 0, 1, 1, 1, 1], 0.5
sums, rows, codes = {}, {}, []
for shop, label in zip(shops, bought, strict=True):  # in the order of the rows
    codes.append((sums.get(shop, 0) + p) / (rows.get(shop, 0) + 1))
    sums[shop], rows[shop] = sums.get(shop, 0) + label, rows.get(shop, 0) + 1
print("codes in order:", *codes)
