#!/usr/bin/env bash
# Publishes the manager, the samples and the tests for Windows (win-x64, self-contained) and runs them under Wine, which it installs if
# it can. See --help. On Windows itself "dotnet test EtsPersist.Mmf.sln" runs the tests.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

case ${1:-} in
'') depth=full ;;
--quick) depth=quick ;;
*)
    cat <<'HELP'
scripts/test-windows.sh [--quick]

Without an option: all unit tests, all tests with processes, a sample, a chaos run. With --quick: the tests of what differs between the
systems, which are those of locks, processes, mappings, pipes and hand-overs, the sample, and a shorter chaos run.
What cannot work under Wine is named in tests/Runner/wine.txt, with the reason; that, and what needs Linux, is printed as left out.

Exit codes: 0 all passed; 1 something failed; 2 the command line is wrong; 3 Wine or .NET for win-x64 cannot be installed.
HELP
    [ "$1" = --help ] && exit 0
    exit 2
    ;;
esac

if ! command -v wine >/dev/null; then
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -q && apt-get install -y -q --no-install-recommends wine wine64; } >"$log" 2>&1
    if ! command -v wine >/dev/null; then
        tail -n 5 "$log" >&2
        echo "Windows: NOT TESTED. Wine is not installed, and 'apt-get install wine wine64' fails as above. Install it, then run this again." >&2
        exit 3
    fi
fi

if ! dotnet restore tests/Runner -r win-x64 --artifacts-path artifacts/windows -p:SelfContained=true -p:IsRidAgnostic=false --nologo -v quiet; then
    echo "Windows: NOT TESTED. .NET for win-x64 cannot be restored, for the reason above. Let NuGet's registry be reached, then run this again." >&2
    exit 3
fi

# What analyzers say of the code, the build for this system says.
dotnet publish tests/Runner -c Release -r win-x64 --self-contained --no-restore --artifacts-path artifacts/windows \
    -p:IsRidAgnostic=false -p:RunAnalyzers=false --nologo -v quiet || exit 1
published=$PWD/artifacts/windows/publish/EtsPersist.Mmf.Runner/release_win-x64
logs=$PWD/artifacts/windows

work=$(mktemp -d)
trap 'wineserver -k 2>/dev/null; rm -rf "$work"' EXIT
export WINEPREFIX=$work/prefix WINEDEBUG=-all
# Wine takes the two views of code that .NET maps twice, to be written and to be run, for one: the first dynamic method that is collected
# ends the process.
export DOTNET_EnableWriteXorExecute=0
# Wine 8 does not say whether a thread that it has stopped stands in the system or in the program, so .NET does not divert it, and a collection
# may try for ever to stop one that computes. With 256 MiB (in hexadecimal) for new objects there are hardly any collections.
export DOTNET_GCgen0size=10000000
# Wine loses what comes for a read from a pipe just as the thread ends that has begun it. So the pool keeps its threads.
export DOTNET_ThreadPool_ThreadTimeoutMs=2147483647
WINEDLLOVERRIDES='mscoree,mshtml=' wineboot --init >/dev/null 2>&1 || { echo "Windows: Wine cannot be started" >&2; exit 1; }
# A program that crashes is to end: .NET says why itself, and Wine's debugger does not always come to an end.
export WINEDLLOVERRIDES='winedbg.exe=d'

limit=0
run() { # PROGRAM ARGUMENTS...: in at most so many seconds as the step has
    within_limit "$@" 2> >(grep -v '^wine: Read access denied' >&2) | sed -u 's/\r$//'
}

# What the program has started may outlive it with its output open, which would hold the step up for ever.
within_limit() {
    local program=$1 status
    shift
    (cd "$published" && exec timeout -k 5 "$limit" wine "$program.exe" "$@")
    status=$?
    [ "$status" -eq 124 ] || [ "$status" -eq 137 ] && wineserver -k
    return "$status"
}

failed=0
step() { # NAME SECONDS COMMAND...
    local name=$1 began=$SECONDS status
    limit=$2
    shift 2
    echo "== Windows, $name"
    "$@"
    status=$?
    if [ "$status" -ne 0 ]; then
        failed=$((failed + 1))
        wineserver -k # whatever it has started
        echo "== Windows, $name FAILED ($([ "$status" -eq 124 ] && echo "longer than $limit s" || echo "exit code $status"))"
    fi
    echo "== Windows, $name: $((SECONDS - began)) s"
}

# Prints what is to be seen; each test with its time stands in artifacts/windows/ASSEMBLY.log. A program that crashes may seem to have passed:
# Wine keeps 8 bits of its exit code. So the counts must be there, too.
tests() { # ASSEMBLY OPTIONS...
    local log=$logs/$1.log status
    run run-tests "$@" --except wine.txt --times | tee "$log" | grep -vE '^ +([0-9.]+ s|begins)  '
    status=${PIPESTATUS[0]}
    grep -qE "^$1: [0-9]+ passed, 0 failed" "$log" && return "$status"
    echo "The last lines of $log:"
    tail -n 3 "$log"
    return $((status == 0 ? 1 : status))
}

# A manager in its default place, a worker, a row that the worker has written.
sample() {
    local manager worker ready waits came row=''
    mkfifo "$work/ready" "$work/came"
    run etspersist run >"$work/ready" & manager=$!
    read -r -t 60 ready <"$work/ready" && echo "$ready"
    run Accounts >"$work/came" & worker=$!
    { read -r -t 60 waits && read -r -t 60 came; } <"$work/came" && echo "$waits" && echo "$came"
    for _ in $(seq 20); do
        row=$(run etspersist get accounts alice 2>/dev/null)
        [[ $row == *'"Balance":70'* ]] && break
    done
    echo "$row"
    wineserver -k
    wait "$manager" "$worker" 2>/dev/null
    [[ $row == *'"Balance":70'* ]]
}

if [ "$depth" = full ]; then
    step Native 1800 tests Native
    step Client 900 tests Client
    step Manager 900 tests Manager
    step System 1800 tests System
    step sample 120 sample
    step chaos 600 run chaos --kills 12 --target all --standbys 1 --seed 1
else
    step Native 300 tests Native --only '*.Os.*'
    step Manager 300 tests Manager --only '*.Running.*' --only '*.Connections.Hostile*' --only '*.Connections.Previous*'
    step System 300 tests System --only '*.HandOver.HandOverTests.*'
    step sample 120 sample
    step chaos 300 run chaos --kills 3 --target all --standbys 1 --seed 1
fi

if [ "$failed" -ne 0 ]; then
    echo "Windows: $failed steps FAILED"
    exit 1
fi
echo "Windows: all passed"
