#!/usr/bin/env python3
"""Recall@1, 2, 4, 8 and MAP@R by cosine as numpy users write them: float32, blocks of queries, argpartition, then a sort of the few that are kept.

Row i is of class i modulo CLASSES. Its own row is left out by index.
usage: recall.py ROWS.npy CLASSES
"""
import json
import resource
import sys
import time
import numpy as np

BLOCK = 1024
rows, classes = np.load(sys.argv[1]).astype(np.float32), int(sys.argv[2])
labels = np.arange(len(rows)) % classes
relevant = np.bincount(labels)[labels] - 1
start = time.perf_counter()
unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
wanted = int(max(8, relevant.max()))
hits_at, precision = dict.fromkeys((1, 2, 4, 8), 0), 0.0
for begin in range(0, len(unit), BLOCK):
    near = unit[begin:begin + BLOCK] @ unit.T
    queries = np.arange(begin, begin + len(near))
    near[np.arange(len(near)), queries] = -np.inf
    top = np.argpartition(-near, wanted - 1, axis=1)[:, :wanted]
    order = np.argsort(-np.take_along_axis(near, top, axis=1), axis=1, kind="stable")
    hits = labels[np.take_along_axis(top, order, axis=1)] == labels[queries][:, None]
    for k in hits_at:
        hits_at[k] += int(hits[:, :k].any(axis=1).sum())
    inside = hits & (np.arange(wanted) < relevant[queries][:, None])
    running = np.cumsum(inside, axis=1) / np.arange(1, wanted + 1)
    precision += float(((running * inside).sum(axis=1) / np.maximum(relevant[queries], 1)).sum())
seconds = time.perf_counter() - start
print(json.dumps({
    "seconds": seconds,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    **{f"recall_at_{k}": count / len(unit) for k, count in hits_at.items()},
    "map_at_r": precision / len(unit),
}))
print({f"recall_at_{k}": count / len(unit) for k, count in hits_at.items()}, precision / len(unit), file=sys.stderr)
