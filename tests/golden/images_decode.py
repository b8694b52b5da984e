"""Small image files of every format and the pixels that Pillow 9.4 gives for them.

Run from this folder: python3 images_decode.py. It writes files and decode.json into ../QualityGate.Tests/Data/images/decode.
"""
import hashlib
import json
import os
import zlib

import numpy as np
from PIL import Image

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "QualityGate.Tests", "Data", "images", "decode")
random = np.random.RandomState(3)


def smooth(height, width, channels=3):
    coarse = random.randint(0, 256, (height // 4 + 2, width // 4 + 2, channels)).astype(np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.BICUBIC)


def write_interlaced(name, rgb):
    """Adam7, which Pillow reads but does not write."""
    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = b"".join(b"\0" + row.tobytes() for top, left, down, right in passes for row in rgb[top::down, left::right] if row.size)
    header = rgb.shape[1].to_bytes(4, "big") + rgb.shape[0].to_bytes(4, "big") + bytes([8, 2, 0, 0, 1])
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def main():
    os.makedirs(OUT, exist_ok=True)
    cases = []

    def add(name, image, expected=None, **options):
        path = os.path.join(OUT, name)
        image.save(path, **options)
        check(name, expected)

    def check(name, expected=None):
        stored = Image.open(os.path.join(OUT, name))
        rgb = np.asarray(stored.convert("RGB")) if expected is None else expected
        gray = np.asarray(Image.fromarray(rgb).convert("L"))
        cases.append(dict(
            file=name, height=rgb.shape[0], width=rgb.shape[1],
            rgb=hashlib.sha256(rgb.tobytes()).hexdigest(), gray=hashlib.sha256(gray.tobytes()).hexdigest(),
            first=[int(v) for v in rgb[0, 0]], last=[int(v) for v in rgb[-1, -1]]))

    for subsampling, name in ((0, "444"), (1, "422"), (2, "420")):
        add(f"jpeg-{name}.jpg", smooth(37, 53), quality=80, subsampling=subsampling)
        add(f"jpeg-{name}-progressive.jpg", smooth(17, 31), quality=80, subsampling=subsampling, progressive=True)
    add("jpeg-gray.jpg", smooth(19, 23).convert("L"))
    add("jpeg-cmyk.jpg", smooth(16, 21, 4).convert("CMYK"), quality=90)
    raw = open(os.path.join(OUT, "jpeg-cmyk.jpg"), "rb").read()
    adobe = raw.find(b"\xff\xee")
    length = raw[adobe + 2] * 256 + raw[adobe + 3]
    open(os.path.join(OUT, "jpeg-cmyk-no-adobe.jpg"), "wb").write(raw[:adobe] + raw[adobe + 2 + length:])
    check("jpeg-cmyk-no-adobe.jpg")

    add("png-rgb.png", smooth(13, 17))
    add("png-rgba.png", smooth(13, 17, 4))
    add("png-gray.png", smooth(13, 17).convert("L"))
    add("png-gray-alpha.png", smooth(13, 17).convert("LA"))
    add("png-1-bit.png", smooth(13, 17).convert("1"))
    for bits in (1, 2, 4, 8):
        add(f"png-palette-{bits}.png", smooth(13, 19).quantize(2 ** bits), bits=bits)
    add("png-palette-transparent.png", smooth(13, 19).quantize(16), transparency=3)
    deep = random.randint(0, 65536, (9, 11)).astype(np.uint16)
    add("png-gray-16.png", Image.fromarray(deep), expected=np.repeat((deep >> 8).astype(np.uint8)[:, :, None], 3, 2))

    write_interlaced("png-interlaced.png", np.asarray(smooth(13, 17)))
    check("png-interlaced.png")

    add("webp-lossless.webp", smooth(15, 18), lossless=True)
    add("webp-lossy.webp", smooth(33, 42), quality=70)
    add("webp-alpha.webp", smooth(15, 18, 4), lossless=True, exact=True)
    add("webp-animated.webp", smooth(15, 18), save_all=True, append_images=[smooth(15, 18)], lossless=True)
    for compression in ("raw", "tiff_lzw", "tiff_deflate", "packbits"):
        add(f"tiff-{compression}.tif", smooth(12, 15), compression=compression)
    add("tiff-gray.tif", smooth(12, 15).convert("L"))
    add("tiff-1-bit.tif", smooth(12, 15).convert("1"), compression="group4")
    add("tiff-cmyk.tif", smooth(12, 15).convert("CMYK"))
    add("tiff-palette.tif", smooth(12, 15).quantize(31))
    add("tiff-pages.tif", smooth(12, 15), save_all=True, append_images=[smooth(8, 8)])
    add("gif.gif", smooth(14, 16).quantize(100))
    add("gif-gray.gif", smooth(14, 16).convert("L"))
    add("gif-animated.gif", smooth(14, 16), save_all=True, append_images=[smooth(14, 16)])
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        add(f"bmp-{mode}.bmp", smooth(11, 13).convert(mode))
    add("bmp-4-bit.bmp", smooth(11, 13).quantize(13))

    # What encoders here do not write, by hand: rows from the top, 4 bits, 16 bits, bit fields.
    def bitmap(name, bits, rows, palette=b"", masks=b"", height=2, width=3):
        header = 14 + 40 + len(masks) + len(palette)
        body = b"".join(r + b"\0" * (-len(r) % 4) for r in rows)
        info = np.array([40, width, height], "<i4").tobytes() + np.array([1, bits], "<u2").tobytes()
        info += np.array([3 if masks else 0, len(body), 0, 0, len(palette) // 4, 0], "<i4").tobytes()
        start = b"BM" + np.array([header + len(body), 0, header], "<u4").tobytes()
        open(os.path.join(OUT, name), "wb").write(start + info + masks + palette + body)
        check(name)

    bitmap("bmp-top-down.bmp", 24, [bytes(range(9)), bytes(range(100, 109))], height=-2)
    bitmap("bmp-nibbles.bmp", 4, [b"\x01\x20", b"\x21\x00"], palette=bytes([1, 2, 3, 0, 40, 50, 60, 0, 200, 150, 100, 0]))
    bitmap("bmp-555.bmp", 16, [np.array([0x7FFF, 0x1234, 0x0421], "<u2").tobytes()] * 2)
    bitmap("bmp-565.bmp", 16, [np.array([0xFFFF, 0x1234, 0x8410], "<u2").tobytes()] * 2, masks=np.array([0xF800, 0x07E0, 0x001F], "<u4").tobytes())
    bitmap("bmp-32-fields.bmp", 32, [bytes(range(12))] * 2, masks=np.array([0xFF0000, 0xFF00, 0xFF], "<u4").tobytes())

    with open(os.path.join(OUT, "decode.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


main()
