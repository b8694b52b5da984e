#!/usr/bin/env bash
# Makes the step's end out of the gate's exit code and verdict.
set -euo pipefail

code=${QG_CODE:-3}
case ${QG_FAIL_ON:-fail} in
    never)
        [ "$code" = 0 ] || echo "::notice title=QualityGate::The gate answered $code; fail-on is never."
        code=0
        ;;
    warn) if [ "$code" = 0 ] && [ "${QG_VERDICT:-none}" != pass ]; then code=1; fi ;;
    fail) ;;
    *)
        echo "::error title=QualityGate::fail-on must be fail, warn or never."
        code=2
        ;;
esac
if [ "$code" = 0 ] && [ "${QG_COMMENT_CODE:-0}" != 0 ]; then code=$QG_COMMENT_CODE; fi
exit "$code"
