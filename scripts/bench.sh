#!/bin/sh
# Builds the benchmarks and runs them: scripts/bench.sh [--quick] [--only NAME] [--json FILE]. What each one shows: bench/README.md.
# The runtime runs with its defaults, as it does for users: tiered compilation with profiles stays on, the loops warm up before they are timed.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
dotnet build "$root/bench" --configuration Release --verbosity quiet --nologo >&2
exec dotnet "$root/artifacts/bin/EtsPersist.Mmf.Bench/release/EtsPersist.Mmf.Bench.dll" "$@"
