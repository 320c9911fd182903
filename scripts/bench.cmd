@echo off
rem Builds the benchmarks and runs them: scripts\bench.cmd [--quick] [--only NAME] [--json FILE]. What each one shows: bench\README.md.
setlocal
set "root=%~dp0.."
dotnet build "%root%\bench" --configuration Release --verbosity quiet --nologo || exit /b 1
dotnet "%root%\artifacts\bin\EtsPersist.Mmf.Bench\release\EtsPersist.Mmf.Bench.dll" %*
