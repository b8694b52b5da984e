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


def numbers(convert):
    real, fake, logits = convert(draw(1, 64, 16)), convert(draw(2, 48, 16, 1.1, 0.1)), convert(draw(3, 40, 10, 3.0))
    return {
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
