// introduce.c: what the example of a board says of itself: its name, its version, why it runs.
// SPDX-License-Identifier: MIT
#include "application.h"

#include "board.h"

static const char *name_of(enum bootleap_origin origin)
{
    switch (origin) {
    case BOOTLEAP_FROM_ROM:
        return "from the ROM";
    case BOOTLEAP_LEFT_ROM:
        return "from a reset that ended the ROM";
    case BOOTLEAP_ROM_GAVE_UP:
        return "from a ROM that gave up";
    default:
        return "from reset";
    }
}

void introduce(enum bootleap_origin origin)
{
    put_text("bootleap example on " BOARD_NAME ", version " APPLICATION_VERSION_TEXT ", ");
    put_text(name_of(origin));
    put_text("\r\n");
}

void tell_refusal(int refusal)
{
    (void)refusal;
    put_text("refused\r\n");
}
