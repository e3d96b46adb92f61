# firmware.cmake: the ELFs of the second opinion, see CMakeLists.txt; with GCC only.
# SPDX-License-Identifier: MIT
if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
    return()
endif()
include(${PROJECT_SOURCE_DIR}/cmake/firmware.cmake)
include(${PROJECT_SOURCE_DIR}/tests/mutants/mutate.cmake)
read_builds()
foreach(mutant ${qemu_mutants})
    mutate(${PROJECT_SOURCE_DIR}/src/bootleap.c
        ${CMAKE_CURRENT_BINARY_DIR}/${mutant}/bootleap.c ${qemu_change_${mutant}})
endforeach()

# add_objects(NAME CORE FLAGS SOURCE...): compiled once, linked into many.
function(add_objects name core flags)
    add_library(${name} OBJECT ${ARGN})
    target_compile_options(${name} PRIVATE -mcpu=${core} -mthumb -ffreestanding -Os -g
        ${bootleap_warnings} ${flags})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src
        ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()

# add_elf(CORE NAME SCRIPT SYMBOLS OBJECTS...)
function(add_elf core name script symbols)
    set(objects)
    foreach(library ${ARGN})
        list(APPEND objects $<TARGET_OBJECTS:${library}>)
    endforeach()
    link_elf(qemu-${core}-${name} FILE ${PROJECT_SOURCE_DIR}/build/qemu/${core}/${name}
        SCRIPT ${script} FLAGS -mcpu=${core} -mthumb OBJECTS ${objects} SYMBOLS ${symbols})
endfunction()

# Everything that one engine runs: SYMBOLS are its memory, FLAGS choose the part or its header.
function(add_engine core engine symbols flags)
    set(script ${PROJECT_SOURCE_DIR}/tests/matrix/firmware.ld)
    set(prefix qemu-${core}-${engine})
    add_objects(${prefix}-firmware ${core} "${flags};-fno-jump-tables" firmware.c)
    add_objects(${prefix}-fault ${core} "${flags}" fault_${engine}.c)
    add_objects(${prefix}-library ${core} "${flags}" ${bootleap_library})
    qemu_runs(${core} runs)
    foreach(run ${runs})
        string(REPLACE "," ";" run ${run})
        list(POP_FRONT run kind state number via)
        list(FIND qemu_ways ${kind} way)
        add_elf(${core} ${engine}-${kind}-${state} ${script}
            "${symbols};state=${number};via=${via};way=${way}"
            ${prefix}-firmware ${prefix}-fault ${prefix}-library)
    endforeach()
    foreach(mutant ${qemu_mutants})
        add_objects(${prefix}-library-${mutant} ${core} "${flags};-Wno-unused"
            ${CMAKE_CURRENT_BINARY_DIR}/${mutant}/bootleap.c
            ${PROJECT_SOURCE_DIR}/src/bootleap_probe.c)
        add_elf(${core} ${engine}-mutant-${mutant} ${script}
            "${symbols};state=0;via=0;way=0"
            ${prefix}-firmware ${prefix}-fault ${prefix}-library-${mutant})
    endforeach()
    foreach(instruction ${qemu_instructions})
        add_objects(${prefix}-${instruction} ${core} "-DINSTRUCTION=${instruction}" instruction.c)
        add_elf(${core} ${engine}-instruction-${instruction} ${script} "${symbols}"
            ${prefix}-${instruction} ${prefix}-fault)
    endforeach()
endfunction()

# The header of QEMU's build: the row's, with addresses that the machine has.
function(add_machine_header core part registers mark header)
    add_custom_command(OUTPUT ${header}
        COMMAND ${CMAKE_C_COMPILER} -E -dM -D${part} -o ${header}.macros
            ${PROJECT_SOURCE_DIR}/src/bootleap_devices.h
        COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/machine_header.py
            --registers ${registers} --rom ${qemu_rom_${core}} --mark ${mark}
            ${header}.macros ${header}
        DEPENDS ${PROJECT_SOURCE_DIR}/src/bootleap_devices.h
            ${CMAKE_CURRENT_SOURCE_DIR}/machine_header.py
        VERBATIM)
    add_custom_target(qemu-${core}-header DEPENDS ${header})
endfunction()

foreach(core ${qemu_cores})
    list(GET build_${qemu_device_${core}} 1 part)
    list(GET build_${qemu_device_${core}} 3 flash)
    list(GET build_${qemu_device_${core}} 4 top)
    math(EXPR process "${top} - 0x400" OUTPUT_FORMAT HEXADECIMAL)
    add_engine(${core} simulator
        "flash_start=${flash};stack_top=${top};process_stack_top=${process}" -D${part})

    # Of RAM's first 16 KB: the mark at 8, the stacks up to 12, registers at 14, the ROM's own last.
    foreach(place mark:0x2000 process:0x2C00 top:0x3000 registers:0x3800 seen:0x3C00 own:0x4000)
        string(REPLACE ":" ";" place ${place})
        list(GET place 0 name)
        list(GET place 1 offset)
        math(EXPR ${name} "${qemu_ram_${core}} + ${offset}" OUTPUT_FORMAT HEXADECIMAL)
    endforeach()
    set(header ${CMAKE_CURRENT_BINARY_DIR}/${core}.h)
    add_machine_header(${core} ${part} ${registers} ${mark} ${header})
    set(flags "SHELL:-include ${header}")
    add_engine(${core} qemu "flash_start=${qemu_flash_${core}};stack_top=${top};process_stack_top=${process}"
        "${flags}")
    add_objects(qemu-${core}-qemu-rom ${core} "${flags};-DWORD0=0x20003400" rom.c)
    foreach(objects firmware fault library rom library-masked library-msp-not-loaded)
        add_dependencies(qemu-${core}-qemu-${objects} qemu-${core}-header)
    endforeach()
    add_elf(${core} rom ${CMAKE_CURRENT_SOURCE_DIR}/qemu.ld
        "rom_start_address=${qemu_rom_${core}};registers_start=${registers};seen=${seen};own_stack=${own}"
        qemu-${core}-qemu-rom)
endforeach()
