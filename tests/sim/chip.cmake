# The virtual chip checked from inside, and faults that must not pass in silence.
# SPDX-License-Identifier: MIT

set(fault_2 "undefined instruction, .*PC 0x0800")
set(fault_3 "read of 4 bytes outside the memory map, address 0x70000000, PC 0x0800")
set(fault_4 "write of 4 bytes to memory that stores cannot write, address 0x0800.*, PC 0x0800")
set(fault_5 "instruction fetch outside the memory map, address 0x70000000")
foreach(board ${bootleap_boards})
    foreach(compiler ${compilers})
        set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
        add_case(sim.core sim.core-check.${compiler}.${board}
            prints ${firmware}/core-check-${board}.elf ${device_${board}} "core check: passed")
    endforeach()
    set(faults 2 3 5)
    if(board MATCHES "h723") # elsewhere a store to flash is told by a flag
        list(APPEND faults 4)
    endif()
    foreach(fault ${faults})
        add_case(sim.core sim.fault.${board}.${fault}
            faults ${PROJECT_SOURCE_DIR}/build/firmware-gcc/fault-${board}-${fault}.elf
            ${device_${board}} ${fault_${fault}})
    endforeach()
endforeach()
# A wait of 500 ms takes that long, with SysTick's 480 MHz, and the few instructions around it.
foreach(compiler ${compilers})
    add_case(sim.core sim.core.waits.${compiler}
        holds ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/bench-delay-Os.elf h743
        ".end.why == \"arrived\" and .instructions >= 240000000 and .instructions < 240000100"
        --until waited --host end --limit 300000000)
endforeach()
# The engine runs the core that was asked for: SDIV is undefined on Armv6-M, and only there.
add_case(sim.core sim.core.sdiv-on-m0plus
    faults ${PROJECT_SOURCE_DIR}/build/firmware-gcc/fault-nucleo-g0b1re-1.elf g0b1
    "undefined instruction")
add_case(sim.core sim.core.sdiv-on-m4
    judge ${PROJECT_SOURCE_DIR}/build/firmware-gcc/fault-stm32f4discovery-1.elf f405 0 "" --host end
    --limit 3000)
# What comes over a serial line reaches firmware that asks, is interrupted, or has DMA take it; so does a
# button that firmware waits for.
foreach(slug f10medium f405 g0b1 h723 u575)
    foreach(way POLL INTERRUPT DMA)
        add_case(sim.core sim.listen.${slug}.${way}
            answers ${PROJECT_SOURCE_DIR}/build/firmware-gcc/listen-${slug}-${way}.elf ${slug} pong
            --send "ping\n")
    endforeach()
    add_case(sim.core sim.listen.${slug}.BUTTON
        answers ${PROJECT_SOURCE_DIR}/build/firmware-gcc/listen-${slug}-BUTTON.elf ${slug} pressed
        --press PC13=1)
endforeach()
# What nobody knows is said, once an instruction, and so is a request that is ignored. The ROM is the ROM
# at both its addresses.
set(unknown_f405 0x1FFF1000)
set(unknown_f74 0x00101000)
set(own_f405 0x1FFF7A2C)
set(own_f74 0x1FFF0000)
foreach(slug f405 f74)
    add_case(sim.core sim.unknown.${slug}
        holds ${PROJECT_SOURCE_DIR}/build/firmware-gcc/unknown-${slug}.elf ${slug}
        "[.not_modelled[] | select(test(\"^read of|^AIRCR\")) | sub(\" by PC.*\"; \"\")] == [
         \"read of system memory at ${unknown_${slug}}\", \"read of the part's own data at ${own_${slug}}\",
         \"AIRCR.VECTRESET, written\"] and (.handoffs[0].contract[] | select(.id == \"H1\") | .ok)"
        --host end)
endforeach()
# An application programs its flash; code that was run there before is not run again: it ends in a
# page that is erased. Where 0 is erased, the core does nothing up to the end of the flash.
set(end_f10medium "undefined instruction, .*PC 0x0801FC00")
set(end_f405 "undefined instruction, .*PC 0x080E0000")
set(end_g0b1 "undefined instruction, .*PC 0x0807F800")
set(end_h723 "undefined instruction, .*PC 0x080E0000")
set(end_l07 "instruction fetch outside the memory map, address 0x08030000")
set(end_u575 "undefined instruction, .*PC 0x081FE000")
foreach(slug f10medium f405 g0b1 h723 l07 u575)
    add_case(sim.core sim.program-flash.${slug}
        faults ${PROJECT_SOURCE_DIR}/build/firmware-gcc/program-flash-${slug}.elf ${slug}
        ${end_${slug}})
endforeach()
