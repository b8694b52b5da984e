#!/usr/bin/env bash
# Keys of the cache: this branch, then the base branch, each with its newest baseline. Only the file that a lock names is used in the end.
set -euo pipefail

# A branch may hold anything that git allows; a key is one line without commas.
plain() { printf '%s' "$1" | tr -c 'A-Za-z0-9._/-' '_' | cut -c 1-200; }

branch=$(plain "${GITHUB_HEAD_REF:-${GITHUB_REF_NAME:-}}")
{
    # Never there: entries are found by their beginning, the newest first.
    echo "key=${QG_NAME:?}-$branch-none-${GITHUB_RUN_ID:-0}"
    echo "restore-keys<<QG_END_OF_KEYS"
    echo "$QG_NAME-$branch-"
    if [ -n "${GITHUB_BASE_REF:-}" ]; then echo "$QG_NAME-$(plain "$GITHUB_BASE_REF")-"; fi
    echo "QG_END_OF_KEYS"
} >>"$GITHUB_OUTPUT"
