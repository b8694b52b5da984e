#!/usr/bin/env python3
"""FID as pytorch-fid computes it from features: numpy's mean and cov in float64, scipy's sqrtm of the product of covariances.

usage: fid.py REFERENCE.npy CANDIDATE.npy
"""
import json
import resource
import sys
import time
import numpy as np
import scipy.linalg

reference, candidate = (np.load(path) for path in sys.argv[1:3])
start = time.perf_counter()
m1, s1 = reference.mean(axis=0, dtype=np.float64), np.cov(reference.astype(np.float64), rowvar=False)
m2, s2 = candidate.mean(axis=0, dtype=np.float64), np.cov(candidate.astype(np.float64), rowvar=False)
moments = time.perf_counter() - start
root = scipy.linalg.sqrtm(s1 @ s2)
trace = time.perf_counter() - start - moments
value = float((m1 - m2) @ (m1 - m2) + np.trace(s1) + np.trace(s2) - 2 * np.trace(root.real))
print(json.dumps({
    "seconds": moments + trace,
    "moments_seconds": moments,
    "trace_seconds": trace,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "fid": value,
}))
