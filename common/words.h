// words.h: what the device table's enumerations are called, in text and in JSON.
// SPDX-License-Identifier: MIT
//
// The words are those of devices/*.toml, where devices/README.md explains them.
#ifndef BOOTLEAP_COMMON_WORDS_H
#define BOOTLEAP_COMMON_WORDS_H

#include "devices.h"

const char *words_core(enum core core);                          // "cortex-m4"
const char *words_confidence(enum confidence confidence);        // "documented"
const char *words_entry(enum entry entry);                       // "erase-first"
const char *words_empty_check(enum empty_check check);           // "first-word"
const char *words_dual_bank(enum dual_bank bank);                // "bfb2"
const char *words_without_crystal(enum without_crystal without); // "interface-missing"
const char *words_boot0_factory(enum boot0_factory factory);     // "ignored"
const char *words_trace(enum trace trace);                       // "alias"
const char *words_second_write(enum second_write write);         // "clears-bits"
const char *words_interface_kind(enum interface_kind kind);      // "usart"
const char *words_option_refusal(enum option_refusal refusal);   // "rdp-level-1"; NULL beyond
const char *words_pin_mode(enum pin_mode mode);                  // "open-drain"
const char *words_pin_pull(enum pin_pull pull);                  // "pull-up"

#endif
