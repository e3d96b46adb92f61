#!/usr/bin/env python3
# compare.py: runs the same firmware on the simulator and on QEMU and compares the cores' states.
# SPDX-License-Identifier: MIT
"""compare.py SIM FOLDER               every ELF in FOLDER/<core>: a table, a line for each
compare.py SIM FOLDER CORE NAME...  these, both states side by side
  FOLDER   build/qemu, which the preset firmware-gcc makes
  NAME     library-STATE, bare-jump-STATE, stack-kept-STATE, mutant-NAME, instruction-NAME; or
           two of them, A:B, for the simulator and for QEMU, which then should not agree

How the core must be at the ROM's first instruction comes from the name: clean, as the contract
asks; unclean, which both must say; any, if they say the same; differ, if they do not; instruction,
as cores.txt says. What an address is, is said in words, because both have their own: "word 0" is
of the ROM's table, "top-16" is 16 bytes below the top of the application's stack."""
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "sim"))
from simulator import NoResult, Simulator  # noqa: E402

KINDS = ("library", "bare", "stack", "mutant", "instruction")
PATIENCE = 100  # seconds for a run of QEMU, which takes less than one
AWAY = "B0071EA24FF8E15D"  # the mark's two words
CLEAN = re.compile(r"(PC word 1|M?SP word 0|resets [01]|VTOR .*|mark .*|[A-Z]+ 0)$")


class Core:
    """A line of cores.txt."""

    def __init__(self, line):
        self.name, self.device, self.machine, _, rom, _, _, instructions = line.split()
        self.rom, self.instructions = int(rom, 0), instructions.split(",")


def load_cores():
    lines = (HERE / "cores.txt").read_text(encoding="utf-8").splitlines()
    return {core.name: core for core in map(Core, (one for one in lines if one[:1] not in "#"))}


def symbols(elf):
    said = subprocess.run(["arm-none-eabi-nm", elf], capture_output=True, text=True, check=True)
    rows = (line.split() for line in said.stdout.splitlines())
    return {row[2]: int(row[0], 16) for row in rows if len(row) == 3}


def pointer(value, word0, top):
    """A stack pointer in words."""
    return "word 0" if value == word0 else f"top{value - top:+d}"


def table(value, is_rom, flash):
    """A vector table in words."""
    if value in (0, flash):
        return "0 or flash"
    return "the ROM's" if is_rom else f"0x{value:08X}"


def control(observed):
    """The value of CONTROL, of which the point names the bits that are set."""
    named = re.search(r"CONTROL(?:\.| \()([A-Za-z, ]+)", observed)
    bits = {"nPRIV": 1, "SPSEL": 2, "FPCA": 4}
    return sum(bit for name, bit in bits.items() if named and name in named[1])


def limit(value, top):
    return pointer(value, 0, top) if value else "0"


def on_simulator(simulator, core, elf):
    """The core's state in lines, as its contract of the one handoff tells it."""
    report = simulator.run(elf, core.device, "--host", "end", "--limit", "20000").report
    if len(report["handoffs"]) != 1:
        return [f"no handoff: {report['end']['why']}: {report['end']['detail']}"]
    points = {point["id"]: point for point in report["handoffs"][0]["contract"]}
    seen = {id: point["observed"] for id, point in points.items()}
    names = symbols(elf)
    top = names["stack_top"]
    sp, msp, word0 = re.findall(r"0x[0-9A-F]+", seen["H2"])[:3]
    lines = [f"resets {report['resets']}",
             f"PC {'word 1' if points['H1']['ok'] else seen['H1']}",
             f"SP {pointer(int(sp, 16), int(word0, 16), top)}",
             f"MSP {pointer(int(msp, 16), int(word0, 16), top)}",
             f"CONTROL {control(seen['H2'])}", *re.findall("IPSR [0-9]+", seen["H3"])]
    for name, value in (pair.split() for pair in seen["H4"].split(",")):
        lines.append(f"{name} {int(value, 0)}")
    if seen["H5"].startswith("MSPLIM"):
        for name, value in re.findall(r"([MP]SPLIM) (0x[0-9A-F]+)", seen["H5"]):
            lines.append(f"{name} {limit(int(value, 0), top)}")
    enabled, pending = re.match(r"([0-9]+) interrupts enabled.*?, ([0-9]+) exceptions pending",
                                seen["H6"]).groups()
    vtor = int(re.search("0x[0-9A-F]+", seen["H8"])[0], 16)
    return lines + [
        f"ENABLED {enabled}", f"PENDING {pending}",
        f"SYSTICK {int(re.search('0x[0-9A-F]+', seen['H7'])[0], 16) & 1}",
        f"VTOR {table(vtor, points['H8']['ok'], names['flash_start'])}",
        f"MPU {int('MPU on' in seen['H10'])}",
        f"mark {'AWAY' if seen['H15'].startswith('AWAY') else 'not AWAY'}"]


def run_qemu(core, elf):
    """What the run prints, and how often a core that was executing was reset."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        command = ["qemu-system-arm", "-M", core.machine, "-display", "none", "-serial", "none",
                   "-monitor", "none", "-nodefaults", "-semihosting-config",
                   "enable=on,target=native", "-d", "cpu_reset", "-D", log.name, "-kernel", elf,
                   "-device", f"loader,file={Path(elf).parent / 'rom.elf'}"]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, timeout=PATIENCE,
                                  close_fds=False, check=False)
        except subprocess.TimeoutExpired as error:
            raise NoResult(f"no end within {PATIENCE} s: {' '.join(command)}") from error
        # Before power-on it was not executing Thumb code.
        resets = len(re.findall(r"^XPSR=.* T ", log.read(), re.M))
    lines = done.stdout.splitlines()
    return [one for one in lines if not one.startswith("qemu-system-arm: warning:")], resets


def on_qemu(core, elf):
    """The core's state in lines, as the ROM of this project for QEMU tells it."""
    said, resets = run_qemu(core, elf)
    words = dict(line.split(None, 1) for line in said if len(line.split()) > 1)
    if "COMPLEMENT" not in words:
        return [f"no handoff: {said[0] if said else ''}"]
    mark = words["MARK"] + words["COMPLEMENT"]
    state = {name: int(value, 16) for name, value in words.items()}
    names = symbols(elf)
    top = names["stack_top"]
    lines = [f"resets {resets}", "PC word 1"]  # or else there is no report
    lines += [f"{name} {pointer(state[name], state['WORD0'], top)}" for name in ("SP", "MSP")]
    # Bit 3 is of the secure state, in which this core starts and a chip with TZEN = 0 does not.
    lines.append(f"CONTROL {state['CONTROL'] & 7}")
    for name in ("IPSR", "PRIMASK", "FAULTMASK", "BASEPRI"):
        lines.append(f"{name} {state.get(name, 0)}")  # Armv6-M has neither of the last two: 0
    for name in ("MSPLIM", "PSPLIM"):
        if name in state:
            lines.append(f"{name} {limit(state[name], top)}")
    lines += [f"{name} {state[name]}" for name in ("ENABLED", "PENDING", "SYSTICK")]
    return lines + [
        f"VTOR {table(state['VTOR'], state['VTOR'] == core.rom, names['flash_start'])}",
        f"MPU {state['MPU']}", f"mark {'AWAY' if mark == AWAY else 'not AWAY'}"]


def executed_on_simulator(simulator, core, elf):
    """What a core did with an instruction that it may not have."""
    end = simulator.run(elf, core.device, "--host", "end", "--limit", "3000").report["end"]
    if end["why"] == "limit":
        return ["instruction executed"]
    if re.match("undefined instruction|FPU instruction", end["detail"]):
        return ["instruction undefined"]
    return [f"{end['why']}: {end['detail']}"]


def executed_on_qemu(core, elf):
    words = {"done": "instruction executed", "fault": "instruction undefined"}
    return [words.get(line, line) for line in run_qemu(core, elf)[0]]


def both(simulator, folder, core, name):
    """What both say of this run."""
    of_simulator, _, of_qemu = name.partition(":")
    first = str(folder / core.name / f"simulator-{of_simulator}.elf")
    second = str(folder / core.name / f"qemu-{of_qemu or of_simulator}.elf")
    for elf in (first, second):
        if not Path(elf).is_file():
            sys.exit(f"no firmware at {elf}: build test-firmware of the preset firmware-gcc first")
    if name.startswith("instruction-"):
        return executed_on_simulator(simulator, core, first), executed_on_qemu(core, second)
    return on_simulator(simulator, core, first), on_qemu(core, second)


def what_of(name):
    """What must come of it."""
    if ":" in name:
        return "differ"
    if name == "bare-jump-thread":
        return "any"
    return {"library": "clean", "instruction": "instruction"}.get(name.split("-")[0], "unclean")


def unclean(state):
    """The lines that are not what the contract asks of the core."""
    return [line for line in state if not CLEAN.match(line)]


def as_expected(core, name, a, b):
    """Whether both say the same, and what must come of it."""
    what = what_of(name)
    if "no handoff" in " ".join(a + b) or not a or not b:
        return False
    if a != b or what == "differ":
        return a != b and what == "differ"
    if what == "clean":
        return not unclean(a) and "mark AWAY" in a
    if what == "unclean":
        return bool(unclean(a))
    if what == "instruction":
        has = name.removeprefix("instruction-") in core.instructions
        return a == [f"instruction {'executed' if has else 'undefined'}"]
    return True


def side_by_side(core, name, a, b):
    print(f"{core.name} on the simulator's {core.device} and QEMU's {core.machine}, {name}:")
    left, right = ({line.split()[0]: line.partition(" ")[2] for line in state} for state in (a, b))
    for word in dict.fromkeys([*left, *right]):
        values = left.get(word, ""), right.get(word, "")
        mark = "" if values[0] == values[1] else "differ"
        print(f"  {word:10} {values[0]:14} {values[1]:14}{mark}")


def check(simulator, folder, core, names):
    """How many of these are not as expected; they are shown last."""
    failed = []
    for name in names:
        a, b = both(simulator, folder, core, name)
        side_by_side(core, name, a, b)
        if not as_expected(core, name, a, b):
            failed.append((name, a, b))
    for name, a, b in failed:
        print(f"NOT AS EXPECTED ({what_of(name)}):")
        side_by_side(core, name, a, b)
    print(f"{len(names)} runs, {len(failed)} not as expected")
    return len(failed) or not names


def summary(cores, expected):
    """A table as docs/proof.md has it."""
    print("\n| core | QEMU's machine | library | bare jump | stack kept | mutant | instruction |")
    print("|---|---|---|---|---|---|---|")
    for core in cores.values():
        counts = " | ".join(str(expected[core.name, kind]) for kind in KINDS)
        print(f"| {core.name} | {core.machine} | {counts} |")
    version = subprocess.run(["qemu-system-arm", "--version"], capture_output=True, text=True,
                             check=True)
    print("\n" + version.stdout.splitlines()[0])


def show_all(simulator, folder, cores):
    runs, expected = 0, Counter()
    print(f"{'core':11} {'run':26} {'simulator':44} QEMU")
    for elf in sorted(folder.glob("*/qemu-*.elf")):
        core, name = cores[elf.parent.name], elf.stem.removeprefix("qemu-")
        a, b = both(simulator, folder, core, name)
        short = [" ".join(unclean(state)) or "clean" for state in (a, b)]
        right = as_expected(core, name, a, b)
        print(f"{core.name:11} {name:26} {short[0]:44} {short[1]}"
              f"{'' if right else '  <- not as expected'}")
        runs += 1
        expected[core.name, name.split("-")[0]] += right
    summary(cores, expected)
    failed = runs - expected.total()
    print(f"{runs} runs, {failed} not as expected")
    return failed or not runs


def main(program, folder, core=None, *names):
    if not shutil.which("qemu-system-arm"):
        sys.exit("qemu-system-arm is not installed: see script/setup")
    cores, simulator, folder = load_cores(), Simulator(program), Path(folder)
    if core:
        return 1 if check(simulator, folder, cores[core], names) else 0
    return 1 if show_all(simulator, folder, cores) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
