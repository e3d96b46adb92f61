# json_keys.py: docs/cli-json.md has each key of each verb's JSON with its types, and no other.
# SPDX-License-Identifier: MIT
"""json_keys.py BOOTLEAP FAKE_ROM SIM [STAGE]

Runs every verb with --json, also where it fails. Each run must print one object that says what the
exit code and the message say. STAGE is usb_stage: with it, the keys of a ROM on USB are seen, too."""
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from asked import wait_for_rom
from chips import G0B1, UNKNOWN, fake_chip, virtual_chip
from json_document import sections, undocumented, unseen

HERE = Path(__file__).resolve().parent
KEEP = ("--keep", "0x08000F00+0x80")
RANGE = ("--range", "0x08008000+0x800")
# What another test sees: example.try-board, which builds a project.
ELSEWHERE, ON_STAGE = {"try-board"}, {"list"}
DFU_CHIP = ("h723", "usb:1-1")


class Tool:
    """The tool, and what each verb has reported."""

    def __init__(self, program):
        self.program, self.reports, self.wrong = program, defaultdict(list), []

    def run(self, verb, *arguments, code=0, cwd=None):
        done = subprocess.run([self.program, verb, *map(str, arguments), "--json"],
                              capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                              cwd=cwd)
        command = " ".join(map(str, (verb, *arguments)))
        try:
            report = json.loads(done.stdout)
        except ValueError:
            self.wrong.append(f"{command}: not one object: {done.stdout}{done.stderr}")
            return {}
        error = report.get("error")
        if done.returncode != code or report.get("exit_code") != code:
            self.wrong.append(f"{command}: exit code {done.returncode}: {done.stdout}{done.stderr}")
        if (error is None) != (code == 0) or report.get("verb") != verb or report.get("schema") != 1:
            self.wrong.append(f"{command}: {report}")
        if error and f"bootleap: {verb}: {error['what']}." not in done.stderr:
            self.wrong.append(f"{command}: stderr has another message: {done.stderr}")
        self.reports[verb].append(report)
        return report


def verbs_of(program):
    """As --help lists them."""
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^  ([a-z-]+) +", text.split("Examples:")[0], re.M)


def fail(tool, verbs):
    """Each verb is used wrongly, and finds no port."""
    for verb in verbs:
        tool.run(verb, "--no-such-option", code=2)
        tool.run(verb, "1", "2", "3", "4", code=2)
    for verb in set(verbs) & {"info", "enter", "go", "reset", "doctor"}:
        tool.run(verb, "/dev/no-such-port", code=1 if verb == "doctor" else 3)
    tool.run("erase", "/dev/no-such-port", "--all", code=3)
    tool.run("wait", "/dev/no-such-port", "--limit", "1", code=3)
    tool.run("devices", "no-such-device", code=2)
    tool.run("pins", "STM32F4", code=4)
    tool.run("flash", "/no/such/file", code=2)


def tables(tool, folder):
    tool.run("option", "list", "--device", "g071")
    tool.run("devices")
    tool.run("devices", "h723")
    for name in ("c011", "STM32H723ZGT6", "STM32F103C8T6", "f405", "g0b1", "l07", "u575", "n6"):
        tool.run("pins", name)
    tool.run("example", "--device", "STM32F411CE", folder / "project")
    tool.run("example", "--device", "STM32H745xx", folder / "refusing")


def firmware(app, other):
    for path, stack in ((app, "0x20008000"), (other, "0x20004000")):
        subprocess.run([sys.executable, HERE / "firmware.py", "hex", path, f"stack={stack}"], check=True)
    with open(app, encoding="ascii") as file:
        lines = file.readlines()
    lines[-1:-1] = [":020000041FFFDC\n", ":02780000AAFEDE\n"]  # two option bytes, for a note
    app.write_text("".join(lines), encoding="ascii")


def asked(tool, folder, fake_rom):
    """A chip whose application is asked, and runs again."""
    app, page = folder / "app.hex", folder / "page.bin"
    with fake_chip(fake_rom, f"{folder}/one", *G0B1, "ask=b", "banner=ready") as port:
        for verb in ("enter", "enter", "info", "wait", "doctor"):
            tool.run(verb, port)
        tool.run("flash", app, port, "--only-flash", "--no-go", *KEEP)
        tool.run("verify", app, port, "--only-flash")
        tool.run("verify", folder / "other.hex", port, code=6)
        tool.run("read", page, port, *RANGE)
        tool.run("read", page, port, *RANGE, code=2)
        tool.run("erase", port, *RANGE)
        tool.run("go", port)
    with fake_chip(fake_rom, f"{folder}/cut", *G0B1, "fault=close@write-half:2") as port:
        tool.run("flash", app, port, "--only-flash", *KEEP, code=1, cwd=folder)
    with fake_chip(fake_rom, f"{folder}/starts", *G0B1, "banner=ready") as port:
        tool.run("flash", app, port, "--only-flash")


def many(tool, folder, fake_rom):
    """Two boards in one run, one of which fails."""
    app, units = folder / "app.hex", folder / "units.csv"
    units.write_text("serial:u32\n1\n2\n3\n", encoding="ascii")
    with fake_chip(fake_rom, f"{folder}/first", *G0B1, "id12=1") as first, \
            fake_chip(fake_rom, f"{folder}/second", *UNKNOWN) as second:
        tool.run("flash", app, first, second, "--only-flash", "--no-go", "--set",
                 f"0x0800F800={units}:serial", "--record", folder / "log", code=2)


def closed(tool, folder, sim):
    """A board is protected once it is verified; then nothing can be done to it."""
    with virtual_chip(sim, f"{folder}/closed", "USART1", "g0b1", "--boot0-held") as port:
        wait_for_rom(port)
        for code in (0, 5):
            tool.run("flash", folder / "app.hex", port, "--only-flash", "--then-protect", code=code)


def stranger(tool, folder, fake_rom):
    """A chip that is not in the table."""
    with fake_chip(fake_rom, f"{folder}/two", *UNKNOWN) as port:
        for verb in ("info", "enter", "wait"):
            tool.run(verb, port)
        tool.run("flash", folder / "app.hex", port, code=2)
        tool.run("doctor", port, code=1)
        tool.run("go", port, code=2)


# Chips that show more, or less: their row and options; what is done beside info, and its exit code.
SHOWN = (
    (("g07", "--option", "rdp-level-1"), ((("erase", "--all"), 5), (("option read",), 5))),
    (("f405", "--option-word", "0x1FFFC008=0xFFFFFFF3"), ((("erase", *RANGE, "--whole-pages"), 5),)),
    (("g47", "--boot0-held"), ((("reset",), 0),)),
    (("g0b1", "--boot0-held"), (
        (("option read",), 0), (("option write", "BORR_LEV=1"), 0),
        (("option write", "nBOOT0=0"), 5), (("protect", "--write", "0x08000000+0x800"), 0),
        (("unprotect",), 0), (("protect", "--readout"), 0), (("unprotect",), 5),
        (("unprotect", "--erase-all-flash"), 0))),
)


def virtual(tool, folder, sim, options, commands):
    with virtual_chip(sim, f"{folder}/{options[0]}", "USART1", *options) as port:
        wait_for_rom(port)
        tool.run("info", port)
        for (words, *more), code in commands:
            tool.run(*words.split(), port, *more, code=code)


def usb(tool, folder, sim, stage, app):
    sys.path.append(str(HERE.parent / "usb"))
    from virtual_board import Board, on_stage  # pylint: disable=import-outside-toplevel

    slug, port = DFU_CHIP
    commands = (("list",), ("info", port), ("enter", port), ("wait", port), ("doctor", port),
                ("read", folder / "usb.bin", port, *RANGE), ("erase", port, "--pages", "1"),
                ("flash", app, port, "--no-go", "--only-flash", "--force"),
                ("verify", app, port, "--only-flash", "--force"),
                ("go", port))
    with Board(sim, "--device", slug, "--boot0") as board:
        script = f"import sys\nsys.path.insert(0, {str(HERE)!r})\nimport json_keys\n" \
                 f"json_keys.inside({tool.program!r}, {[list(map(str, one)) for one in commands]!r})"
        done = on_stage(stage, [board], sys.executable, "-B", "-c", script)
    if done.code:
        tool.wrong.append(f"on the stage: {done.out}{done.err}")
        return
    for report in json.loads(done.out):
        tool.reports[report["verb"]].append(report)


def inside(program, commands):
    """On the stage: prints the reports."""
    tool = Tool(program)
    for verb, *arguments in commands:
        tool.run(verb, *arguments)
    print("\n".join(tool.wrong) or json.dumps(sum(tool.reports.values(), [])))
    sys.exit(1 if tool.wrong else 0)


# What neither a fake nor a virtual chip has, or a port of this computer.
RARE = {
    "The chip": {("product", "null")},
    "Every verb": {("error.try", "null")},
    "info": {("flash.banks", "null")},
    "reset": {("application_output", "string")},
    "devices": {("device.tested", "string")},
    "list": {("ports[].usb", "null"), ("ports[].serial", "null"), ("ports[].description", "null"),
             ("ports[].holder", "object"), ("ports[].holder.pid", "integer"),
             ("ports[].holder.name", "string"), ("ports[].holder.name", "null")},
}


def run_all(tool, folder, fake_rom, sim, stage):
    app, verbs = folder / "app.hex", verbs_of(tool.program)
    firmware(app, folder / "other.hex")
    works = [(fail, tool, verbs), (tables, tool, folder), (asked, tool, folder, fake_rom),
             (stranger, tool, folder, fake_rom), (many, tool, folder, fake_rom),
             (closed, tool, folder, sim), *((virtual, tool, folder, sim, *one) for one in SHOWN)]
    if stage:
        works.append((usb, tool, folder, sim, stage, app))
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(*work) for work in works]:
            done.result()
    return verbs


def main(bootleap, fake_rom, sim, stage=None):
    tool = Tool(bootleap)
    shared, document = sections()
    with tempfile.TemporaryDirectory() as scratch:
        verbs = run_all(tool, Path(scratch), fake_rom, sim, stage)
    wrong = tool.wrong + [f"the page has no section for {verb}" for verb in verbs if verb not in document]
    wrong += [f"there is no verb {verb}" for verb in document if verb not in verbs]
    reports = sum(tool.reports.values(), [])
    for section in shared:
        wrong += unseen(section, reports, stage, RARE.get(section.title, ()))
    for verb in set(verbs) & set(document):
        wrong += undocumented(document[verb], tool.reports[verb])
        if verb not in (ELSEWHERE if stage else {*ELSEWHERE, *ON_STAGE}):
            wrong += unseen(document[verb], tool.reports[verb], stage, RARE.get(verb, ()))
    print("\n".join(wrong) or f"{len(reports)} reports")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
