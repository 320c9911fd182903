@echo off
rem Replays the recorded answers of a real ETS, for instance tests\Traces, and prints where ours differ. See --help.
setlocal
set "project=%~dp0.."
dotnet build "%project%\scripts\Replay" -c Release --nologo -v quiet || exit /b 1
dotnet exec "%project%\artifacts\bin\EtsPersist.Mmf.Replay\release\replay.dll" %*
exit /b %errorlevel%
