# Runs in which nothing enters the ROM: exit code 7, and each says why.
# SPDX-License-Identifier: MIT
set(folder ${PROJECT_SOURCE_DIR}/build/firmware-gcc)

# add_nothing(NAME ELF DEVICE KIND PATTERN OPTION...)
function(add_nothing name elf device)
    add_case(sim.nothing sim.nothing.${name} nothing ${folder}/${elf}.elf ${device} ${ARGN})
endfunction()

# Nobody asks.
add_nothing(never-called nucleo-h723zg h723 "never called"
    "^bootleap_enter.. is in the ELF and was never called$" --host end)
add_nothing(no-entry core-check-nucleo-h723zg h723 "no entry" "the ELF has no bootleap_enter"
    --host end)
add_nothing(rom-started nucleo-h723zg h723 "ROM started" "a reset started the ROM .by BOOT0" --boot0
    --host go)
add_nothing(rom-empty nucleo-g0b1re g0b1 "ROM started" "flash is empty" --empty --host go)

# Somebody asks, and the application does not act.
add_nothing(wrong-key nucleo-h723zg h723 "wrong key" "read what was typed ..z.. and went on" --send z)
add_nothing(not-read core-check-nucleo-h723zg h723 "not read" "read none of it" --send b)
add_nothing(wrong-pin stm32f4discovery f405 "wrong pin" "the button that was pressed" --press PA1=1)
add_nothing(no-edge stm32f4discovery f405 "wrong pin" "its pin had already, which is no edge$" --press
    PA1=0)
add_nothing(no-edge-tied stm32f4discovery f405 "wrong pin" "did not act upon the button" --press PA1=0
    --tie PA1=1)
add_nothing(not-typed nucleo-h723zg h723 "not typed" "never waited" --send b --limit 200)
add_nothing(not-reached nucleo-h723zg h723 "not reached" "did not get to stop_here in [0-9]+ inst"
    --enter-at stop_here)
add_nothing(too-late nucleo-h723zg h723 "not reached" "after 5[0-9]+ instructions, before --enter-after"
    --enter-after 9000 --limit 5000)

# --enter-at is advised only where there is something to enter.
add_case(sim.nothing sim.nothing.enter-at tells ${folder}/nucleo-h723zg.elf h723
    "[.advice[].text] | any(test(\"waits for, or --enter-at main\"))" --send z)
add_case(sim.nothing sim.nothing.no-enter-at tells ${folder}/core-check-nucleo-h723zg.elf h723
    "[.advice[].text] | any(test(\"USART modelled\")) and (any(test(\"enter-at\")) | not)" --send b)

# The entry function is called, and comes back, or does nothing that can be seen.
add_nothing(refused nucleo-h723zg h723 refused
    "^bootleap_enter.. returned -6, BOOTLEAP_RDP_LEVEL_1$" --enter-after 100
    --option rdp-level-1)
add_nothing(refused-itself nucleo-h723zg h723 refused
    "^bootleap_enter.., called from application.0x[0-9A-F]+, returned -6, BOOTLEAP_RDP_L"
    --send b --option rdp-level-1)
add_nothing(refused-itself-directly nucleo-h723zg h723 refused
    "^bootleap_jump.., called from application.0x[0-9A-F]+, returned -6, " --send j
    --option rdp-level-1)
add_nothing(refused-task state-nucleo-h723zg-unprivileged h723 refused
    "called from enter.0x[0-9A-F]+, returned -1, BOOTLEAP_UNPRIVILEGED$" --host end)
add_nothing(not-back nucleo-h723zg h723 "not back" "^stop_here.. was called, and neither" --entry
    stop_here --enter-at application)

# It resets the chip, and nothing takes the request from there.
add_nothing(no-hook hooked-nucleo-h723zg-archive h723 "no hook"
    "^bootleap_enter.. reset the chip with a request .* is in the ELF and was not called$" --send b)
add_nothing(no-hook-at-all standstill-14-Os f405 "no hook"
    "^the firmware reset the chip with a request .*: bootleap_on_reset.. is not in the ELF$")
add_nothing(not-hooked how-to-mutant-cubemx-not-hooked-stm32f4discovery f405 "no hook"
    "is in the ELF and was not called" --send b)
add_nothing(mark-overwritten how-to-mutant-cubemx-large-bss-late-stm32f4discovery f405 "mark lost"
    "found no mark: something wrote to 0x20008000" --send b)
add_nothing(mark-elsewhere how-to-mutant-backup-in-ram-stm32f4discovery f405 "mark lost"
    "left no mark at 0x40002898$" --send b --mark 0x40002898)

# A word of --accept accepts no ROM that resets itself for want of a crystal.
add_case(sim.nothing sim.nothing.reset-by-the-rom tells
    ${PROJECT_SOURCE_DIR}/build/recipes/crystal.missed.f405.gcc-O2.elf f405
    ".exit_code == 7 and .accept == []" --host end --no-crystal --accept points,at-risk)
