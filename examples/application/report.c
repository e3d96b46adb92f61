// report.c: prints the line that `bootleap try-board` reads each time that the program starts.
// SPDX-License-Identifier: MIT
//
// bootleap-chip 1 STM32F411xE USART1:PA9 idcode=10006431 rom=D1 uid=(24 digits) origin=reset
// version=0.1.0
//
// The 1 is the version of this line, which is one of at most 127 characters. Numbers are
// hexadecimal. idcode is DBGMCU_IDCODE, which reads as 0 on chips that show
// it to debuggers only (STM32F1) or whose DBGMCU has no clock. rom is the ID byte of the system
// bootloader, "none" where it has none. uid is the unique id: a virtual chip is known by its own.
#include "application.h"

#include "board.h"
#include "bootleap_strerror.h"

// 0: there is none, or nobody knows where.
static const uint32_t rom_id = BOARD_ROM_ID, idcode = BOARD_IDCODE;

static void put_hex(uint32_t value, unsigned digits)
{
    while (digits-- > 0) {
        unsigned digit = value >> 4 * digits & 15;
        char text[2] = {(char)(digit < 10 ? '0' + digit : 'A' + digit - 10), '\0'};
        put_text(text);
    }
}

static const char *name_of(enum bootleap_origin origin)
{
    switch (origin) {
    case BOOTLEAP_FROM_ROM:
        return "rom";
    case BOOTLEAP_LEFT_ROM:
        return "left-rom";
    case BOOTLEAP_ROM_GAVE_UP:
        return "gave-up";
    default:
        return "reset";
    }
}

void introduce(enum bootleap_origin origin)
{
    put_text("bootleap-chip 1 " BOARD_PART " " BOARD_USART_NAME " idcode=");
    put_hex(idcode ? *reg(idcode) : 0, 8);
    if (rom_id) {
        put_text(" rom=");
        put_hex(*(const volatile uint8_t *)rom_id, 2);
    } else {
        put_text(" rom=none");
    }
    put_text(" uid=");
    put_hex(*reg(BOARD_UID), 8);
    put_hex(*reg(BOARD_UID + 4), 8);
    put_hex(*reg(BOARD_UID_LAST), 8);
    put_text(" origin=");
    put_text(name_of(origin));
    put_text(" version=" BOARD_BOOTLEAP_VERSION "\r\n");
}

// "refused -7: BOOT_LOCK is set". The numbers of bootleap.h end before -30; a division, and a loop
// of which a compiler makes one, needs a library on a Cortex-M0.
void tell_refusal(int refusal)
{
    unsigned number = (unsigned)-refusal;
    unsigned tens = number >= 20 ? 2 : number >= 10 ? 1 : 0;

    put_text("refused -");
    if (tens) {
        put_hex(tens, 1);
    }
    put_hex(number - 10 * tens, 1);
    put_text(": ");
    put_text(bootleap_strerror(refusal));
    put_text("\r\n");
}
