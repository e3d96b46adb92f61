# configurations.py: what src/bootleap_devices.h defines for each part, by one run of a preprocessor.
# SPDX-License-Identifier: MIT
"""One translation unit has the header once for each part, with every macro of it undefined in
between: that takes a second, where a run for each part takes 300 starts of a compiler."""
import re
import subprocess
from pathlib import Path

HEADER = Path(__file__).resolve().parents[2] / "src" / "bootleap_devices.h"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror"]


def parts():
    """The macros that the header asks for, in its order."""
    found = re.findall(r"defined\((STM32\w+)\)", HEADER.read_text(encoding="utf-8"))
    return list(dict.fromkeys(found))


def for_each_part(chosen, text_of):
    """A translation unit: for each part its macro, the header, what `text_of` gives for it."""
    names = sorted(set(re.findall(r"#define (\w+)", HEADER.read_text(encoding="utf-8"))))
    clean = "".join(f"#undef {name}\n" for name in names)
    return "".join(
        f'#line 1 "{part}"\n#define {part}\n#include "{HEADER.name}"\n{text_of(part)}'
        f"#undef {part}\n{clean}"
        for part in chosen
    )


def compile_text(command, text):
    """Compiles this translation unit of no file; `command` has the compiler and what it is to do."""
    return subprocess.run(
        [*command, *WARNINGS, f"-I{HEADER.parent}", "-"], input=text, text=True, capture_output=True
    )


def macros_of_parts(compiler, chosen):
    """For each part the definition of each macro that the header leaves; raises if it warns."""
    text = for_each_part(chosen, lambda part: f"// leaves {part}\n#pragma leaves_{part}\n")
    result = compile_text([*compiler, "-E", "-dD", "-x", "c", "-Wno-unknown-pragmas"], text)
    if result.returncode != 0 or result.stderr:
        raise AssertionError(f"{compiler}: {result.stderr}")
    macros, left = {}, {}
    for line in result.stdout.splitlines():
        words = re.match(r"#(define|undef) (\w+)(.*)|#pragma leaves_(\w+)", line)
        if not words:
            continue
        if words[4]:
            left[words[4]] = dict(macros)
        elif words[1] == "define":
            macros[words[2]] = words[3]
        else:
            macros.pop(words[2], None)
    return left
