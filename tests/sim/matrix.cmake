# The matrix: every device at -Os with both compilers, one device of each core at every level.
# SPDX-License-Identifier: MIT
#
# script/matrix runs all of it.
set(matrix ${PROJECT_SOURCE_DIR}/build/matrix)
foreach(compiler ${compilers})
    add_test(NAME sim.matrix.${compiler}-Os
        COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/matrix.sh $<TARGET_FILE:bootleap-sim> ${matrix}
            ${compiler}-Os ${PROJECT_SOURCE_DIR}/tools/write_proof.py)
    set_tests_properties(sim.matrix.${compiler}-Os PROPERTIES COST 500)
endforeach()
foreach(compiler ${compilers})
    foreach(device f04 f070x6 l01 l07) # with the user's leave to erase the first page
        add_test(NAME sim.matrix.${compiler}-Os-erase-first.${device}
            COMMAND bootleap-sim matrix ${matrix} --build ${compiler}-Os-erase-first
                --device ${device} --jobs 1)
    endforeach()
endforeach()
foreach(device ${bootleap_every_level})
    add_test(NAME sim.matrix.levels.${device}
        COMMAND bootleap-sim matrix ${matrix} --device ${device} --jobs 1 --resets -Os)
endforeach()
# A part whose second core starts by itself refuses, unless that core parks.
foreach(compiler ${compilers})
    foreach(case "runs refused returned.-14" "parks arrived .*")
        string(REPLACE " " ";" case ${case})
        list(GET case 0 core)
        list(GET case 1 why)
        list(GET case 2 detail)
        add_case(sim.second-core sim.second-core.${compiler}.${core}
            ends ${PROJECT_SOURCE_DIR}/build/matrix-second-core/${compiler}-${core}/h743.elf h743
            ${why} ${detail} --enter-at application --until application --host go)
    endforeach()
endforeach()
# IWDG_SR.ONF of newer parts is set while the watchdog runs: who waits for it waits without need.
foreach(compiler ${compilers})
    foreach(slug h503 h563 wba5)
        set(options --enter-at application --until application --way direct --state watchdog
            --host go --limit 20000)
        add_case(sim.mutant.${compiler} sim.mutant.${compiler}.watchdog-all-bits.${slug}.unchanged
            judge ${matrix}/${compiler}-Os/${slug}.elf ${slug} 1 "" ${options})
        add_case(sim.mutant.${compiler} sim.mutant.${compiler}.watchdog-all-bits.${slug}
            tells ${PROJECT_SOURCE_DIR}/build/matrix-mutants/watchdog-all-bits/${compiler}/${slug}.elf
            ${slug} "(.handoffs | length) == 0 and .end.why == \"limit\"" ${options})
    endforeach()
endforeach()
# The matrix notices what is broken, in the scenario that is about it.
function(matrix_mutant name)
    cmake_parse_arguments(MUTANT "ERASES" "SCENARIO;LEVEL;FILE;WAY" "DEVICES;CHANGE" ${ARGN})
    if(NOT MUTANT_WAY)
        set(MUTANT_WAY reset)
    endif()
    foreach(device ${MUTANT_DEVICES})
        add_test(NAME sim.matrix.mutant.${name}.${device}
            COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/matrix_mutant.sh $<TARGET_FILE:bootleap-sim>
                ${PROJECT_SOURCE_DIR}/build/matrix-mutants/${name} ${device}
                ${MUTANT_SCENARIO} ${MUTANT_WAY})
    endforeach()
endfunction()
include(${PROJECT_SOURCE_DIR}/tests/matrix/mutants.cmake)
# Chance is seeded: the same cells have the same results.
foreach(device g0b1 h723)
    add_test(NAME sim.matrix.twice.${device}
        COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/matrix_twice.sh $<TARGET_FILE:bootleap-sim> ${matrix}
            gcc-Os ${device})
endforeach()
add_test(NAME sim.matrix.digest
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/matrix_digest.sh $<TARGET_FILE:bootleap-sim> ${matrix} gcc-Os
        h723 ${PROJECT_SOURCE_DIR}/build/firmware-gcc/mutant-msp-not-loaded-nucleo-h723zg.elf H2)
add_test(NAME sim.matrix.fails
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/matrix_fails.sh $<TARGET_FILE:bootleap-sim>
        ${PROJECT_SOURCE_DIR}/build/firmware-gcc/mutant-msp-not-loaded-nucleo-h723zg.elf h723 H2)
