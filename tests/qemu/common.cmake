# common.cmake: the cores, states, ways and instructions of the second opinion, read from cores.txt.
# SPDX-License-Identifier: MIT
set(qemu_states thread process-stack primask handler pending basepri faultmask fpu stack-limits)
set(qemu_instructions sdiv uadd8 vmov vadd64 tt)
# Mutants of src/bootleap.c, and the state in which they show. The core must show the same.
set(qemu_mutants masked msp-not-loaded)
set(qemu_mutant_state_masked thread)
set(qemu_change_masked [["cpsie i\n"]] [[""]])
set(qemu_mutant_state_msp-not-loaded thread)
set(qemu_change_msp-not-loaded [["msr msp, r0\n"]] [[""]])

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/cores.txt qemu_rows REGEX "^[^#]")
set(qemu_cores)
foreach(row ${qemu_rows})
    string(REPLACE " " ";" fields "${row}")
    list(POP_FRONT fields core)
    list(APPEND qemu_cores ${core})
    list(GET fields 0 qemu_device_${core})
    list(GET fields 2 qemu_flash_${core})
    list(GET fields 3 qemu_rom_${core})
    list(GET fields 4 qemu_ram_${core})
    list(GET fields 5 states)
    string(REPLACE "," ";" qemu_states_${core} "${states}")
endforeach()
