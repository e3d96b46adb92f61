# Where an application stands that gets nowhere: each way of standstill.c, with two compilers.
# SPDX-License-Identifier: MIT

# add_stands(NAME NUMBER DEVICE END KIND PATTERN)
function(add_stands name number device)
    foreach(compiler ${compilers})
        foreach(level O0 Os)
            add_case(sim.standstill sim.standstill.${name}.${compiler}-${level} stands
                ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/standstill-${number}-${level}.elf
                ${device} ${ARGN} --limit 300000)
        endforeach()
    endforeach()
endfunction()

set(place "[0-9A-Fx+]*")
set(callers ", called from SystemClock_Config${place}, from main${place}, from reset_handler")
add_stands(loop 1 f405 standstill loop "^in an endless loop in Error_Handler${place}${callers}")
add_stands(masked 2 f405 standstill loop "^in an endless loop in Error_Handler${place}${callers}")
set(waiting "in [A-Za-z_]+${place}")
add_stands(set 3 f405 standstill register
    "^waits for PWR_CSR.WUF .bit 0 at 0x40007004. ${waiting}, and nothing sets it$")
add_stands(unnamed 4 h723 standstill register
    "^waits for bit 30 of PWR_D3CR .0x58024818. ${waiting}, and nothing sets it$")
add_stands(clear 5 f405 standstill register
    "^waits until bit 2 of 0x50060000 is 0 ${waiting}, and nothing clears it$")
add_stands(field 6 f405 standstill register
    "^waits until RCC_CFGR.SWS .0x0000000C in 0x40023808. is 0x00000008 ${waiting}. it stays 0x00000000$")
add_stands(gives-up 8 f405 limit register "^waits for PWR_CSR.WUF .*, and nothing sets it so far$")
add_stands(flag 9 f405 standstill memory "^waits for done .0x20000[0-9A-F]+. to change in main${place},\
 called from reset_handler${place}, in a loop that reads RAM only. enabled: interrupt 79 .*, which no modelled block raises$")
add_stands(sleep 10 f405 standstill asleep
    "^asleep .* in main${place}, called from reset_handler${place}. enabled: interrupt 79 .*, which no modelled block")
add_stands(handler 11 f405 standstill handler "^in an endless loop in Default_Handler${place}, in the\
 handler of interrupt 79, which interrupted main${place}, called from reset_handler")
add_stands(ticks 12 f405 limit memory "^compares uwTick .* in main${place}, .*. enabled: SysTick$")
add_stands(errors 17 f405 standstill register
    "^waits for (bit 3|one of bit 3, bit 4) of 0x50060004 ${waiting}, and ")
add_stands(several 18 f405 standstill register
    "^waits for one of bit 0, bit 1, bit 4 of 0x50060004 ${waiting}, and none of them changes$")
add_stands(counted 19 f405 limit register "^waits for COUNTFLAG of SYST_CSR .* in (SystemClock_Config|count).*, which SysTick sets")
add_stands(unraised 21 f405 standstill loop
    "^in an endless loop in main.*. enabled: interrupt 79 .*, which no modelled block raises$")

add_stands(pressed 25 f405 standstill input "^waits for input in .*: reads GPIOA_IDR" --press PA1=1)
add_stands(released 25 f405 standstill loop "^in an endless loop in main" --press PA1=1,0)
add_stands(edge 26 f405 standstill loop "^in an endless loop in main.*. enabled: interrupt 40 .*, for what\
 --press presses: PC13, falling .--tie PC13=1 --press PC13=0.$")

# Without optimisation the second variable is asked for by way of a truth value.
foreach(compiler ${compilers})
    add_case(sim.standstill sim.standstill.variables.${compiler}-Os stands
        ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/standstill-20-Os.elf f405 standstill memory
        "^waits for (done|failed) .0x20[0-9A-F]+. or (failed|done) .0x20[0-9A-F]+. to change in main"
        --limit 300000)
endforeach()

# What was polled in vain before.
function(add_told name number holds)
    foreach(compiler ${compilers})
        foreach(level O0 Os)
            add_case(sim.standstill sim.standstill.${name}.${compiler}-${level} tells
                ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/standstill-${number}-${level}.elf
                f405 "${holds}" --limit 300000)
        endforeach()
    endforeach()
endfunction()
add_told(too-late 15 ".where.kind == \"loop\" and .where.before.reads == 500 and
    (.where.before | .register == \"PWR_CSR\" and .bit == \"WUF\" and .mask == \"0x00000001\" and
    .function == \"wait_in_time\" and .us > 0
    and (.text | test(\"^PWR_CSR.WUF was polled in wait_in_time for .*, and nothing set it$\")))")
add_told(in-time 16 ".where.kind == \"loop\" and .where.before == null and .time_us > 1000")
add_told(unraised-end 21 ".end.detail == \"nothing that is modelled can happen any more\"")
add_told(loop-end 1 ".end.detail == \"nothing can happen any more\"")
add_stands(masked-read 22 f405 limit loop "^in a loop in Error_Handler${place}, called from (wait_for_ticks${place}, from )?main")
add_stands(nothing-wakes 23 f405 limit asleep "^asleep .WFI or WFE. in [a-zA-Z_]+${place}")
add_stands(deep-sleep 24 f405 standstill asleep
    "^asleep .in Stop or Standby: SCR.SLEEPDEEP is set. in [a-zA-Z_]+${place}")

# The other ends.
set(folder ${PROJECT_SOURCE_DIR}/build/firmware-gcc)
add_case(sim.standstill sim.standstill.input stands ${folder}/nucleo-h723zg.elf h723 standstill input
    "^waits for input in application${place}: reads (USART3.*, GPIOC|GPIOC.*, USART3).*--send TEXT")
add_case(sim.standstill sim.standstill.fault stands ${folder}/fault-nucleo-h723zg-3.elf h723 fault fault
    "^faults in reset_handler.0x4, at `ldr r1, .r0.`")

# A run without a limit ends when what it is made for has happened, and not before.
function(add_ends name elf device holds)
    foreach(compiler ${compilers})
        add_case(sim.standstill sim.ends.${name}.${compiler} tells
            ${PROJECT_SOURCE_DIR}/build/firmware-${compiler}/${elf}.elf ${device} "${holds}" ${ARGN})
    endforeach()
endfunction()

set(entered ".verdict == \"clean\" and .exit_code == 0 and (.handoffs | length) == 1")
set(back "${entered} and .came_back == \"from the ROM\"")
add_ends(after-delay delayed-first-nucleo-h723zg h723 "${back} and .instructions > 240000000" --host go)
add_ends(again how-to-rtos-nucleo-h723zg h723 "${back} and .end.why == \"done\"" --send t --host go)
add_ends(refused how-to-rtos-nucleo-h723zg h723 ".exit_code == 7 and .reason.kind == \"refused\"
    and .end == {why: \"done\", detail: \"the entry function returned\"}" --send u --host go)
add_ends(lost delayed-never-nucleo-h723zg h723 ".exit_code == 7 and .reason.kind == \"no hook\"
    and .end.why == \"done\" and (.end.detail | endswith(\"its request is lost\"))" --host go)
add_ends(ended-rom nucleo-h723zg h723 "${entered}
    and .came_back == \"from a reset that ended the ROM\"" --send b --host pin)
add_ends(in-rom nucleo-h723zg h723 "${entered} and .came_back == null and .where == null" --send b
    --host end)
# An application that asks for the ROM by each of its resets, and never gets there.
add_case(sim.standstill sim.ends.again-and-again tells ${PROJECT_SOURCE_DIR}/build/recipes/noinit.l4r.gcc-O2.elf
    l4r ".exit_code == 7 and .end == {why: \"done\", detail: \"the chip is reset again and again\"}
    and .instructions < 2000000" --host end)

# R1: start-up code that clears a large .bss is not yet an application that runs; one that does not
# reset is, behind its .bss as well.
foreach(board nucleo-h723zg stm32f4discovery)
    add_ends(large-bss.${board} delayed-last-${board} ${device_${board}} ".findings == false
        and .checks[0].ok and (.returns | length) == 1 and .returns[0].ok
        and .returns[0].instructions > 50000" --boot0 --host go)
    add_ends(large-bss-runs.${board} delayed-never-${board} ${device_${board}} ".exit_code == 7
        and (.checks[0].ok | not) and (.returns[0].ok | not)
        and .came_back == \"by the ROM's Go, without a reset\"" --boot0 --host go)
endforeach()
