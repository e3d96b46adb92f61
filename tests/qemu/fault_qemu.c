// fault_qemu.c: where the firmware goes that failed, or is done, on QEMU: it says so.
// SPDX-License-Identifier: MIT
#include "semihosting.h"

_Noreturn void fault(void);
_Noreturn void done(void);

_Noreturn void fault(void)
{
    print("fault\n");
    end_run();
}

_Noreturn void done(void)
{
    print("done\n");
    end_run();
}
