#!/usr/bin/env python3
"""KID as torch-fidelity computes it, in float64: for each of 100 subsets of 1000 three matrix products, the cube, and their sums.

usage: kid.py REFERENCE.npy CANDIDATE.npy
"""
import json
import resource
import sys
import time
import numpy as np

reference, candidate = (np.load(path).astype(np.float64) for path in sys.argv[1:3])
subsets, size = 100, 1000


def kernel(x, y):
    return (x @ y.T / x.shape[1] + 1) ** 3


start = time.perf_counter()
random = np.random.RandomState(2020)
values = []
for _ in range(subsets):
    x = candidate[random.choice(len(candidate), size, replace=False)]
    y = reference[random.choice(len(reference), size, replace=False)]
    xx, yy, xy = kernel(x, x), kernel(y, y), kernel(x, y)
    within = (xx.sum() - np.trace(xx) + yy.sum() - np.trace(yy)) / (size * (size - 1))
    values.append(within - 2 * xy.mean())
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "kid": float(np.mean(values)),
    "kid_std": float(np.std(values)),
}))
