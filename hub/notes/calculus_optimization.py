import numpy as np

curvature = np.array([1.0, 25.0])  # f = (x² + 25 y²) / 2


def gradient(p):
    return curvature * p


def descend(rate, beta=0.0, steps=100):
    p, s = np.array([-4.0, 1.0]), np.zeros(2)
    for _ in range(steps):
        s = beta * s + gradient(p)  # momentum; plain descent for beta = 0
        p = p - rate * s
    return 0.5 * curvature @ p**2


def adam(rate, steps=100, b1=0.9, b2=0.999, eps=1e-8):
    p, m, v = np.array([-4.0, 1.0]), np.zeros(2), np.zeros(2)
    for t in range(1, steps + 1):
        g = gradient(p)
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g**2
        p = p - rate * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
    return 0.5 * curvature @ p**2


for rate in (0.004, 0.06, 0.082):
    print(f"descent, rate {rate}: {descend(rate):.2g}")
print(f"momentum 0.5, rate 0.06: {descend(0.06, 0.5):.2g}")
print(f"Adam, rate 0.1: {adam(0.1):.2g}")
