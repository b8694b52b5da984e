#!/usr/bin/env python3
"""Precision, recall, density and coverage as Naeem et al. (2020) define them: full distance matrices by scikit-learn, numpy, float32 features.

usage: prdc.py REFERENCE.npy CANDIDATE.npy [K]
"""
import json
import resource
import sys
import time
import numpy as np
from sklearn.metrics import pairwise_distances

reference, candidate = np.load(sys.argv[1]), np.load(sys.argv[2])
k = int(sys.argv[3]) if len(sys.argv) > 3 else 5


def radii(rows):
    return np.partition(pairwise_distances(rows), k, axis=1)[:, k]


start = time.perf_counter()
reference_radii, candidate_radii = radii(reference), radii(candidate)
distances = pairwise_distances(reference, candidate)
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
