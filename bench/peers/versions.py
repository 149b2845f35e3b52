"""Prints what the peers are made of, with versions, as one JSON object."""
import importlib
import json
import platform

versions = {"Python": platform.python_version()}
for name in ("torch", "numpy", "PIL", "fastapi", "uvicorn", "uvloop", "httptools"):
    try:
        versions[name] = importlib.import_module(name).__version__
    except ImportError:
        versions[name] = None
print(json.dumps(versions))
