@echo off
rem Runs every exhaustive test of what a kill leaves, and adds up what was tried. See --help and docs\kill-safety.md.
setlocal
set "project=%~dp0.."
dotnet build "%project%\scripts\Prove" -c Release --nologo -v quiet || exit /b 1
dotnet exec "%project%\artifacts\bin\EtsPersist.Mmf.Prove\release\prove.dll" "%project%" %*
exit /b %errorlevel%
