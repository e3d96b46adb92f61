// escape.h: bytes that do not print, as a text: \r, \x1C.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_ESCAPE_H
#define BOOTLEAP_COMMON_ESCAPE_H

#include <stddef.h>

// What escape_read() takes behind a backslash, for messages.
#define ESCAPE_HELP "\\n, \\r, \\t, \\\\, \\\" or \\x and two digits"

// The byte that `*text` begins with; moves on past it. Understands \n \r \t \\ \" \xHH. -1 where
// there is no such escape.
int escape_read(const char **text);

// Writes `size` bytes to `text`, escaped, with a NUL behind them. What finds no room in `room`
// bytes is left out, with "..." in its place; `room` is at least 8.
void escape_write(char *text, size_t room, const void *bytes, size_t size);

#endif
