"""Golden numbers of the self-test on inputs rounded to float32: src/QualityGate/SelfTest/golden-float32.json.

golden.json beside it holds what public implementations gave on float64 inputs. The tool's features are float32, so those numbers can only be
met to some 1e-7. This script first reproduces golden.json with numpy and scipy on float64 inputs, to show that it computes the same, and then writes
what it gives on the rounded inputs; these can be met to 1e-9.

Run: python3 tests/golden/selftest.py
"""
import json
import pathlib

import numpy as np
import scipy.linalg

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "src" / "QualityGate" / "SelfTest"


def draw(seed, rows, columns, factor=1.0, shift=0.0):
    x, values = seed, []
    for _ in range(rows * columns):
        total = -2.0
        for _ in range(4):
            x = (x * 1664525 + 1013904223) % 2**32
            total += x / 4294967296.0
        values.append(total * factor + shift)
    return np.array(values).reshape(rows, columns)


def fid(reference, candidate):
    """pytorch-fid: the root of the covariance product by scipy."""
    mean = reference.mean(0) - candidate.mean(0)
    s1, s2 = np.cov(reference, rowvar=False), np.cov(candidate, rowvar=False)
    return float(mean @ mean + np.trace(s1) + np.trace(s2) - 2 * np.trace(scipy.linalg.sqrtm(s1 @ s2).real))


def fid_rank_deficient(reference, candidate):
    """The root's trace is the sum of singular values of X1 X2^T, with X the centred rows over sqrt(N - 1)."""
    mean = reference.mean(0) - candidate.mean(0)
    x, y = ((rows - rows.mean(0)) / np.sqrt(len(rows) - 1) for rows in (reference, candidate))
    return float(mean @ mean + (x * x).sum() + (y * y).sum() - 2 * np.linalg.svd(x @ y.T, compute_uv=False).sum())


def mmd(candidate, reference):
    """Unbiased MMD of the kernel (x.y / D + 1)^3."""
    m, n, width = len(candidate), len(reference), candidate.shape[1]
    kernel = lambda a, b: (a @ b.T / width + 1) ** 3
    cc, rr, cr = kernel(candidate, candidate), kernel(reference, reference), kernel(candidate, reference)
    within = (cc.sum() - np.trace(cc)) / (m * (m - 1)) + (rr.sum() - np.trace(rr)) / (n * (n - 1))
    return float(within - 2 * cr.mean())


def kid(candidate, reference, subsets=10, size=20, seed=2020):
    """torch-fidelity: the first set's draw, then the second's."""
    random = np.random.RandomState(seed)
    values = []
    for _ in range(subsets):
        c = candidate[random.choice(len(candidate), size, replace=False)]
        values.append(mmd(c, reference[random.choice(len(reference), size, replace=False)]))
    return {"mean": float(np.mean(values)), "std_ddof0": float(np.std(values))}


def inception_score(logits, splits, seed=None):
    """torch-fidelity: shuffled, parts cut at i N // S."""
    if seed is not None:
        logits = logits[np.random.RandomState(seed).permutation(len(logits))]
    log_p = logits - scipy.special.logsumexp(logits, axis=1, keepdims=True)
    p, scores = np.exp(log_p), []
    for i in range(splits):
        part = slice(i * len(p) // splits, (i + 1) * len(p) // splits)
        marginal = p[part].mean(0)
        scores.append(np.exp((p[part] * (log_p[part] - np.log(marginal))).sum(1).mean()))
    return {"mean": float(np.mean(scores)), "std_ddof0": float(np.std(scores))}


def distances(first, second):
    return np.sqrt(((first[:, None, :] - second[None, :, :]) ** 2).sum(-1))


def radii(rows, k):
    return np.sort(distances(rows, rows), axis=1)[:, k]


def realism(real, fake, k=3):
    """Means over the fakes: the paper's ratio over balls up to the median, and the public implementations' variations of it."""
    r, d = radii(real, k)[:, None], distances(real, fake)
    up_to_median, below_median = r <= np.median(r), r < np.median(r)
    return {
        "paper": float(np.where(up_to_median, r / (d + 1e-12), 0).max(0).mean()),
        "kynkaat": float(np.where(up_to_median, r**2 / (d**2 + 1e-5), 0).max(0).mean()),
        "dgm": float(np.where(below_median, r / d, 0).max(0).mean()),
        "youngjung": float((r / (d + 1e-6)).max(0).mean()),
    }


def rarity(real, fake, k=3):
    r, d = radii(real, k)[:, None], distances(real, fake)
    smallest = np.where(d < r, r, np.inf).min(0)
    inside = smallest[np.isfinite(smallest)]
    return {"mean_in": float(inside.mean()), "out": float(1 - len(inside) / len(smallest))}


def authenticity(real, fake):
    d = distances(real, fake)
    nearest = d.argmin(0)
    return float((radii(real, 1)[nearest] < d.min(0)).mean())


def vendi(rows):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    w = np.linalg.eigvalsh(unit @ unit.T / len(unit))
    w = w[w > 1e-12]
    return {
        "q1": float(np.exp(-(w * np.log(w)).sum())),
        "q2": float(1 / (w**2).sum()),
        "qinf": float(1 / w.max()),
    }


def cmmd(real, fake, normalise):
    if normalise:
        real, fake = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (real, fake))
    kernel = lambda a, b: np.exp(-distances(a, b) ** 2 / 200).mean()
    return float(1000 * (kernel(real, real) + kernel(fake, fake) - 2 * kernel(real, fake)))


def mind(real, fake, directions):
    """Mean squared difference of sorted projections, times 3 D."""
    unit = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    first, second = (np.sort(rows @ unit.T, axis=0) for rows in (real, fake))
    return float(3 * real.shape[1] * ((first - second) ** 2).mean())


def numbers(convert):
    real, fake, logits = convert(draw(1, 64, 16)), convert(draw(2, 48, 16, 1.1, 0.1)), convert(draw(3, 40, 10, 3.0))
    return {
        "realism_mean": realism(real, fake),
        "rarity_k3": rarity(real, fake),
        "authenticity": authenticity(real, fake),
        "vendi_fake": vendi(fake),
        "cmmd_l2normalised": cmmd(real, fake, True),
        "cmmd_raw": cmmd(real, fake, False),
        "mind": mind(real[:48], fake, convert(draw(4, 8, 16))),
        "fid": fid(real, fake),
        "fid_rank_deficient_8": fid_rank_deficient(real[:8], fake[:8]),
        "kid_subsets10_size20_seed2020": kid(fake, real),
        "kid_full": mmd(fake, real),
        "is_splits4_seed2020": inception_score(logits, 4, 2020),
        "is_splits4_in_order": inception_score(logits, 4),
        "is_splits4_in_order_37": inception_score(logits[:37], 4),
    }


def main():
    golden = json.loads((FOLDER / "golden.json").read_text())
    ours = numbers(lambda rows: rows)
    pairs = [
        (ours["fid"], golden["fid"]["real_vs_fake_sqrtm"], 1e-12),
        (ours["fid_rank_deficient_8"], golden["fid"]["rank_deficient_sym"], 1e-7),
        (ours["kid_full"], golden["kid"]["full_unbiased_64x48"], 1e-12),
    ]
    pairs += [
        (ours["realism_mean"][name], golden["realism"]["mean"][name], 1e-12) for name in ("kynkaat", "dgm", "youngjung")
    ] + [
        (ours["rarity_k3"]["mean_in"], golden["rarity_k3"]["mean_in"], 1e-12),
        (ours["rarity_k3"]["out"], golden["rarity_k3"]["n_out"] / 48, 1e-12),
        (ours["authenticity"], golden["authpct"] / 100, 1e-12),
        (ours["vendi_fake"]["q1"], golden["vendi"]["fake_linear_q1"], 1e-12),
        (ours["vendi_fake"]["q2"], golden["vendi"]["q2"], 1e-12),
        (ours["vendi_fake"]["qinf"], golden["vendi"]["qinf"], 1e-12),
        (ours["cmmd_l2normalised"], golden["cmmd"]["l2normalised"], 1e-9),
        (ours["cmmd_raw"], golden["cmmd"]["raw"], 1e-9),
        (ours["mind"], golden["mind"]["value"], 1e-12),
    ]
    for name, theirs in [
        ("kid_subsets10_size20_seed2020", golden["kid"]["input1=fake,input2=real,subsets10,size20,seed2020"]),
        ("is_splits4_seed2020", golden["is"]["splits4_shuffle_seed2020"]),
        ("is_splits4_in_order", golden["is"]["splits4_noshuffle"]),
        ("is_splits4_in_order_37", golden["is"]["n=37,splits4,noshuffle,i*N//s"]),
    ]:
        pairs += [(ours[name][key], theirs[key], 1e-11) for key in ("mean", "std_ddof0")]
    for mine, theirs, tolerance in pairs:
        assert abs(mine - theirs) <= tolerance * abs(theirs), (mine, theirs)
    rounded = numbers(lambda rows: rows.astype(np.float32).astype(np.float64))
    (FOLDER / "golden-float32.json").write_text(json.dumps(rounded, indent=1) + "\n")


main()
