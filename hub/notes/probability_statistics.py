import numpy as np
import statsmodels.api as sm
from scipy import stats

visits = np.sort(sm.datasets.randhie.load_pandas().data["mdvis"])
print(f"mean {visits.mean():.2f}, standard deviation {visits.std():.2f}")
for n in (5, 30, 100):  # averages of n draws, 20,000 times
    means = np.random.default_rng(0).choice(visits, (20_000, n)).mean(axis=1)
    root = visits.std() / n**0.5
    lean = stats.skew(means)
    print(f"n = {n}: spread {means.std():.2f}, predicted {root:.2f}, lean {lean:.1f}")

# 32 students, 11 improved; 8 of the 14 with the plan did.  Chance alone does as much:
print(f"p = {stats.hypergeom(32, 11, 14).sf(7):.4f}")
