@echo preflight: runs in WSL (Windows Subsystem for Linux): wsl ./preflight %*
@exit /b 2
