# The time of the virtual chip: 500 ms by vendors' rules are 500 ms of it, at every clock.
# SPDX-License-Identifier: MIT

# add_delay(BOARD CLOCK TICK OPTION...): see tests/firmware/delay.c. The core wakes once a
# millisecond, so a half of one in a thousand is what it may lose.
function(add_delay board clock tick)
    add_case(sim.time sim.time.${board}.${clock}-${tick} holds
        ${PROJECT_SOURCE_DIR}/build/firmware-gcc/delay-${board}-${clock}-${tick}.elf
        ${device_${board}} ".time_us >= 500000 and .time_us < 500250" --until done
        --limit 300000000 ${ARGN})
endfunction()

add_delay(stm32f4discovery 0 0)
add_delay(stm32f4discovery 0 2)
foreach(tick RANGE 3)
    add_delay(stm32f4discovery 1 ${tick} --hse 8000000)
endforeach()
add_delay(stm32f4discovery 2 1)
add_delay(stm32f4discovery 2 2)
foreach(board nucleo-h723zg nucleo-g0b1re nucleo-u575zi-q)
    foreach(clock RANGE 1)
        add_delay(${board} ${clock} 0)
        add_delay(${board} ${clock} 2)
    endforeach()
endforeach()

# What the report says of it: a crystal only where the core runs from one.
set(delay ${PROJECT_SOURCE_DIR}/build/firmware-gcc/delay-stm32f4discovery)
add_case(sim.time sim.time.crystal holds ${delay}-1-0.elf f405
    ".clock == {hz: 168000000, known: true, crystal_hz: 8000000, crystal_named: true, crystal_that_fits: null}" --until done --hse 8000000
    --limit 300000000)
add_case(sim.time sim.time.no-crystal holds ${delay}-2-1.elf f405
    ".clock == {hz: 24000000, known: true, crystal_hz: null, crystal_named: false, crystal_that_fits: null}" --until done --limit 300000000)
# Its own oscillator says nothing of the crystal that the core ran from before.
add_case(sim.time sim.time.left-crystal holds ${delay}-3-0.elf f405
    ".clock == {hz: 16000000, known: true, crystal_hz: 8000000, crystal_named: true, crystal_that_fits: null}"
    --until done --hse 8000000 --limit 300000000)
# With the crystal that ST's code expects the same delay is over sooner: 8 to 25. The firmware's own
# SystemCoreClock tells which one it is for.
add_case(sim.time sim.time.other-crystal holds ${delay}-1-0.elf f405
    ".clock.crystal_hz == 25000000 and .clock.crystal_that_fits == 8000000
    and .time_us >= 160000 and .time_us < 160100" --until done
    --limit 300000000)
