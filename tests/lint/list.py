# list.py: prints the hand-written files with the suffixes of the command line, for other checks.
# SPDX-License-Identifier: MIT
import sys
from pathlib import Path

from sources import hand_written

for path, _ in hand_written(Path(__file__).resolve().parents[2], set(sys.argv[1:])):
    print(path)
