# loads.py: ELFs that are linked elsewhere or for more, each of a few instructions.
# SPDX-License-Identifier: MIT
"""loads.py SIM

An application behind a loader, one that is linked to where flash is seen too, one that says that it
is built for more than the core has; one that names another chip; one that writes MEM_MODE without a clock. Each comes to `b .`, or to an instruction that the core lacks.
"""
import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

FLASH, RAM, RAM_END, HEADER, PROGRAM = 0x08000000, 0x20000000, 0x20001000, 52, 32
STAY, UNDEFINED, QADD_0_0_0 = "fee7", "00de", "80fa80f0"


def attributes(architecture):
    """Tag_CPU_arch alone, as "Addenda to, and Errata in, the ABI for the Arm Architecture" has it."""
    file = bytes([1]) + struct.pack("<I", 7) + bytes([6, architecture])
    vendor = b"aeabi\0" + file
    return b"A" + struct.pack("<I", 4 + len(vendor)) + vendor


def elf(*parts, architecture=0):
    """Parts are (address, bytes)."""
    offset = HEADER + PROGRAM * len(parts)
    programs, body = b"", b""
    for place, data in parts:
        programs += struct.pack("<8I", 1, offset + len(body), place, place, len(data), len(data), 5, 4)
        body += data + bytes(-len(data) % 4)
    sections = offset + len(body)
    said = attributes(architecture)
    names = b"\0.a\0"
    body += said + names
    table = bytes(40) + struct.pack("<10I", 1, 0x70000003, 0, 0, sections, len(said), 0, 0, 1, 0)
    table += struct.pack("<10I", 1, 3, 0, 0, sections + len(said), len(names), 0, 0, 1, 0)
    return (b"\x7fELF\1\1\1" + bytes(9)
            + struct.pack("<HHIIIIIHHHHHH", 2, 40, 1, 0, HEADER, offset + len(body), 0, HEADER,
                          PROGRAM, len(parts), 40, 3 if architecture else 0,
                          2 if architecture else 0)
            + programs + body + (table if architecture else b""))


def program(place, code=STAY, stack=RAM_END):
    return place, struct.pack("<II", stack, place + 9) + bytes.fromhex(code)


def run(sim, content, device, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.elf")
        path.write_bytes(content)
        return subprocess.run([sim, "run", path, "--device", device, "--accept", "nothing",
                               "--host", "end", "--limit", "3000", "--json", *options],
                              capture_output=True, text=True, timeout=60, check=False)


def runs(sim, what, content, device, remark, *options, pc):
    done = run(sim, content, device, *options)
    result = json.loads(done.stdout) if done.returncode == 0 else {}
    remarks = " ".join(result.get("remarks", []))
    place = (result.get("where") or {}).get("pc")
    if remark not in remarks or (not remark and remarks) or place != f"0x{pc:08X}":
        return [f"{what} on {device}: exit code {done.returncode}, at {place}, not 0x{pc:08X}; "
                f"says: {remarks}{done.stderr}"]
    return []


def refused(sim, what, content, device, message, *options):
    done = run(sim, content, device, *options)
    if done.returncode != 2 or message not in done.stderr or done.stderr.count("\n") != 1:
        return [f"{what} on {device}: exit code {done.returncode}, said {done.stderr}{done.stdout}"]
    return []


def behind_loaders(sim):
    failures = []
    for device, place in (("f103", 0x08002000), ("f072", 0x08002000), ("f405", 0x08008000),
                          ("h723", 0x08020000), ("u575", 0x08010000)):
        device = "f10medium" if device == "f103" else device
        failures += runs(sim, "behind a loader", elf(program(place)), device,
                         f"starts at 0x{place:08X}, as a loader", pc=place + 8)
    # The core has its stack from there: PUSH {r0} faults with any other.
    failures += runs(sim, "its stack", elf(program(0x08004000, "01b4" + STAY, RAM + 4)), "f405",
                     "VTOR, SP and PC", pc=0x0800400A)
    # VTOR: its SVC comes to its own handler, which has an undefined instruction.
    words = [RAM_END, 0x08004041, *[0x08004045] * 14]
    svc = 0x08004000, struct.pack("<16I", *words) + bytes.fromhex("00df" + STAY + UNDEFINED)
    done = run(sim, elf(svc), "f405")
    if "undefined instruction, address 0x08004044" not in done.stdout:
        failures.append(f"its VTOR: {done.stdout}{done.stderr}")
    # The loader's own part is not a table: the second part is.
    data = (FLASH + 0x4000, bytes(64))
    failures += runs(sim, "behind other bytes", elf(data, program(0x08008000)), "f405",
                     "starts at 0x08008000", pc=0x08008008)
    # A head in front of the table, as image formats have it.
    head = 0x08008000, bytes(0x200) + program(0x08008200)[1]
    failures += refused(sim, "a head", elf(head), "f405", "no vector table")
    failures += runs(sim, "a head", elf(head), "f405", "starts at 0x08008200", "--vectors",
                     "0x08008200", pc=0x08008208)
    failures += refused(sim, "--vectors, odd", elf(head), "f405", "no core can have", "--vectors",
                        "0x08008204")
    failures += refused(sim, "--vectors, nothing", elf(head), "f405", "has nothing there",
                        "--vectors", "0x08009000")
    failures += refused(sim, "--vectors, no table", elf(head), "f405",
                        "word 0, the stack pointer, is 0x00000000", "--vectors", "0x08008000")
    # Its reset handler is in nobody's bytes: not a table but a part of something.
    alone = 0x08004000, struct.pack("<II", RAM_END, FLASH + 9) + bytes.fromhex(STAY)
    failures += refused(sim, "a part", elf(alone), "f405", "no vector table")
    return failures


def linked_to_aliases(sim):
    failures = runs(sim, "linked to 0", elf(program(0)), "f405", "linked to 0x00000000", pc=8)
    failures += runs(sim, "linked to 0", elf(program(0)), "f072", "linked to 0x00000000", pc=8)
    failures += runs(sim, "linked to 0, behind a loader", elf(program(0x8000)), "f405",
                     "starts at 0x08008000", pc=0x8008)
    failures += runs(sim, "by ITCM", elf(program(0x00200000)), "f76", "linked to 0x00200000",
                     pc=0x00200008)
    failures += refused(sim, "linked to 0", elf(program(0)), "h723", "outside the flash")
    return failures


def built_for_more(sim):
    """13 is Armv7E-M, 17 Armv8-M mainline."""
    failures = runs(sim, "for an M4", elf(program(FLASH), architecture=13), "f10medium",
                    "built for Armv7E-M", pc=FLASH + 8)
    failures += runs(sim, "for an M4", elf(program(FLASH), architecture=13), "f405", "",
                     pc=FLASH + 8)
    failures += refused(sim, "for an M33", elf(program(FLASH), architecture=17), "f10medium",
                        "built for Armv8-M mainline")
    failures += refused(sim, "for an M4", elf(program(FLASH), architecture=13), "f072",
                        "built for Armv7E-M")
    done = run(sim, elf(program(FLASH, QADD_0_0_0 + STAY), architecture=13), "f10medium")
    if done.returncode != 7 or "faults in 0x08000008, at `qadd" not in done.stdout:
        failures.append(f"QADD on an M3: exit code {done.returncode}, {done.stdout}{done.stderr}")
    return failures


def names_parts(sim):
    """Texts behind the program, as names of source files are."""
    failures = []
    for text, device, remark in ((b"stm32l4xx_hal.c", "f405", "names stm32l4xx and no part of STM32F4"),
                                 (b"\0STM32F103xB", "l47", "names STM32F103xB and no part of STM32L47"),
                                 (b"stm32f107_usb_driver", "f405", ""), (b"STM32_PCLK1", "f405", ""),
                                 (b"stm32l4xx stm32f4xx", "f405", ""), (b"STM32F405RG", "f405", ""),
                                 (b"startup_stm32f407xx.s", "f405", "")):
        failures += runs(sim, f"text {text}", elf(program(FLASH)) + text, device, remark,
                         pc=FLASH + 8)
    return failures


def seen_at_0(sim):
    """Behind the write a jump through address 0: to flash, or to the ROM. BX to word 1."""
    code = "044801210160 00204068 0047 fee700bf 00bf00bf 00380140".replace(" ", "")
    content = elf(program(FLASH, code))
    to_rom = run(sim, content, "f405", "--unclocked-remap").stdout
    to_flash = run(sim, content, "f405").stdout
    return [f"through 0: {len(json.loads(text)['handoffs'])} handoffs, {text}"
            for text, entered in ((to_rom, 1), (to_flash, 0))
            if len(json.loads(text)["handoffs"]) != entered]


def remap_without_clock(sim):
    """SYSCFG_MEMRMP of an F405, before and after RCC_APB2ENR.SYSCFGEN."""
    write = "014801210160fee700380140"
    clocked = "034804490160044801210160fee700bf" "44380240" "00400000" "00380140"
    return (runs(sim, "MEM_MODE", elf(program(FLASH, write)), "f405",
                 "0x0800000C writes MEM_MODE while SYSCFG has no clock, and here such a write is "
                 "lost", pc=FLASH + 14)
            + runs(sim, "MEM_MODE", elf(program(FLASH, write)), "f405", "takes effect",
                   "--unclocked-remap", pc=FLASH + 14)
            + seen_at_0(sim)
            + runs(sim, "MEM_MODE with the clock", elf(program(FLASH, clocked)), "f405", "",
                   pc=FLASH + 20))


def main():
    sim = sys.argv[1]
    failures = (behind_loaders(sim) + linked_to_aliases(sim) + built_for_more(sim)
                + names_parts(sim) + remap_without_clock(sim))
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
