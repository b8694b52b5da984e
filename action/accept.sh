#!/usr/bin/env bash
# Accepts today's numbers. Outputs: baseline, lock (from the tool), cache-key.
set -euo pipefail

store=${GITHUB_WORKSPACE:-$PWD}/qualitygate-store
cd "${QG_WORKING_DIRECTORY:-.}"

arguments=(baseline update "${QG_SPEC:?}" --create --baseline-store "$store")
if [ "${QG_CHECK_FIRST:-true}" = true ]; then arguments+=(--check); fi
"${QG:?}" "${arguments[@]}"
branch=$(printf '%s' "${GITHUB_HEAD_REF:-${GITHUB_REF_NAME:-}}" | tr -c 'A-Za-z0-9._/-' '_' | cut -c 1-200)
echo "cache-key=${QG_NAME:-qualitygate-baseline}-$branch-${GITHUB_RUN_ID:-0}-${GITHUB_RUN_ATTEMPT:-1}" >>"$GITHUB_OUTPUT"
