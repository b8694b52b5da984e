#!/usr/bin/env bash
# Runs the gate. Its exit code is kept in the output `code`, so that the result can be uploaded and shown before the step fails.
set -uo pipefail
cd "${QG_WORKING_DIRECTORY:-.}" || exit 2

out=qualitygate-out
arguments=(check "${QG_SPEC:?}" --result-folder "$out" --output "markdown=$out/report.md" --output "junit=$out/junit.xml")
if [ "${QG_BASELINE:-auto}" = cache ]; then arguments+=(--baseline-store "${GITHUB_WORKSPACE:-.}/qualitygate-store"); fi
while IFS= read -r argument; do
    if [ -n "$argument" ]; then arguments+=("$argument"); fi
done <<<"${QG_ARGUMENTS:-}"

code=0
"${QG:?}" "${arguments[@]}" || code=$?
echo "code=$code" >>"$GITHUB_OUTPUT"
