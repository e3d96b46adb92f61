// devices_interfaces.h: what a ROM listens on, what it does with pins, and where they come out.
// SPDX-License-Identifier: MIT
//
// Part of devices.h.
#ifndef BOOTLEAP_COMMON_DEVICES_INTERFACES_H
#define BOOTLEAP_COMMON_DEVICES_INTERFACES_H

#include <stdbool.h>
#include <stdint.h>

enum interface_kind {
    INTERFACE_USART,
    INTERFACE_I2C,
    INTERFACE_SPI,
    INTERFACE_CAN,
    INTERFACE_USB,
    INTERFACE_I3C,
};

// What the ROM does with a pin before a host is seen.
enum pin_mode {
    PIN_UNKNOWN,    // ST does not say
    PIN_INPUT,      // listens: the pin is high impedance but for the pull
    PIN_DRIVEN,     // drives it
    PIN_WHEN_FOUND, // left as it is until a host is seen on this interface, then driven
    PIN_OPEN_DRAIN, // drives it low only
    PIN_USB,        // the USB transceiver's
    PIN_UNTOUCHED,  // left as it is
};

enum pin_pull { PIN_PULL_UNKNOWN, PIN_PULL_NONE, PIN_PULL_UP, PIN_PULL_DOWN };

// A USART that the ROM listens on.
struct rom_usart {
    const char *name; // "USART3": also the name of a peripheral of this device
    const char *tx;   // pin, "PD8"
    const char *rx;
    // What brings it to these pins. False: nobody has typed it.
    bool connected;
    // The pins whose port is set up, TX first: others where a small package has them at these pads.
    const char *ports[2];
    unsigned functions[2]; // that AFR of the port selects; 0 too where ports have no AFR
    // Bits that must be set besides, once their register has a clock. Register 0: none.
    struct {
        uint32_t address;
        uint32_t set;
        uint32_t clock_register;
        uint32_t clock_mask;
    } remap;
};

// A pin that the ROM configures.
struct rom_pin {
    const char *signal; // "TX"
    const char *pin;    // "PD8"
    enum pin_mode mode;
    enum pin_pull pull;
};

// An interface that the ROM listens on. One that differs between ROM versions, or between
// packages, is there several times.
struct rom_interface {
    enum interface_kind kind;
    const char *name;         // "I2C1"
    uint8_t address;          // I2C, 7 bits; 0 elsewhere, and where ST's is not usable
    const uint16_t *versions; // for which this holds, 0-terminated; empty: all
    const char *packages;     // for which this holds, as ST names them; "": all
    struct rom_pin pins[5];   // terminated by signal NULL
};

// What packages make of pins of the ROM.
struct package_pins {
    const char *code; // pattern of the beginning of ordering codes, x: any letter, "STM32xxxxR"
    const char *pins; // "PB10 PB11"; "": none
};

// Whether the BOOT0 pin starts the ROM of a chip as it is delivered.
enum boot0_factory { BOOT0_FACTORY_UNKNOWN, BOOT0_FACTORY_COUNTS, BOOT0_FACTORY_IGNORED };

// The pin that starts the ROM if it is high when a reset ends.
struct boot0 {
    const char *pin; // "PA14", "BOOT0" where it is nothing else; "" where it is not known
    const struct package_pins *of_packages; // where packages differ: the pin of each; by code NULL
    const char
        *counts_with; // option bits with which it counts, "nBOOT_SEL = 0"; "": it always does
    const char *const *also; // what must hold besides, "nBOOT1 = 1"; NULL-terminated
    enum boot0_factory factory;
};

#endif
