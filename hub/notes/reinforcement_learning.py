import numpy as np

rows = ["......G", ".##.#P.", ".#...#.", ".#.#...", "S..#..."]
mark = {(r, c): m for r, row in enumerate(rows) for c, m in enumerate(row) if m != "#"}
starts = [tile for tile, m in mark.items() if m not in "GP"]
Q = {tile: np.zeros(4) for tile in mark}
rng = np.random.default_rng(9)
for episode in range(200):
    tile = starts[rng.integers(len(starts))]
    epsilon = np.interp(episode, [50, 199], [1, 0.1])  # explore first, exploit later
    for _ in range(500):
        best = rng.choice(np.flatnonzero(Q[tile] == Q[tile].max()))
        move = rng.integers(4) if rng.random() < epsilon else best
        there = tile[0] + (-1, 0, 1, 0)[move], tile[1] + (0, 1, 0, -1)[move]
        there = there if there in mark else tile  # a wall: stay
        reward = {"G": 1, "P": -1}.get(mark[there], 0)
        Q[tile][move] += 0.5 * (reward + 0.9 * Q[there].max() - Q[tile][move])
        tile = there
        if reward:
            break
print(f"the start is worth {Q[4, 0].max():.2f}; nine tenths to the ninth: {0.9**9:.2f}")
