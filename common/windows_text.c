// windows_text.c: converts text, and asks Windows for the words of an error.
// SPDX-License-Identifier: MIT
#include "windows_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

wchar_t *windows_text_wide(const char *text)
{
    int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    wchar_t *wide = length > 0 ? malloc((size_t)length * sizeof *wide) : NULL;

    if (wide) {
        MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length);
    }
    return wide;
}

char *windows_text_utf8(const wchar_t *wide)
{
    int length = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = length > 0 ? malloc((size_t)length) : NULL;

    if (text) {
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, length, NULL, NULL);
    }
    return text;
}

const char *windows_text_error(unsigned long error, char text[WINDOWS_TEXT_ERROR_BYTES])
{
    wchar_t wide[WINDOWS_TEXT_ERROR_BYTES / 4] = L"";

    FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, error, 0, wide,
                   sizeof wide / sizeof *wide, NULL);
    char *words = windows_text_utf8(wide);
    if (words) {
        words[strcspn(words, ".\r\n")] = '\0';
    }
    snprintf(text, WINDOWS_TEXT_ERROR_BYTES, words && *words ? "%s" : "%serror %lu of Windows",
             words ? words : "", error);
    free(words);
    return text;
}
