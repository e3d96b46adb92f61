# Recipes with their essential line broken, each of which must have another outcome.
# SPDX-License-Identifier: MIT
#
# how_to_mutant(NAME BOARD FROM <file of examples/how-to> CHANGE <text> <new text>...
#               SOURCES <the other files>... [what add_recipe() takes])
# makes how-to-mutant-NAME-BOARD.elf.
include(${PROJECT_SOURCE_DIR}/cmake/firmware.cmake)
include(${PROJECT_SOURCE_DIR}/examples/how-to/recipes.cmake)
include(${PROJECT_SOURCE_DIR}/tests/mutants/mutate.cmake)

function(how_to_mutant name board)
    cmake_parse_arguments(MUTANT "" "FROM" "CHANGE;SOURCES" ${ARGN})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}/${MUTANT_FROM})
    mutate(${how_to}/${MUTANT_FROM} ${source} ${MUTANT_CHANGE})
    get_filename_component(folder ${MUTANT_FROM} DIRECTORY)
    add_recipe(mutant-${name} ${board} MUTANTS ${source} SOURCES ${MUTANT_SOURCES}
        FOLDER ${how_to}/${folder} ${MUTANT_UNPARSED_ARGUMENTS})
endfunction()

# 1: the hook's file is not there; and .bss over the mark in a project that calls SystemInit late.
how_to_mutant(cubemx-not-hooked stm32f4discovery FROM cubemx/main.c
    CHANGE "bootleap_hooked_origin()" "BOOTLEAP_FROM_RESET"
    SOURCES ${cubemx_sources}
    LIBRARY ${how_to_library}
    SCRIPT ../../examples/how-to/cubemx/project.ld)
list(REMOVE_ITEM cubemx_sources ${how_to}/cubemx/hal.c)
foreach(when early late)
    set(late)
    if(when STREQUAL "late")
        set(late SYSTEM_INIT_LATE)
    endif()
    how_to_mutant(cubemx-large-bss-${when} stm32f4discovery FROM cubemx/hal.c
        CHANGE "uint32_t ticks" "uint32_t all[0x4000] __attribute__((used)), ticks"
        SOURCES ${cubemx_sources} ${how_to}/cubemx/main.c
        SCRIPT ../../examples/how-to/cubemx/project.ld DEFINES ${late})
    target_link_libraries(how-to-mutant-cubemx-large-bss-${when}-stm32f4discovery
        PRIVATE bootleap::systeminit)
endforeach()

# 2: the reset handler does not ask; the supervisor does nothing.
set(rtos ${how_to}/rtos/kernel.c ${how_to}/rtos/tasks.c)
how_to_mutant(rtos-not-asked stm32f4discovery FROM common/startup.c
    CHANGE "= bootleap_on_reset()" "= BOOTLEAP_FROM_RESET"
    SOURCES ${how_to}/common/serial.c ${rtos} LIBRARY ${how_to_library} INCLUDES ${how_to}/rtos)
# As ST's start-up code for H5, U3 and WBA does before it calls SystemInit(): this one must enter.
how_to_mutant(rtos-stack-limit nucleo-u575zi-q FROM common/startup.c
    CHANGE "#include <stdint.h>" "#include <stdint.h>\n#include \"stack_limit.h\""
           "= bootleap_on_reset()" "= on_reset_below_limit()"
    SOURCES ${how_to}/common/serial.c ${rtos} LIBRARY ${how_to_library}
    INCLUDES ${how_to}/rtos ${CMAKE_CURRENT_SOURCE_DIR})
how_to_mutant(rtos-no-supervisor stm32f4discovery FROM rtos/kernel.c
    CHANGE "(uint32_t)bootleap_enter()" "0"
    SOURCES ${how_to_common} ${how_to}/rtos/tasks.c LIBRARY ${how_to_library})

# 5: the reset comes with the callback; or with the next turn of the main loop.
how_to_mutant(usb-in-callback stm32f4discovery FROM usb/usb_trigger.c
    CHANGE "#include \"usb_trigger.h\"" "#include \"bootleap.h\"\n#include \"usb_trigger.h\""
           "trigger->asked = 1" "bootleap_enter()"
    SOURCES ${how_to_common} ${how_to}/usb/main.c LIBRARY ${how_to_library})
how_to_mutant(usb-at-once stm32f4discovery FROM usb/usb_trigger.c
    CHANGE "now_ms - trigger->since >= USB_TRIGGER_DELAY_MS" "now_ms >= trigger->since"
    SOURCES ${how_to_common} ${how_to}/usb/main.c LIBRARY ${how_to_library})

# 6: the answer is given without asking.
how_to_mutant(ask-not-asked stm32f4discovery FROM ask/main.c
    CHANGE "int refusal = bootleap_probe()" "int refusal = 0"
    SOURCES ${how_to_common} LIBRARY ${how_to_library})

# 3: the mark in RAM, as without the macro.
foreach(board ${bootleap_boards})
    add_recipe(mutant-backup-in-ram ${board} SOURCES ${how_to}/backup/main.c
        ${how_to}/common/serial.c LIBRARY ${how_to_library} DEFINES TRACE_BUFFER=${trace_buffer_${board}})
endforeach()

# 4: the application looks for the mark elsewhere; the loader does not ask, and the application does
# so itself, or does not.
set(other_mark_stm32f4discovery 0x20010000u)
set(other_mark_nucleo-h723zg 0x24010000u)
mutate(${how_to}/loader/loader.c ${CMAKE_CURRENT_BINARY_DIR}/loader.c
    "= bootleap_on_reset()" "= BOOTLEAP_FROM_RESET")
foreach(board stm32f4discovery nucleo-h723zg)
    add_loaded(mutant-loader-other-mark ${board} LOADER ${how_to}/loader/loader.c
        DEFINES BOOTLEAP_MARK=${other_mark_${board}})
    add_loaded(mutant-loader-not-asked ${board} LOADER ${CMAKE_CURRENT_BINARY_DIR}/loader.c)
    add_loaded(mutant-loader-only-application ${board} LOADER ${CMAKE_CURRENT_BINARY_DIR}/loader.c
        DEFINES ASKS_ITSELF)
endforeach()

# 8: the answer is taken after SystemInit(); or kept in a register that the loops use.
set(assembly_kept "mov r5, r0              /* new */\n    bl SystemInit\n")
set(assembly_late "bl SystemInit\n    mov r5, r0\n")
mutate(${how_to}/assembly/startup.S ${CMAKE_CURRENT_BINARY_DIR}/assembly-late.S
    "${assembly_kept}" "${assembly_late}")
mutate(${how_to}/assembly/startup.S ${CMAKE_CURRENT_BINARY_DIR}/assembly-r4.S
    "mov r5, r0" "mov r4, r0" "str r5, [r0]" "str r4, [r0]")
foreach(board ${bootleap_boards})
    foreach(broken late r4)
        add_recipe(mutant-assembly-${broken} ${board} SOURCES ${assembly_sources}
            ${CMAKE_CURRENT_BINARY_DIR}/assembly-${broken}.S LIBRARY ${how_to_library}
            SCRIPT ../../examples/how-to/cubemx/project.ld)
    endforeach()
endforeach()

# bootleap.h: the power-on flag is cleared before the mark's words are written; or after.
foreach(board nucleo-g0b1re nucleo-u575zi-q)
    add_recipe(parity ${board} SOURCES parity.c ${how_to_common} LIBRARY ${how_to_library}
        DEFINES WRITES_MARK)
    add_recipe(mutant-parity ${board} SOURCES parity.c ${how_to_common} LIBRARY ${how_to_library})
endforeach()

# 3: a mark that a battery kept over power-on is forgotten; or only not looked at.
add_recipe(battery stm32f4discovery SOURCES battery.c ${how_to_common} LIBRARY ${how_to_library}
    DEFINES BOOTLEAP_MARK_IN_BACKUP)
set(battery ${CMAKE_CURRENT_BINARY_DIR}/battery)
mutate_library(${battery} bootleap_mark_in_backup.h source
    "BOOTLEAP_FLAGS_POWER ? SETTLE" "BOOTLEAP_FLAGS_POWER ? NOWHERE")
list(REMOVE_ITEM how_to_library ${PROJECT_SOURCE_DIR}/src/${source})
add_recipe(mutant-battery stm32f4discovery SOURCES battery.c ${how_to_common}
    LIBRARY ${how_to_library} MUTANTS ${battery}/bootleap.c
    DEFINES BOOTLEAP_MARK_IN_BACKUP)
