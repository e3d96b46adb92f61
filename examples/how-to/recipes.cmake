# How a recipe is built, for those who build them and for the tests that break them.
# SPDX-License-Identifier: MIT
enable_language(ASM)
set(how_to ${CMAKE_CURRENT_LIST_DIR})
set(how_to_library ${bootleap_library} ${PROJECT_SOURCE_DIR}/src/bootleap_strerror.c)
set(how_to_common ${how_to}/common/startup.c ${how_to}/common/serial.c ${how_to_library})

# Where the table has the mark of these chips.
set(trace_buffer_nucleo-h723zg 0x24008000u)
set(trace_buffer_nucleo-g0b1re 0x20008000u)
set(trace_buffer_stm32f4discovery 0x20008000u)
set(trace_buffer_nucleo-u575zi-q 0x20008000u)

set(cubemx_sources ${how_to}/cubemx/startup.S ${how_to}/cubemx/system.c ${how_to}/cubemx/hal.c
    ${how_to}/common/serial.c)

# add_recipe(NAME BOARD SOURCES <file>... [DEFINES <macro>...] [SCRIPT <linker script>])
function(add_recipe name board)
    add_firmware(how-to-${name}-${board} BOARD ${board} OPTIONS -Os ${ARGN})
    target_include_directories(how-to-${name}-${board} PRIVATE ${how_to}/common)
endfunction()
