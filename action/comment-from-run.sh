#!/usr/bin/env bash
# Comments from the artifact of the run whose end started this job. The tool unzips and reads it as data that nobody trusts.
set -euo pipefail

arguments=(comment --from-run "${QG_ARTIFACT:?}" --comment "${QG_COMMENT:-always}")
if [ -n "${QG_COMMENT_ID:-}" ]; then arguments+=(--comment-id "$QG_COMMENT_ID"); fi
"${QG:?}" "${arguments[@]}"
