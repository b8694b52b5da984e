"""What three public implementations of FID feed the Inception network with, for one image.

Run from this folder: python3 fid_inputs.py. Writes image.bin (61 x 47 RGB) and fid-inputs.json (every 997th value, mean and norm of [3, 299, 299])
into ../QualityGate.Tests/Data/recipes. Written from the papers' and projects' descriptions; Pillow 9.4, numpy 1.24, torch 1.13.
"""
import json
import os

import numpy as np
import torch
from PIL import Image

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "QualityGate.Tests", "Data", "recipes")
HEIGHT, WIDTH, SIZE = 61, 47, 299

y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
image = np.stack([(x * 5) % 256, (y * 4 + x) % 256, (np.sin(x / 5.0) * np.cos(y / 7.0) * 127 + 128)], -1).astype(np.uint8)
image[20:30, 10:25] = np.random.RandomState(1).randint(0, 256, (10, 15, 3))


def pytorch_fid(pixels):
    tensor = torch.from_numpy(pixels.transpose(2, 0, 1).astype(np.float32) / 255)[None]
    tensor = torch.nn.functional.interpolate(tensor, size=(SIZE, SIZE), mode="bilinear", align_corners=False)
    return (2 * tensor - 1)[0].numpy()


def tf1(pixels):
    def axis(length):
        place = np.arange(SIZE, dtype=np.float32) * np.float32(length / SIZE)
        low = np.floor(place).astype(np.int64)
        return low, np.minimum(low + 1, length - 1), (place - low).astype(np.float32)

    planes = pixels.transpose(2, 0, 1).astype(np.float32)
    (y0, y1, dy), (x0, x1, dx) = axis(HEIGHT), axis(WIDTH)
    top = planes[:, y0][:, :, x0] + (planes[:, y0][:, :, x1] - planes[:, y0][:, :, x0]) * dx
    bottom = planes[:, y1][:, :, x0] + (planes[:, y1][:, :, x1] - planes[:, y1][:, :, x0]) * dx
    return ((top + (bottom - top) * dy[:, None]) - 128) / 128


def clean_fid(pixels):
    planes = [Image.fromarray(pixels[:, :, c].astype(np.float32), mode="F").resize((SIZE, SIZE), resample=Image.BICUBIC) for c in range(3)]
    return (np.clip(np.stack([np.asarray(p) for p in planes]), 0, 255) - 128) / 128


os.makedirs(OUT, exist_ok=True)
image.tofile(os.path.join(OUT, "image.bin"))
cases = {}
for name, feed in (("pytorch-fid", pytorch_fid), ("torch-fidelity", tf1), ("clean-fid", clean_fid)):
    values = feed(image).astype(np.float64).reshape(-1)
    cases[name] = {"values": [round(float(v), 8) for v in values[::997]], "mean": float(values.mean()), "norm": float(np.linalg.norm(values))}
with open(os.path.join(OUT, "fid-inputs.json"), "w") as file:
    json.dump({"height": HEIGHT, "width": WIDTH, "step": 997, "cases": cases}, file)
