// utc.h: the time of day, for files that people and programs read later.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_UTC_H
#define BOOTLEAP_HOST_UTC_H

enum { UTC_TEXT_BYTES = 24 };

// "2026-11-30T20:31:02Z": now, as ISO 8601 has it, in UTC. Returns `text`.
const char *utc_text(char text[UTC_TEXT_BYTES]);

#endif
