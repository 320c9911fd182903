#!/usr/bin/env bash
# Kills workers and managers in the middle of their work and checks that nothing is lost. See --help.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(dotnet build "$project/scripts/Chaos" -c Release --nologo -v quiet 2>&1) || { printf '%s\n' "$build" >&2; exit 1; }
exec dotnet exec "$project/artifacts/bin/EtsPersist.Mmf.Chaos/release/chaos.dll" "$@"
