#!/usr/bin/env bash
# Brings the baseline back when it is not in the repository. None is no failure here: the spec's on_missing_baseline decides.
set -euo pipefail
cd "${QG_WORKING_DIRECTORY:-.}"

case ${QG_BASELINE:-auto} in
    repository | cache) exit 0 ;;
    auto | artifact) ;;
    *)
        echo "::error title=QualityGate::baseline must be auto, artifact, cache or repository."
        exit 2
        ;;
esac

arguments=(baseline pull "${QG_SPEC:?}" --optional --artifact "${QG_NAME:-qualitygate-baseline}")
if [ -n "${QG_WORKFLOW:-}" ]; then arguments+=(--workflow "$QG_WORKFLOW"); fi
"${QG:?}" "${arguments[@]}"
