#!/usr/bin/env python3
"""Precision, recall, density and coverage as Naeem et al. (2020) publish them: full float64 distance matrices by scikit-learn
(n_jobs = 8), the k smallest by numpy's argpartition. `lean` does the same with what serves numpy best: float32 input, one job, partition.

usage: prdc.py REFERENCE.npy CANDIDATE.npy [K] [published|lean]
"""
import json
import resource
import sys
import time
import numpy as np
from sklearn.metrics import pairwise_distances

k = int(sys.argv[3]) if len(sys.argv) > 3 else 5
lean = len(sys.argv) > 4 and sys.argv[4] == "lean"
reference, candidate = (np.load(path).astype("float32" if lean else "float64") for path in sys.argv[1:3])


def between(first, second):
    return pairwise_distances(first, second, metric="euclidean", n_jobs=1 if lean else 8)


def radii(rows):
    distances = between(rows, rows)
    if lean:
        return np.partition(distances, k, axis=1)[:, k]
    nearest = np.argpartition(distances, k + 1, axis=1)[:, :k + 1]
    return np.take_along_axis(distances, nearest, axis=1).max(axis=1)


start = time.perf_counter()
reference_radii, candidate_radii = radii(reference), radii(candidate)
distances = between(reference, candidate)
inside = distances < reference_radii[:, None]
values = {
    "precision": inside.any(axis=0).mean(),
    "recall": (distances < candidate_radii[None, :]).any(axis=1).mean(),
    "density": inside.sum(axis=0).mean() / k,
    "coverage": (distances.min(axis=1) < reference_radii).mean(),
}
seconds = time.perf_counter() - start
print(json.dumps({
    "seconds": seconds,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    **{name: float(value) for name, value in values.items()},
}))
