# What a ROM does besides serving: by device, version and option bytes, with its confidence.
# SPDX-License-Identifier: MIT

# Parts whose options may have the ROM start every boot; the firmware is that of the matrix.
foreach(slug f42 l47 g47)
    set(run ${PROJECT_SOURCE_DIR}/build/matrix/gcc-Os/${slug}.elf ${slug})
    set(options --bfb2 --limit 60000)
    # An ordinary boot: one reset more, then rest. A request: one handoff, then back.
    add_case(sim.bank sim.bank.boot.${slug} boots ${run} 1 0 0 ${options} --host end)
    add_case(sim.bank sim.bank.request.${slug}
        boots ${run} 3 1 1 ${options} --enter-at application --host go)
endforeach()

function(add_behaviour name slug holds)
    add_case(sim.behaviour sim.behaviour.${name}.${slug}
        holds ${PROJECT_SOURCE_DIR}/build/matrix/gcc-Os/${slug}.elf ${slug} "${holds}" --until
        application ${ARGN})
endfunction()
set(jump --enter-at application --plain-jump --host go)
# That it looks for a bank is inferred, so nobody can say; the virtual ROM shows the worse way.
set(goes_back ".findings and .end.why == \"arrived\" and .handoffs[0].outcome == \"at risk\"
    and .handoffs[0].acts == \"returned to flash\"")
set(serves ".handoffs[0].outcome == \"served\"")
set(returns ".handoffs[0].acts == \"returned to flash\"")
add_behaviour(bank f42 "${goes_back}" ${jump})
add_behaviour(bank-remapped f42 "${serves}" --enter-at application --foreign-jump --host go)
add_behaviour(bank l07 "${goes_back}" ${jump})
add_behaviour(bank-by-version l07 "${serves}" ${jump} --rom-version V4.0)
add_behaviour(bank l1xd "${goes_back}" ${jump})
add_behaviour(bank-by-version l1xd "${serves}" ${jump} --rom-version 0x42)
add_behaviour(bank-by-option f10xl "${goes_back}" ${jump} --bfb2)
add_behaviour(no-bank-by-option f10xl "${serves}" ${jump})
add_behaviour(first-word f04 ".handoffs[0].how == \"returned to flash\"
    and .handoffs[0].ground == \"must\" and .end.why == \"arrived\"" ${jump})
add_behaviour(rdp-1 f405 ".end.detail == \"the ROM refuses Go: readout protection\"" --boot0
    --option rdp-level-1 --host go)
add_behaviour(rdp-2 f405 ".starts[0].starts == \"application\"" --boot0 --option rdp-level-2
    --host go)
add_behaviour(product-state h563 ".starts[0].starts == \"application\"" --boot0
    --option product-state --host go)
add_behaviour(watchdog f030xc "[.starts[].reset] == [\"power-on\", \"software\", \"watchdog\"]
    and .behaviour[0].confidence == \"inferred\"" --enter-at application --hardware-watchdog
    --worst --host go)
add_behaviour(watchdog-fed f405 "[.starts[].reset] | contains([\"watchdog\"]) | not"
    --enter-at application --hardware-watchdog --worst --host go)
add_behaviour(left f405 ".behaviour[0] == {what: \"after Go AHB1ENR is not what a reset leaves\",
    confidence: \"documented\"} and .rom_version == \"V9.0\"" --boot0 --host go
    --rom-version V9.0)
add_behaviour(nothing-left f405 "[.behaviour[].what] | contains([\"after Go\"]) | not" --boot0
    --host go)
add_behaviour(no-go h743 ".end.why == \"served\" and .rom_version == \"V13.2\"" --boot0 --host go
    --rom-version 0xD2)
add_behaviour(crystal-by-chance f405 "(.handoffs | length) > 1 and .findings == false"
    --enter-at application --host go --crystal-chance 20)
add_behaviour(crystal-at-once f405 "(.handoffs | length) == 1" --enter-at application --host go
    --crystal-chance 100)
add_behaviour(left-not-told f04 "[.behaviour[].what] | contains([\"HSITRIM\"]) | not" --boot0 --host go)
add_behaviour(left-inferred f04 "[.behaviour[] | select(.what | contains(\"HSITRIM\")) | .confidence]
    == [\"inferred\"]" --boot0 --host go --rom-version V10.0)

# Bits that speak against a jump: by version, with an option, and what a reset puts right.
set(hangs ".findings and .end.why == \"not served\" and .handoffs[0].ground == \"must\"
    and ([.handoffs[0].contract[] | select(.id == \"H14\")][0].ok | not)
    and .handoffs[0].how == ")
foreach(bit 1 2)
    add_behaviour(clock-protected-${bit} h7rs "${hangs} \"hung\"
        and (.behaviour[0].what | endswith(\"it hangs\"))" --enter-at application
        --foreign-jump --register 0x58024500=${bit} --host go)
endforeach()
add_behaviour(clock-protected-reset h7rs "${serves} and .end.why == \"arrived\" and .findings == false"
    --enter-at application --register 0x58024500=3 --host go)
set(hidden --enter-at application --foreign-jump --register 0x44000414=0x6F --host go)
add_behaviour(hide-protection h503 "${hangs} \"fault\"" ${hidden} --option product-state
    --rom-version V14.1)
add_behaviour(hide-protection-fixed h503 "[.behaviour[].what] | contains([\"HDPL\"]) | not" ${hidden}
    --option product-state)
add_behaviour(hide-protection-open h503 "[.behaviour[].what] | contains([\"HDPL\"]) | not" ${hidden}
    --rom-version V14.1)
add_behaviour(hide-protection h563 "${hangs} \"fault\"" ${hidden} --option product-state
    --option trustzone --rom-version V14.3)
add_behaviour(voltage-range l47 ".behaviour[0] == {confidence: \"documented\",
    what: \"jumped to with VOS = 2 (PWR_CR1): USB does not work\"}" --enter-at application --foreign-jump
    --register 0x40007000=0x400 --host go)
# What the board does to the ROM's pins: by version, and for the interfaces that AN2606 names.
set(deaf ".findings and .end.why == \"not served\" and .behaviour[0].confidence == \"documented\"
    and .behaviour[0].what == ")
set(found "(.findings | not) and .end.why == \"arrived\"")
set(enters --enter-at application --host go)
add_behaviour(pin-low h743 "${deaf} \"with PB15 low it finds no host on any interface\""
    ${enters} --tie PB15=0)
add_behaviour(pin-high h743 "${found}" ${enters} --tie PB15=1)
add_behaviour(pin-low-before h743 "${found}" ${enters} --tie PB15=0 --rom-version V13.3)
add_behaviour(pin-low-usb h743 ".end.why == \"not served\"
    and (.behaviour[0].what | endswith(\", SPI4, FDCAN1\"))" ${enters} --tie PB15=0 --rom-version V9.0)
add_behaviour(pin-low g03 "${deaf} \"with PA3 low (all but SO8) it finds no host on any interface\""
    ${enters} --tie PA3=0 --rom-version V5.2)
add_behaviour(pin-low-fixed g03 "${found}" ${enters} --tie PA3=0)
add_behaviour(pin-low-other f105 "${found} and (.behaviour[0].what | contains(\"on USART1, CAN2, USB\"))"
    ${enters} --tie PD6=0 --rom-version V1.0)
add_behaviour(pins-floating f105 ".end.why == \"not served\"" ${enters} --worst --rom-version V1.0)
add_behaviour(pins-held f105 "${found}" ${enters} --worst --rom-version V1.0 --tie PD6=1
    --tie PB5=1)
add_behaviour(noise h743 "${deaf} \"noise on USB comes first: it uses that interface and no other\""
    ${enters} --noise-on USB)
add_behaviour(noise-reset h743 "${found}" --enter-at application --host pin --noise-on USB)
add_test(NAME sim.deaf COMMAND Python3::Interpreter -B ${CMAKE_CURRENT_SOURCE_DIR}/deaf.py
    $<TARGET_FILE:bootleap-sim>)
# What Go may not start, and the stack pointer that it leaves alone.
add_behaviour(stack-at-end h743 "${found} and (.behaviour[0].what | startswith(\"it may not start\"))"
    ${enters})
add_behaviour(stack-at-end-worst h743 ".end.why == \"served\"
    and (.end.detail | startswith(\"Go fails\"))" ${enters} --worst)
add_behaviour(stack-at-end-before h743 "[.behaviour[].what] | contains([\"may not start\"]) | not"
    ${enters} --worst --rom-version V13.3)
foreach(device f10low f10medium f10high)
    add_behaviour(stack-kept ${device} "[.behaviour[].what] | contains([\"after Go the stack\"])"
        ${enters} --rom-version 0x20)
    add_behaviour(stack-loaded ${device} "[.behaviour[].what] | contains([\"after Go the stack\"]) | not"
        ${enters})
endforeach()
add_test(NAME sim.quirks COMMAND Python3::Interpreter -B ${CMAKE_CURRENT_SOURCE_DIR}/quirks.py
    $<TARGET_FILE:bootleap-sim>)
# The BOOT0 pin where the row says that the ROM looks at it, held by the board or by a port.
set(stays "${serves} and .end.why == \"arrived\"
    and (.behaviour[0] == {confidence: \"documented\",
    what: \"it stays although flash is not empty: the BOOT0 pin is high\"})")
add_behaviour(boot0-high f04 "${stays}" --enter-at application --foreign-jump --host go
    --boot0-pin high)
add_behaviour(boot0-low f04 "${returns}" --enter-at application --foreign-jump --host go)
add_behaviour(boot0-high f070x6 "${returns}" --enter-at application --foreign-jump --host go
    --boot0-pin high)
function(add_wired compiler pin holds)
    add_case(sim.behaviour sim.behaviour.boot0-wired-${pin}.${compiler}
        holds ${PROJECT_SOURCE_DIR}/build/matrix-boot0/${compiler}/f04.elf f04 "${holds}" --until
        application --enter-at application --host go --boot0-pin ${pin})
endfunction()
foreach(compiler ${compilers})
    add_wired(${compiler} PB8
        "${serves} and .findings == false and .behaviour[0].confidence == \"inferred\"")
    add_wired(${compiler} PB7 "${returns} and .findings")
    add_wired(${compiler} high
        ".starts[1].starts == \"ROM, by BOOT0\" and (.starts | length) == 3 and .findings == false")
endforeach()
# A second bank runs at the start of flash where the ROM swaps, and a request from there is served.
set(booted "(.starts | map(.starts) | unique) == [\"ROM, to choose a bank\"] and .findings == false
    and .on_reset[-1].returned == ")
foreach(device l47 l49 f42 g47 l07 f76)
    add_behaviour(second-bank ${device} "${booted} 0 and (.behaviour[0].what | startswith(\"it swaps\"))"
        --second-bank --bfb2 --host end --limit 60000)
endforeach()
add_behaviour(second-bank-enters l47 "${booted} 1 and ${serves}" --second-bank --bfb2 --host go
    --enter-at application --limit 60000)
add_behaviour(second-bank-measured l47 ".behaviour[0].confidence == \"measured\"" --second-bank --bfb2
    --host end --limit 60000)
add_behaviour(second-bank-worst g47 ".end.why == \"fault\"
    and (.behaviour[0].what | endswith(\"the banks are not swapped\"))" --second-bank --bfb2
    --host end --limit 60000 --worst)
foreach(device l1xd f10xl)
    add_behaviour(second-bank-stays ${device} ".on_reset == []
        and (.behaviour[0].what | endswith(\"the banks are not swapped\"))" --second-bank --bfb2
        --host end --limit 60000)
endforeach()
add_behaviour(startup f405 ".startup_us == 74000" --boot0 --host go)
