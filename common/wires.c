// wires.c: the kinds of interface over which a ROM and its host may talk.
// SPDX-License-Identifier: MIT
#include "wires.h"

const char *wire_name(enum wire wire)
{
    static const char *const names[WIRE_COUNT] = {
        [WIRE_NOT_SAID] = "?", [WIRE_USB] = "usb", [WIRE_USART] = "usart",
        [WIRE_CAN] = "can",    [WIRE_I2C] = "i2c", [WIRE_SPI] = "spi"};

    return wire < WIRE_COUNT ? names[wire] : NULL;
}

unsigned wires_of(const struct device *device, uint16_t version)
{
    static const enum wire of_kind[] = {
        [INTERFACE_USART] = WIRE_USART, [INTERFACE_I2C] = WIRE_I2C,
        [INTERFACE_SPI] = WIRE_SPI,     [INTERFACE_CAN] = WIRE_CAN,
        [INTERFACE_USB] = WIRE_USB,     [INTERFACE_I3C] = WIRE_NOT_SAID};
    unsigned wires = 0;

    for (const struct rom_interface *one = device->interfaces; one->name; one++) {
        if (device_version_in(one->versions, version ? version : device_newest_rom(device))) {
            wires |= 1u << of_kind[one->kind];
        }
    }
    return wires & ~(1u << WIRE_NOT_SAID);
}
