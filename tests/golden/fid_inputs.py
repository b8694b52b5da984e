"""What the public implementations feed Inception, VGG16, DINOv2 and CLIP with, for one image.

Run from this folder: python3 fid_inputs.py. Writes image.bin (61 x 47 RGB), image.jpg (the same as a JPEG of 600 x 461) and
fid-inputs.json (every 997th value, mean and norm of each input, from both) into ../QualityGate.Tests/Data/recipes. With a folder of photographs,
`python3 fid_inputs.py FOLDER OUT`, writes OUT/RECIPE.npy for its first 20 in ordinal order instead. Written from the papers' and projects' descriptions; Pillow 9.4, numpy 1.24, torch 1.13.
"""
import json
import os
import sys

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
    height, width = pixels.shape[:2]

    def axis(length):
        place = np.arange(SIZE, dtype=np.float32) * np.float32(length / SIZE)
        low = np.floor(place).astype(np.int64)
        return low, np.minimum(low + 1, length - 1), (place - low).astype(np.float32)

    planes = pixels.transpose(2, 0, 1).astype(np.float32)
    (y0, y1, dy), (x0, x1, dx) = axis(height), axis(width)
    top = planes[:, y0][:, :, x0] + (planes[:, y0][:, :, x1] - planes[:, y0][:, :, x0]) * dx
    bottom = planes[:, y1][:, :, x0] + (planes[:, y1][:, :, x1] - planes[:, y1][:, :, x0]) * dx
    return ((top + (bottom - top) * dy[:, None]) - 128) / 128


def clean_fid(pixels):
    planes = [Image.fromarray(pixels[:, :, c].astype(np.float32), mode="F").resize((SIZE, SIZE), resample=Image.BICUBIC) for c in range(3)]
    return (np.clip(np.stack([np.asarray(p) for p in planes]), 0, 255) - 128) / 128


IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
CLIP = ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711))


def scaled(picture, scale):
    """torchvision's ToTensor and Normalize."""
    mean, std = (np.float32(s).reshape(3, 1, 1) for s in scale)
    return (np.asarray(picture).transpose(2, 0, 1).astype(np.float32) / np.float32(255) - mean) / std


def squeezed(resample):
    return lambda pixels: scaled(Image.fromarray(pixels).resize((224, 224), resample=resample), IMAGENET)


def centre(size):
    """torchvision's Resize(size, BICUBIC) of a file and CenterCrop(size)."""

    def feed(pixels):
        height, width = pixels.shape[:2]
        short, long = min(height, width), int(size * max(height, width) / min(height, width))
        picture = Image.fromarray(pixels).resize((size, long) if width == short else (long, size), resample=Image.BICUBIC)
        left, top = (int(round((side - size) / 2.0)) for side in picture.size)
        return scaled(picture.crop((left, top, left + size, top + size)), CLIP)

    return feed


FEEDS = {
    "pytorch-fid": pytorch_fid,
    "torch-fidelity": tf1,
    "clean-fid": clean_fid,
    "vgg16": squeezed(Image.BILINEAR),
    "dinov2": squeezed(Image.BICUBIC),
    "clip": centre(224),
    "clip-336": centre(336),
}


def summary(values):
    values = values.astype(np.float64).reshape(-1)
    return {"values": [round(float(v), 8) for v in values[::997]], "mean": float(values.mean()), "norm": float(np.linalg.norm(values))}


if len(sys.argv) == 3:
    photos = [p for p in sorted(os.listdir(sys.argv[1])) if p.lower().endswith((".jpeg", ".jpg"))][:20]
    for name, feed in FEEDS.items():
        inputs = [feed(np.asarray(Image.open(os.path.join(sys.argv[1], p)).convert("RGB"))) for p in photos]
        np.save(os.path.join(sys.argv[2], name + ".npy"), np.stack(inputs).astype(np.float32))
    sys.exit()

os.makedirs(OUT, exist_ok=True)
image.tofile(os.path.join(OUT, "image.bin"))
Image.fromarray(image).resize((461, 600), resample=Image.BICUBIC).save(os.path.join(OUT, "image.jpg"), quality=85)
jpeg = np.asarray(Image.open(os.path.join(OUT, "image.jpg")).convert("RGB"))
cases = {name: {"small": summary(feed(image)), "jpeg": summary(feed(jpeg))} for name, feed in FEEDS.items()}
with open(os.path.join(OUT, "fid-inputs.json"), "w") as file:
    json.dump({"height": HEIGHT, "width": WIDTH, "step": 997, "cases": cases}, file)
