#!/usr/bin/env python3
# usage.py: a script that gets an option that it does not know says so, and does nothing else.
# SPDX-License-Identifier: MIT
"""usage.py

Many scripts take minutes or write documents: `script/matrix --help` must not begin. No script finds a
cmake here, so that one that begins all the same ends soon."""
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20


def finding(script, path):
    try:
        done = subprocess.run([script, "--no-such-option"], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=SECONDS, env=os.environ | {"PATH": path})
    except subprocess.TimeoutExpired:
        return f"script/{script.name}: it begins all the same"
    if done.returncode == 2 and done.stderr:
        return None
    return f"script/{script.name}: exit code {done.returncode}: {done.stdout}{done.stderr}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        cmake = Path(folder, "cmake")
        cmake.write_text("#!/bin/sh\nexit 99\n", encoding="utf-8")
        cmake.chmod(0o755)
        path = f"{folder}:{os.environ['PATH']}"
        with ThreadPoolExecutor() as pool:
            found = pool.map(lambda script: finding(script, path), sorted((ROOT / "script").iterdir()))
            bad = [why for why in found if why]
    print("\n".join(bad))
    return 1 if bad else 0


sys.exit(main())
