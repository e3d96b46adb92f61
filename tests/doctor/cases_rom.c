// cases_rom.c: ROMs that are not as they should be, and option bytes that forbid something.
// SPDX-License-Identifier: MIT
#include "cases.h"

#include "wire.h"

#include <stddef.h>

static void fresh(void)
{
    wire.end = END_ROM;
}

static void drops_parity(void)
{
    wire.end = END_ROM;
    wire.drops_parity = true;
}

static void drops_parity_with_nack(void)
{
    drops_parity();
    wire.nacks_parity = true;
}

static void stuck(void)
{
    wire.end = END_STUCK;
}

static void acks_all(void)
{
    wire.end = END_ACKS;
}

static void artery(void)
{
    wire.end = END_ARTERY;
}

static void breaks_off(void)
{
    wire.end = END_ROM;
    wire.mute_after = 40;
}

const struct doctor_case cases_of_rom[] = {
    {.name = "an adapter that drops the parity bit",
     .cause = "parity-lost",
     .seen = "0x01 0xFE",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = drops_parity},
    {.name = "the same, and a ROM that says NACK",
     .cause = "parity-lost",
     .files = {user_files, ch340_files},
     .rom = "f405",
     .set = drops_parity_with_nack},
    {.name = "a ROM in the middle of a command",
     .cause = "in-the-middle-of-a-command",
     .seen = "--recover",
     .files = {user_files, ch340_files},
     .set = stuck},
    {.name = "an application that says y to all",
     .cause = "answers-everything",
     .files = {user_files, ch340_files},
     .set = acks_all},
    {.name = "an AT32",
     .cause = "artery-chip",
     .seen = "(5 bytes)",
     .files = {user_files, ch340_files},
     .set = artery},
    {.name = "a product id of nobody",
     .cause = "unknown-chip",
     .seen = "0x999",
     .files = {user_files, ch340_files},
     .rom = "product=999",
     .set = fresh},
    {.name = "a clone with ST's product id",
     .cause = "unknown-rom",
     .seen = "0x467, ROM version 0x77",
     .files = {user_files, ch340_files},
     .rom = "g0b1@77",
     .set = fresh},
    {.name = "another chip than named",
     .cause = "other-chip",
     .seen = "STM32G0B1",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .device = "f405",
     .set = fresh},
    {.name = "a line that breaks off",
     .cause = "does-not-identify",
     .files = {user_files, ch340_files},
     .rom = "g0b1",
     .set = breaks_off},
    {.name = "readout protection that refuses reads",
     .cause = "reads-nothing",
     .files = {user_files, ch340_files},
     .rom = "g0b1+closed",
     .set = fresh},
    {.name = "readout protection in the option bytes",
     .cause = "readout-protection-1",
     .files = {user_files, ch340_files},
     .rom = "g0b1+level1",
     .set = fresh},
    {.name = "write protected pages",
     .cause = "write-protection",
     .seen = "0x08000000",
     .files = {user_files, ch340_files},
     .rom = "f10medium+pages",
     .set = fresh},
    {.name = "swapped banks",
     .cause = "banks-swapped",
     .files = {user_files, ch340_files},
     .rom = "g0b1+swapped",
     .set = fresh},
    {.name = NULL},
};
