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
add_stands(flag 9 f405 standstill memory "^waits for done .0x20000[0-9A-F]+. to change in main${place}, in\
 a loop that reads RAM only. enabled: IRQ 79 .*, which no block that is modelled raises$")
add_stands(sleep 10 f405 standstill asleep
    "^asleep .* in main${place}, called from reset_handler${place}. enabled: IRQ 79 .*, which no block")
add_stands(handler 11 f405 standstill handler "^in an endless loop in Default_Handler${place}, in the\
 handler of IRQ 79, which came in main${place}, called from reset_handler")
add_stands(ticks 12 f405 limit memory "^compares uwTick .* in main${place}, .*. enabled: SysTick$")

# The other ends.
set(folder ${PROJECT_SOURCE_DIR}/build/firmware-gcc)
add_case(sim.standstill sim.standstill.input stands ${folder}/nucleo-h723zg.elf h723 standstill input
    "^waits for input in application${place}: reads (USART3.*, GPIOC|GPIOC.*, USART3).*--send TEXT")
add_case(sim.standstill sim.standstill.fault stands ${folder}/fault-nucleo-h723zg-3.elf h723 fault fault
    "^faults in reset_handler.0x4, at `ldr r1, .r0.`")
