#!/usr/bin/env bash
# Packs the libraries and the tool, installs them from a folder into a new program, and runs it: the manager, a worker, a command.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
export ETSPERSIST_DIR
ETSPERSIST_DIR=$(mktemp -d -p /dev/shm)
manager='' worker=''
trap 'kill $manager $worker 2>/dev/null || true; rm -rf "$work" "$ETSPERSIST_DIR"' EXIT
cached=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: *//')

for project in Native Client Manager; do
    dotnet pack "src/$project" -c Release -o "$work/feed" -v q --nologo
done
# The new program takes our packages from the folder alone, and those that they need from what this build has restored.
mkdir -p "$work/program"
cp samples/Accounts/*.cs "$work/program"
cat >"$work/nuget.config" <<CONFIG
<configuration>
  <packageSources><clear /><add key="feed" value="$work/feed" /></packageSources>
  <fallbackPackageFolders><clear /><add key="cached" value="$cached" /></fallbackPackageFolders>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
</configuration>
CONFIG
cat >"$work/program/program.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="EtsPersist.Mmf.Client" Version="*" />
  </ItemGroup>
</Project>
PROJECT
dotnet build "$work/program" -v q --nologo -o "$work/built"
for package in EtsPersist.Mmf.Native EtsPersist.Mmf.Client; do
    installed=$(echo "$work/packages/${package,,}"/*)
    for file in "lib/net10.0/$package.dll" "lib/net10.0/$package.xml" README.md docs/operations.md; do
        [ -f "$installed/$file" ] || { echo "package $package has no $file"; exit 1; }
    done
    ls "$work/feed/$package".[0-9]*.snupkg >/dev/null || { echo "package $package has no symbols"; exit 1; }
done
dotnet tool install etspersist --tool-path "$work/tools" --configfile "$work/nuget.config" >/dev/null

mkfifo "$work/ready"
"$work/tools/etspersist" run >"$work/ready" 2>"$work/manager.log" &
manager=$!
read -r -t 60 ready <"$work/ready"
echo "$ready"
mkfifo "$work/came"
dotnet "$work/built/program.dll" >"$work/came" &
worker=$!
{ read -r -t 60 waits && read -r -t 60 came; } <"$work/came"
echo "$waits"
echo "$came"

# The worker says so as soon as the table is its own, and then inserts its rows: they are awaited, not slept for.
row=''
for _ in $(seq 200); do
    row=$("$work/tools/etspersist" get accounts alice 2>/dev/null || true)
    [[ $row == *'"Balance":70'* ]] && break
done
[[ $row == *'"Balance":70'* ]] || { echo "the row did not come: '$row'"; cat "$work/manager.log"; exit 1; }
echo "$row"
echo "packages: all well"
