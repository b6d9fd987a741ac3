import numpy as np

x, y = np.array([3, 2]), 1
W, b = np.array([[0.7, 1.1], [-1.2, 0.8]]), np.array([-0.3, 0.2])  # a row for each unit
v, c = np.array([-0.6, 0.5]), 0.9


def forward(W, b, v, c):
    z = W @ x + b
    a = np.maximum(z, 0)  # ReLU
    guess = 1 / (1 + np.exp(-(v @ a + c)))  # sigmoid
    return z, a, guess, -np.log(guess)  # the truth is 1


z, a, guess, loss = forward(W, b, v, c)
signal = guess - y  # numbers ran right; blame runs left
delta = np.where(z > 0, v * signal, 0)  # through the wires, through the open gates
slopes = np.outer(delta, x), delta, signal * a, signal
print(f"guess {guess:.3f}, loss {loss:.3f}, slopes of W {slopes[0].round(3).tolist()}")
moved = [w - 0.05 * slope for w, slope in zip((W, b, v, c), slopes, strict=True)]
print(f"one step later: guess {forward(*moved)[2]:.3f}, loss {forward(*moved)[3]:.3f}")
