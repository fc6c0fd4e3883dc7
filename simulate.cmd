@echo simulate: runs in WSL (Windows Subsystem for Linux): wsl ./simulate %*
@exit /b 2
