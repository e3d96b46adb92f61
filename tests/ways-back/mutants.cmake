# Mutants of the other ways: each has one step broken, on devices where a run must notice.
# SPDX-License-Identifier: MIT
#
# Not here, because no run can tell them apart: interrupts that stay enabled on the way back (no
# handler of the virtual ROM changes the registers that the way uses), the order of the MPU and the
# store (no ROM leaves an MPU on), the two stores of a mark in RAM with an error code.

# way_mutant(NAME WAY <way> DEVICES <slug>... CHANGE <text> <new text> ...): each text occurs once.
set(way_mutants)
function(way_mutant name)
    cmake_parse_arguments(MUTANT "" "WAY" "DEVICES;CHANGE" ${ARGN})
    set(way_mutants ${way_mutants} ${name} PARENT_SCOPE)
    set(way_mutant_way_${name} ${MUTANT_WAY} PARENT_SCOPE)
    set(way_mutant_devices_${name} ${MUTANT_DEVICES} PARENT_SCOPE)
    set(way_mutant_change_${name} "${MUTANT_CHANGE}" PARENT_SCOPE)
endfunction()

way_mutant(return-mark-missing WAY return DEVICES f072 f405 h723 u575
    CHANGE "bootleap_depart(BACK)" "bootleap_depart(ENTER)")

way_mutant(return-empty-flag-left WAY return DEVICES l41
    CHANGE "clear_empty_flag()" "(void)0")

way_mutant(return-stays WAY return DEVICES f072 f405 h723 u575
    CHANGE "bootleap_depart(BACK)" "while (1)")

set(with_options g0b1 l41 u575 f74 h723)

way_mutant(option-second-key-missing WAY option DEVICES ${with_options}
    CHANGE "*reg(keys[i].address) = keys[i].keys[1]" "(void)keys[i].keys[1]")

way_mutant(option-errors-kept WAY option DEVICES ${with_options}
    CHANGE "*reg(BOOTLEAP_OPTION_CLEAR_REGISTER) = BOOTLEAP_OPTION_ERROR_MASK" "(void)0")

way_mutant(option-others-lost WAY option DEVICES ${with_options}
    CHANGE "(*bits & ~BOOTLEAP_OPTION_MASK) | value" "value")

way_mutant(option-not-started WAY option DEVICES ${with_options}
    CHANGE "|= BOOTLEAP_OPTION_START_MASK" "|= 0u")

way_mutant(option-not-waited WAY option DEVICES g0b1 l41 u575
    CHANGE "return is_idle() && !(" "return !(")

way_mutant(option-not-launched WAY option DEVICES g0b1 l41 u575
    CHANGE "|= BOOTLEAP_OPTION_LAUNCH_MASK" "|= 0u")

way_mutant(option-protection-ignored WAY option DEVICES ${with_options}
    CHANGE "int code = refusal()" "int code = 0")

way_mutant(option-conditions-ignored WAY option DEVICES c031 u575 wba5
    CHANGE "return one->refusal" "continue")

way_mutant(option-ram-asked WAY option DEVICES u575 wl5
    CHANGE "|| (option->code & 0x7F) == -BOOTLEAP_RAM_ERASED" "")

way_mutant(option-not-restored WAY option-restored DEVICES ${with_options}
    CHANGE "program_and_load(BOOTLEAP_OPTION_RESTORE)" "program_and_load(BOOTLEAP_OPTION_VALUE)")

way_mutant(fix-vtor-left WAY fix DEVICES f10medium f405 h723 u575
    CHANGE "*reg(SCB_VTOR) = (uint32_t)table" "(void)table")

way_mutant(fix-alias-left WAY fix DEVICES f072 f405 g0b1
    CHANGE "*mem_mode &= ~BOOTLEAP_REMAP_MASK" "(void)*mem_mode")

way_mutant(fix-clock-not-started WAY fix DEVICES f072 f405 g0b1
    CHANGE "found | BOOTLEAP_REMAP_CLOCK_MASK" "found")

way_mutant(fix-clock-left-on WAY fix DEVICES f072 f405 g0b1
    CHANGE "    if (BOOTLEAP_REMAP_CLOCK) {\n        *clocks = found" "    if (0) {\n        *clocks = found")

way_mutant(fix-interrupts-left-masked WAY fix DEVICES f072 f405 h723 u575
    CHANGE "set_primask(masked)" "(void)masked")
