# json_keys.py: docs/check-json.md has each key of the JSON with its types, and no other.
# SPDX-License-Identifier: MIT
"""json_keys.py CHECK BUILD

The runs below have every key together, with each of its types."""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/cli"))
from json_document import Section, undocumented, unseen  # pylint: disable=wrong-import-position

# What is run, and its exit code: an error with calls, a program that keeps all rules, a chip that is
# not named, bootleap with and without symbols, no entry, and what cannot be checked.
RUNS = (
    (7, "grid/other_rom.h723.clang-O0.elf", "--device", "h723"),
    (0, "grid/on_again.h723.clang-O0.elf", "--device", "h723"),
    (0, "grid/right.h723.clang-O0.elf"),
    (7, "fixtures/request_cleared.g0b1.gcc-Os.elf", "--device", "g0b1"),
    (7, "fixtures/hook_late.u575.gcc-Os.elf", "--device", "u575"),
    (7, "no_entry/scheduler.h723.gcc-Os.elf", "--device", "h723"),
    (2, "no-such-file.elf"),
    (2, "grid", "--device", "h723"),
    (2, "--no-such-option"),
)
# No input of a test has it: every refusal says what to try; each image of ours has its symbols, its
# mark and its ROM.
RARE = {("error.try", "null"), ("bootleap.mark", "null"), ("bootleap.rom", "null"),
        ("bootleap.bootleap_on_reset", "null"), ("bootleap.bootleap_enter", "null")}


def run(check, folder, code, *arguments):
    """The report; its findings of all entries stand among those of the program."""
    words = [str(folder / word) if "/" in word or word.startswith("grid") else word for word in arguments]
    done = subprocess.run([check, *words, "--json"], capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    if done.returncode != code or report["exit_code"] != code:
        raise SystemExit(f"{arguments}: exit code {done.returncode}, not {code}: {done.stderr}")
    if (report["error"] is None) != (code != 2) or bool(done.stderr) != (code == 2):
        raise SystemExit(f"{arguments}: {report['error']}: {done.stderr}")
    for entry in report.get("entries", ()):
        report["findings"] += entry["findings"]
        entry["findings"] = []
    return report


def main(check, build):
    text = (ROOT / "docs/check-json.md").read_text(encoding="utf-8")
    section = Section("bootleap-check", re.sub(r"\| \|$", "| as above |", text, flags=re.M))
    reports = [run(check, Path(build) / "check", *one) for one in RUNS]
    wrong = [*undocumented(section, reports), *unseen(section, reports, rare=RARE)]
    print("\n".join(wrong) or f"{len(reports)} reports")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
