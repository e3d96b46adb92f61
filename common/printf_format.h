// printf_format.h: tells the compiler that a function takes a format of C11's printf().
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PRINTF_FORMAT_H
#define BOOTLEAP_COMMON_PRINTF_FORMAT_H

// Behind a declaration: which parameter is the format, and which one the first that it prints, 0
// where that is a va_list. An attribute can only come from a macro. MinGW's `printf` is that of
// Microsoft, which has no %zu; its stdio.h has C11's all the same.
#ifdef __MINGW32__
#define PRINTF_FORMAT(format_at, first_at) __attribute__((format(gnu_printf, format_at, first_at)))
#else
#define PRINTF_FORMAT(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#endif

#endif
