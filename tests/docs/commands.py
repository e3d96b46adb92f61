# commands.py: each command of the documents is run here, or by a test that is named here.
# SPDX-License-Identifier: MIT
"""commands.py ROOT BUILD

Reads README.md and docs/*.md. A command is a line of a block without a language. What stands under a
heading that says "not run here" is left out. All others need an entry below: they run, or another
test runs them. An entry that nothing needs any more is an error, too.
"""
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT, BUILD = Path(sys.argv[1]), Path(sys.argv[2])

# Pages that a test of their own follows: the test, as ctest names it.
FOLLOWED = {
    "docs/arduino.md": "arduino.page",
    "docs/boards.md": "example.page",
    "docs/chibios.md": "rtos.page-chibios",
    "docs/ci.md": "packages.ci-page",
    "docs/cli.md": "docs.cli",
    "docs/cmake.md": "consumer.page.cmake",
    "docs/cubemx.md": "cubemx.page",
    "docs/freertos.md": "rtos.page-freertos",
    "docs/iar.md": "iar.page",
    "docs/keil.md": "keil.page",
    "docs/libopencm3.md": "rtos.page-libopencm3",
    "docs/make.md": "consumer.page.make",
    "docs/platformio.md": "arduino.page",
    "docs/recipes.md": "how-to.page",
    "docs/usb.md": "usb.page",
    "docs/virtual-board.md": "usb.page-virtual-board",
    "docs/zephyr.md": "zephyr.page",
}

# Pages whose blocks are records, written by a script.
RECORDS = {"docs/real-kernel.md", "docs/speed.md"}

# What runs here, and with which exit codes.
RUN = {
    r"bootleap (list|devices|pins)\b": {0},
    r"bootleap option list --device ": {0},
    r"(build/)?bootleap doctor( /\S+)?( --(device \S+|json))?$": {0, 1, 3},  # what it says depends on this computer
    r"build/bootleap --help$": {0},
    r"build/bootleap-check ": {0, 7},
    r"build/bootleap-sim run .*--host (go|end)(?!.* --gdb)": {0, 7},
    r"build/bootleap-sim run .*--usart USART3=/tmp/board$": None,  # goes on: the board below
    r"(build/)?bootleap flash \S+ (/tmp/board|/dev/ttyACM0)$": {0},
}

# What other tests run, or a script that takes longer and leaves a record.
ELSEWHERE = {
    r"cmake (--preset|--build (build|--preset))": "sim.advice",  # this very build
    r"cmake --install build ": "packages.install",
    r"\. build/manual/": "packages.completion",
    r"script/setup demo": "script/newcomer",
    r"sudo (script/packages|apt-get install \./build/packages/) ?": "script/packages",
    r"bootleap doctor --udev ": "script/packages",
    r"bootleap \w+ .*--dtr-rts ": "cli.modem-lines",
    r"bootleap flash \S+ (--all|/dev/ttyUSB0 /dev)": "cli.production.many",
    r"script/try-elf ": "sim.try-elf",
    r"bootleap (enter|flash) \S+( /dev/ttyACM0)? --ask ": "unit.ask",
    r"bootleap (flash|wait) \S+( /dev/ttyUSB0)? --(wait|limit)": "cli.wait.flash",
    r"script/windows (build|zip)$": "script/windows",
    r"(gdb-multiarch |\(gdb\) |.* --gdb )": "sim.gdb.nucleo-h723zg",
    r"bootleap (option (read|write)|protect|unprotect) ": "usb.options",
    r"(build/)?bootleap flash \S+( usb:\S*)?$": "usb.rows",
    r"(bootleap|stm32flash) (go|-g) ": "sim.ways-back.return.gcc",
}

# What stands for something of the reader's.
STANDS_FOR = {
    "your.elf": "build/firmware-gcc/how-to-cubemx-stm32f4discovery.elf",
    "build/app.elf": "build/firmware-gcc/nucleo-h723zg-v2.elf",
    "/dev/ttyACM0": "/tmp/board",
}
BOARD = ("build/bootleap-sim run build/firmware-gcc/nucleo-h723zg.elf --device h723 "
         "--usart USART3=/tmp/board")

used, findings = set(), []


def blocks(page):
    """(line number, lines) of each block without a language that is not under "not run here"."""
    headings, block, language = {}, None, ""
    for number, line in enumerate((ROOT / page).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if block is None:
                block, language = [], line[3:]
                continue
            left_out = any("not run here" in text.lower() for text in headings.values())
            if language in ("", "sh", "console") and not left_out:
                yield block
            block = None
        elif block is not None:
            block.append((number, line))
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings = {at: text for at, text in headings.items() if at < level} | {level: line}


def commands(block):
    """(line number, command, what its output must have) of a block: all lines, or those behind $."""
    shows = any(line.startswith("$ ") for _, line in block)
    found = []
    for number, line in block:
        if shows and not line.startswith("$ "):
            found[-1][2].append(line)
        elif line.strip() and not line.startswith("#"):
            command = re.sub(r"\s+#\s.*$", "", line.removeprefix("$ ")).strip()
            found.append((number, command, []))
    return found


def entry(table, command):
    for pattern in table:
        if re.match(pattern, command):
            used.add(pattern)
            return pattern
    return None


class Reader:
    """Somebody who types the commands of one page."""

    def __init__(self, folder):
        self.folder, self.board = folder, None

    def real(self, command):
        for text, stand_in in STANDS_FOR.items():
            command = command.replace(text, stand_in)
        command = command.replace("/tmp/", f"{self.folder}/")
        for written in ("entry.txt", "memory.svg"):
            command = command.replace(written, f"{self.folder}/{written}")
        return re.sub(r"^bootleap ", "build/bootleap ", command)

    def plug_in(self, command):
        self.leave()
        link = Path(self.folder, "board")
        link.unlink(missing_ok=True)
        self.board = subprocess.Popen(["bash", "-c", "exec " + self.real(command)], cwd=ROOT,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while not link.is_symlink() and time.monotonic() < end:
            time.sleep(0.02)

    def type(self, command, codes):
        """What is wrong with it, and what it printed."""
        if codes is None:
            self.plug_in(command)
            return "", ""
        if "/dev/ttyACM0" in command:
            self.plug_in(BOARD)
        done = subprocess.run(["bash", "-c", self.real(command)], cwd=ROOT, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        wrong = "" if done.returncode in codes else f"exit code {done.returncode}: {done.stderr}"
        return wrong, done.stdout

    def leave(self):
        if self.board:
            self.board.terminate()
            self.board.wait()
            self.board = None


def differs(shown, printed):
    """The first line of an example that its command does not print, in this order."""
    left = iter(printed.splitlines())
    for line in shown:
        if line and line != "..." and not any(line == other for other in left):
            return line
    return None


def follow(page, reader, tests):
    for block in blocks(page):
        for number, command, shown in commands(block):
            pattern = entry(RUN, command)
            if pattern:
                wrong, printed = reader.type(command, RUN[pattern])
                lacking = None if wrong else differs(shown, printed)
                wrong = wrong or (f"it does not print {lacking!r}" if lacking else "")
            else:
                pattern = entry(ELSEWHERE, command)
                test = ELSEWHERE.get(pattern)
                wrong = "no test runs it" if test is None else ""
                known = test in tests or (ROOT / str(test)).is_file()
                wrong = wrong or ("" if known else f"there is no test {test}")
            if wrong:
                findings.append(f"{page}:{number}: {command}: {wrong}")
            yield command


def main():
    listed = subprocess.run(["ctest", "-N"], cwd=BUILD, text=True, capture_output=True, check=True)
    tests = set(re.findall(r"Test +#\d+: (\S+)", listed.stdout))
    pages = ["README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))]
    findings.extend(f"{page}: there is no test {test}" for page, test in FOLLOWED.items()
                    if test not in tests)
    count = 0
    for page in pages:
        if page in FOLLOWED or page in RECORDS:
            continue
        with tempfile.TemporaryDirectory() as folder:
            reader = Reader(folder)
            try:
                count += sum(1 for _ in follow(page, reader, tests))
            finally:
                reader.leave()
    findings.extend(f"commands.py: nothing needs {pattern!r} any more"
                    for pattern in (*RUN, *ELSEWHERE) if pattern not in used)
    print("\n".join(findings) or f"{count} commands in {len(pages)} pages")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
