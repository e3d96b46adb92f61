// usb_ids.c: the list of USB ids that the tool knows.
// SPDX-License-Identifier: MIT
//
// The ROM's id is that of AN3156 and of ST's own udev rules (49-stm32_usb_dfu... of
// CubeProgrammer), 5740 that of ST's CDC example, the ST-LINKs those of stlink's rules; the
// adapters those of Linux's drivers ftdi_sio, cp210x, ch341, pl2303 and cdc_acm. The ROMs of other
// makers: github.com/betaflight/betaflight-configurator, commit e1320fef,
// src/js/protocols/devices.js; GD32 also github.com/fwupd/fwupd, commit 6e950496,
// plugins/dfu/dfu.quirk.
#include "usb_ids.h"

#include <stddef.h>

static const struct usb_id ids[] = {
    {0x0483, 0xDF11, USB_ID_ROM, "STM32 ROM (DFU)", NULL},
    {0x0483, 0x5740, USB_ID_APPLICATION, "STM32 application (CDC)", "cdc_acm"},
    {0x0483, 0x3744, USB_ID_ADAPTER, "ST-LINK/V1", NULL},
    {0x0483, 0x3748, USB_ID_ADAPTER, "ST-LINK/V2", NULL},
    {0x0483, 0x374B, USB_ID_ADAPTER, "ST-LINK/V2-1", "cdc_acm"},
    {0x0483, 0x374D, USB_ID_ADAPTER, "STLINK-V3 in its own loader", NULL},
    {0x0483, 0x374E, USB_ID_ADAPTER, "STLINK-V3", "cdc_acm"},
    {0x0483, 0x374F, USB_ID_ADAPTER, "STLINK-V3", "cdc_acm"},
    {0x0483, 0x3752, USB_ID_ADAPTER, "ST-LINK/V2-1", "cdc_acm"},
    {0x0483, 0x3753, USB_ID_ADAPTER, "STLINK-V3", "cdc_acm"},
    {0x0483, 0x3754, USB_ID_ADAPTER, "STLINK-V3", "cdc_acm"},
    {0x0403, 0x6001, USB_ID_ADAPTER, "FTDI FT232", "ftdi_sio"},
    {0x0403, 0x6010, USB_ID_ADAPTER, "FTDI FT2232", "ftdi_sio"},
    {0x0403, 0x6011, USB_ID_ADAPTER, "FTDI FT4232", "ftdi_sio"},
    {0x0403, 0x6014, USB_ID_ADAPTER, "FTDI FT232H", "ftdi_sio"},
    {0x0403, 0x6015, USB_ID_ADAPTER, "FTDI FT-X", "ftdi_sio"},
    {0x10C4, 0xEA60, USB_ID_ADAPTER, "CP2102", "cp210x"},
    {0x10C4, 0xEA70, USB_ID_ADAPTER, "CP2105", "cp210x"},
    {0x1A86, 0x7523, USB_ID_ADAPTER, "CH340", "ch341"},
    {0x1A86, 0x55D4, USB_ID_ADAPTER, "CH9102", "cdc_acm"},
    {0x28E9, 0x0189, USB_ID_CLONE, "GigaDevice GD32", NULL},
    {0x2E3C, 0xDF11, USB_ID_CLONE, "Artery AT32", NULL},
    {0x314B, 0x0106, USB_ID_CLONE, "Geehy APM32", NULL},
    {0x3997, 0xDF11, USB_ID_CLONE, "X-CORE X32", NULL},
    {0x067B, 0x2303, USB_ID_ADAPTER, "PL2303", "pl2303"},
};

const struct usb_id *usb_id_at(unsigned index)
{
    return index < sizeof ids / sizeof *ids ? &ids[index] : NULL;
}

const struct usb_id *usb_id_find(uint16_t vendor, uint16_t product)
{
    const struct usb_id *id;

    for (unsigned i = 0; (id = usb_id_at(i)) != NULL; i++) {
        if (id->vendor == vendor && id->product == product) {
            return id;
        }
    }
    return NULL;
}
