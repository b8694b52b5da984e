"""Writes tests/QualityGate.Tests/Data/retrieval/golden.json: Recall@K and MAP@R by numpy and scikit-learn, of one set and of queries against a gallery.

Rows are drawn by GoldenInputs' generator, which the tests repeat, so that only results are stored. Classes pull their rows together by a shift.
scikit-learn 1.2, numpy 1.24. Run from the repository root: /usr/bin/python3 tests/golden/retrieval.py
"""
import json
import os

import numpy as np
from sklearn.metrics import average_precision_score
from sklearn.neighbors import NearestNeighbors


def draw(seed, count, width):
    state, values = seed, []
    for _ in range(count * width):
        total = 0.0
        for _ in range(4):
            state = (state * 1664525 + 1013904223) % 2**32
            total += state / 2**32
        values.append(total - 2)
    return np.array(values, dtype=np.float32).reshape(count, width)


def make(seed, count, width, classes):
    """Row i is of class i * i mod classes, its column class mod width raised by 1."""
    rows, labels = draw(seed, count, width), np.array([i * i % classes for i in range(count)])
    for i, label in enumerate(labels):
        rows[i, label % width] += np.float32(1)
    return rows.astype(np.float64), labels


def evaluate(queries, query_labels, gallery, gallery_labels, metric, one_set):
    search = NearestNeighbors(n_neighbors=len(gallery), algorithm="brute", metric=metric).fit(gallery)
    order = search.kneighbors(queries, return_distance=False)
    first, precision = [], []
    for q, ranked in enumerate(order):
        ranked = ranked[ranked != q] if one_set else ranked
        hits = gallery_labels[ranked] == query_labels[q]
        relevant = int(hits.sum())
        first.append(int(np.argmax(hits)) + 1 if relevant else 0)
        top = hits[:relevant]
        # scikit-learn's average precision divides by the hits in the list; MAP@R by R.
        found = int(top.sum())
        precision.append(average_precision_score(top, -np.arange(relevant)) * found / relevant if found else 0.0)
    first, precision = np.array(first), np.array(precision)
    shares = {str(k): float(np.mean((first > 0) & (first <= k))) for k in (1, 2, 4, 8, 10, 50)}
    return {
        "recall": shares,
        "recall_error": {k: float(np.sqrt(p * (1 - p) / len(first))) for k, p in shares.items()},
        "map_at_r": float(precision.mean()),
        "map_error": float(precision.std(ddof=1) / np.sqrt(len(precision))),
        "alone": int(np.sum(first == 0)),
    }


cases = []
for metric in ("cosine", "euclidean"):
    for seed, count, width, classes in ((11, 90, 12, 7), (12, 150, 8, 40)):
        rows, labels = make(seed, count, width, classes)
        cases.append({"kind": "within", "metric": metric, "seed": seed, "count": count, "width": width, "classes": classes,
                      **evaluate(rows, labels, rows, labels, metric, True)})
    rows, labels = make(13, 60, 12, 9)
    gallery, gallery_labels = make(14, 110, 12, 7)
    cases.append({"kind": "against", "metric": metric, "seed": 13, "count": 60, "width": 12, "classes": 9,
                  "gallery_seed": 14, "gallery_count": 110, "gallery_classes": 7,
                  **evaluate(rows, labels, gallery, gallery_labels, metric, False)})
path = "tests/QualityGate.Tests/Data/retrieval/golden.json"
os.makedirs(os.path.dirname(path), exist_ok=True)
with open(path, "w", encoding="utf-8") as file:
    json.dump(cases, file, indent=1)
    file.write("\n")
