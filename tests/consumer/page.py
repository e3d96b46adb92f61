# page.py: does what a page of docs/ says, word for word, in a project, and ends as its commands end.
# SPDX-License-Identifier: MIT
"""page.py PAGE PROJECT BUILD [COPY=FROM...] [@SCRIPT] [-HEADING...]

PROJECT is copied into a folder whose name has spaces and letters that are not ASCII, the project's
folder; bootleap lies beside it, as ../bootleap, with BUILD as its build/. Each COPY is a file or
folder of the project that comes FROM elsewhere. SCRIPT runs before the first run of bootleap-sim, in
the project's folder: it builds where the page tells of menus. A section with HEADING is left out: its
reader has another project. Then the page, up to "## Not run here":

- A block of code with no language is commands, a line each, run there by bash.
- A block with a language goes into a file, by the line of text before it, which ends with a colon.
  "... `FILE` ...:" appends it. "... `FILE`, after `LINE`:" puts it behind the one line that begins with
  LINE (up to its "..."). "... `FILE`, instead of `LINE`:" replaces that line. Other such blocks are an error.

A command that fails ends this with exit code 1, and so does a page without a command that runs
bootleap-sim. A warning is a failure. HOME is a folder of the test's; CMake uses Ninja, which is faster."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"```(\w*)")
TARGET = re.compile(r"`([^`]+)`(?:, (after|instead of) `([^`]+)`)?[^`]*:$")


def blocks(text):
    """(language, [line], the paragraph before it, in one line) of each block."""
    language, lines, before, ended = None, [], "", False
    for line in text.partition("\n## Not run here")[0].splitlines():
        fence = FENCE.fullmatch(line)
        if fence and language is None:
            language, lines = fence[1], []
        elif fence:
            yield language, lines, before
            language, before = None, ""
        elif language is not None:
            lines.append(line)
        else:
            if line:
                before = line if ended else f"{before} {line}"
            ended = not line


def without(text, heading):
    """The page without this section, which ends at the next heading."""
    left, found = re.subn(rf"^{re.escape(heading)}\n.*?(?=^#+ )", "", text, flags=re.MULTILINE | re.DOTALL)
    return left if found == 1 else sys.exit(f"{found} sections {heading!r}")


def edit(project, lines, before):
    """One block into the file that the text before it names."""
    target = TARGET.search(before) or sys.exit(f"no file for the block after {before!r}")
    name, how, where = target.groups()
    path = project / name
    old = path.read_text(encoding="utf-8").splitlines() if how or path.exists() else []
    if not how:
        new = old + lines
    else:
        where = where.partition("...")[0]
        found = [line for line in old if line.strip().startswith(where)]
        if len(found) != 1:
            sys.exit(f"{name} has {len(found)} lines {where!r}")
        at = old.index(found[0])
        new = old[:at + (how == "after")] + lines + old[at + 1:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*new, ""]), encoding="utf-8")


def run(command, project, environment):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=project, env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(f"{done.returncode}: {command}")
    if done.returncode:
        sys.exit(done.stdout)
    if re.search(r"warning:|CMake Warning", done.stdout):
        sys.exit(f"it warns:\n{done.stdout}")


def prepare(folder, project, build, copies):
    """bootleap and the project beside each other."""
    bootleap = folder / "bootleap"
    bootleap.mkdir(parents=True)
    for entry in ROOT.iterdir():
        if not entry.name.startswith(("build", ".")):
            (bootleap / entry.name).symlink_to(entry)
    (bootleap / "build").symlink_to(build.resolve())
    shutil.copytree(project, folder / "application")
    for copy in copies:
        name, _, source = copy.partition("=")
        to = folder / "application" / name
        to.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if Path(source).is_dir() else shutil.copy)(source, to)
    return folder / "application"


def main(page, project, build, *copies):
    text = Path(page).read_text(encoding="utf-8")
    for heading in [copy[1:] for copy in copies if copy.startswith("-")]:
        text = without(text, heading)
    scripts = [f"'{copy[1:]}'" for copy in copies if copy.startswith("@")]
    simulated = 0
    with tempfile.TemporaryDirectory() as work:
        project = prepare(Path(work, "Große Äpfel"), Path(project), Path(build),
                          [copy for copy in copies if not copy.startswith(("@", "-"))])
        environment = {**os.environ, "HOME": work, "CMAKE_GENERATOR": "Ninja"}
        for language, lines, before in blocks(text):
            if language:
                edit(project, lines, before)
                continue
            for line in lines:
                if "bootleap-sim run " in line:
                    for script in scripts:
                        run(script, project, environment)
                    scripts, simulated = [], 1
                run(line, project, environment)
    if not simulated:
        sys.exit("nothing was judged")


main(*sys.argv[1:])
