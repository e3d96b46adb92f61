#!/usr/bin/env python3
# try_board.py: `bootleap try-board` on virtual boards: what it tells, and that it says "virtual".
# SPDX-License-Identifier: MIT
"""try_board.py BOOTLEAP SIM"""
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests/example"), str(ROOT / "tests/cli")]
import report as report_tool  # noqa: E402
from json_document import sections, undocumented, unseen  # noqa: E402
from virtual_board import VirtualBoard  # noqa: E402

REPORT = re.compile(r"^bootleap-report 1 .*$", re.M)
STEPS = ("reset", "back", "jump", "jump-back")
# Device; whether the example runs on it before, or else its ROM; a change of the project: file, text,
# by what; exit code; the results of the steps; words of stderr.
CASES = (
    ("f411", False, None, 0, ("ok", "ok", "ok", "ok"), ()),
    ("f072", False, ("application.c", "key == 'b' ? bootleap_enter", "key == 'b' ? refuse"), 1,
     ("failed:refused-14", "not-tried", "not-tried", "not-tried"),
     ("enter through a reset: the program refuses: -14: the second core",)),
    ("f072", False, ("startup.c", "    volatile uint32_t *from",
                     "    origin = BOOTLEAP_FROM_RESET;\n    volatile uint32_t *from"), 1,
     ("ok", "failed:origin-reset", "not-tried", "not-tried"), ('finds "reset", not the ROM',)),
)
REFUSE = "#include BOARD_PORT_HEADER\nstatic int refuse(void)\n{\n    return -14;\n}\n"


def project(bootleap, folder, device, change=None):
    subprocess.run([bootleap, "example", "--device", device, folder], check=True,
                   capture_output=True)
    if change:
        path = Path(folder, change[0])
        text = path.read_text(encoding="utf-8")
        assert change[1] in text
        text = text.replace(change[1], change[2], 1)
        path.write_text(text.replace("#include BOARD_PORT_HEADER\n", REFUSE), encoding="utf-8")
    subprocess.run(["make", "-s", "-C", folder], check=True, capture_output=True)


def report_of(text, device, results):
    """What is not right about the line; None if all is."""
    lines = REPORT.findall(text)
    if len(lines) != 1:
        return f"{len(lines)} reports: {text}"
    words = dict(word.split("=", 1) for word in lines[0].split()[2:])
    if words["on"] != "virtual-chip" or words["device"] != device:
        return f"the report is of {words['on']} {words['device']}"
    if tuple(words[step] for step in STEPS) != results:
        return f"the steps are {lines[0]}"
    try:
        report_tool.parse(lines[0])
    except report_tool.Refused as why:
        return None if "nothing about silicon" in str(why) else str(why)
    return "tools/report.py takes it"


def run(bootleap, sim, case):
    device, runs, change, code, results, said = case
    with tempfile.TemporaryDirectory() as scratch:
        folder = f"{scratch}/pro ject"
        project(bootleap, folder, device, change)
        elf = f"{folder}/build/example.elf" if runs else None
        with VirtualBoard(sim, device, "USART1", [] if runs else ["--boot0"], elf) as port:
            done = subprocess.run([bootleap, "try-board", port, folder], capture_output=True,
                                  text=True, check=False)
    why = report_of(done.stdout, device, results)
    if why or done.returncode != code or not all(word in done.stderr for word in said):
        return f"{device}: exit code {done.returncode}: {why}: {done.stdout}{done.stderr}"
    return None


def as_json(bootleap, sim, _):
    """JSON has the same, and nothing else is on stdout."""
    with tempfile.TemporaryDirectory() as scratch:
        project(bootleap, f"{scratch}/p", "u375")
        with VirtualBoard(sim, "u375", "USART1", [], f"{scratch}/p/build/example.elf") as port:
            done = subprocess.run([bootleap, "try-board", port, f"{scratch}/p", "--json"],
                                  capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout or "{}") or {"on": ""}
    if done.returncode or answer["on"] != "virtual-chip" or not answer["good"]:
        return f"--json: {done.stdout}{done.stderr}"
    results = tuple(answer["steps"][step] for step in STEPS)
    if results != ("ok", "ok", "none", "none"):  # bootleap knows no direct way there
        return f"--json: {results}"
    section = sections()[1]["try-board"]
    wrong = (*undocumented(section, [answer]), *unseen(section, [answer], rare={("rom_version", "null")}))
    if wrong:
        return f"docs/cli-json.md: {wrong}"
    return report_of(answer["report"], "u375", results)


def wrong_program(bootleap, sim, _):
    """What is no example, or one of another chip, is told before anything is written."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([bootleap, "example", "--device", "l476", f"{scratch}/p"], check=True,
                       capture_output=True)
        unbuilt = ([f"{scratch}/p"], "build the project first")
        project(bootleap, f"{scratch}/l", "l476")
        cases = (
            unbuilt,
            ([ROOT / "build/firmware-gcc/stm32f4discovery.elf"], "no program of `bootleap example`"),
            ([f"{scratch}/l", "--device", "g474"], "--device g474: the program is for STM32L476xx"),
            ([f"{scratch}/l"], "`bootleap example` writes for this chip"),
        )
        for arguments, words in cases:
            with VirtualBoard(sim, "g47", "USART1", ["--boot0"]) as port:
                done = subprocess.run([bootleap, "try-board", port, *arguments, "--start-wait", "700"],
                                      capture_output=True, text=True, check=False)
            if (done.returncode, done.stdout) != (2, "") or words not in done.stderr:
                return f"{arguments}: {done.returncode}: {done.stdout}{done.stderr}"
    return None


def no_port(bootleap, _, __):
    """A port that is not there is no board without an answer."""
    with tempfile.TemporaryDirectory() as scratch:
        project(bootleap, scratch, "f411")
        done, usb = (subprocess.run([bootleap, "try-board", port, scratch], capture_output=True,
                                    text=True, check=False) for port in ("/nowhere/tty", "usb:"))
    if usb.returncode != 2 or "over a USART" not in usb.stderr:
        return f"usb: {usb.returncode}: {usb.stdout}{usb.stderr}"
    if done.returncode != 3 or "/nowhere/tty" not in done.stderr or "BOOT0" in done.stderr:
        return f"no port: {done.returncode}: {done.stdout}{done.stderr}"
    return None


def main(bootleap, sim):
    jobs = [(run, case) for case in CASES] + [(one, None) for one in (as_json, wrong_program, no_port)]
    with ThreadPoolExecutor() as pool:
        findings = list(pool.map(lambda job: job[0](bootleap, sim, job[1]), jobs))
    bad = [why for why in findings if why]
    print("\n".join(bad))
    return 1 if bad else 0


sys.exit(main(*sys.argv[1:]))
