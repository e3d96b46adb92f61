# Mutants of src/bootleap_preinit.c, run behind what ST's SystemInit() writes.
# SPDX-License-Identifier: MIT
#
# preinit_mutant(NAME ROWS <slug>:<point that it breaks>... CHANGE <text> <new text>...)
# No point: the application is not reached, because its start-up code finds other registers than
# before the hook (hooked.c). Who includes this file defines the function: the firmware build makes
# an ELF of each, the tests run it. build/matrix-preinit has the unchanged file.

preinit_mutant(fpu-left ROWS h743:H2 u575:H2 f405:H2
    CHANGE "uint32_t access = set_fpu(0)" "uint32_t access = set_fpu(*reg(SCB_CPACR))")

preinit_mutant(registers-left ROWS h743:H12 u575:H11 wb5:H11
    CHANGE "changes[i].mask, changes[i].value" "0, 0")

preinit_mutant(registers-not-restored ROWS h743: u575: wb5:
    CHANGE "set_register(&changes[i], 0xFFFFFFFF, before[i])" "(void)before[i]")

preinit_mutant(fpu-not-restored ROWS h743: f405:
    CHANGE "    set_fpu(access)" "    (void)access")
