import numpy as np


def softmax(scores):
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def attend(Q, K, V):  # one row for each word
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), 1)] = -np.inf  # no peeking at later words
    return softmax(scores) @ V


rng = np.random.default_rng(0)
for d in (4, 1024):
    Q, K = rng.standard_normal((2, 16 * 50, d))
    scores = Q @ K.T
    print(f"{d} numbers: scores spread by {scores.std():.0f}, ", end="")
    print(f"divided by the root of d by {(scores / np.sqrt(d)).std():.0f}")
Q, K, V = rng.standard_normal((3, 9, 16))
print("the first word takes home its own value:", np.allclose(attend(Q, K, V)[0], V[0]))
