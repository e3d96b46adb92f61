// serial_windows.c: a serial line over a COM port of Windows.
// SPDX-License-Identifier: MIT
//
// Windows opens a COM port for one program only, so there is nothing to lock.
#include "serial.h"

#include "windows_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

// Windows has macros of these names, for what a port can do: they would take the place of ours.
#undef PARITY_NONE
#undef PARITY_EVEN

struct serial {
    HANDLE handle;
    bool wired;             // has modem lines; a pty that Wine shows as a port has none
    bool restores;          // the settings, at the end
    DCB before;             // as the port was found
    unsigned set, asserted; // of DTR and RTS, by serial_set_lines()
    unsigned silence_ms;    // what the port's time-outs are set to
    uint8_t unanswered;
    struct monitor_line heard;
    char *port;
};

// What the other end may be off, as in serial_posix.c. A write that takes longer does not happen.
enum { BAUD_OFF_PER_MILLE = 25, WRITE_MS = 1000, PATH_BYTES = 64 };

static int refuse_open(const char *port, unsigned long why, struct problem *problem)
{
    char text[WINDOWS_TEXT_ERROR_BYTES];

    switch (why) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
        return problem_set(problem, EXIT_NO_DEVICE, "bootleap list", "open %s: no such port", port);
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
        problem_set(problem, EXIT_FAILED, "close the terminal program that holds it",
                    "open %s: another program uses this port", port);
        return problem_blame(problem, FAULT_COMPUTER);
    default:
        return problem_set(problem, EXIT_FAILED, "bootleap list", "open %s: %s", port,
                           windows_text_error(why, text));
    }
}

// COM10 and up are files of the folder \\.\ only, and all others are there, too.
static HANDLE open_port(const char *port)
{
    static const char device[] = "\\\\.\\";
    const char *name =
        strncmp(port, device, sizeof device - 1) == 0 ? port + sizeof device - 1 : port;
    char path[PATH_BYTES];

    int length = snprintf(path, sizeof path, "%s%s", device, name);
    wchar_t *wide =
        length < PATH_BYTES && strpbrk(name, "/\\") == NULL ? windows_text_wide(path) : NULL;
    if (wide == NULL) {
        SetLastError(ERROR_FILE_NOT_FOUND);
        return INVALID_HANDLE_VALUE;
    }
    HANDLE handle =
        CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    unsigned long why = GetLastError();
    free(wide);
    SetLastError(why);
    return handle;
}

// A read returns what is there at once, and waits `silence_ms` where nothing is.
static bool set_silence(struct serial *line, unsigned silence_ms)
{
    COMMTIMEOUTS times = {.ReadIntervalTimeout = MAXDWORD, .WriteTotalTimeoutConstant = WRITE_MS};

    if (line->silence_ms == silence_ms) {
        return true;
    }
    if (silence_ms) {
        times.ReadTotalTimeoutMultiplier = MAXDWORD;
        times.ReadTotalTimeoutConstant = silence_ms;
    }
    line->silence_ms = silence_ms;
    return SetCommTimeouts(line->handle, &times) != 0;
}

static int take(struct serial *line, struct problem *problem)
{
    DWORD lines;

    line->before.DCBlength = sizeof line->before;
    if (!GetCommState(line->handle, &line->before)) {
        return problem_set(problem, EXIT_USAGE, "bootleap list", "open %s: not a serial port",
                           line->port);
    }
    line->wired = GetCommModemStatus(line->handle, &lines) != 0;
    line->restores = true;
    line->silence_ms = 1;
    set_silence(line, 0);
    return 0;
}

int serial_open(struct serial **line, const char *port, struct problem *problem)
{
    static const char scheme[] = "serial:";

    if (strncmp(port, scheme, sizeof scheme - 1) == 0) {
        port += sizeof scheme - 1;
    }
    struct serial *opened = calloc(1, sizeof *opened);
    if (opened) {
        opened->port = strdup(port);
    }
    if (opened == NULL || opened->port == NULL) {
        free(opened);
        return problem_no_memory(problem, "open %s", port);
    }
    opened->handle = open_port(port);
    int error = opened->handle == INVALID_HANDLE_VALUE ? refuse_open(port, GetLastError(), problem)
                                                       : take(opened, problem);
    if (error) {
        serial_close(opened);
        return error;
    }
    *line = opened;
    return 0;
}

void serial_close(struct serial *line)
{
    if (line == NULL) {
        return;
    }
    monitor_pause(&line->heard);
    if (line->restores) {
        FlushFileBuffers(line->handle);
        SetCommState(line->handle, &line->before);
    }
    if (line->handle != INVALID_HANDLE_VALUE) {
        CloseHandle(line->handle);
    }
    free(line->port);
    free(line);
}

// DTR and RTS stay as they are: the settings hold their state, too.
static void keep_state(const struct serial *line, DCB *settings)
{
    if (line->set & SERIAL_DTR) {
        settings->fDtrControl =
            line->asserted & SERIAL_DTR ? DTR_CONTROL_ENABLE : DTR_CONTROL_DISABLE;
    } else if (settings->fDtrControl == DTR_CONTROL_HANDSHAKE) {
        settings->fDtrControl = DTR_CONTROL_ENABLE;
    }
    if (line->set & SERIAL_RTS) {
        settings->fRtsControl =
            line->asserted & SERIAL_RTS ? RTS_CONTROL_ENABLE : RTS_CONTROL_DISABLE;
    } else if (settings->fRtsControl != RTS_CONTROL_DISABLE) {
        settings->fRtsControl = RTS_CONTROL_ENABLE;
    }
}

// No flow control: it would wait for a wire that is not there.
static void fill(DCB *settings, unsigned baud, enum parity parity)
{
    settings->BaudRate = baud;
    settings->ByteSize = 8;
    settings->StopBits = ONESTOPBIT;
    settings->Parity = parity == PARITY_EVEN ? EVENPARITY : NOPARITY;
    settings->fBinary = TRUE;
    settings->fParity = FALSE; // a byte with a wrong one is read all the same
    settings->fErrorChar = FALSE;
    settings->fNull = FALSE;
    settings->fAbortOnError = FALSE;
    settings->fOutX = FALSE;
    settings->fInX = FALSE;
    settings->fOutxCtsFlow = FALSE;
    settings->fOutxDsrFlow = FALSE;
    settings->fDsrSensitivity = FALSE;
}

// A driver that cannot do a rate takes another one, and says so. A pty has no parity.
static int check(const struct serial *line, const DCB *wanted, struct problem *problem)
{
    DCB is = {.DCBlength = sizeof is};
    unsigned long baud = wanted->BaudRate;

    if (!GetCommState(line->handle, &is) || is.ByteSize != 8 || is.StopBits != ONESTOPBIT ||
        (line->wired && is.Parity != wanted->Parity)) {
        return problem_set(problem, EXIT_FAILED, "another adapter, or --baud 115200",
                           "set %s: the port does not do %lu baud with %s parity", line->port, baud,
                           wanted->Parity == EVENPARITY ? "even" : "no");
    }
    unsigned long off = is.BaudRate > baud ? is.BaudRate - baud : baud - is.BaudRate;
    if ((uint64_t)off * 1000 <= (uint64_t)baud * BAUD_OFF_PER_MILLE) {
        return 0;
    }
    return problem_set(problem, EXIT_FAILED, "--baud with a rate that this adapter has, or 115200",
                       "set %s: the port takes %lu baud instead of %lu; it must be within 2.5 %%",
                       line->port, is.BaudRate, baud);
}

int serial_configure(struct serial *line, unsigned baud, enum parity parity,
                     struct problem *problem)
{
    DCB settings = {.DCBlength = sizeof settings};
    char text[WINDOWS_TEXT_ERROR_BYTES];

    if (baud == 0) {
        return problem_set(problem, EXIT_USAGE, "115200, or 57600 over a long cable",
                           "%u baud at %s: no such rate", baud, line->port);
    }
    FlushFileBuffers(line->handle);
    if (!GetCommState(line->handle, &settings)) {
        return problem_set(problem, EXIT_FAILED, "check the cable", "set %s: %s", line->port,
                           windows_text_error(GetLastError(), text));
    }
    fill(&settings, baud, parity);
    keep_state(line, &settings);
    monitor_note(&line->heard, "%u baud, 8%c1", baud, parity == PARITY_EVEN ? 'E' : 'N');
    SetCommState(line->handle, &settings); // what it took is asked next
    return check(line, &settings, problem);
}

int serial_touch(struct serial *line, unsigned baud, struct problem *problem)
{
    int error = serial_configure(line, baud, PARITY_NONE, problem);

    line->restores = false; // another rate, before the port is closed, takes the request back
    bool gone = !EscapeCommFunction(line->handle, CLRDTR) && line->wired;
    return gone ? 0 : error;
}

// Windows changes one after the other.
static bool set_line(const struct serial *line, bool asserted, DWORD assert, DWORD let_go)
{
    return EscapeCommFunction(line->handle, asserted ? assert : let_go) != 0;
}

int serial_set_lines(struct serial *line, unsigned lines, unsigned asserted,
                     struct problem *problem)
{
    char text[WINDOWS_TEXT_ERROR_BYTES];

    monitor_note(&line->heard, "%s%s",
                 lines & SERIAL_DTR ? asserted & SERIAL_DTR ? "DTR 1 " : "DTR 0 " : "",
                 lines & SERIAL_RTS ? asserted & SERIAL_RTS ? "RTS 1" : "RTS 0" : "");
    if (((lines & SERIAL_DTR) && !set_line(line, asserted & SERIAL_DTR, SETDTR, CLRDTR)) ||
        ((lines & SERIAL_RTS) && !set_line(line, asserted & SERIAL_RTS, SETRTS, CLRRTS))) {
        return problem_set(problem, EXIT_FAILED, "an adapter that has these lines",
                           "set DTR and RTS of %s: %s", line->port,
                           windows_text_error(GetLastError(), text));
    }
    line->set |= lines;
    line->asserted = (line->asserted & ~lines) | (asserted & lines);
    return 0;
}

// The drivers decide what happens to the lines of a port that is closed. The settings, of which the
// lines are a part, are left as they are.
void serial_keep_lines(struct serial *line)
{
    line->restores = false;
}

// A read that got nothing: whether the port is still there.
static bool is_there(const struct serial *line)
{
    DWORD errors;

    return ClearCommError(line->handle, &errors, NULL) != 0;
}

static int read_bytes(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    size_t got = 0;

    if (!set_silence(line, silence_ms)) {
        return -1;
    }
    while (got < size) {
        DWORD count = 0;
        if (!ReadFile(line->handle, bytes + got, (DWORD)(size - got), &count, NULL)) {
            return -1;
        }
        if (count == 0) {
            return is_there(line) ? (int)got : -1;
        }
        got += count;
        line->unanswered = 0;
    }
    return (int)got;
}

int serial_read(struct serial *line, uint8_t *bytes, size_t size, unsigned silence_ms)
{
    int got = read_bytes(line, bytes, size, silence_ms);

    if (line->heard.monitor && got > 0) {
        monitor_received(&line->heard, bytes, (size_t)got);
    }
    if (line->heard.monitor && got < (int)size) {
        monitor_pause(&line->heard);
    }
    return got;
}

int serial_write(struct serial *line, const void *bytes, size_t size)
{
    const uint8_t *next = bytes;

    monitor_sent(&line->heard, next, size);
    while (size > 0) {
        DWORD count = 0;
        if (!WriteFile(line->handle, next, (DWORD)size, &count, NULL) || count == 0) {
            return -1;
        }
        for (DWORD i = 0; i < count; i++) {
            line->unanswered ^= *next++;
        }
        size -= count;
    }
    return 0;
}

void serial_monitor(struct serial *line, const struct monitor *monitor)
{
    monitor_begin(&line->heard, monitor, line->port);
}

uint8_t serial_unanswered(const struct serial *line)
{
    return line->unanswered;
}

void serial_discard(struct serial *line)
{
    PurgeComm(line->handle, PURGE_RXCLEAR);
}

const char *serial_port(const struct serial *line)
{
    return line->port;
}
