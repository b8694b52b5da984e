"""Trains embeddings on samples/background without masks, with soft and with hard ones, and audits each on the classes that it has not seen: the table of docs/background.md.

Run from the root of the repository: python3 bench/background_training.py OUT [SEEDS]. OUT is a new folder. Seeds are 0 to SEEDS - 1 (3). The tool is run from source, or as the
environment's QUALITYGATE says ("qualitygate"). Standard library only; some minutes.
"""
import json
import math
import os
import shlex
import shutil
import subprocess
import sys

out, seeds = sys.argv[1], range(int(sys.argv[2]) if len(sys.argv) > 2 else 3)
tool = shlex.split(os.environ.get("QUALITYGATE", "dotnet run -c Release --project src/QualityGate.Tool --"))
images, masks = "samples/background/reference", "samples/background/masks/reference"
options = ["--loss", "multi-similarity", "--keep", "0", "--learning-rate", "0.001", "--epochs", "40"]
modes = ["none", "soft:0.3", "hard"]
classes = sorted(os.listdir(images))
halves = [classes[: len(classes) // 2], classes[len(classes) // 2 :]]


def run(*arguments):
    subprocess.run([*tool, *arguments], check=True, stdout=subprocess.DEVNULL)


def mean_and_error(values):
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1)) if len(values) > 1 else 0
    return mean, deviation / math.sqrt(len(values))


found = {mode: [] for mode in ["not trained", *modes]}
for part, (trained, unseen) in enumerate([halves, halves[::-1]]):
    folder = os.path.join(out, f"part-{part}")
    for name in unseen:
        shutil.copytree(os.path.join(images, name), os.path.join(folder, "images", name))
        shutil.copytree(os.path.join(masks, name), os.path.join(folder, "masks", name))
    names, extractors = ["not trained"], ["-e", "random-vgg16"]
    for mode in modes:
        for seed in seeds:
            target = os.path.join(folder, f"{mode.split(':')[0]}-{seed}")
            run("train", "embedding", images, "-e", "random-vgg16", "--masks", masks, "--mask-mode", mode, "--train-classes", ",".join(trained), "--seed", str(seed), *options, "-o", target)
            names.append(mode)
            extractors += ["-e", os.path.join(target, "embedding.extractor.yaml")]
    sources = ["--images", os.path.join(folder, "images"), "--masks", os.path.join(folder, "masks"), "--labels", "folders"]
    run("audit", "background", *sources, "--mode", "none", "--mode", "hard", "--mode", "inverse", *extractors, "-o", os.path.join(folder, "audit"))
    with open(os.path.join(folder, "audit", "background.json"), encoding="utf-8") as file:
        audited = json.load(file)["extractors"]
    for mode, extractor in zip(names, audited, strict=True):
        recall = {m["mode"]: m["recall"]["1"] for m in extractor["modes"]}
        queries = extractor["comparisons"][0]["classes"]
        found[mode].append({
            "part": part, "none": recall["none"], "hard": recall["hard"], "inverse": recall["inverse"], "gap": extractor["background_gap"]["value"],
            "flagged": extractor["biased_classes"],
            "leaning": sum(c["fails_only_masked"] for c in queries),
        })

print("| Trained on masks | Recall@1 as they are | hard | inverse | gap | flagged classes | fail only masked |")
print("|---|---:|---:|---:|---:|---:|---:|")
for mode, runs in found.items():
    cells = [mode]
    for key in ["none", "hard", "inverse", "gap", "flagged", "leaning"]:
        mean, error = mean_and_error([one[key] for one in runs])
        digits = 1 if key in ("flagged", "leaning") else 3
        cells.append(f"{mean:.{digits}f}" + (f" ± {error:.{digits}f}" if mode != "not trained" else ""))
    print("| " + " | ".join(cells) + " |")
for mode in modes[1:]:
    # Of the same division and seed.
    for key in ["none", "hard", "gap"]:
        mean, error = mean_and_error([one[key] - plain[key] for one, plain in zip(found[mode], found["none"], strict=True)])
        print(f"{mode} less none, {key}: {mean:+.3f} ± {error:.3f}")
