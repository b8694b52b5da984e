"""Cuts the magnetic tile images (Huang et al., 2018) into patches for docs/anomaly.md.

Run: python3 magnetic_tile.py MAGNETIC_TILE OUT [PATCH]. MAGNETIC_TILE holds images/ and masks/ with a folder a class. Writes OUT/train (patches of three quarters of the defect-free
tiles), OUT/reference and OUT/test/good (of the others), OUT/test/CLASS (one patch around each defect) and OUT/masks/CLASS. Patches are PATCH x PATCH pixels, 64 unless given.
Pillow and numpy.
"""
import os
import sys

import numpy as np
from PIL import Image

source, out = sys.argv[1:3]
patch = int(sys.argv[3]) if len(sys.argv) > 3 else 64
random = np.random.RandomState(0)


def save(image, left, top, *path):
    path = os.path.join(out, *path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    image.crop((left, top, left + patch, top + patch)).save(path)


free = sorted(os.listdir(os.path.join(source, "images", "MT_Free")))
for i, name in enumerate(free):
    image = Image.open(os.path.join(source, "images", "MT_Free", name)).convert("L")
    places = [(random.randint(image.width - patch + 1), random.randint(image.height - patch + 1)) for _ in range(40)]
    for j, (left, top) in enumerate(places):
        if i % 4:
            save(image, left, top, "train", f"{i:03}-{j:02}.png")
        elif j < 4:
            save(image, left, top, *(("reference",) if j < 2 else ("test", "good")), f"{i:03}-{j:02}.png")
for kind in sorted(os.listdir(os.path.join(source, "images"))):
    if kind == "MT_Free":
        continue
    for name in sorted(os.listdir(os.path.join(source, "images", kind))):
        image = Image.open(os.path.join(source, "images", kind, name)).convert("L")
        mask = Image.open(os.path.join(source, "masks", kind, os.path.splitext(name)[0] + ".png")).convert("L").point(lambda v: 255 if v > 127 else 0)
        ys, xs = np.nonzero(np.asarray(mask))
        if len(ys) == 0 or min(image.size) < patch:
            continue
        k = random.randint(len(ys))
        left = int(np.clip(xs[k] - patch // 2, 0, image.width - patch))
        top = int(np.clip(ys[k] - patch // 2, 0, image.height - patch))
        stem = os.path.splitext(name)[0] + ".png"
        save(image, left, top, "test", kind[3:].lower(), stem)
        save(mask, left, top, "masks", kind[3:].lower(), stem)
