// modem_preset.h: sequences for the circuits between adapters and chips that are common.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_MODEM_PRESET_H
#define BOOTLEAP_HOST_MODEM_PRESET_H

struct modem_preset {
    const char *name;
    const char *sequence; // see modem_sequence.h
    const char *help;     // the circuit
    const char *source;
};

// One after the other; NULL beyond the last.
const struct modem_preset *modem_preset_at(unsigned number);

// NULL where there is none of this name.
const struct modem_preset *modem_preset_find(const char *name);

#endif
