// bootleap_strerror.h: says in a sentence what the library refused.
// SPDX-License-Identifier: MIT
//
// For messages; the enum in bootleap.h has what can be done. Needs bootleap_strerror.c, which
// knows no part and costs about a kilobyte of sentences. Valid C++ too.
#ifndef BOOTLEAP_STRERROR_H
#define BOOTLEAP_STRERROR_H

#ifdef __cplusplus
extern "C" {
#endif

// A sentence for what bootleap_probe(), bootleap_enter(), bootleap_jump() or
// bootleap_enter_by_option_bytes() returned: English, without a full stop, in memory that never
// changes. 0 is "the ROM can be entered", any other number "not an answer of bootleap". Never null.
// May be called at any time, from anywhere.
const char *bootleap_strerror(int refusal);

#ifdef __cplusplus
}
#endif

#endif
