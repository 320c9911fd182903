@echo off
rem Kills workers and managers in the middle of their work and checks that nothing is lost. See --help.
setlocal
set "project=%~dp0.."
dotnet build "%project%\scripts\Chaos" -c Release --nologo -v quiet || exit /b 1
dotnet exec "%project%\artifacts\bin\EtsPersist.Mmf.Chaos\release\chaos.dll" %*
exit /b %errorlevel%
