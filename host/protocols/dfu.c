// dfu.c: reads what a DFU device answers.
// SPDX-License-Identifier: MIT
#include "dfu.h"

static uint16_t half(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

bool dfu_status_read(struct dfu_status *status, const uint8_t *bytes, size_t size)
{
    if (size < DFU_STATUS_BYTES) {
        return false;
    }
    *status = (struct dfu_status){.status = bytes[0],
                                  .poll_ms = half(bytes + 1) | (uint32_t)bytes[3] << 16,
                                  .state = bytes[4]};
    return true;
}

const char *dfu_status_text(uint8_t status)
{
    // DFU 1.1, Section 6.1.2; what a ROM of ST's means by them, AN2662 Rev 1, Section 4.
    static const char *const texts[] = {
        "no error",
        "errTARGET: this address is not one for that",
        "errFILE: this firmware is not for this device",
        "errWRITE: it cannot write there",
        "errERASE: it cannot erase there",
        "errCHECK_ERASED: what should be erased is not",
        "errPROG: programming failed",
        "errVERIFY: what was programmed is not what was sent",
        "errADDRESS: this address is outside of its memories",
        "errNOTDONE: the firmware is not complete",
        "errFIRMWARE: the firmware is damaged",
        "errVENDOR: its readout protection is on, or an option forbids it",
        "errUSBR: an unexpected reset of USB",
        "errPOR: an unexpected reset",
        "errUNKNOWN: nobody knows why",
        "errSTALLEDPKT: it did not expect this request",
    };

    return status < sizeof texts / sizeof *texts ? texts[status] : "a status that does not exist";
}

bool dfu_functional_read(struct dfu_functional *functional, const uint8_t *bytes, size_t size)
{
    enum { FUNCTIONAL = 0x21, OLD_BYTES = 7, BYTES = 9 };

    for (size_t at = 0; at + 2 <= size && bytes[at] >= 2 && bytes[at] <= size - at;
         at += bytes[at]) {
        if (bytes[at + 1] == FUNCTIONAL && bytes[at] >= OLD_BYTES) {
            *functional = (struct dfu_functional){
                .attributes = bytes[at + 2],
                .detach_ms = half(bytes + at + 3),
                .transfer_bytes = half(bytes + at + 5),
                .version = bytes[at] >= BYTES ? half(bytes + at + 7) : 0x0100};
            return true;
        }
    }
    return false;
}
