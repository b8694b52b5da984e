"""Writes tests/QualityGate.Tests/Data/embedding/golden.json: proxy-anchor and multi-similarity with their gradients, by numpy in float64.

Written from the papers alone, pair by pair and without any automatic differentiation: similarities are differentiated by hand and the gradients are held against
central differences here. Rows are drawn by GoldenInputs' generator, which the tests repeat, so that only results are stored.
numpy 1.24. Run from the repository root: /usr/bin/python3 tests/golden/embedding.py
"""
import json
import os

import numpy as np


def draw(seed, count, width):
    state, values = seed, []
    for _ in range(count * width):
        total = 0.0
        for _ in range(4):
            state = (state * 1664525 + 1013904223) % 2**32
            total += state / 2**32
        values.append(total - 2)
    return np.array(values, dtype=np.float32).reshape(count, width).astype(np.float64)


def unit(rows):
    lengths = np.sqrt((rows**2).sum(1, keepdims=True) + 1e-12)
    return rows / lengths, lengths


def through_unit(gradient, units, lengths):
    return (gradient - units * (units * gradient).sum(1, keepdims=True)) / lengths


def proxy_anchor(x, labels, p, margin=0.1, alpha=32.0):
    """Equation 4 of Kim et al. 2020."""
    e, e_lengths = unit(x)
    q, q_lengths = unit(p)
    loss, de, dq = 0.0, np.zeros_like(e), np.zeros_like(q)
    present = sorted(set(labels))
    for c in range(len(p)):
        pulled = [i for i in range(len(x)) if labels[i] == c]
        pushed = [i for i in range(len(x)) if labels[i] != c]
        if pulled:
            terms = [np.exp(-alpha * (e[i] @ q[c] - margin)) for i in pulled]
            loss += np.log(1 + sum(terms)) / len(present)
            for i, term in zip(pulled, terms):
                slope = -alpha * term / (1 + sum(terms)) / len(present)
                de[i] += slope * q[c]
                dq[c] += slope * e[i]
        terms = [np.exp(alpha * (e[i] @ q[c] + margin)) for i in pushed]
        loss += np.log(1 + sum(terms)) / len(p)
        for i, term in zip(pushed, terms):
            slope = alpha * term / (1 + sum(terms)) / len(p)
            de[i] += slope * q[c]
            dq[c] += slope * e[i]
    return loss, through_unit(de, e, e_lengths), through_unit(dq, q, q_lengths)


def multi_similarity(x, labels, alpha=2.0, beta=50.0, base=0.5, epsilon=0.1):
    """Equations 11 to 13 of Wang et al. 2019."""
    e, lengths = unit(x)
    loss, de, chosen = 0.0, np.zeros_like(e), 0
    for i in range(len(x)):
        same = [k for k in range(len(x)) if k != i and labels[k] == labels[i]]
        other = [k for k in range(len(x)) if labels[k] != labels[i]]
        s = e @ e[i]
        negatives = [k for k in other if same and s[k] > min(s[j] for j in same) - epsilon]
        positives = [k for k in same if other and s[k] < max(s[j] for j in other) + epsilon]
        chosen += len(negatives) + len(positives)
        for pairs, scale in ((positives, -alpha), (negatives, beta)):
            terms = [np.exp(scale * (s[k] - base)) for k in pairs]
            loss += np.log(1 + sum(terms)) / abs(scale) / len(x)
            for k, term in zip(pairs, terms):
                slope = np.sign(scale) * term / (1 + sum(terms)) / len(x)
                de[i] += slope * e[k]
                de[k] += slope * e[i]
    return loss, through_unit(de, e, lengths), chosen


def differences(function, rows, step=1e-5):
    gradient = np.zeros_like(rows)
    for place in np.ndindex(rows.shape):
        up, down = rows.copy(), rows.copy()
        up[place] += step
        down[place] -= step
        gradient[place] = (function(up) - function(down)) / (2 * step)
    return gradient


CASES = [
    {"name": "all classes in the batch", "labels": [0, 0, 0, 1, 1, 1, 2, 2, 2], "classes": 3, "width": 4},
    {"name": "classes without an image", "labels": [4, 4, 1, 1, 1, 1, 4, 4], "classes": 6, "width": 3},
    {"name": "an image alone", "labels": [0, 1, 1, 2, 2], "classes": 3, "width": 5},
    {"name": "one class alone", "labels": [1, 1, 1], "classes": 2, "width": 4},
]

results = []
for number, case in enumerate(CASES):
    labels = case["labels"]
    x, p = draw(10 + number, len(labels), case["width"]), draw(20 + number, case["classes"], case["width"])
    for margin, alpha in ((0.1, 32.0), (0.3, 300.0)):
        loss, dx, dp = proxy_anchor(x, labels, p, margin, alpha)
        # Differences are blunt where the loss is steep.
        if alpha < 100:
            assert np.allclose(dx, differences(lambda v: proxy_anchor(v, labels, p, margin, alpha)[0], x), atol=1e-5)
            assert np.allclose(dp, differences(lambda v: proxy_anchor(x, labels, v, margin, alpha)[0], p), atol=1e-5)
        results.append({"loss": "proxy-anchor", "case": case["name"], "seed": 10 + number, "labels": labels, "classes": case["classes"], "width": case["width"],
                        "margin": margin, "alpha": alpha, "value": loss, "embeddings": dx.ravel().tolist(), "proxies": dp.ravel().tolist()})
    for alpha, beta, base, epsilon in ((2.0, 50.0, 0.5, 0.1), (1.0, 10.0, 0.2, 0.0)):
        loss, dx, chosen = multi_similarity(x, labels, alpha, beta, base, epsilon)
        assert np.allclose(dx, differences(lambda v: multi_similarity(v, labels, alpha, beta, base, epsilon)[0], x), atol=1e-5)
        results.append({"loss": "multi-similarity", "case": case["name"], "seed": 10 + number, "labels": labels, "classes": case["classes"], "width": case["width"],
                        "alpha": alpha, "beta": beta, "base": base, "epsilon": epsilon, "value": loss, "chosen": chosen, "embeddings": dx.ravel().tolist()})

path = os.path.join("tests", "QualityGate.Tests", "Data", "embedding", "golden.json")
os.makedirs(os.path.dirname(path), exist_ok=True)
with open(path, "w") as file:
    json.dump(results, file, indent=1)
    file.write("\n")
print([(r["loss"], r["case"], round(r["value"], 6), r.get("chosen")) for r in results])
