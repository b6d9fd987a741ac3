import heapq
from math import log2

p = {"a": 1 / 2, "b": 1 / 4, "c": 1 / 8, "d": 1 / 8}  # what happens
q = {"a": 1 / 8, "b": 1 / 2, "c": 1 / 4, "d": 1 / 8}  # what a model believes


def price(p, q):
    """Average bits where p happens and the prices are -log2 q: the cross-entropy."""
    return -sum(share * log2(q[letter]) for letter, share in p.items())


def huffman(p):
    heap = [(share, letter, {letter: ""}) for letter, share in p.items()]
    heapq.heapify(heap)
    while len(heap) > 1:  # join the two least probable, again and again
        (s, name, right), (t, _, left) = heapq.heappop(heap), heapq.heappop(heap)
        words = {k: "0" + w for k, w in left.items()}
        words |= {k: "1" + w for k, w in right.items()}
        heapq.heappush(heap, (s + t, name, words))
    return heap[0][2]


code = huffman(p)
length = sum(share * len(code[letter]) for letter, share in p.items())
h, cross = price(p, p), price(p, q)
print(f"entropy {h}, Huffman's expected length {length}, cross-entropy {cross}")
print(f"KL of p from q {cross - h}, of q from p {price(q, p) - price(q, q)}")
