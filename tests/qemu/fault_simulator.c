// fault_simulator.c: where the firmware goes that failed, on the simulator: it sees the UDF.
// SPDX-License-Identifier: MIT
_Noreturn void fault(void);
_Noreturn void done(void);

_Noreturn void fault(void)
{
    __asm__ volatile("udf #0");
    for (;;) {
    }
}

_Noreturn void done(void)
{
    for (;;) {
    }
}
