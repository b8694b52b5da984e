#!/usr/bin/env bash
# Time and peak memory of a check: once with an empty cache, twice with a full one.
set -euo pipefail
spec=${1:?usage: bench/check.sh SPEC}
root=$(cd "$(dirname "$0")/.." && pwd)
tool="$root/src/QualityGate.Tool/bin/Release/net10.0/QualityGate.Tool.dll"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for run in first second third; do
    echo "== $run"
    /usr/bin/time -f "%e s, %M KB at most" dotnet "$tool" check "$spec" --cache "$scratch" --result-folder "$scratch/out" | tail -1
done
