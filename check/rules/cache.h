// cache.h: whether a word that is stored before a reset gets through the data cache to its RAM.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CACHE_H
#define BOOTLEAP_CHECK_CACHE_H

#include "devices.h"
#include "request.h"

// Whether the data cache was on when the request was stored (CCR.DC). What is as it was found in a
// running application is WHETHER_UNKNOWN if the program can switch the cache on at all.
enum whether cache_is_on(const struct firmware *firmware, const struct request *request);

// Whether the cache line of the request was written to RAM between its store and the reset.
enum whether cache_is_cleaned(const struct request *request);

// Whether the program switches the MPU on before it stores the request: a region can have other
// rules for the cache.
bool cache_has_regions(const struct request *request);

// Whether accesses to this RAM go through the data cache, where no MPU says otherwise.
bool cache_covers(const struct ram *ram);

#endif
