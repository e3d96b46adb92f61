# Firmware for the four chips: which core, part and board each has, and how an ELF is made.
# SPDX-License-Identifier: MIT
include(${CMAKE_CURRENT_LIST_DIR}/objects.cmake)

# Folder of the board, CMSIS macro, core.
set(bootleap_boards nucleo-h723zg nucleo-g0b1re stm32f4discovery nucleo-u575zi-q)
set(part_nucleo-h723zg STM32H723xx)
set(part_nucleo-g0b1re STM32G0B1xx)
set(part_stm32f4discovery STM32F407xx)
set(part_nucleo-u575zi-q STM32U575xx)
set(core_nucleo-h723zg cortex-m7)
set(core_nucleo-g0b1re cortex-m0plus)
set(core_stm32f4discovery cortex-m4)
set(core_nucleo-u575zi-q cortex-m33)

# The library, as users compile it, and the optimisation levels at which tests do.
set(bootleap_library
    ${PROJECT_SOURCE_DIR}/src/bootleap.c ${PROJECT_SOURCE_DIR}/src/bootleap_probe.c
    ${PROJECT_SOURCE_DIR}/src/bootleap_jump.c)
set(bootleap_levels O0 O0-no-frame-pointer Og O2 Os O3-lto)
set(bootleap_flags_O0 -O0 -fno-omit-frame-pointer)
set(bootleap_flags_O0-no-frame-pointer -O0 -fomit-frame-pointer)
set(bootleap_flags_Og -Og)
set(bootleap_flags_O2 -O2)
set(bootleap_flags_Os -Os)
set(bootleap_flags_O3-lto -O3 -flto)

# One device of each core, and g43, into whose stack interrupts of its ROM write: script/test runs them at
# every level in the matrix.
set(bootleap_every_level f072 g0b1 f10medium f405 g43 h723 u575)

# read_builds() sets `builds` to the slugs of all devices that firmware can be made for, build_<slug>
# to SLUG PART CORE FLASH STACK MECHANISM, `builds_run`, `builds_backup` and `builds_first` to those
# of which rows.py says so, and `compiler`. The table is asked once.
macro(read_builds)
    get_property(bootleap_builds GLOBAL PROPERTY bootleap_builds)
    if(NOT bootleap_builds)
        execute_process(
            COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/cmake/rows.py
            OUTPUT_VARIABLE bootleap_builds OUTPUT_STRIP_TRAILING_WHITESPACE
            COMMAND_ERROR_IS_FATAL ANY)
        string(REPLACE "\n" ";" bootleap_builds "${bootleap_builds}")
        set_property(GLOBAL PROPERTY bootleap_builds "${bootleap_builds}")
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/src/bootleap_devices.h ${PROJECT_SOURCE_DIR}/cmake/rows.py)
    set(builds)
    set(builds_run)
    set(builds_backup)
    set(builds_first)
    foreach(build ${bootleap_builds})
        string(REPLACE " " ";" build ${build})
        list(POP_BACK build first backup runs)
        list(GET build 0 slug)
        set(build_${slug} ${build})
        if(runs)
            list(APPEND builds_run ${slug})
        endif()
        if(backup)
            list(APPEND builds_backup ${slug})
        endif()
        if(first)
            list(APPEND builds_first ${slug})
        endif()
        list(APPEND builds ${slug})
    endforeach()
    if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
        set(compiler clang)
    else()
        set(compiler gcc)
    endif()
endmacro()

# add_firmware(NAME BOARD <board> SOURCES <file>... [LIBRARY <file>...] [MUTANTS <file>...]
#              [OPTIONS <flag>...] [DEFINES <macro>...] [INCLUDES <folder>...]
#              [SCRIPT <linker script>])
# makes NAME.elf in the build folder. OPTIONS are for the compiler and the linker. LIBRARY are files
# of src/, which get those of DEFINES that begin with BOOTLEAP_; MUTANTS are copies with a change.
function(add_firmware name)
    cmake_parse_arguments(FIRMWARE "" "BOARD;SCRIPT"
        "SOURCES;LIBRARY;MUTANTS;OPTIONS;DEFINES;INCLUDES" ${ARGN})
    set(board_folder ${PROJECT_SOURCE_DIR}/examples/${FIRMWARE_BOARD})
    set(script_folder ${PROJECT_SOURCE_DIR}/examples/application)
    set(script ${script_folder}/application.ld)
    if(FIRMWARE_SCRIPT)
        set(script ${CMAKE_CURRENT_SOURCE_DIR}/${FIRMWARE_SCRIPT})
    endif()
    set(flags -mcpu=${core_${FIRMWARE_BOARD}} -mthumb -ffreestanding ${FIRMWARE_OPTIONS})
    set(defines ${part_${FIRMWARE_BOARD}} ${FIRMWARE_DEFINES})
    set(library_defines ${FIRMWARE_DEFINES})
    list(FILTER library_defines INCLUDE REGEX "^BOOTLEAP_")
    list(PREPEND library_defines ${part_${FIRMWARE_BOARD}})
    set(includes ${PROJECT_SOURCE_DIR}/src ${board_folder} ${script_folder} ${FIRMWARE_INCLUDES})
    set(assembled ${FIRMWARE_SOURCES})
    list(FILTER assembled EXCLUDE REGEX "\\.c$")
    list(FILTER FIRMWARE_SOURCES INCLUDE REGEX "\\.c$")

    set(objects)
    compile_once(objects SOURCES ${FIRMWARE_SOURCES} FLAGS ${flags} -g DEFINES ${defines}
        INCLUDES ${includes})
    compile_once(objects SOURCES ${FIRMWARE_LIBRARY} FLAGS ${flags} -g DEFINES ${library_defines}
        INCLUDES ${PROJECT_SOURCE_DIR}/src)
    compile_once(objects SOURCES ${FIRMWARE_MUTANTS} FLAGS ${flags} -g -Wno-unused
        DEFINES ${defines} INCLUDES ${includes})
    link_elf(${name} FILE ${CMAKE_BINARY_DIR}/${name} SCRIPT ${script}
        FLAGS ${flags} -L${board_folder} OBJECTS ${objects} ${assembled})
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${board_folder}/memory.ld)
    # For what is not compiled once: assembler, and the sources of a hook that is linked.
    target_compile_options(${name} PRIVATE ${flags} ${bootleap_warnings} -g)
    target_compile_definitions(${name} PRIVATE ${defines})
    target_include_directories(${name} PRIVATE ${includes})
endfunction()
