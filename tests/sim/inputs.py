# inputs.py: a pin that the application polls and that has no level is named where it stands.
# SPDX-License-Identifier: MIT
"""inputs.py SIM

The firmware sets PUPDR of an F405's port C and polls PC13, in the ways in which compilers test a bit.
"""
import json
import sys

from loads import elf, program, run

RCC_AHB1ENR, GPIOC, PC13, PULL_UP, PULL_DOWN = 0x40023830, 0x40020800, 1 << 13, 1 << 26, 2 << 26
TESTS = {"TST": "134200bf", "LSLS": "990400bf", "TST with an immediate": "13f4005f"}
OTHER_PIN = "d90400bf"  # LSLS by 19: PC12
SAYS = "0x08000016 asks for PC13, which has no level and reads 0: --tie PC13=1 holds it high"


def polls(test, pull):
    words = b"".join(word.to_bytes(4, "little") for word in (RCC_AHB1ENR, GPIOC, PC13, pull))
    code = "054804210160" "0548054a0649c1600369" + test + "fbe700bf"
    return elf(program(0x08000000, code + words.hex()))


def where(sim, content, *options):
    done = run(sim, content, "f405", *options)
    return json.loads(done.stdout)["where"]["text"] if done.returncode == 0 else done.stderr


def main():
    sim, failures = sys.argv[1], []

    def expect(what, said, says=None):
        if says not in said if says else "no level" in said:
            failures.append(f"{what}: {said}")

    for name, test in TESTS.items():
        expect(name, where(sim, polls(test, 0)), SAYS)
    expect("another pin", where(sim, polls(OTHER_PIN, 0)), "asks for PC12")
    expect("pulled up", where(sim, polls(TESTS["TST"], PULL_UP)))
    expect("pulled down", where(sim, polls(TESTS["TST"], PULL_DOWN)))
    expect("tied", where(sim, polls(TESTS["TST"], 0), "--tie", "PC13=1"))
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
