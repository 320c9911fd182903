#!/usr/bin/env bash
# Kills writers, readers, recoverers, workers and managers by the thousand and checks that nothing is lost. See --help.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(dotnet build "$project/scripts/Soak" -c Release --nologo -v quiet 2>&1) || { printf '%s\n' "$build" >&2; exit 1; }
exec dotnet exec "$project/artifacts/bin/EtsPersist.Mmf.Soak/release/soak.dll" "$@"
