"""What torch computes with the four networks that people compare by, for weights that both sides make from a hash.

Run from this folder: python3 networks.py. Writes ../QualityGate.Tests/Data/networks/NAME.json: each output as base64 float32. The networks are written
anew from the papers (Szegedy et al. 2016 with the TensorFlow graph's differences; Simonyan and Zisserman 2015; Dosovitskiy et al. 2021 with
DINOv2's layer scales; Radford et al. 2021) and call torch's own convolution, pooling, normalisation and attention. torch 1.13, numpy 1.24.
Also writes small files of torch.save, in both of its formats, into ../QualityGate.Tests/Data/weights.
"""
import base64
import collections
import hashlib
import json
import math
import os

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "QualityGate.Tests", "Data", "networks")
FILES = os.path.join(HERE, "..", "QualityGate.Tests", "Data", "weights")
torch.set_grad_enabled(False)


def uniform(name, count):
    """Numbers in -1..1 with 24 bits each: SplitMix64 (Steele et al., 2014) from the name's SHA-256."""
    seed = np.frombuffer(hashlib.sha256(name.encode()).digest()[:8], "<u8")[0]
    with np.errstate(over="ignore"):
        z = seed + (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.float64) / 2**23 - 1).astype(np.float32)


class Weights:
    """Makes each tensor when it is asked for; remembers all of them."""

    def __init__(self):
        self.made = collections.OrderedDict()

    def __call__(self, name, *shape):
        if name not in self.made:
            values = uniform(name, int(np.prod(shape)))
            if name.endswith("running_var") or (len(shape) == 1 and name.endswith(".weight")):
                values = np.float32(1) + np.float32(0.5) * values
            elif len(shape) == 1:
                values = np.float32(0.125) * values
            else:
                # He's bound; of a product of vectors of n numbers.
                fan = int(np.prod(shape[1:])) if len(shape) > 1 else 1
                values = np.float32(math.sqrt(6.0 / fan)) * values if fan > 1 else values
            self.made[name] = torch.from_numpy(values.reshape(shape))
        return self.made[name]


def images(count, size):
    ramp = np.linspace(-1, 1, size, dtype=np.float64).astype(np.float32)
    noise = uniform("images", count * 3 * size * size).reshape(count, 3, size, size)
    return torch.from_numpy(np.float32(0.5) * noise + np.float32(0.5) * ramp[:, None])


class Inception:
    def __init__(self, weights):
        self.w = weights

    def conv(self, x, name, out, kernel, stride=1, padding=0):
        w = self.w
        x = F.conv2d(x, w(name + ".conv.weight", out, x.shape[1], *kernel), stride=stride, padding=padding)
        x = F.batch_norm(x, w(name + ".bn.running_mean", out), w(name + ".bn.running_var", out), w(name + ".bn.weight", out), w(name + ".bn.bias", out), eps=1e-3)
        return F.relu(x)

    def one(self, x, name, out):
        return self.conv(x, name, out, (1, 1))

    def three(self, x, name, out, **more):
        return self.conv(x, name, out, (3, 3), **more)

    @staticmethod
    def mean(x):
        return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)

    def a(self, x, n, pool):
        five = self.conv(self.one(x, n + ".branch5x5_1", 48), n + ".branch5x5_2", 64, (5, 5), padding=2)
        twice = self.three(self.one(x, n + ".branch3x3dbl_1", 64), n + ".branch3x3dbl_2", 96, padding=1)
        twice = self.three(twice, n + ".branch3x3dbl_3", 96, padding=1)
        return torch.cat([self.one(x, n + ".branch1x1", 64), five, twice, self.one(self.mean(x), n + ".branch_pool", pool)], 1)

    def b(self, x, n):
        twice = self.three(self.one(x, n + ".branch3x3dbl_1", 64), n + ".branch3x3dbl_2", 96, padding=1)
        twice = self.three(twice, n + ".branch3x3dbl_3", 96, stride=2)
        return torch.cat([self.three(x, n + ".branch3x3", 384, stride=2), twice, F.max_pool2d(x, 3, 2)], 1)

    def c(self, x, n, c):
        wide, tall = dict(kernel=(1, 7), padding=(0, 3)), dict(kernel=(7, 1), padding=(3, 0))
        first = self.one(x, n + ".branch1x1", 192)
        seven = self.conv(self.one(x, n + ".branch7x7_1", c), n + ".branch7x7_2", c, **wide)
        seven = self.conv(seven, n + ".branch7x7_3", 192, **tall)
        twice = self.conv(self.one(x, n + ".branch7x7dbl_1", c), n + ".branch7x7dbl_2", c, **tall)
        twice = self.conv(twice, n + ".branch7x7dbl_3", c, **wide)
        twice = self.conv(twice, n + ".branch7x7dbl_4", c, **tall)
        twice = self.conv(twice, n + ".branch7x7dbl_5", 192, **wide)
        return torch.cat([first, seven, twice, self.one(self.mean(x), n + ".branch_pool", 192)], 1), first

    def d(self, x, n):
        three = self.three(self.one(x, n + ".branch3x3_1", 192), n + ".branch3x3_2", 320, stride=2)
        seven = self.conv(self.one(x, n + ".branch7x7x3_1", 192), n + ".branch7x7x3_2", 192, (1, 7), padding=(0, 3))
        seven = self.conv(seven, n + ".branch7x7x3_3", 192, (7, 1), padding=(3, 0))
        return torch.cat([three, self.three(seven, n + ".branch7x7x3_4", 192, stride=2), F.max_pool2d(x, 3, 2)], 1)

    def e(self, x, n, pool):
        three = self.one(x, n + ".branch3x3_1", 384)
        twice = self.three(self.one(x, n + ".branch3x3dbl_1", 448), n + ".branch3x3dbl_2", 384, padding=1)
        parts = [self.one(x, n + ".branch1x1", 320)]
        for y, tail in ((three, "3x3_2"), (twice, "3x3dbl_3")):
            parts.append(self.conv(y, n + ".branch" + tail + "a", 384, (1, 3), padding=(0, 1)))
            parts.append(self.conv(y, n + ".branch" + tail + "b", 384, (3, 1), padding=(1, 0)))
        return torch.cat(parts + [self.one(pool(x), n + ".branch_pool", 192)], 1)

    def __call__(self, x):
        x = self.three(x, "Conv2d_1a_3x3", 32, stride=2)
        x = self.three(self.three(x, "Conv2d_2a_3x3", 32), "Conv2d_2b_3x3", 64, padding=1)
        x = self.three(self.one(F.max_pool2d(x, 3, 2), "Conv2d_3b_1x1", 80), "Conv2d_4a_3x3", 192)
        x = F.max_pool2d(x, 3, 2)
        for name, pool in (("Mixed_5b", 32), ("Mixed_5c", 64), ("Mixed_5d", 64)):
            x = self.a(x, name, pool)
        x = self.b(x, "Mixed_6a")
        spatial = None
        for name, c in (("Mixed_6b", 128), ("Mixed_6c", 160), ("Mixed_6d", 160), ("Mixed_6e", 192)):
            x, first = self.c(x, name, c)
            if name == "Mixed_6d":
                spatial = first[:, :7].permute(0, 2, 3, 1).flatten(1)
        x = self.e(self.d(x, "Mixed_7a"), "Mixed_7b", self.mean)
        x = self.e(x, "Mixed_7c", lambda y: F.max_pool2d(y, 3, 1, 1))
        features = x.mean((2, 3))
        return {"features": features, "spatial": spatial, "logits": features @ self.w("fc.weight", 1008, 2048).T}


def vgg16(w, x, hidden=64, classes=20):
    for layer, filters in zip((0, 2, -1, 5, 7, -1, 10, 12, 14, -1, 17, 19, 21, -1, 24, 26, 28, -1), (8, 8, 0, 16, 16, 0, 32, 32, 32, 0, 32, 32, 32, 0, 32, 32, 32, 0)):
        if layer < 0:
            x = F.max_pool2d(x, 2, 2)
        else:
            n = f"features.{layer}"
            x = F.relu(F.conv2d(x, w(n + ".weight", filters, x.shape[1], 3, 3), w(n + ".bias", filters), padding=1))
    x = F.adaptive_avg_pool2d(x, 7).flatten(1)
    x = F.relu(F.linear(x, w("classifier.0.weight", hidden, x.shape[1]), w("classifier.0.bias", hidden)))
    x = F.relu(F.linear(x, w("classifier.3.weight", hidden, hidden), w("classifier.3.bias", hidden)))
    return {"features": x, "logits": F.linear(x, w("classifier.6.weight", classes, hidden), w("classifier.6.bias", classes))}


def attention(x, qkv_weight, qkv_bias, out_weight, out_bias):
    n, t, d = x.shape
    q, k, v = F.linear(x, qkv_weight, qkv_bias).reshape(n, t, 3, d // 64, 64).permute(2, 0, 3, 1, 4)
    p = ((q @ k.transpose(-1, -2)) / 8).softmax(-1)
    return F.linear((p @ v).transpose(1, 2).reshape(n, t, d), out_weight, out_bias)


def dinov2(w, x, width=128, blocks=3, side=37):
    n = x.shape[0]
    patches = F.conv2d(x, w("patch_embed.proj.weight", width, 3, 14, 14), w("patch_embed.proj.bias", width), stride=14)
    grid = patches.shape[-1]
    x = torch.cat([w("cls_token", 1, 1, width).expand(n, -1, -1), patches.flatten(2).transpose(1, 2)], 1)
    position = w("pos_embed", 1, 1 + side * side, width)
    square = position[:, 1:].reshape(1, side, side, width).permute(0, 3, 1, 2)
    factor = float(grid + 0.1) / side
    square = F.interpolate(square, scale_factor=(factor, factor), mode="bicubic")
    assert square.shape[-1] == grid
    x = x + torch.cat([position[:, :1], square.permute(0, 2, 3, 1).reshape(1, -1, width)], 1)
    norm = lambda y, name: F.layer_norm(y, (width,), w(name + ".weight", width), w(name + ".bias", width), 1e-6)
    for i in range(blocks):
        b = f"blocks.{i}."
        y = norm(x, b + "norm1")
        y = attention(y, w(b + "attn.qkv.weight", 3 * width, width), w(b + "attn.qkv.bias", 3 * width), w(b + "attn.proj.weight", width, width), w(b + "attn.proj.bias", width))
        x = x + w(b + "ls1.gamma", width) * y
        y = F.gelu(F.linear(norm(x, b + "norm2"), w(b + "mlp.fc1.weight", 4 * width, width), w(b + "mlp.fc1.bias", 4 * width)))
        x = x + w(b + "ls2.gamma", width) * F.linear(y, w(b + "mlp.fc2.weight", width, 4 * width), w(b + "mlp.fc2.bias", width))
    return {"features": norm(x, "norm")[:, 0]}


def clip(w, x, width=128, blocks=3, patch=32, features=48):
    n = x.shape[0]
    v = "visual."
    patches = F.conv2d(x, w(v + "conv1.weight", width, 3, patch, patch), stride=patch)
    x = torch.cat([w(v + "class_embedding", width).expand(n, 1, -1), patches.flatten(2).transpose(1, 2)], 1)
    x = x + w(v + "positional_embedding", x.shape[1], width)
    norm = lambda y, name: F.layer_norm(y, (width,), w(name + ".weight", width), w(name + ".bias", width), 1e-5)
    x = norm(x, v + "ln_pre")
    for i in range(blocks):
        b = f"{v}transformer.resblocks.{i}."
        x = x + attention(norm(x, b + "ln_1"), w(b + "attn.in_proj_weight", 3 * width, width), w(b + "attn.in_proj_bias", 3 * width), w(b + "attn.out_proj.weight", width, width), w(b + "attn.out_proj.bias", width))
        y = F.linear(norm(x, b + "ln_2"), w(b + "mlp.c_fc.weight", 4 * width, width), w(b + "mlp.c_fc.bias", 4 * width))
        x = x + F.linear(y * torch.sigmoid(1.702 * y), w(b + "mlp.c_proj.weight", width, 4 * width), w(b + "mlp.c_proj.bias", width))
    return {"features": norm(x[:, 0], v + "ln_post") @ w(v + "proj", width, features)}


def write(name, weights, outputs):
    shapes = {key: list(value.shape) for key, value in weights.made.items()}
    arrays = {key: base64.b64encode(value.numpy().astype("<f4").tobytes()).decode() for key, value in outputs.items()}
    with open(os.path.join(OUT, name + ".json"), "w") as file:
        json.dump({"shapes": shapes, "outputs": arrays}, file)


def small_files():
    os.makedirs(FILES, exist_ok=True)
    base = torch.from_numpy(uniform("file", 24)).reshape(4, 6)
    state = collections.OrderedDict()
    state["plain"] = base
    state["transposed"] = base.T[1:4]
    state["shared"] = base[2]
    state["half"] = base.half()
    state["brain"] = base.bfloat16()
    state["double"] = base.double()
    state["parameter"] = torch.nn.Parameter(base[:1].clone(), requires_grad=False)
    state["number"] = torch.tensor(0.5)
    state["empty"] = torch.zeros(0, 3)
    state["batches"] = torch.tensor(7)
    module = torch.nn.BatchNorm2d(3)
    state.update({"bn." + key: value for key, value in module.state_dict().items()})
    torch.save(state, os.path.join(FILES, "zip.pth"))
    torch.save(state, os.path.join(FILES, "legacy.pth"), _use_new_zipfile_serialization=False)
    torch.save(torch.nn.BatchNorm2d(2).state_dict(), os.path.join(FILES, "module.pth"))
    torch.save({"epoch": 3, "lr": [0.1, 1e20], "state_dict": module.state_dict()}, os.path.join(FILES, "checkpoint.pth"))
    torch.save(torch.nn.Sequential(torch.nn.Linear(1, 1)), os.path.join(FILES, "whole-module.pth"))
    torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), os.path.join(FILES, "script.pt"))


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    for name, network, size in (("inception", None, 299), ("vgg16", vgg16, 224), ("dinov2", dinov2, 224), ("clip", clip, 224)):
        weights = Weights()
        run = Inception(weights) if network is None else (lambda x, n=network, w=weights: n(w, x))
        outputs = run(images(2, size))
        for key, value in outputs.items():
            print(name, key, tuple(value.shape), float(value.abs().mean()), float((value[0] - value[1]).abs().mean()))
        write(name, weights, outputs)
    small_files()
