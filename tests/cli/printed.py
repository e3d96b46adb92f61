# printed.py: output that cannot be written is an error, and --quiet prints nothing else.
# SPDX-License-Identifier: MIT
"""printed.py BOOTLEAP FAKE_ROM"""
import json
import os
import select
import subprocess
import sys
import tempfile
from pathlib import Path

from chips import G0B1, fake_chip

HERE = Path(__file__).resolve().parent
LOST = "what it prints cannot be written: No space left on device."


class Tool:
    def __init__(self, program):
        self.program, self.wrong = program, []

    def run(self, *arguments, out=subprocess.PIPE, err=subprocess.PIPE):
        return subprocess.run([self.program, *map(str, arguments)], stdout=out, stderr=err,
                              stdin=subprocess.DEVNULL, encoding="latin-1", check=False)

    def loses(self, *arguments, code=1, said=LOST):
        """Its output is lost: it says so, with this exit code."""
        with open("/dev/full", "w", encoding="ascii") as full:
            done = self.run(*arguments, out=full)
        if done.returncode != code or said not in done.stderr or LOST[:-1] not in done.stderr:
            self.wrong.append(f"{arguments}: exit code {done.returncode}: {done.stderr}")

    def silent(self, *arguments, code=0, said=""):
        """Nothing on stdout; on stderr what went wrong, in one line."""
        done = self.run(*arguments, "--quiet")
        if done.returncode != code or done.stdout or said not in done.stderr or \
                done.stderr.count("\n") != (1 if said else 0):
            self.wrong.append(f"{arguments} --quiet: exit code {done.returncode}: {done.stdout}{done.stderr}")

    def talks(self, *arguments, stderr=""):
        """The same without --quiet prints something: a silent run says nothing of --quiet else."""
        done = self.run(*arguments)
        if not done.stdout or stderr not in done.stderr:
            self.wrong.append(f"{arguments}: prints nothing: {done.stderr}")


def lost(tool, port):
    for arguments in (("--help",), ("--version",), ("flash", "--help"), ("devices",), ("devices", "h723"),
                      ("devices", "--json"), ("pins", "h723"), ("pins", "h723", "--json"),
                      ("info", port), ("info", port, "--json"), ("doctor", "--udev"),
                      ("read", "-", port, "--range", "0x08000000+64")):
        tool.loses(*arguments)
    # What went wrong before that counts, and is told, too.
    tool.loses("info", "/nowhere", "--json", code=3, said="open /nowhere: no such port")


def quiet(tool, folder, port):
    app = folder / "app.hex"
    subprocess.run([sys.executable, HERE / "firmware.py", "hex", app], check=True)
    lines = app.read_text(encoding="ascii").splitlines(keepends=True)
    noted = "".join(lines[:-1]) + ":020000041FFFDC\n:02780000AAFEDE\n" + lines[-1]
    app.write_text(noted, encoding="ascii")
    flash = ("flash", app, port, "--only-flash", "--no-go")
    pages = ("--range", "0x08008000+0x800")
    tool.talks(*flash, stderr="note: ")
    tool.silent(*flash)
    for verb in ("info", "enter", "wait", "doctor"):
        tool.talks(verb, port)
        tool.silent(verb, port)
    tool.talks("verify", app, port, "--only-flash", stderr="note: ")
    tool.silent("verify", app, port, "--only-flash")
    tool.silent("read", folder / "page.bin", port, *pages)
    tool.silent("read", folder / "page.bin", port, *pages, code=2, said="it is there already")
    tool.silent("erase", port, *pages)
    tool.silent("reset", "/nowhere", code=3, said="open /nowhere: no such port")
    report = tool.run(*flash, "--quiet", "--json")
    if report.stderr or json.loads(report.stdout)["exit_code"] != 0:
        tool.wrong.append(f"--quiet --json: {report}")
    if len(tool.run("read", "-", port, *pages, "--quiet").stdout) != 0x800:
        tool.wrong.append("read - --quiet: not the bytes alone")
    tool.silent("go", port)


def bar(tool, folder, port):
    """On a terminal there is a bar, which --quiet leaves out."""
    for more, shown in (((), True), (("--quiet",), False)):
        terminal, line = os.openpty()
        done = tool.run("flash", folder / "app.hex", port, "--only-flash", "--no-go", "--full", *more, err=line)
        os.close(line)
        said = b""
        while select.select([terminal], [], [], 0)[0]:
            try:
                said += os.read(terminal, 1 << 16)
            except OSError:  # all is read
                break
        os.close(terminal)
        if done.returncode or shown != (b"[####" in said and b"100%" in said) or (not shown and said):
            tool.wrong.append(f"the bar {more}: exit code {done.returncode}: {said}")


def main(bootleap, fake_rom):
    tool = Tool(bootleap)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with fake_chip(fake_rom, f"{folder}/port", *G0B1, "ask=b") as port:
            tool.run("enter", port)
            lost(tool, port)
            quiet(tool, folder, port)
        with fake_chip(fake_rom, f"{folder}/other", *G0B1) as port:
            bar(tool, folder, port)
    print("\n".join(tool.wrong) or "none")
    return 1 if tool.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
