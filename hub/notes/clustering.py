import numpy as np
from sklearn.cluster import DBSCAN, AgglomerativeClustering
from sklearn.datasets import load_iris

X = load_iris().data[:, 2:]  # petal length and width, cm


def lloyd(X, centroids):
    while True:
        far = ((X[:, None] - centroids) ** 2).sum(axis=2)
        labels = far.argmin(axis=1)  # the assignment step
        moved = np.array([X[labels == k].mean(axis=0) for k in range(len(centroids))])
        if np.allclose(moved, centroids):
            return labels, far.min(axis=1).sum()
        centroids = moved


rng, places = np.random.default_rng(0), np.unique(X, axis=0)  # some flowers are alike
starts = [places[rng.choice(len(places), 3, replace=False)] for _ in range(10)]
labels, inertia = min((lloyd(X, start) for start in starts), key=lambda run: run[1])
sizes = sorted(np.bincount(labels).tolist())
print(f"K-means: inertia {inertia:.1f}, clusters of {sizes}")

dense = DBSCAN(eps=0.35, min_samples=5).fit(X).labels_  # -1 is noise
print(f"DBSCAN: {dense.max() + 1} clusters, {(dense < 0).sum()} points of noise")

tree = AgglomerativeClustering(n_clusters=2, linkage="ward").fit(X)
print(f"Ward, cut in two: clusters of {sorted(np.bincount(tree.labels_).tolist())}")
