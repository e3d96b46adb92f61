# code.py: programs that a walk cannot see to their ends: it stops in time, and says unknown.
# SPDX-License-Identifier: MIT
"""code.py CHECK SLOWER"""
import random

from elf_writer import FLASH, FUNCTION, RAM, VECTOR_WORDS, Part, elf, enter, halves, image, padded, vectors, wide, words
from trial import Trial, main

CODE = FLASH + 4 * VECTOR_WORDS
NOP, BACK, LDR_R2_R4, TEST_R2 = 0xBF00, 0x4770, 0x6822, 0x2A00
STAND = 0xE7FE
RAM_IN_R1, PERIPHERALS_IN_R4 = [0xF04F, 0x5100], [0xF04F, 0x4480]  # MOV.W
NEXT_PAGE = [0x6008, 0xF501, 0x7180]  # STR R0, [R1]; ADD.W R1, R1, #256
BEGIN = RAM_IN_R1 + PERIPHERALS_IN_R4
MEBIBYTE = 1 << 20


def unknown(branch):
    """A branch that nobody can decide."""
    return [LDR_R2_R4, TEST_R2, branch]


def call(source, target):
    offset = (target - source - 4) & 0x1FFFFFF
    sign, i1, i2 = offset >> 24 & 1, offset >> 23 & 1, offset >> 22 & 1
    return [0xF000 | sign << 10 | offset >> 12 & 0x3FF,
            0xD000 | (1 - (i1 ^ sign)) << 13 | (1 - (i2 ^ sign)) << 11 | offset >> 1 & 0x7FF]


def program(*codes):
    """What the reset runs, and a jump into a ROM behind it."""
    return image(padded(halves(BEGIN, *codes, [STAND])) + enter())


class Walks(Trial):
    turn = 0

    def walked(self, content, finished=None, options=("--device", "h723")):
        """As JSON, and by turns in full text or, in a fast build, without a device; `finished`: whether
        the walk came to its end."""
        reports = [self.report(content, *options)]
        self.turn += 1
        if self.turn % 2:
            self.look(self.file(content), "-v", *options)
        elif self.slower == 1:
            reports.append(self.report(content))
        for one in reports:
            for entry in one["entries"]:
                if not entry["finished"]:
                    self.assertNotIn("ok", [finding["verdict"] for finding in entry["findings"]])
        if finished is not None and reports[0]["nothing_found"]:
            self.assertEqual(reports[0]["nothing_found"]["finished"], finished)

    def test_memory_of_many_ways(self):
        self.walked(program(NEXT_PAGE * 30000))
        self.walked(program((NEXT_PAGE * 20 + unknown(0xD000) + [NOP]) * 1200), False)
        self.walked(program((NEXT_PAGE * 4 + unknown(0xD1F0)) * 4000), False)
        self.walked(program((NEXT_PAGE * 2 + [0x3301] + unknown(0xD000) + [0x3301] + unknown(0xD1F2)) * 4000),
                    False)

    def test_loops_in_loops(self):
        chance, code = random.Random(1), []
        for number in range(4000):
            back = 2 * chance.randrange(3, 120)
            code += [0x3001] + unknown(0xD100 | (0x100 - min(back, len(code) + 6) // 2) & 0xFF)
        self.walked(program(code))
        known = [0x2000] + [0x3001, 0x28FF, 0xD1FC] * 2000  # to 255, and nothing after it
        self.walked(program(known))
        nested = []
        for depth in range(7):
            nested += [0x2000 | depth << 8]
        for depth in range(6, -1, -1):  # seven counters of 255 rounds
            nested += [0x3001 | depth << 8, 0x28FF | depth << 8, 0xD100 | (0xFC - 3 * (6 - depth)) & 0xFF]
        self.walked(program(nested))

    def test_calls(self):
        deep = halves(call(CODE, CODE), [STAND])
        self.walked(image(deep + enter()))
        # Each function calls the next one twice.
        code, size = b"", 16
        for number in range(60):
            at = CODE + size * number
            code += halves([0xB510], call(at + 2, at + size), call(at + 6, at + size), [0xBD10, NOP, NOP])
        self.walked(image(code + halves([BACK, NOP]) + enter()))
        # ... or itself, behind a condition.
        code = halves([0xB510] + PERIPHERALS_IN_R4 + unknown(0xD000) + call(CODE + 12, CODE)
                      + call(CODE + 16, CODE), [0xBD10])
        self.walked(image(padded(code) + enter()))
        # Pointers, whatever they hold.
        self.walked(program([0x6822, 0x4790] * 20000))

    def test_many_roots(self):
        code, symbols = b"", []
        for number in range(3000):
            symbols.append((f"f{number}", CODE + len(code) | 1, 0, FUNCTION))
            code += padded(halves([0xB510], BEGIN, unknown(0xD001) * 20, NEXT_PAGE, [0xBD10])) + enter()
        self.walked(image(code, symbols=symbols))
        # One function that all others call.
        body = padded(enter())
        calls = halves(*[call(CODE + len(body) + 4 * number, CODE) for number in range(50000)])
        spread = [(f"f{number}", CODE + len(body) + 4 * number | 1, 4, FUNCTION) for number in range(50000)]
        self.walked(image(body + calls, symbols=spread))

    def test_many_entries(self):
        """Each behind thousands of events."""
        store = [0x6022]  # STR R2, [R4]
        self.walked(program(store * 60000 + (unknown(0xD107) + list(memoryview(enter()).cast("H"))) * 600))
        loop = [0x2000] + store * 100 + [0x3001, 0x28FF, 0xD100 | (0x100 - 104) & 0xFF]
        self.walked(program(loop * 8 + (unknown(0xD107) + list(memoryview(enter()).cast("H"))) * 600))
        padding = Part(".rodata", FLASH + 0x100000, bytes(7 * MEBIBYTE // 8), False)
        jump, code = padded(enter()), b""
        for number in range(64):
            code += halves([0xB510], call(CODE + len(jump) + len(code) + 2, CODE), [0xBD10])
        self.walked(elf([Part(".text", FLASH, vectors() + jump + code), padding]))

    def test_tables_of_jumps(self):
        load = [0x6822]
        for table in (0xE8DF, 0xE8D0):  # at the PC, and at R0
            for width in (0xF002, 0xF012):
                entries = [0x0101] * 3000
                self.walked(program([0x2000] + (load + [table, width] + entries) * 4))
                self.walked(program([0x2000] + load + [table, width] + list(range(0x40, 0x1040, 8))
                                    + [NOP] * 20000))
        # At a number, of a flash that is one table, over and over.
        at_flash = [0xF04F, 0x6000]  # MOV.W R0, #0x08000000
        filler = Part(".rodata", FLASH + 0x80000, b"\x01\x00" * (MEBIBYTE // 2), False)
        code = halves(BEGIN, wide(0xF44F0000 | 0x2000), at_flash, (load + [0xE8D0, 0xF012]) * 4000, [STAND])
        self.walked(elf([Part(".text", FLASH, vectors() + padded(code) + enter()), filler]))

    def test_jumps_by_numbers(self):
        computed = [0x4801, 0x4487, NOP, NOP]  # ADD PC, R0
        self.walked(image(halves(computed) + words(0xFFFFFFF0) + enter()))
        self.walked(image(halves([0x4800, 0x4700]) + words(0xFFFFFFFF) + enter()))
        self.walked(image(halves([0x4800, 0x4700]) + words(CODE | 1) + enter()))
        self.walked(image(halves([0x46E7]) + enter()))  # MOV PC, R12
        self.walked(image(halves([0xBD00] * 100) + enter()))

    def test_code_that_was_copied(self):
        """What is in RAM, nobody knows: such a walk has not come to its end."""
        self.walked(image(halves([0x4800, 0x4700]) + words(RAM + 0x101)), False)
        # LDR R0, the ROM's stack; MSR MSP; SUB R0, #239; BX R0
        beside = halves([0x4802, 0x6800, 0xF380, 0x8808, 0x38EF, 0x4700]) + words(0x1FF09800)
        self.walked(image(beside), False)

    def test_the_end_of_a_region(self):
        for end in ([0xF000], [0xF7FF], [0xE8DF], [0xBF08], [0xBF01, 0x3001], [0x4800], [0xF8DF], [0xE8BD],
                    [0xBF08, 0xF000], [0xB500]):
            content = elf([Part(".text", FLASH, vectors() + halves(end))])
            self.walked(content)
        last = elf([Part(".text", FLASH, vectors(reset=0xFFFFFFF0)), Part(".end", 0xFFFFFFF0, halves([NOP] * 7))])
        self.assertIn(self.look(self.file(last)).code, (0, 2, 7))

    def test_words_that_wrap(self):
        at_end = [0xF06F, 0x0003]  # MVN R0, #3
        for access in ([0x6801], [0x6001], [0xC80E], [0xC00E], [0xE9D0, 0x1201], [0xE9C0, 0x1201],
                       [0xECB0, 0x0B20], [0xECA0, 0x0B20], [0xF850, 0x1B04], [0xF840, 0x1D04]):
            self.walked(program((at_end + access) * 200))

    def test_any_bytes(self):
        for seed in range(3):
            chance = random.Random(seed)
            content = image(chance.randbytes(100000) + enter())
            self.walked(content)
        low = random.Random(9)  # instructions of 16 bits that move numbers and branch by a few bytes
        for _ in range(2):
            codes = [low.choice((0x6800, 0x6000, 0x1C00, 0x4280, 0xD000, 0xD100, 0x4600, 0xB100, 0x2000))
                     + low.randrange(0x100) for _ in range(20000)]
            self.walked(program(codes))

    def test_start_up_code_that_reads_the_request_late(self):
        """A reset with a request, and loops over all of RAM before it is checked."""
        request = RAM + 0x3000
        reset = halves([0x4B02, 0x4A03, 0x601A, STAND, NOP, NOP]) + words(0xE000ED0C, 0x05FA0004)
        loop = halves([0x4805, 0x4906, 0x2200], [0x6002, 0x3004, 0x4288, 0xD1FB], [0x4804, 0x6800, 0x2800, 0xD000])
        code = padded(loop + halves([STAND])) + words(RAM, RAM + 0x80000, request)
        self.walked(image(code + reset + enter()))


main()
