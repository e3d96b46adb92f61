// utc_windows.c: writes the time of day.
// SPDX-License-Identifier: MIT
#include "utc.h"

#include <time.h>

const char *utc_text(char text[UTC_TEXT_BYTES])
{
    time_t now = time(NULL);
    struct tm parts = {0};

    gmtime_s(&parts, &now);
    strftime(text, UTC_TEXT_BYTES, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}
