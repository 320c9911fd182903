#!/usr/bin/env bash
# Installs the implementations of MessagePack that ours is tested against: install.sh FOLDER. Debian's python3-msgpack for Debian's own Python,
# and two npm packages into the folder. What is there already is left alone.
set -euo pipefail
folder=$1
missing=()
/usr/bin/python3 -c 'import msgpack' 2>/dev/null || missing+=(python3-msgpack)
command -v npm >/dev/null || missing+=(nodejs npm)
if [ ${#missing[@]} -ne 0 ]; then
    apt-get update -q
    apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
if [ ! -e "$folder/installed" ]; then
    mkdir -p "$folder"
    npm install --prefix "$folder" --no-save --no-audit --no-fund @msgpack/msgpack@3.1.3 msgpack-test-suite@1.0.0
    touch "$folder/installed"
fi
