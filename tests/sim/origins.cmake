# Why the application runs, after each way out of the ROM and each way in; and what the probe says.
# SPDX-License-Identifier: MIT

function(add_origin name board origin handoffs)
    add_case(sim.origin sim.origin.${name}.${board}
        origin ${PROJECT_SOURCE_DIR}/build/firmware-gcc/${board}.elf ${device_${board}} "${origin}"
        ${handoffs} ${ARGN})
endfunction()

set(button_nucleo-h723zg PC13=1)
set(button_nucleo-g0b1re PC13=0)
set(button_stm32f4discovery PA0=1)
set(button_nucleo-u575zi-q PC13=1)
foreach(board ${bootleap_boards})
    add_origin(power-on ${board} "from reset" 0 --host go)
    add_origin(go ${board} "from the ROM" 1 --send b --host go)
    add_origin(go-without-trace ${board} "from the ROM" 1 --send b --host go --restore-vectors)
    add_origin(button ${board} "from the ROM" 1 --press ${button_${board}} --host go)
    add_origin(pin ${board} "from a reset that ended the ROM" 1 --send b --host pin)
    add_origin(boot0 ${board} "from the ROM" 0 --boot0 --host go)
    add_origin(boot0-pin ${board} "from reset" 0 --boot0 --host pin)
    add_origin(hardware-watchdog ${board} "from the ROM" 1 --send b --host go --hardware-watchdog)
endforeach()
foreach(board nucleo-h723zg nucleo-g0b1re nucleo-u575zi-q)
    add_origin(host-reset ${board} "from the ROM" 1 --send b --host reset)
endforeach()
# A ROM that resets itself: a host's reset looks the same, so it is entered again, 16 times.
add_origin(no-crystal stm32f4discovery "from a ROM that gave up" 17 --send b --host go --no-crystal)
add_origin(host-reset stm32f4discovery "from a ROM that gave up" 17 --send b --host reset)

# bootleap_probe() with every kind of answer that a virtual chip can be made to give.
foreach(board ${bootleap_boards})
    foreach(compiler ${compilers})
        foreach(variant "" -rdp1 -table)
            add_case(sim.probe sim.probe${variant}.${compiler}.${board}
                origin ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/probe-${board}${variant}.elf
                ${device_${board}} passed 0 --host end --limit 30000)
        endforeach()
    endforeach()
endforeach()
