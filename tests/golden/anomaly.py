"""Writes tests/QualityGate.Tests/Data/anomaly/golden.json: areas, intervals, shares and histograms by scikit-learn and SciPy.

DeLong's variance is in neither; it is computed here from its definition, the kernel over all pairs. Scores are made by `pattern`, which
the tests repeat, so that only results are stored. scikit-learn 1.2, SciPy 1.10, numpy 1.24.
Run from the repository root: /usr/bin/python3 tests/golden/anomaly.py
"""
import json
import os

import numpy as np
from scipy import stats
from sklearn import metrics


def pattern(count, salt, step):
    """((i * i * 7 + i * 3 + salt * 13) mod 97) / 16, rounded down to a multiple of step: exact, with ties."""
    i = np.arange(count, dtype=np.int64)
    values = ((i * i * 7 + i * 3 + salt * 13) % 97) / 16
    return np.floor(values / step) * step


def labels(count):
    i = np.arange(count)
    return (i * 5 % 11) < 4


def kernel(anomalous, normal):
    difference = anomalous[:, None] - normal[None, :]
    return (difference > 0) + 0.5 * (difference == 0)


def delong(scores, truth):
    pairs = kernel(scores[truth], scores[~truth])
    return pairs.mean(), pairs.mean(axis=1), pairs.mean(axis=0)


def covariance(a, b):
    return np.cov(a[1], b[1])[0, 1] / len(a[1]) + np.cov(a[2], b[2])[0, 1] / len(a[2])


cases = []
for count, salt, step, lift in [(40, 1, 1 / 16, 1.5), (61, 2, 0.5, 1.0), (200, 3, 0.25, 2.5), (33, 4, 2.0, 0.0)]:
    truth = labels(count)
    scores = pattern(count, salt, step) + lift * truth
    other = pattern(count, salt + 7, step) + 0.5 * truth
    own, second = delong(scores, truth), delong(other, truth)
    variance = covariance(own, own)
    z = stats.norm.ppf(0.975)
    logit = np.log(own[0] / (1 - own[0]))
    reach = z * np.sqrt(variance) / (own[0] * (1 - own[0]))
    fpr, tpr, thresholds = metrics.roc_curve(truth, scores, drop_intermediate=False)
    gains = np.round(tpr * truth.sum()) * (~truth).sum() - np.round(fpr * (~truth).sum()) * truth.sum()
    best = np.flatnonzero(gains == gains.max())[-1]
    difference_variance = variance + covariance(second, second) - 2 * covariance(own, second)
    edges = np.histogram_bin_edges(scores, bins="fd")
    auc = metrics.roc_auc_score(truth, scores)
    u = stats.mannwhitneyu(scores[truth], scores[~truth]).statistic / (truth.sum() * (~truth).sum())
    assert abs(auc - u) < 1e-12 and abs(auc - own[0]) < 1e-12
    bins = int(np.clip(len(edges) - 1, 5, 60))
    cases.append({
        "count": count, "salt": salt, "step": step, "lift": lift,
        "auc": auc,
        "averagePrecision": metrics.average_precision_score(truth, scores),
        "variance": variance,
        "plain": [own[0] - z * np.sqrt(variance), own[0] + z * np.sqrt(variance)],
        "logit": [1 / (1 + np.exp(-(logit - reach))), 1 / (1 + np.exp(-(logit + reach)))],
        "fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": thresholds[1:].tolist(),
        "youden": float(thresholds[best]),
        "confusion": metrics.confusion_matrix(truth, scores >= thresholds[best]).ravel().tolist(),
        "f1": metrics.f1_score(truth, scores >= thresholds[best]),
        "pairedZ": (own[0] - second[0]) / np.sqrt(difference_variance),
        "pairedP": float(2 * stats.norm.sf(abs(own[0] - second[0]) / np.sqrt(difference_variance))),
        "bins": np.histogram(scores, bins=bins)[0].tolist(),
        "quantile": float(np.quantile(scores[~truth], 0.95)),
    })

wilson = []
for successes, n, level in [(0, 10, 0.95), (10, 10, 0.95), (3, 40, 0.95), (17, 60, 0.9), (499, 1000, 0.99)]:
    interval = stats.binomtest(successes, n).proportion_ci(confidence_level=level, method="wilson")
    wilson.append([successes, n, level, interval.low, interval.high])

residuals = np.floor(pattern(24 * 24, 5, 1 / 16) * 4).astype(np.float32) / 4
mask = (np.arange(24 * 24) % 24 < 9) & (np.arange(24 * 24) // 24 < 10)
residuals[mask] += np.float32(1.75)
overlaps = [metrics.jaccard_score(mask, residuals >= t) for t in np.unique(residuals)]
golden = {
    "cases": cases,
    "wilson": wilson,
    "tails": [[z, float(2 * stats.norm.sf(z))] for z in [0, 1e-8, 0.3, 1, 1.96, 2.999, 3, 3.001, 5, 9, 20, 37]],
    "pixels": {
        "auc": metrics.roc_auc_score(mask, residuals),
        "averagePrecision": metrics.average_precision_score(mask, residuals),
        "bestOverlap": max(overlaps),
        "bestThreshold": float(np.unique(residuals)[int(np.argmax(overlaps))]),
    },
}
os.makedirs("tests/QualityGate.Tests/Data/anomaly", exist_ok=True)
with open("tests/QualityGate.Tests/Data/anomaly/golden.json", "w", encoding="utf-8") as file:
    json.dump(golden, file)
    file.write("\n")
