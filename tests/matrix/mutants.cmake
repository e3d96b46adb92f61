# Mutants of src/bootleap.c that the matrix must notice, each in a scenario that names it.
# SPDX-License-Identifier: MIT
#
# matrix_mutant(NAME DEVICES <slug>... SCENARIO <text> CHANGE <text> <new text>...
#               [LEVEL <level>] [ERASES] [FILE <file of src>] [WAY direct])
# Each text must occur exactly once. SCENARIO is the start of the scenario's name, or of several.
# ERASES: the build may erase the first page of flash. Who includes this file defines
# matrix_mutant(): the firmware build makes an ELF of each, the tests run the matrix on it.
#
# Not here, because no run can tell it apart: the mark stored in two words of 4 bytes where RAM
# has an error code over 8. The second word completes the unit.

matrix_mutant(dma-not-stopped DEVICES g0b1 f405 h723 u575 SCENARIO dma-over-mark
    CHANGE [["i"(BOOTLEAP_CLEARED)]] [["i"(0)]]
           [["9:\n" BOOTLEAP_CLEARED_WORDS]] [["9:\n"]])

matrix_mutant(cache-not-cleaned DEVICES h723 h7rs SCENARIO caches
    CHANGE [["str r1, [r5, #0x1D4]\n"]] [[""]])

matrix_mutant(mpu-left-on DEVICES g0b1 f405 h723 u575 SCENARIO mpu
    CHANGE [["str r4, [r5]\n"]] [[""]])

matrix_mutant(mem-mode-overwrites DEVICES f301 SCENARIO thread
    CHANGE [["orrs r5, r0\n"]] [[""]])

matrix_mutant(interrupts-not-masked DEVICES g43 h503 LEVEL O0 SCENARIO "the ROM's interrupts"
    CHANGE "BOOTLEAP_SAVE_AND_MASK(masked)" "masked = 0")

matrix_mutant(empty-flag-left DEVICES l41 SCENARIO "an empty chip"
    CHANGE "clear_empty_flag()" "(void)0")

matrix_mutant(settle-not-known DEVICES f42 l47 SCENARIO "the ROM starts a bank"
    CHANGE "stage - FIRST_SETTLED <= BACK - FIRST_SETTLED" "stage == BACK")

matrix_mutant(trace-before-request DEVICES f42 l47 SCENARIO "the ROM starts a bank, enter"
    CHANGE "else if (BOOTLEAP_ROM_FIRST && is_requested" "else if (0 && is_requested"
           "if (!BOOTLEAP_ROM_FIRST && is_requested" "if (is_requested")

matrix_mutant(probe-not-asked DEVICES h563 u575 SCENARIO trustzone
    CHANGE "if (refusal != 0)" "if (0)")

matrix_mutant(power-on-not-noticed FILE bootleap_mark_in_ram.h DEVICES f072 f405 h723 SCENARIO "cold boot"
    CHANGE "if (!(flags & BOOTLEAP_FLAGS_POWER))" "if (1)")

matrix_mutant(first-page-kept DEVICES f04 l01 SCENARIO thread ERASES
    CHANGE "ERASE_FIRST START_ROM" "START_ROM" "ERASE_END POOL" "POOL")

# The way without a reset: what no single point of the contract catches.

matrix_mutant(direct-waits-for-ever FILE bootleap_jump.c WAY direct DEVICES g0b1 f405 h723 u575
    SCENARIO "slow-clocks, dead oscillator"
    CHANGE "if (--left == 0)" "if (0 && --left == 0)")

matrix_mutant(direct-dead-oscillator-ignored FILE bootleap_jump.c WAY direct
    DEVICES g0b1 f405 h723 u575 SCENARIO "slow-clocks, dead oscillator"
    CHANGE "if (--left == 0) {\n            return 0" "if (--left == 0) {\n            return 1")

matrix_mutant(direct-through-a-reset FILE bootleap_jump.c WAY direct DEVICES f072 f405 u575
    SCENARIO thread
    CHANGE "bootleap_depart(AWAY)" "bootleap_depart(ENTER)")
