#!/usr/bin/env bash
# Runs every exhaustive test of what a kill leaves, and adds up what was tried. See --help and docs/kill-safety.md.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(dotnet build "$project/scripts/Prove" -c Release --nologo -v quiet 2>&1) || { printf '%s\n' "$build" >&2; exit 1; }
exec dotnet exec "$project/artifacts/bin/EtsPersist.Mmf.Prove/release/prove.dll" "$project" "$@"
