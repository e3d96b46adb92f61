// windows_text.h: UTF-8 and the wide characters of Windows, and what its error numbers mean.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_WINDOWS_TEXT_H
#define BOOTLEAP_COMMON_WINDOWS_TEXT_H

#include <stddef.h>
#include <wchar.h>

// The caller frees both. NULL where there is no memory. What is no text becomes U+FFFD.
wchar_t *windows_text_wide(const char *text);
char *windows_text_utf8(const wchar_t *wide);

enum { WINDOWS_TEXT_ERROR_BYTES = 256 };

// What GetLastError() returned, in words and without a full stop. Returns `text`.
const char *windows_text_error(unsigned long error, char text[WINDOWS_TEXT_ERROR_BYTES]);

#endif
