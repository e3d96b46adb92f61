# ways.py: what each way into the ROM costs, and which points of the contract hold with it.
# SPDX-License-Identifier: MIT
"""ways.py table SIM FOLDER   prints the table in Markdown, for docs/proof.md
ways.py check SIM FOLDER   0 if both ways of the library hold every point, and ST's article does not

The mark is asked of firmware with bootleap only, so a reset and a bare jump may hold all that is
asked of them: what they lack is the way back.

The ways are the library's two and two of the recipes: the article's sequence, with clocks set back
as a HAL does, and a word in RAM with a reset. All have the same application around them, which has
SysTick, an interrupt, an oscillator and a LED on, and the same flags: GCC, -Os. Bytes are code and
constants of what a user adds; lists of registers, which differ from chip to chip, are told apart."""
import json
import re
import subprocess
import sys
from pathlib import Path

DEVICES = ("g0b1", "f405", "h723", "u575")
OURS = ("reset", "direct")
NAMES = {
    "reset": "`bootleap_enter()`",
    "direct": "`bootleap_jump()`",
    "article": "ST's article",
    "remap_noinit": "a word in RAM, a reset, a jump",
}
# What is around all of them, whatever the compiler appends to a name.
AROUND = re.compile(r"(reset_handler|start_application|clear_interrupts|on_\w+|first_of_all|vectors"
                    r"|ticks|magic)(\.\w+)*$")
LISTS = re.compile(r"(clock_steps|resets|controllers|tree)(\.\w+)*$")


def sizes(elf, way):
    """Bytes of the way, and of its lists. Nothing is in the ELF but what the way needs."""
    shown = subprocess.run(["arm-none-eabi-nm", "-S", "-t", "d", elf], capture_output=True,
                           text=True, check=True).stdout
    code = lists = 0
    for words in map(str.split, shown.splitlines()):
        if len(words) != 4 or words[2] not in "tTrR" or AROUND.match(words[3]):
            continue
        if words[3] == "application" and way in OURS:
            continue
        if LISTS.match(words[3]):
            lists += int(words[1])
        else:
            code += int(words[1])
    return code, lists


def judged(sim, elf, device):
    done = subprocess.run([sim, "run", elf, "--device", device, "--json", "--host", "end",
                           "--limit", "5000000"], capture_output=True, text=True, check=False)
    handoffs = json.loads(done.stdout)["handoffs"]
    if not handoffs:
        return 0, None, "not entered"
    handoff = handoffs[0]
    broken = [point["id"] for point in handoff["contract"] if not point["ok"]]
    return len(handoff["contract"]), broken, handoff["outcome"]


def rows(sim, folder):
    for device in DEVICES:
        for way in NAMES:
            elf = str(Path(folder) / f"ways-{way}-{device}.elf")
            yield device, way, sizes(elf, way), *judged(sim, elf, device)


def main(arguments):
    verb, sim, folder = arguments
    wrong = 0
    print("| chip | way | bytes | lists | points that hold | broken | outcome |")
    print("|---|---|---|---|---|---|---|")
    for device, way, (code, lists), points, broken, outcome in rows(sim, folder):
        holds = "-" if broken is None else f"{points - len(broken)} of {points}"
        print(f"| {device} | {NAMES[way]} | {code} | {lists or '-'} | {holds}"
              f" | {' '.join(broken or []) or '-'} | {outcome} |")
        ours = way in OURS
        wrong += broken != [] if ours else (way == "article" and broken == [])
        wrong += (ours and outcome != "served") or code == 0
    return wrong if verb == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
