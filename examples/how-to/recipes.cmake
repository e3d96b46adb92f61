# How a recipe is built, for those who build them and for the tests that break them.
# SPDX-License-Identifier: MIT
enable_language(ASM)
set(how_to ${CMAKE_CURRENT_LIST_DIR})
set(how_to_library ${bootleap_library} ${PROJECT_SOURCE_DIR}/src/bootleap_strerror.c)
set(how_to_common ${how_to}/common/startup.c ${how_to}/common/serial.c)

# Where the table has the mark of these chips.
set(trace_buffer_nucleo-h723zg 0x24008000u)
set(trace_buffer_nucleo-g0b1re 0x20008000u)
set(trace_buffer_stm32f4discovery 0x20008000u)
set(trace_buffer_nucleo-u575zi-q 0x20008000u)

set(cubemx_sources ${how_to}/cubemx/startup.S ${how_to}/cubemx/system.c ${how_to}/cubemx/hal.c
    ${how_to}/common/serial.c)
set(assembly_sources ${how_to}/assembly/main.c ${how_to}/assembly/system.c
    ${how_to}/common/serial.c)

# add_recipe(NAME BOARD SOURCES <file>... [FOLDER <its other headers>] [what add_firmware() takes])
# makes how-to-NAME-BOARD.elf.
function(add_recipe name board)
    cmake_parse_arguments(RECIPE "" "FOLDER" "" ${ARGN})
    add_firmware(how-to-${name}-${board} BOARD ${board} OPTIONS -Os
        INCLUDES ${how_to}/common ${RECIPE_FOLDER} ${RECIPE_UNPARSED_ARGUMENTS})
endfunction()

# add_loaded(NAME BOARD LOADER <source of the loader> [DEFINES <macro of the application>...])
# makes how-to-NAME-BOARD.elf: the loader, and the application in its slot.
function(add_loaded name board)
    cmake_parse_arguments(LOADED "" "LOADER" "DEFINES" ${ARGN})
    file(RELATIVE_PATH scripts ${CMAKE_CURRENT_SOURCE_DIR} ${how_to}/loader)
    add_recipe(${name}-slot ${board} SOURCES ${how_to}/loader/application.c
        ${how_to}/common/serial.c LIBRARY ${how_to_library} DEFINES ${LOADED_DEFINES}
        SCRIPT ${scripts}/slot.ld)
    set(slot ${CMAKE_CURRENT_BINARY_DIR}/${name}-${board})
    add_custom_command(OUTPUT ${slot}.bin DEPENDS how-to-${name}-slot-${board}
        COMMAND arm-none-eabi-objcopy -O binary $<TARGET_FILE:how-to-${name}-slot-${board}>
            ${slot}.bin)
    file(CONFIGURE OUTPUT ${slot}.S
        CONTENT ".section .application, \"a\", %progbits\n.incbin \"${slot}.bin\"\n")
    set_source_files_properties(${slot}.S PROPERTIES OBJECT_DEPENDS ${slot}.bin)
    add_recipe(${name} ${board} SOURCES ${LOADED_LOADER} ${slot}.S
        LIBRARY ${how_to_library}
        SCRIPT ${scripts}/loader.ld)
endfunction()
