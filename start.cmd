@echo off
rem Opens the menu of weekly tasks. The first start makes .venv and installs what the program needs (a few minutes).
setlocal
cd /d "%~dp0"
chcp 65001 >nul
set PYTHONUTF8=1
set "PYTHON=.venv\Scripts\python.exe"
if not exist "%PYTHON%" (
  echo First start: preparing the program. This takes a few minutes and needs the network once.
  py -3 -m venv .venv 2>nul || python -m venv .venv
)
if not exist "%PYTHON%" (
  echo Python 3.11 or newer was not found. Install it from python.org, for yourself only, then start this file again.
  goto end
)
fc /b requirements.txt ".venv\installed.txt" >nul 2>nul
if not errorlevel 1 goto menu
"%PYTHON%" -m pip install --disable-pip-version-check -q -r requirements.txt
if errorlevel 1 (
  echo Installing failed: see above. Start this file again when the network is there.
  goto end
)
copy /y requirements.txt ".venv\installed.txt" >nul
:menu
"%PYTHON%" -m invoke menu
:end
pause
