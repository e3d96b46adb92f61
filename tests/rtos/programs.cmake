# programs.cmake: rtos-PROGRAM-BOARD.elf, and mutants of them with the essential line broken.
# SPDX-License-Identifier: MIT
include(${PROJECT_SOURCE_DIR}/cmake/firmware.cmake)
include(${PROJECT_SOURCE_DIR}/tests/mutants/mutate.cmake)
if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
    return()
endif()
enable_language(ASM)
set(rtos ${CMAKE_CURRENT_SOURCE_DIR})
set(how_to ${PROJECT_SOURCE_DIR}/examples/how-to)
set(with_library LIBRARY ${bootleap_library} ${PROJECT_SOURCE_DIR}/src/bootleap_strerror.c)

# add_program(NAME BOARD SOURCES <file>... [what add_firmware() takes])
function(add_program name board)
    add_firmware(rtos-${name}-${board} BOARD ${board} OPTIONS -Os ${ARGN})
endfunction()

# mutant(FILE COPY TEXT NEW...): COPY in the build folder is FILE with the changes.
function(mutant file copy)
    mutate(${rtos}/${file} ${CMAKE_CURRENT_BINARY_DIR}/${copy} ${ARGN})
endfunction()

# FreeRTOS: the hook of ST's start-up code; a privileged task enters for an unprivileged one.
set(freertos ${rtos}/freertos/port.c ${rtos}/freertos/startup.S ${rtos}/freertos/system.c
    ${how_to}/rtos/kernel.c ${how_to}/common/serial.c)
set(freertos_rest INCLUDES ${rtos}/freertos ${rtos}/freertos/include ${how_to}/rtos ${how_to}/common
    SCRIPT ../../examples/how-to/cubemx/project.ld)
foreach(board stm32f4discovery nucleo-h723zg nucleo-u575zi-q)
    add_program(freertos ${board} SOURCES ${freertos} ${rtos}/freertos/tasks.c ${freertos_rest})
    target_link_libraries(rtos-freertos-${board} PRIVATE bootleap::systeminit)
endforeach()
mutant(freertos/tasks.c tasks_unprivileged.c " | portPRIVILEGE_BIT" "")
add_program(mutant-freertos-unprivileged stm32f4discovery SOURCES ${freertos}
    MUTANTS ${CMAKE_CURRENT_BINARY_DIR}/tasks_unprivileged.c ${freertos_rest})
target_link_libraries(rtos-mutant-freertos-unprivileged-stm32f4discovery
    PRIVATE bootleap::systeminit)

# libopencm3: a reset handler of the project's own.
set(libopencm3 ${rtos}/libopencm3/vector.c ${rtos}/libopencm3/main.c ${how_to}/common/serial.c)
set(libopencm3_rest ${with_library} INCLUDES ${rtos}/libopencm3/include ${how_to}/common
    SCRIPT libopencm3/sections.ld)
mutant(libopencm3/reset_handler.c reset_handler_late.c
    "= (uint32_t)bootleap_on_reset()" "= 0u"
    "    main()" "    boot_origin = (uint32_t)bootleap_on_reset(), main()")
foreach(board stm32f4discovery nucleo-g0b1re)
    add_program(libopencm3 ${board} SOURCES ${libopencm3} ${rtos}/libopencm3/reset_handler.c
        ${libopencm3_rest})
    add_program(mutant-libopencm3-late ${board} SOURCES ${libopencm3}
        MUTANTS ${CMAKE_CURRENT_BINARY_DIR}/reset_handler_late.c ${libopencm3_rest})
endforeach()

# ChibiOS: a reset handler before crt0.
set(chibios ${rtos}/chibios/crt0.S ${rtos}/chibios/main.c ${how_to}/common/serial.c)
set(chibios_rest ${with_library} INCLUDES ${rtos}/chibios ${how_to}/common SCRIPT chibios/rules.ld)
mutant(chibios/reset_handler.c early_init.c "void Reset_Handler(void)\n{" "void __early_init(void)\n{"
    "_crt0_entry()" "(void)0")
foreach(board stm32f4discovery nucleo-h723zg)
    add_program(chibios ${board} SOURCES ${chibios} ${rtos}/chibios/board.c
        ${rtos}/chibios/reset_handler.c ${chibios_rest})
    add_program(mutant-chibios-early ${board} SOURCES ${chibios} ${rtos}/chibios/board.c
        MUTANTS ${CMAKE_CURRENT_BINARY_DIR}/early_init.c ${chibios_rest})
endforeach()
