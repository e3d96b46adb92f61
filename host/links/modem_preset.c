// modem_preset.c: the table of sequences for DTR and RTS.
// SPDX-License-Identifier: MIT
//
// An adapter's DTR# and RTS# pins are low while the line is asserted (esptool, commit bb72741,
// docs/en/advanced-topics/boot-mode-selection.rst: "True = pin @ 0V").
#include "modem_preset.h"

#include <stddef.h>
#include <string.h>

static const struct modem_preset presets[] = {
    {.name = "stm32loader",
     .sequence = "rts=0,dtr=1,100ms,dtr=0,50ms:rts=1,dtr=1,100ms,dtr=0",
     .help = "DTR# at NRST and RTS# at BOOT0, as stm32loader has it",
     .source = "florisla/stm32loader, commit b736df5, src/stm32loader/uart.py: enable_reset, "
               "enable_boot0; bootloader.py: reset_from_system_memory, reset_from_flash"},
    {.name = "stm32loader-swap",
     .sequence = "dtr=0,rts=1,100ms,rts=0,50ms:dtr=1,rts=1,100ms,rts=0",
     .help = "RTS# at NRST and DTR# at BOOT0",
     .source = "as stm32loader, with swap_rts_dtr"},
    {.name = "stm32loader-invert",
     .sequence = "rts=1,dtr=0,100ms,dtr=1,50ms:rts=0,dtr=0,100ms,dtr=1",
     .help = "as stm32loader, but both lines are inverted on their way",
     .source = "as stm32loader, with reset_active_high and boot0_active_low"},
    {.name = "stm32flash",
     .sequence = "rts=0,100ms,dtr=0,100ms,dtr=1,100ms:rts=1,100ms,dtr=0,100ms,dtr=1",
     .help = "what stm32flash does with -i -rts,-dtr,dtr:rts,-dtr,dtr",
     .source = "stm32duino/stm32flash, commit 0db1fb3, stm32flash.1: EXAMPLES"},
    {.name = "flymcu",
     .sequence = "dtr=0+rts=1,100ms,dtr=1,100ms:dtr=0,100ms,dtr=1+rts=0",
     .help = "boards with a CH340 and two transistors, for which FlyMcu or mcuisp is set to \"DTR "
             "low resets, RTS high enters\"",
     .source = "hxxful/stm32flash, commit 3708f1f, README.txt; huluic.cn/article/"
               "b1j7b1f7j5g666271.html, figures 3 and 5"},
    {.name = "esptool",
     .sequence = "dtr=0+rts=1,100ms,dtr=1+rts=0,50ms,dtr=0:rts=1,100ms,rts=0",
     .help = "the two transistors of ESP32 boards: RTS alone resets, DTR alone makes BOOT0 high",
     .source = "espressif/esptool, commit bb72741, docs/en/advanced-topics/"
               "boot-mode-selection.rst: Automatic Bootloader"},
    {.name = "arduino",
     .sequence = "dtr=0+rts=0,250ms,dtr=1+rts=1,1ms,dtr=0+rts=0,50ms",
     .help = "DTR# at NRST through a capacitor; BOOT0 is set by hand",
     .source = "avrdudes/avrdude, commit 0d83fce, src/arduino.c: arduino_open"},
};

const struct modem_preset *modem_preset_at(unsigned number)
{
    return number < sizeof presets / sizeof *presets ? &presets[number] : NULL;
}

const struct modem_preset *modem_preset_find(const char *name)
{
    const struct modem_preset *preset;

    for (unsigned i = 0; (preset = modem_preset_at(i)) != NULL; i++) {
        if (strcmp(preset->name, name) == 0) {
            return preset;
        }
    }
    return NULL;
}
