#!/usr/bin/env bash
# Comments on the pull request. A failure to do so is a warning, unless it is required.
set -uo pipefail
cd "${QG_WORKING_DIRECTORY:-.}" || exit 2

if [ ! -f "${QG_RESULT:-}" ]; then
    echo "::warning title=QualityGate::There is no result to comment on."
    exit 0
fi
arguments=(comment "$QG_RESULT" --comment "${QG_COMMENT:-always}")
if [ -n "${QG_COMMENT_ID:-}" ]; then arguments+=(--comment-id "$QG_COMMENT_ID"); fi
if [ -n "${QG_REPORT_URL:-}" ]; then arguments+=(--report-url "$QG_REPORT_URL"); fi

code=0
"${QG:?}" "${arguments[@]}" || code=$?
echo "code=$code" >>"$GITHUB_OUTPUT"
