#!/usr/bin/env bash
# Installs the tool at the action's own version, and says where: output `command`.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

finish() {
    local command=$1
    echo "command=$command" >>"$GITHUB_OUTPUT"
    if [ -n "${GITHUB_PATH:-}" ]; then dirname "$command" >>"$GITHUB_PATH"; fi
    "$command" --version
}

if [ -n "${QG_TOOL_PATH:-}" ]; then
    if [ ! -x "$QG_TOOL_PATH/qualitygate" ]; then
        echo "::error title=QualityGate::There is no qualitygate in the folder that tool-path names."
        exit 2
    fi
    finish "$QG_TOOL_PATH/qualitygate"
    exit 0
fi

command -v dotnet >/dev/null || {
    echo "::error title=QualityGate::The .NET 10 SDK is missing: add actions/setup-dotnet with dotnet-version 10.0.x before this step."
    exit 2
}

version=${QG_VERSION:-}
if [ -z "$version" ]; then
    version=$(sed -nE 's:.*<Version>([^<]+)</Version>.*:\1:p' "$root/Directory.Build.props" | head -n 1)
fi
target=${RUNNER_TEMP:?}/qualitygate/$version
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

from_package() {
    local -a arguments=(QualityGate.Tool --tool-path "$target" --version "$version")
    if [ -n "${QG_SOURCE:-}" ]; then arguments+=(--add-source "$QG_SOURCE"); fi
    if [ $# -gt 0 ]; then arguments+=(--add-source "$1"); fi
    # One private feed that is down must not hide the package in another.
    dotnet tool install "${arguments[@]}" --ignore-failed-sources
}

from_source() {
    local packages=$RUNNER_TEMP/qualitygate/packages
    dotnet pack "$root/src/QualityGate.Tool" -c Release -m:1 --artifacts-path "$RUNNER_TEMP/qualitygate/build" -p:PackageOutputPath="$packages" -p:Version="$version" --verbosity quiet
    from_package "$packages"
}

if [ ! -x "$target/qualitygate" ]; then
    case ${QG_INSTALL:-auto} in
        package) from_package ;;
        source) from_source ;;
        auto) from_package || { echo "The package is in no source; building it from the action's files."; from_source; } ;;
        *)
            echo "::error title=QualityGate::install must be auto, package or source."
            exit 2
            ;;
    esac
fi
finish "$target/qualitygate"
