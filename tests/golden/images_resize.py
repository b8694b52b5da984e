"""Golden vectors of the resize methods and normalisations, from Pillow, numpy and torch.

Run from this folder: python3 images_resize.py. It writes resize.json (the cases) and resize.bin (their numbers) into
../QualityGate.Tests/Data/images. Made with Pillow 9.4, numpy 1.24, torch 1.13.
"""
import json
import os

import numpy as np
import torch
from PIL import Image

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "QualityGate.Tests", "Data", "images")
SIZES = [((13, 17), (7, 9)), ((13, 17), (29, 31)), ((37, 53), (19, 41)), ((5, 40), (12, 11)), ((9, 9), (9, 9)), ((1, 3), (4, 2))]


def pixels(height, width, channels, seed):
    return np.random.RandomState(seed).randint(0, 256, (height, width, channels)).astype(np.uint8)


def pillow(plane, size, resample):
    image = Image.fromarray(plane.astype(np.float32), mode="F")
    return np.clip(np.asarray(image.resize((size[1], size[0]), resample=resample)), 0, 255)


def pillow8(plane, size, resample):
    return np.asarray(Image.fromarray(plane).resize((size[1], size[0]), resample=resample)).astype(np.float32)


def torch_resize(plane, size, mode):
    tensor = torch.from_numpy(plane.astype(np.float32))[None, None]
    options = {} if mode == "nearest" else {"align_corners": False}
    return torch.nn.functional.interpolate(tensor, size=size, mode=mode, **options)[0, 0].numpy()


def tf1(plane, size):
    plane = plane.astype(np.float32)

    def axis(length, wanted):
        place = np.arange(wanted, dtype=np.float32) * np.float32(length / wanted)
        low = place.astype(np.int64)
        return low, np.minimum(low + 1, length - 1), place - low.astype(np.float32)

    y0, y1, dy = axis(plane.shape[0], size[0])
    x0, x1, dx = axis(plane.shape[1], size[1])
    top = plane[y0][:, x0] + (plane[y0][:, x1] - plane[y0][:, x0]) * dx
    bottom = plane[y1][:, x0] + (plane[y1][:, x1] - plane[y1][:, x0]) * dx
    return top + (bottom - top) * dy[:, None]


def area(plane, size):
    def weights(length, wanted):
        matrix = np.zeros((wanted, length))
        for i in range(wanted):
            start, end = i * length / wanted, (i + 1) * length / wanted
            for x in range(length):
                matrix[i, x] = max(0.0, min(end, x + 1) - max(start, x)) * wanted / length
        return matrix

    return weights(plane.shape[0], size[0]) @ plane.astype(np.float64) @ weights(plane.shape[1], size[1]).T


METHODS = {
    "Nearest": lambda plane, size: torch_resize(plane, size, "nearest"),
    "Bilinear": lambda plane, size: torch_resize(plane, size, "bilinear"),
    "BilinearTf1": tf1,
    "BilinearAntialias": lambda plane, size: pillow(plane, size, Image.BILINEAR),
    "BicubicAntialias": lambda plane, size: pillow(plane, size, Image.BICUBIC),
    "Area": area,
    "BilinearPillow": lambda plane, size: pillow8(plane, size, Image.BILINEAR),
    "BicubicPillow": lambda plane, size: pillow8(plane, size, Image.BICUBIC),
}


def planes(image, color):
    if color == "Gray":
        if image.shape[2] == 1:
            return [image[:, :, 0]]
        return [np.asarray(Image.fromarray(image).convert("L"))]
    rgb = np.repeat(image, 3, 2) if image.shape[2] == 1 else image
    return [rgb[:, :, c] for c in ((0, 1, 2) if color == "Rgb" else (2, 1, 0))]


def shorter_side(image, side, size, method):
    """torchvision's Resize(side) and CenterCrop(size)."""
    height, width = image.shape
    if height <= width:
        resized = (side, int(side * width / height))
    else:
        resized = (int(side * height / width), side)
    whole = METHODS[method](image, resized)
    top = int(round((resized[0] - size[0]) / 2.0))
    left = int(round((resized[1] - size[1]) / 2.0))
    return whole[top:top + size[0], left:left + size[1]]


def normalise(values, scale=None, offset=None, mean=None, std=None):
    values = values.astype(np.float32)
    if mean is None:
        return values * np.float32(scale) + np.float32(offset)
    shape = (-1, 1, 1)
    return (values / np.float32(255) - np.float32(mean).reshape(shape)) / np.float32(std).reshape(shape)


def main():
    cases, numbers = [], []

    def add(name, image, expected, **recipe):
        expected = np.ascontiguousarray(expected, dtype=np.float32)
        at = sum(len(n) for n in numbers)
        numbers.append(image.tobytes())
        numbers.append(expected.tobytes())
        cases.append(dict(name=name, height=image.shape[0], width=image.shape[1], channels=image.shape[2],
                          outHeight=expected.shape[1], outWidth=expected.shape[2], at=at, **recipe))

    for method, resize in METHODS.items():
        for i, (source, target) in enumerate(SIZES):
            image = pixels(*source, 1, 100 + i)
            add(f"{method} gray {source}->{target}", image, resize(image[:, :, 0], target)[None], resize=method, color="Gray")
        image = pixels(13, 17, 3, 7)
        for color in ("Rgb", "Bgr", "Gray"):
            values = np.stack([resize(p, (7, 9)) for p in planes(image, color)])
            add(f"{method} {color} of rgb", image, values, resize=method, color=color)
        for source in ((31, 22), (20, 41)):
            image = pixels(*source, 1, 11)
            values = shorter_side(image[:, :, 0], 16, (16, 11), method)[None]
            add(f"{method} shorter side of {source}", image, values, resize=method, color="Gray", shorterSide=16)
    gray = pixels(6, 5, 1, 21)
    add("grey repeated", gray, np.stack(planes(gray, "Rgb")).astype(np.float32), resize="None", color="Rgb")
    image = pixels(11, 14, 3, 22)
    for color in ("Rgb", "Bgr"):
        for method, size in (("None", (11, 14)), ("Bilinear", (5, 6)), ("BicubicAntialias", (9, 21))):
            resize = METHODS.get(method, lambda plane, _: plane)
            values = np.stack([resize(p, size) for p in planes(image, color)])
            mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
            add(f"mean and std {color} {method}", image, normalise(values, mean=mean, std=std), resize=method, color=color, mean=mean, std=std)
            scale, offset = 1 / 127.5, -1.0
            add(f"scale {color} {method}", image, normalise(values, scale=scale, offset=offset), resize=method, color=color, scale=scale, offset=offset)
    with open(os.path.join(OUT, "resize.bin"), "wb") as file:
        file.write(b"".join(numbers))
    with open(os.path.join(OUT, "resize.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


main()
