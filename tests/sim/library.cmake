# The library in runs: every level, the mutants, direct jumps, states, hooks.
# SPDX-License-Identifier: MIT

# The unchanged library at every level: enters, is served, comes back by Go to a clean chip.
foreach(compiler ${compilers})
    set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
    foreach(board ${bootleap_boards})
        foreach(level O0 O0-no-frame-pointer Og O2 Os O3-lto)
            add_case(sim.level.${compiler} sim.level.${compiler}.${board}.${level}
                judge ${firmware}/level-${board}-${level}.elf ${device_${board}} 1 "" --send b
                --host go)
        endforeach()
    endforeach()
endforeach()

# The example takes the way without a reset on another key.
foreach(compiler ${compilers})
    foreach(board ${bootleap_boards})
        add_case(sim.direct.${compiler} sim.example.direct.${compiler}.${board}
            judge ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/${board}.elf ${device_${board}} 1
            "" --send j --host go)
    endforeach()
endforeach()

# Each mutant is caught by its point and no other, in a run that the unchanged library passes.
function(mutant name)
    cmake_parse_arguments(MUTANT "" "BREAKS;SAYS;OTHERWISE;FILE" "BOARDS;CHANGE;DEPARTURE;SCENARIO"
        ${ARGN})
    set(scenario --enter-at application --host go ${MUTANT_SCENARIO})
    foreach(compiler ${compilers})
        set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
        foreach(board ${MUTANT_BOARDS})
            set(mutant ${firmware}/mutant-${name}-${board}.elf ${device_${board}})
            set(unchanged ${firmware}/level-${board}-Os.elf ${device_${board}})
            set(test sim.mutant.${compiler}.${name}.${board})
            if(MUTANT_SAYS)
                add_case(sim.mutant.${compiler} ${test} says ${mutant} ${MUTANT_SAYS} ${scenario})
            else()
                add_case(sim.mutant.${compiler} ${test}
                    judge ${mutant} 1 ${MUTANT_BREAKS} ${scenario})
            endif()
            if(MUTANT_OTHERWISE)
                add_case(sim.mutant.${compiler} ${test}.unchanged
                    says ${unchanged} ${MUTANT_OTHERWISE} ${scenario})
            elseif(MUTANT_SCENARIO)
                add_case(sim.mutant.${compiler} ${test}.unchanged
                    judge ${unchanged} 1 "" ${scenario})
            endif()
        endforeach()
    endforeach()
endfunction()
include(${PROJECT_SOURCE_DIR}/tests/mutants/mutants.cmake)
include(${PROJECT_SOURCE_DIR}/tests/mutants/direct.cmake)
foreach(compiler ${compilers})
    foreach(board ${bootleap_boards})
        add_case(sim.mutant.${compiler} sim.mutant.${compiler}.unchanged.${board}
            judge ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/level-${board}-Os.elf
            ${device_${board}} 1 "" --enter-at application --host go)
    endforeach()
endforeach()

# A direct jump with one point wrong is caught by that point, and passes with it right.
foreach(compiler ${compilers})
    set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
    foreach(board ${bootleap_boards})
        foreach(point 0 2 3 4 6 7 16)
            set(broken H${point})
            if(point EQUAL 0)
                set(broken "")
            endif()
            add_case(sim.direct.${compiler} sim.direct.${compiler}.${board}.H${point}
                judge ${firmware}/direct-${board}-H${point}.elf ${device_${board}} 1 "${broken}"
                --host end)
        endforeach()
    endforeach()
    add_case(sim.direct.${compiler} sim.direct.${compiler}.nucleo-u575zi-q.H5
        judge ${firmware}/direct-nucleo-u575zi-q-H5.elf u575 1 H5 --host end)
endforeach()

# The watchdog bites after 512 ms: in instructions at the clock of a reset, and some more.
set(watchdog_nucleo-h723zg 33500000)
set(watchdog_nucleo-g0b1re 9000000)
set(watchdog_stm32f4discovery 9000000)
set(watchdog_nucleo-u575zi-q 9000000)
# When nothing is pending: at most 60 instructions at -Os, no RAM and no reset flag changed.
foreach(compiler ${compilers})
    foreach(board ${bootleap_boards})
        add_case(sim.quiet sim.quiet.${compiler}.${board}
            quiet ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/level-${board}-Os.elf
            ${device_${board}} 60 ${watchdog_${board}})
    endforeach()
endforeach()

# The first page is erased from RAM, the second core sleeps, and what is held is held: SysTick
# stands for a pin here, because the contract has a point of its own for it.
foreach(compiler ${compilers})
    set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
    foreach(board ${bootleap_boards})
        add_case(sim.erase-first sim.erase-first.${compiler}.${board}
            origin ${firmware}/erase-first-${board}.elf ${device_${board}} erased 1 --host go
            --limit 30000)
        foreach(stage ENTER AWAY)
            add_case(sim.second-core sim.second-core.${compiler}.${stage}.${board}
                origin ${firmware}/second-core-${board}-${stage}.elf ${device_${board}} asleep 0
                --host end --limit 30000)
        endforeach()
        add_case(sim.hold sim.hold.${compiler}.${board}
            judge ${firmware}/hold-${board}.elf ${device_${board}} 1 H7 --enter-at application
            --host go)
    endforeach()
endforeach()

# The words of the departure are found in .rodata, by both ways.
foreach(compiler ${compilers})
    foreach(board ${bootleap_boards})
        if(compiler STREQUAL "gcc" OR NOT board STREQUAL "nucleo-g0b1re")
            foreach(way reset direct)
                add_case(sim.hold sim.execute-only.${way}.${compiler}.${board} judge
                    ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/execute-only-${board}.elf
                    ${device_${board}} 1 "" --enter-at application --way ${way} --host go)
            endforeach()
        endif()
    endforeach()
endforeach()

# A port that is held stays as it is on the way without a reset, and only where the build names it.
foreach(compiler ${compilers})
    set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
    foreach(board ${bootleap_boards})
        foreach(case hold-port: level:H12)
            string(REPLACE ":" ";" case "${case}")
            list(GET case 0 build)
            list(GET case 1 broken)
            set(suffix "")
            if(build STREQUAL "level")
                set(suffix -Os)
            endif()
            add_case(sim.direct.${compiler} sim.${build}.direct.${compiler}.${board}
                judge ${firmware}/${build}-${board}${suffix}.elf ${device_${board}} 1 "${broken}"
                --enter-at application --way direct --state pins --hold GPIOB --host go)
        endforeach()
    endforeach()
endforeach()

# The hooks: they are in the ELF, start-up code that knows nothing of bootleap runs them, and the
# way there and back works. From an archive the linker leaves the hook out: nobody hands over.
foreach(compiler ${compilers})
    set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
    foreach(board ${bootleap_boards})
        foreach(hook preinit systeminit both archive)
            add_case(sim.hook sim.hook.elf.${compiler}.${hook}.${board}
                hook ${firmware}/hooked-${board}-${hook}.elf ${hook})
            set(found "from the ROM")
            set(handoffs 1)
            if(hook STREQUAL archive)
                set(found "from reset")
                set(handoffs 0)
            endif()
            add_case(sim.hook sim.hook.run.${compiler}.${hook}.${board}
                origin ${firmware}/hooked-${board}-${hook}.elf ${device_${board}} "${found}"
                ${handoffs} --send b --host go)
        endforeach()
    endforeach()
endforeach()

# GCC's link-time optimisation calls SystemInit() past the hook: nothing is entered, from reset. The
# other hook comes to its place.
foreach(compiler ${compilers})
    set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
    set(found "from the ROM")
    set(handoffs 1)
    if(compiler STREQUAL "gcc")
        set(found "from reset")
        set(handoffs 0)
    endif()
    add_case(sim.hook sim.hook.lto.${compiler} origin ${firmware}/hooked-lto.elf f405 "${found}"
        ${handoffs} --send b --host go)
    add_case(sim.hook sim.hook.lto-both.${compiler} origin ${firmware}/hooked-lto-both.elf f405
        "from the ROM" 1 --send b --host go)
endforeach()

# Noise is no origin: with this seed RAM holds one that an image without the complement believes.
foreach(elf "hooked-lto:from reset" "hooked-lto-mutant:from the ROM")
    string(REPLACE ":" ";" elf "${elf}")
    list(GET elf 0 name)
    list(GET elf 1 found)
    add_case(sim.hook sim.hook.noise.${name} tells
        ${PROJECT_SOURCE_DIR}/build/firmware-gcc/${name}.elf f405
        ".on_reset == [] and (.texts[0] | endswith(\", ${found}\"))" --seed 54 --send x --host end)
endforeach()

# Entering from a task, a handler, with interrupts masked or pending, with the live stack over
# the mark; and unprivileged, which is refused (the M0+ model has no unprivileged mode).
foreach(board ${bootleap_boards})
    foreach(compiler ${compilers})
        set(firmware ${PROJECT_SOURCE_DIR}/build/firmware-${compiler})
        foreach(state process-stack masked handler pending protected stack-40-over-mark
                stack-48-over-mark stack-56-over-mark stack-64-over-mark stack-72-over-mark
                stack-80-over-mark stack-88-over-mark)
            add_case(sim.state.${compiler} sim.state.${compiler}.${board}.${state}
                judge ${firmware}/state-${board}-${state}.elf ${device_${board}} 1 "" --host go
                --limit 20000)
        endforeach()
        if(NOT board STREQUAL nucleo-g0b1re)
            add_case(sim.state.${compiler} sim.state.${compiler}.${board}.unprivileged
                judge ${firmware}/state-${board}-unprivileged.elf ${device_${board}} 0 "" --host go
                --limit 20000)
        endif()
    endforeach()
endforeach()
