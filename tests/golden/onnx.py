"""Writes tests/QualityGate.Tests/Data/onnx/golden.json: normal quantiles by SciPy and the features of a small network by PyTorch.

The network's weights and its images are made by `pattern`, which the tests repeat, so that only results are stored.
Run with SciPy and PyTorch from the repository root: python3 tests/golden/onnx.py
"""
import json

import numpy as np
import torch
from scipy.stats import norm


def pattern(count, salt):
    """((i * 7 + salt * 13) mod 23 - 11) / 16: exact in float32."""
    index = np.arange(count, dtype=np.int64)
    return ((index * 7 + salt * 13) % 23 - 11).astype(np.float32) / 16


def tensor(shape, salt):
    return torch.from_numpy(pattern(int(np.prod(shape)), salt).reshape(shape))


images = tensor((3, 3, 8, 8), 1).double()
hidden = torch.relu(torch.nn.functional.conv2d(images, tensor((4, 3, 3, 3), 2).double(), tensor((4,), 3).double(), padding=1))
spatial = torch.nn.functional.max_pool2d(hidden, 2)
features = torch.nn.functional.linear(spatial.flatten(1), tensor((5, 64), 4).double(), tensor((5,), 5).double())
probabilities = [1e-300, 1e-16, 1e-9, 0.0001, 0.02, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.925, 0.99, 0.999999]
golden = {
    "probabilities": probabilities,
    "quantiles": [float(norm.ppf(p)) for p in probabilities],
    "features": features.flatten().tolist(),
    "pooled": spatial.mean(dim=(2, 3)).flatten().tolist(),
}
with open("tests/QualityGate.Tests/Data/onnx/golden.json", "w", encoding="utf-8") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
