@echo off
rem Kills writers, readers, recoverers, workers and managers by the thousand and checks that nothing is lost. See --help.
setlocal
set "project=%~dp0.."
dotnet build "%project%\scripts\Soak" -c Release --nologo -v quiet || exit /b 1
dotnet exec "%project%\artifacts\bin\EtsPersist.Mmf.Soak\release\soak.dll" %*
exit /b %errorlevel%
