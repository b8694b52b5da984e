#!/usr/bin/env python3
"""Writes N x D float32 features like those of a network after its last ReLU: correlated, non-negative, many zeros.

usage: make_features.py N D SEED OUT.npy [SHIFT]
"""
import sys
import numpy as np

n, d, seed, path = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
shift = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
factors = np.random.default_rng(0).standard_normal((64, d)).astype(np.float32) / 8
rng = np.random.default_rng(seed)
out = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(n, d))
for start in range(0, n, 2000):
    rows = min(2000, n - start)
    block = rng.standard_normal((rows, 64), dtype=np.float32) @ factors
    block += 0.6 * rng.standard_normal((rows, d), dtype=np.float32) + shift
    out[start:start + rows] = np.maximum(block, 0)
out.flush()
