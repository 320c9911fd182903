#!/usr/bin/env bash
# Replays the recorded answers of a real ETS, for instance tests/Traces, and prints where ours differ. See --help.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(dotnet build "$project/scripts/Replay" -c Release --nologo -v quiet 2>&1) || { printf '%s\n' "$build" >&2; exit 1; }
exec dotnet exec "$project/artifacts/bin/EtsPersist.Mmf.Replay/release/replay.dll" "$@"
