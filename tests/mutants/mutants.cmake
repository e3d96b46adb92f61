# Mutants of src/bootleap.c: each has one step broken, and the point that must catch it.
# SPDX-License-Identifier: MIT
#
# mutant(NAME BREAKS <id> BOARDS <board>... CHANGE <text> <new text> [<text> <new text>...]
#        [SCENARIO <option>...])
# Each text must occur exactly once. Who includes this file defines mutant(): the firmware
# build makes an ELF of each, the tests run it beside the unchanged library.
#
# Not here, because no run can tell them apart: SET_VTOR removed where the alias at 0 is
# remapped (VTOR is 0 after a reset, and what is seen at 0 is the ROM's table then).

mutant(msp-not-loaded BREAKS H2
    BOARDS ${bootleap_boards}
    CHANGE [["msr msp, r0\n"]] [[""]])

mutant(jump-to-table-plus-4 BREAKS H1
    BOARDS ${bootleap_boards}
    CHANGE [["ldmia r3!, {r0, r1}\n"]] [["ldmia r3!, {r0}\n" "adds r1, r3, #1\n"]])

mutant(vtor-not-set BREAKS H8
    BOARDS nucleo-h723zg nucleo-u575zi-q
    CHANGE "SET_VTOR SET_MEM_MODE" "SET_MEM_MODE")

mutant(mem-mode-not-set BREAKS H9
    BOARDS nucleo-g0b1re stm32f4discovery
    CHANGE "SET_MEM_MODE ERASE_FIRST" "ERASE_FIRST")

mutant(mem-mode-without-clock BREAKS H9
    BOARDS nucleo-g0b1re stm32f4discovery
    CHANGE [["orrs r5, r1\n"]] [[""]])

mutant(mark-not-advanced BREAKS H15
    BOARDS ${bootleap_boards}
    CHANGE [["adds r2, r0, r3\n"]] [["adds r2, r0, #1\n" "lsrs r2, r2, #1\n" "adds r2, r2, r3\n"]])

mutant(interrupts-left-masked BREAKS H4
    BOARDS ${bootleap_boards}
    CHANGE [["cpsie i\n"]] [[""]])

mutant(interrupts-opened-on-reset BREAKS R3
    BOARDS ${bootleap_boards}
    CHANGE "set_primask(masked)" "set_primask(0)"
    SCENARIO --masked-start)

mutant(watchdog-not-fed BREAKS H13
    BOARDS ${bootleap_boards}
    CHANGE [["str r2, [r1]\n"]] [[""]]
    SCENARIO --hardware-watchdog)

mutant(second-reset-removed BREAKS R1
    BOARDS ${bootleap_boards}
    CHANGE "else if (rom_started_us())" "else if (0 && rom_started_us())"
           "if (flags == 0)" "if (0)")

mutant(retry-unbounded BREAKS R2
    BOARDS stm32f4discovery
    CHANGE "if (!BOOTLEAP_ROM_FIRST && is_requested(stage, flags))" "if ((stage = ENTER) == ENTER)"
    SCENARIO --no-crystal)

mutant(mark-written-when-idle BREAKS R3
    BOARDS ${bootleap_boards}
    CHANGE "        return BOOTLEAP_FROM_RESET" "        origin = BOOTLEAP_FROM_RESET")
