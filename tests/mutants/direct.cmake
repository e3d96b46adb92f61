# Mutants of src/bootleap_jump.c: each has one thing left undone, and the point that must catch it.
# SPDX-License-Identifier: MIT
#
# As in mutants.cmake, with FILE bootleap_jump.c; DEPARTURE changes bootleap.c besides, where the
# departure does the same again. Included after it. SAYS in place of BREAKS is part of what the
# result says; OTHERWISE is what it says of the unchanged library, where that does not enter.
#
# Not here, because no run can tell them apart: the MPU left on by bootleap_jump() alone (the
# departure switches it off; before that it could only keep the stack away from the ROM's, which
# no region of a test does); MSPLIM left alone, which stops the code before the jump.

function(direct_mutant name)
    set(file FILE bootleap_jump.c)
    if("FILE" IN_LIST ARGN)
        set(file)
    endif()
    mutant(${name} ${file} ${ARGN})
endfunction()

direct_mutant(direct-control-left BREAKS H2
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    CHANGE [["msr control, %0\n"]] [[""]]
    DEPARTURE [["msr control, r4\n"]] [[""]]
    SCENARIO --way direct --state process-stack)

direct_mutant(direct-no-barrier BREAKS H2
    BOARDS ${bootleap_boards}
    CHANGE [["isb\n"]] [["nop\n"]]
    DEPARTURE [["isb\n"]] [["nop\n"]]
    SCENARIO --way direct)

direct_mutant(direct-handler-not-left BREAKS H3
    BOARDS ${bootleap_boards}
    FILE bootleap_thread_mode.h
    CHANGE "end_nested()" "(void)0" "end_exception(0)" "(void)0"
    SCENARIO --way direct --state handler)

direct_mutant(direct-outer-handler-not-left BREAKS H3
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    FILE bootleap_thread_mode.h
    CHANGE "end_nested()" "*reg(SCB_CCR) |= 1"
    SCENARIO --way direct --state nested)

direct_mutant(direct-basepri-left BREAKS H4
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    CHANGE [["msr basepri, %0\n"]] [[""]]
    SCENARIO --way direct --state basepri)

direct_mutant(direct-faultmask-left BREAKS H4
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    CHANGE [["cpsie f\n"]] [[""]]
    SCENARIO --way direct --state faultmask)

direct_mutant(direct-process-limit-left BREAKS H5
    BOARDS nucleo-u575zi-q
    CHANGE [["msr psplim, %0\n"]] [[""]]
    SCENARIO --way direct --state limited-task)

direct_mutant(direct-pendsv-left BREAKS H6
    BOARDS ${bootleap_boards}
    CHANGE "1u << 27 | 1u << 25" "1u << 25"
    SCENARIO --way direct --state pending)

direct_mutant(direct-systick-pending-left BREAKS H6
    BOARDS ${bootleap_boards}
    CHANGE "1u << 27 | 1u << 25" "1u << 27"
    SCENARIO --way direct --state pending)

direct_mutant(direct-one-word-enabled BREAKS H6
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    CHANGE "fill(NVIC_ICER, BOOTLEAP_NVIC_WORDS" "fill(NVIC_ICER, BOOTLEAP_NVIC_WORDS - 1"
    SCENARIO --way direct --state pending)

direct_mutant(direct-one-word-pending BREAKS H6
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    CHANGE "fill(NVIC_ICPR, BOOTLEAP_NVIC_WORDS" "fill(NVIC_ICPR, BOOTLEAP_NVIC_WORDS - 1"
    SCENARIO --way direct --state pending)

direct_mutant(direct-systick-left BREAKS H7
    BOARDS ${bootleap_boards}
    CHANGE "*reg(SYST_CSR) = 0" "*reg(SYST_CSR) = 1"
    SCENARIO --way direct --state pending)

direct_mutant(direct-systick-started-anew BREAKS H7
    BOARDS ${bootleap_boards}
    CHANGE "*reg(SCB_SCR) = 0" "*reg(SYST_RVR) = 0xFFFFFF, *reg(SYST_CSR) = 7"
    SCENARIO --way direct)

direct_mutant(direct-cache-not-cleaned BREAKS H10
    BOARDS nucleo-h723zg
    CHANGE [["str r3, [%0, #0x260]\n"]] [[""]]
    SCENARIO --way direct --state caches)

direct_mutant(direct-one-way-not-cleaned BREAKS H10
    BOARDS nucleo-h723zg
    CHANGE [["bpl 2b\n"]] [["bne 2b\n"]]
    SCENARIO --way direct --state caches)

direct_mutant(direct-instruction-cache-left BREAKS H10
    BOARDS nucleo-h723zg
    CHANGE "= BOOTLEAP_CCR_RESET" "= BOOTLEAP_CCR_RESET | (*reg(SCB_CCR) & 0x20000u)"
    SCENARIO --way direct --state caches)

direct_mutant(direct-icache-left BREAKS H10
    BOARDS nucleo-u575zi-q
    CHANGE "switch_icache_off()" "(void)0"
    SCENARIO --way direct --state caches)

direct_mutant(direct-mpu-on-again BREAKS H10
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    DEPARTURE [["subs r5, #0x8C\n"]] [["movs r4, #5\n" "str r4, [r5]\n" "subs r5, #0x8C\n"]]
    SCENARIO --way direct --state mpu)

direct_mutant(direct-clocks-left BREAKS "H11 H12"
    BOARDS ${bootleap_boards}
    CHANGE "reset_clocks()" "(void)0"
    SCENARIO --way direct --state clocks --limit 5000000)

direct_mutant(direct-not-waited BREAKS H11
    BOARDS nucleo-h723zg
    CHANGE "(*reg(address) & mask) != value" "(*reg(address) & mask) != value && 0"
    SCENARIO --way direct --state clocks --limit 5000000)

# What the virtual chip says in place of a point, because the ROM is not reached.
direct_mutant(direct-switch-not-waited SAYS "flash is read faster than its latency allows"
    BOARDS nucleo-g0b1re stm32f4discovery nucleo-u575zi-q
    CHANGE "(*reg(address) & mask) != value" "(*reg(address) & mask) != value && 0"
    SCENARIO --way direct --state clocks --limit 5000000)

direct_mutant(direct-latency-before-the-clock SAYS "flash is read faster than its latency allows"
    BOARDS stm32f4discovery nucleo-u575zi-q
    CHANGE "reset_clocks()"
           "*reg(clock_steps[sizeof clock_steps / sizeof clock_steps[0] - 1].place) = 0, reset_clocks()"
    SCENARIO --way direct --state clocks --limit 5000000)

direct_mutant(direct-wait-without-end SAYS "neither reset the chip nor returned"
    BOARDS nucleo-h723zg stm32f4discovery nucleo-g0b1re
    CHANGE "if (--left == 0)" "if (left == 0)"
    SCENARIO --way direct --state clocks --dead-oscillator 2 --limit 5000000)

direct_mutant(direct-outer-handler-forgotten SAYS "while another exception is active"
    BOARDS nucleo-h723zg stm32f4discovery
    FILE bootleap_thread_mode.h
    CHANGE "end_nested()" "(void)0"
    SCENARIO --way direct --state nested)

direct_mutant(direct-supplies-left BREAKS "H11 H12"
    BOARDS nucleo-g0b1re nucleo-u575zi-q
    CHANGE "fill(address, step->mask, step->value)" "(void)0"
    SCENARIO --way direct --state settings)

# PWR_CR3.USB33DEN and USBREGEN, which no reset bit reaches.
direct_mutant(direct-usb-detector-left BREAKS H12
    BOARDS nucleo-h723zg
    CHANGE "*reg(address) = (*reg(address) & ~step->mask) | step->value"
           "if (address != 0x5802480Cu) *reg(address) = (*reg(address) & ~step->mask) | step->value"
    SCENARIO --way direct --state settings)

direct_mutant(direct-syscfg-left BREAKS H12
    BOARDS ${bootleap_boards}
    CHANGE "reset_late(address, step->mask)" "(void)0"
    SCENARIO --way direct --state settings)

direct_mutant(direct-dma-left BREAKS H12
    BOARDS ${bootleap_boards}
    CHANGE "reset_by(resets[i].place, resets[i].mask)" "(void)0"
    SCENARIO --way direct --state dma)

direct_mutant(direct-peripherals-held-in-reset BREAKS H12
    BOARDS nucleo-h723zg nucleo-u575zi-q
    CHANGE "*reg(address) &= ~mask" "(void)0"
    SCENARIO --way direct --state peripherals)

# SYSCFG is held too, and with it MEM_MODE.
direct_mutant(direct-remap-held-in-reset BREAKS "H9 H12"
    BOARDS nucleo-g0b1re stm32f4discovery
    CHANGE "*reg(address) &= ~mask" "(void)0"
    SCENARIO --way direct --state peripherals)

direct_mutant(direct-ports-left BREAKS H12
    BOARDS ${bootleap_boards}
    CHANGE "without_held_ports(BOOTLEAP_PORT_MASK)" "0"
    SCENARIO --way direct --state pins)

direct_mutant(direct-pull-up-time-too-short BREAKS H12
    BOARDS ${bootleap_boards}
    CHANGE "BOOTLEAP_RESET_HZ / 100" "BOOTLEAP_RESET_HZ / 1000"
    SCENARIO --way direct --state usb --limit 5000000)

direct_mutant(direct-usb-not-noticed BREAKS H12
    BOARDS ${bootleap_boards}
    CHANGE "return 0 BOOTLEAP_USB_CLOCKS" "return 0"
    SCENARIO --way direct --state usb --limit 5000000)

direct_mutant(direct-watchdog-not-stretched BREAKS H13
    BOARDS stm32f4discovery
    CHANGE "stretch_watchdog()" "(void)0"
    SCENARIO --way direct --state watchdog)

direct_mutant(direct-watchdog-prescaler-left BREAKS H13
    BOARDS ${bootleap_boards}
    CHANGE "*reg(IWDG_PR) = BOOTLEAP_IWDG_PR_MOST" "(void)0"
    SCENARIO --way direct --state watchdog)

# Feeding too early resets the chip, and the request is lost.
direct_mutant(direct-watchdog-window-left SAYS "reset the chip, and left no mark"
    BOARDS nucleo-h723zg nucleo-g0b1re nucleo-u575zi-q
    CHANGE "if (BOOTLEAP_IWDG_WINDOW)" "if (0)"
    SCENARIO --way direct --state watchdog)

direct_mutant(direct-watchdog-not-fed BREAKS H13
    BOARDS ${bootleap_boards}
    DEPARTURE [["str r2, [r1]\n"]] [[""]]
    SCENARIO --way direct --state watchdog)

direct_mutant(direct-window-watchdog-ignored BREAKS H13 OTHERWISE "returned -20"
    BOARDS nucleo-g0b1re nucleo-u575zi-q
    CHANGE "if (BOOTLEAP_WWDG &&" "if (0 &&"
    SCENARIO --way direct --state window-watchdog)

direct_mutant(direct-remap-reset-again BREAKS H9
    BOARDS nucleo-g0b1re stm32f4discovery
    DEPARTURE [["str r5, [r2]\n"]] [["str r5, [r2]\n" "movs r5, #0\n" "str r5, [r2]\n"]]
    SCENARIO --way direct)

# UNALIGN_TRP, DIV_0_TRP and others.
direct_mutant(direct-traps-left BREAKS H16
    BOARDS nucleo-h723zg stm32f4discovery nucleo-u575zi-q
    CHANGE "= BOOTLEAP_CCR_RESET" "= BOOTLEAP_CCR_RESET | (*reg(SCB_CCR) & ~0x30000u)"
    SCENARIO --way direct --state settings)

# That of a Cortex-M7 and a Cortex-M33 cannot be cleared.
direct_mutant(direct-stack-alignment-left BREAKS H16
    BOARDS stm32f4discovery
    CHANGE "= BOOTLEAP_CCR_RESET" "= BOOTLEAP_CCR_RESET & *reg(SCB_CCR)"
    SCENARIO --way direct --state settings)

# SLEEPDEEP and SLEEPONEXIT.
direct_mutant(direct-sleep-left BREAKS H16
    BOARDS ${bootleap_boards}
    CHANGE "*reg(SCB_SCR) = 0" "(void)0"
    SCENARIO --way direct --state settings)
