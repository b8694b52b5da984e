"""Checks gradients that `latent-gradient` wrote against central differences in float64, for fully connected networks.

Run: python3 latent_gradient.py GENERATOR.onnx DISCRIMINATOR.onnx FOLDER FEATURE_LAYER. Reads the two ONNX files by itself and evaluates Gemm, MatMul, Add, the usual activations and
reshapes in numpy; other operators are an error.
"""
import struct
import sys

import numpy as np


def varint(b, i):
    value = shift = 0
    while True:
        value |= (b[i] & 127) << shift
        shift += 7
        i += 1
        if b[i - 1] < 128:
            return value, i


def fields(b):
    i = 0
    while i < len(b):
        tag, i = varint(b, i)
        kind = tag & 7
        if kind == 0:
            value, i = varint(b, i)
        elif kind == 2:
            length, i = varint(b, i)
            value, i = b[i:i + length], i + length
        else:
            size = 4 if kind == 5 else 8
            value, i = b[i:i + size], i + size
        yield tag >> 3, kind, value


def tensor(b):
    dims, raw, name, kind = [], b"", "", 1
    for field, wire, value in fields(b):
        if field == 1:
            if wire == 0:
                dims.append(value)
            else:
                i = 0
                while i < len(value):
                    d, i = varint(value, i)
                    dims.append(d)
        elif field == 2:
            kind = value
        elif field == 4:
            raw += value
        elif field == 8:
            name = value.decode()
        elif field == 9:
            raw = value
    dtype = {1: "<f4", 7: "<i8"}[kind]
    array = np.frombuffer(raw, dtype).reshape(dims)
    return name, array.astype(np.float64) if kind == 1 else array


def load(path):
    graph = next(v for f, _, v in fields(open(path, "rb").read()) if f == 7)
    nodes, constants, inputs = [], {}, []
    for field, _, value in fields(graph):
        if field == 1:
            node = {"in": [], "out": [], "op": "", "at": {}}
            for f, _, v in fields(value):
                if f == 1:
                    node["in"].append(v.decode())
                elif f == 2:
                    node["out"].append(v.decode())
                elif f == 4:
                    node["op"] = v.decode()
                elif f == 5:
                    d = list(fields(v))
                    name = next(q for a, _, q in d if a == 1).decode()
                    for a, _, q in d:
                        if a == 2:
                            node["at"][name] = struct.unpack("<f", q)[0]
                        elif a == 3:
                            node["at"][name] = q
                        elif a == 5:
                            node["at"][name] = tensor(q)[1]
            nodes.append(node)
        elif field == 5:
            name, array = tensor(value)
            constants[name] = array
        elif field == 11:
            inputs.append(next(v for f, _, v in fields(value) if f == 1).decode())
    return nodes, constants, [i for i in inputs if i not in constants][0], nodes[-1]["out"][0]


def run(model, x, wanted):
    nodes, constants, source, _ = model
    t = dict(constants, **{source: x})
    for n in nodes:
        if wanted in t:
            break
        a = [t.get(i) for i in n["in"]]
        at = n["at"]
        op = n["op"]
        if op == "Gemm":
            y = a[0] @ (a[1].T if at.get("transB") else a[1]) * at.get("alpha", 1.0) + (a[2] if len(a) > 2 else 0)
        elif op == "MatMul":
            y = a[0] @ a[1]
        elif op == "Add":
            y = a[0] + a[1]
        elif op == "Relu":
            y = np.maximum(a[0], 0)
        elif op == "LeakyRelu":
            y = np.where(a[0] < 0, np.float64(np.float32(at.get("alpha", 0.01))) * a[0], a[0])
        elif op == "Tanh":
            y = np.tanh(a[0])
        elif op == "Sigmoid":
            y = 1 / (1 + np.exp(-a[0]))
        elif op == "Flatten":
            y = a[0].reshape(len(a[0]), -1)
        elif op == "Constant":
            y = at["value"]
        elif op == "Reshape":
            y = a[0].reshape([a[0].shape[i] if d == 0 else d for i, d in enumerate(a[1])])
        elif op in ("Identity", "Dropout"):
            y = a[0]
        elif op == "BatchNormalization":
            shape = [1, -1] + [1] * (a[0].ndim - 2)
            s, b, m, v = (q.reshape(shape) for q in a[1:5])
            y = (a[0] - m) / np.sqrt(v + np.float64(np.float32(at.get("epsilon", 1e-5)))) * s + b
        elif op == "Shape":
            y = np.array(a[0].shape)
        elif op == "Gather":
            y = np.take(a[0], a[1], axis=at.get("axis", 0))
        elif op == "Unsqueeze":
            y = np.expand_dims(a[0], 0)
        elif op == "Concat":
            y = np.concatenate(a, at["axis"])
        else:
            raise SystemExit(f"no {op} here")
        t[n["out"][0]] = y
    return t[wanted]


g, d = load(sys.argv[1]), load(sys.argv[2])
z, x, gradient = (np.fromfile(f"{sys.argv[3]}/{name}.f32", "<f4").astype(np.float64).reshape(4, -1) for name in ("z", "x", "gradient"))
layer = sys.argv[4]


def loss(i, at):
    made = run(g, at[None], g[3])
    fx = run(d, x[i].reshape(made.shape), layer)
    return 0.9 * np.abs(x[i] - made.reshape(-1)).sum() + 0.1 * np.abs(fx - run(d, made, layer)).sum()


worst = 0.0
for i in range(4):
    step = 1e-6
    numeric = np.array([(loss(i, z[i] + step * e) - loss(i, z[i] - step * e)) / (2 * step) for e in np.eye(z.shape[1])])
    worst = max(worst, np.abs(numeric - gradient[i]).max() / np.abs(numeric).max())
print(f"largest difference, relative to the largest derivative: {worst:.1e}")
