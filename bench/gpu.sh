#!/usr/bin/env bash
# Images a second and features of one network on the processor, on a GPU, and in torch on that GPU, in one run.
# Needs: QUALITYGATE_ORT_DIR with the CUDA provider, python3 with torch for CUDA, and a folder of photographs.
set -euo pipefail
images=${1:?usage: bench/gpu.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release -v q "$here/.." >/dev/null
bench="dotnet $here/QualityGate.Bench/bin/Release/net10.0/QualityGate.Bench.dll"
tool="dotnet $(find "$here/../src/QualityGate.Tool/bin/Release/net10.0" -maxdepth 1 -name QualityGate.Tool.dll)"
$tool doctor
$bench network inception "$work"
for device in cpu cuda; do
  start=$(date +%s.%N)
  $tool features extract "$images" -e "$work/inception.extractor.yaml" -o "$work/$device.safetensors" --device "$device" --cache "$work/cache-$device" --no-progress
  echo "$device: $(echo "$(date +%s.%N) - $start" | bc) s, start included"
done
echo "the same set twice should be at a distance of 0, here the processor's features against the GPU's:"
$tool measure --reference "$work/cpu.safetensors" --candidate "$work/cuda.safetensors" --metric fid --metric prdc
python3 "$here/peers/inception.py" 64 15 cuda
