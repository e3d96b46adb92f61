# ci_page.py: the three lines of docs/ci.md judge an ELF as the page says.
# SPDX-License-Identifier: MIT
"""ci_page.py BUILD FIRMWARE       the third line, with the programs that BUILD has
ci_page.py --whole FIRMWARE CLONE   all three, from the git repository CLONE, as root

Both for the job of the simulator and for that of the check.

FIRMWARE has the ELFs: one that is hooked, one that is not."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")
CLEAN = "how-to-cubemx-stm32f4discovery.elf"
NOT_HOOKED = "how-to-mutant-cubemx-not-hooked-stm32f4discovery.elf"
LINES = 3
LOGS = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def read_lines():
    """The lines of the first snippet, which those of the second must be, and those of the third."""
    github, gitlab, checks = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines, check_lines = (re.findall(r"^ +- run: (.*)$", job, re.MULTILINE) for job in (github, checks))
    for found in (lines, check_lines):
        check(len(found) == LINES, f"{len(found)} lines to run instead of {LINES}")
    script = gitlab.split("  script:\n")[1]
    check(re.findall(r"^ +- (.*)$", script, re.MULTILINE) == lines, "GitLab has other lines than GitHub")
    check(check_lines[0] == lines[0], "the check is cloned by another line")
    return lines, check_lines


def run(line, folder, **environment):
    """(exit code, output) of a line as a CI service runs it: by bash, nothing on stdin."""
    done = subprocess.run(["bash", "-e", "-c", line], cwd=folder, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, **environment}, check=False)
    return done.returncode, done.stdout


def judge_by_check(line, firmware, folder):
    """The third line of the check, on both ELFs."""
    elf = folder / "build/firmware.elf"
    shutil.copy(firmware / CLEAN, elf)
    code, said = run(line, folder)
    check(code == 0 and re.search(r"^result +0 errors, ", said, re.MULTILINE), f"{CLEAN}: exit code {code}\n{said}")
    shutil.copy(firmware / NOT_HOOKED, elf)
    code, said = run(line, folder)
    check(code == 7, f"{NOT_HOOKED}: exit code {code}\n{said}")
    check(LOGS[0] in said, f"{NOT_HOOKED}: the check does not say what the page says\n{said}")


def judge(line, firmware, folder):
    """The third line of the simulator, on both ELFs."""
    codes = dict(re.findall(r"^\| (\d) \| (.*) \|$", PAGE, re.MULTILINE))
    log = LOGS[1]
    elf = folder / "build/firmware.elf"
    shutil.copy(firmware / CLEAN, elf)
    code, said = run(line, folder)
    check(code == 0 and "0" in codes and re.search(r"^verdict +clean$", said, re.MULTILINE),
          f"{CLEAN}: exit code {code}\n{said}")
    shutil.copy(firmware / NOT_HOOKED, elf)
    code, said = run(line, folder)
    check(code == 7 and "7" in codes, f"{NOT_HOOKED}: exit code {code}\n{said}")
    check(said.endswith(log), f"{NOT_HOOKED}: the log does not end as the page says\n{said}")
    elf.unlink()
    check(run(line, folder)[0] == 2 and "2" in codes, "no ELF: not exit code 2")


def main():
    lines, check_lines = read_lines()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if sys.argv[1] == "--whole":
            firmware, clone = Path(sys.argv[2]), Path(sys.argv[3]).resolve()
            url = re.search(r"https://\S+", lines[0])[0]
            for line in (*lines[:2], check_lines[1]):
                code, said = run(line, folder, GIT_CONFIG_COUNT="1", GIT_CONFIG_VALUE_0=url,
                                 GIT_CONFIG_KEY_0=f"url.file://{clone}.insteadOf")
                check(code == 0, f"{line}: exit code {code}\n{said}")
        else:
            firmware = Path(sys.argv[2])
            (folder / "bootleap").mkdir()
            (folder / "bootleap/build").symlink_to(Path(sys.argv[1]).resolve())
        (folder / "build").mkdir()
        judge_by_check(check_lines[2], firmware, folder)
        judge(lines[2], firmware, folder)
    print(f"{len(lines)} lines")


main()
