"""Small feature files as numpy writes them, for tests/QualityGate.Tests/Features/Files.

Run: /usr/bin/python3 tests/golden/features.py   (numpy 1.24)
Every feature matrix is [5, 3] with value(i, j) = (7 i + 3 j) / 8 - 2, exact in half precision.
"""
import json
import pathlib
import struct

import numpy as np

OUT = pathlib.Path(__file__).resolve().parents[1] / "QualityGate.Tests" / "Data" / "features"
OUT.mkdir(parents=True, exist_ok=True)

i, j = np.meshgrid(np.arange(5), np.arange(3), indexing="ij")
values = (7 * i + 3 * j) / 8 - 2

for name, dtype in [("f2", "<f2"), ("f4", "<f4"), ("f8", "<f8"), ("big-f4", ">f4"), ("big-f8", ">f8")]:
    np.save(OUT / f"{name}.npy", values.astype(dtype))
np.save(OUT / "fortran-f4.npy", np.asfortranarray(values.astype("<f4")))
np.save(OUT / "fortran-f8.npy", np.asfortranarray(values.astype("<f8")))
for version in [(2, 0), (3, 0)]:
    with open(OUT / f"version{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, values.astype("<f4"), version=version)

np.save(OUT / "object.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save(OUT / "record.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
np.save(OUT / "labels-i8.npy", np.array([3, -1, 2**40]))
np.save(OUT / "labels-big-i2.npy", np.array([3, -1, 300], dtype=">i2"))
np.save(OUT / "labels-u1.npy", np.array([0, 7, 255], dtype="u1"))
np.save(OUT / "labels-text.npy", np.array(["cat", "dög", "x"]))
np.save(OUT / "fortran-cube.npy", np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4)))
np.save(OUT / "vector.npy", values[:, 0].astype("<f4"))

logits = (i[:, :2] - 2 * j[:, :2]).astype("<f4")
np.savez(OUT / "stored.npz", features=values.astype("<f4"), logits=logits, labels=np.array([0, 1, 1, 0, 2]))
np.savez_compressed(OUT / "deflated.npz", features=values.astype("<f8"), other=(values + 1).astype("<f4"))
mean = values.mean(axis=0)
covariance = np.cov(values, rowvar=False)
np.savez(OUT / "statistics-f8.npz", mu=mean, sigma=covariance)
np.savez(OUT / "statistics-f4.npz", mu=mean.astype("<f4"), sigma=covariance.astype("<f4"))
np.savez(OUT / "adm.npz", arr_0=np.zeros((2, 4, 4, 3), "u1"), mu=mean, sigma=covariance, mu_s=mean, sigma_s=covariance)
np.savez(OUT / "images.npz", np.zeros((2, 4, 4, 3), "u1"))


def bfloat16(array):
    return (array.astype("<f4").view("<u4") >> 16).astype("<u2")


tensors = {
    "features": ("F32", values.astype("<f4")),
    "half": ("F16", values.astype("<f2")),
    "brain": ("BF16", bfloat16(values)),
    "double": ("F64", values.astype("<f8")),
    "indices": ("I64", np.arange(5)),
}
header, data = {"__metadata__": {"format": "pt"}}, b""
for name, (dtype, array) in tensors.items():
    raw = array.tobytes()
    header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
(OUT / "foreign.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
