#!/usr/bin/env python3
# zip_folder.py: packs a folder, so that the same files give the same bytes.
# SPDX-License-Identifier: MIT
"""zip_folder.py FOLDER ZIP    the names in ZIP begin with that of FOLDER"""
import sys
import zipfile
from pathlib import Path

TIME = (2020, 1, 1, 0, 0, 0)  # those of the files are when somebody built them


def main(folder, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
