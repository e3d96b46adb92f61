// libbootleap.h: a program's way to the system bootloader (ST's ROM) of an STM32, and its manual.
// SPDX-License-Identifier: MIT
//
//     struct libbootleap_settings settings = {.port = "/dev/ttyACM0"};
//     struct libbootleap_problem problem;
//     struct libbootleap *chip;
//
//     int code = libbootleap_open(&chip, &settings, NULL, &problem);
//     code = code ? code : libbootleap_enter(chip, &problem);
//     code = code ? code : libbootleap_read(chip, 0x08000000, sizeof bytes, bytes, &problem);
//     if (code) {
//         fprintf(stderr, "%s. Try: %s\n", problem.what, problem.try_this);
//     }
//     libbootleap_close(chip);
//
// A handle is one chip on one port. Handles know nothing of each other: each may have a thread of
// its own, and no function may be called for one handle from two threads at once. The library
// prints nothing, ends no program, installs no signal handler and has no variables. It writes no
// file but the copies that `keep` asks for.
//
// All functions that return int return LIBBOOTLEAP_OK, or the code that they also put into
// *problem. Text is UTF-8, or what the system's names of files and ports are made of. Addresses are
// those of the chip; sizes are in bytes, times in milliseconds. A structure of settings may grow at
// its end: set what you need by name and leave the rest 0, which is always the usual value.
#ifndef LIBBOOTLEAP_H
#define LIBBOOTLEAP_H

#include "libbootleap_chip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- What went wrong --------------------------------------------------------------------------

// The exit codes of the tool `bootleap` are the same.
enum libbootleap_code {
    LIBBOOTLEAP_OK = 0,
    LIBBOOTLEAP_FAILED = 1,    // it was tried and went wrong
    LIBBOOTLEAP_USAGE = 2,     // an argument, or a file, cannot be used
    LIBBOOTLEAP_NO_DEVICE = 3, // nothing is there, or nothing answers
    LIBBOOTLEAP_SEVERAL = 4,   // several devices fit
    LIBBOOTLEAP_REFUSED = 5,   // the chip said no, or would not survive a yes
    LIBBOOTLEAP_VERIFY = 6,    // the chip holds something else than the file
};

// Whose fault it is: where the cure is to be looked for.
enum libbootleap_fault {
    LIBBOOTLEAP_FAULT_UNKNOWN,
    LIBBOOTLEAP_FAULT_CALLER,      // the arguments of the call
    LIBBOOTLEAP_FAULT_FILE,        // a file that was named
    LIBBOOTLEAP_FAULT_COMPUTER,    // permissions, a port in use, memory, disk
    LIBBOOTLEAP_FAULT_LINE,        // the cable, the adapter, or nothing is connected
    LIBBOOTLEAP_FAULT_CHIP,        // the chip does not let it
    LIBBOOTLEAP_FAULT_APPLICATION, // the firmware that ran, or that was started
};

struct libbootleap_problem {
    int code; // enum libbootleap_code
    enum libbootleap_fault fault;
    char what[320];     // "WHAT at WHERE: WHY", without a full stop
    char try_this[300]; // what to do, without a full stop; "" where nothing helps
};

// The word for a fault, "computer". Never NULL.
const char *libbootleap_fault_word(enum libbootleap_fault fault);

// "0.1.0": of the library that is loaded.
const char *libbootleap_version(void);

// ---- Who is told of the work while it goes on -------------------------------------------------

enum libbootleap_frame_kind {
    LIBBOOTLEAP_FRAME_SENT,
    LIBBOOTLEAP_FRAME_RECEIVED,
    LIBBOOTLEAP_FRAME_NOTE, // no frame: what was set, in words
};
// What went over a port: bytes without a pause between them, or a control transfer of USB.
struct libbootleap_frame {
    const char *port;
    enum libbootleap_frame_kind kind;
    uint64_t ms; // since libbootleap_open()
    size_t size;
    const uint8_t *bytes; // the first of them, at most 16
    const char *note;     // "115200 baud, 8E1"; of a control transfer: its request; else ""
};

// Each may be NULL. All are called in the thread that called the library, with `context`.
struct libbootleap_callbacks {
    void *context;
    // `done` of `total` steps of a phase: "compare", "erase", "write", "verify", "read".
    void (*progress)(void *context, const char *phase, size_t done, size_t total);
    // The phase is over, whether or not all of it was done.
    void (*progress_end)(void *context);
    // Once a second: what is waited for, for how long now and for how long at most.
    void (*wait)(void *context, const char *what, unsigned waited_ms, unsigned most_ms);
    // A sentence that a user should hear although all goes on.
    void (*log)(void *context, const char *text);
    // Asked between two commands: true ends the work, and the chip waits for the next command.
    bool (*cancelled)(void *context);
    // Each frame that goes over a port, to show what was said. It is gone afterwards.
    void (*frame)(void *context, const struct libbootleap_frame *frame);
};

// ---- Ports ------------------------------------------------------------------------------------

// What may be the `port` of a handle. A text is NULL or "" where the system does not say.
struct libbootleap_port {
    const char *port;          // "/dev/ttyACM0", "usb:1-2.3"
    const char *kind;          // "serial"; "dfu": a bootloader on USB; "application": one that has
                               // DFU_DETACH
    const char *description;   // what the maker wrote
    const char *usb;           // "0483:DF11", VENDOR:PRODUCT
    const char *serial_number; // of the board or the adapter
    bool may_open;             // the system lets this user
    unsigned long holder_pid;  // of a program that has it open, as far as we may know; 0: none
    const char *holder;        // its name
};

// Calls `visit` for each port; what it gets is gone afterwards. Nothing is sent. NO_DEVICE: there
// is no port.
int libbootleap_list(void (*visit)(const struct libbootleap_port *port, void *context),
                     void *context, struct libbootleap_problem *problem);

// ---- A handle ---------------------------------------------------------------------------------

// What may be sent to a ROM that another program left in the middle of a command: each byte may be
// the one that completes it. Sync bytes are always sent where the application was asked to enter.
enum libbootleap_recovery {
    LIBBOOTLEAP_RECOVER_NOT,
    LIBBOOTLEAP_RECOVER_BLOCK, // a block of data is completed, with a wrong checksum; 3 s
    LIBBOOTLEAP_RECOVER_ANY,   // the longest list of pages, too; 25 s
};

struct libbootleap_settings {
    const char *port;     // "/dev/ttyACM0", "COM5", "usb:1-2.3"; NULL: the only ST ROM on USB
    const char *rom_port; // where the ROM answers, if that is another port; NULL: the same
    const char *device;   // every other chip is refused: "f405", "STM32F407VGT6"; NULL: any
    const char *ask;      // how a running application is asked: a word of `bootleap enter --help`,
                          // or the name of a file with a sequence;
                          // NULL: a text over a serial port, DFU_DETACH over USB
    const char *dtr_rts;  // steps of DTR and RTS that start the ROM, and leave it, or the name of a
                          // preset: docs/getting-in.md. Then nobody is asked. NULL: none
    bool stay;            // ... they do not leave it
    const void *text;     // that asks it; NULL: "b"
    size_t text_length;   // at most 64
    unsigned baud;        // of the ROM; 0: 115200. Always 8E1
    unsigned app_baud;    // of the application; 0: 115200, or that of the sequence. Always 8N1
    unsigned timeout_ms;  // no answer of the ROM is awaited longer; 0: as long as is usual
    unsigned board_ms;    // a board that is not there yet is awaited so long; 0: not at all
    enum libbootleap_recovery recovery; // what may be done where no ROM answers
};

struct libbootleap; // a handle

// Makes a handle, which touches no port. Settings and callbacks are copied; the texts that they
// point to must live as long as the handle. `callbacks` may be NULL. USAGE: no such device.
int libbootleap_open(struct libbootleap **chip, const struct libbootleap_settings *settings,
                     const struct libbootleap_callbacks *callbacks,
                     struct libbootleap_problem *problem);

// Closes its ports and frees the handle. The chip stays as it is. May be called with NULL.
void libbootleap_close(struct libbootleap *chip);

// Finds a ROM that runs already and asks which chip it is. Changes nothing on the chip. NO_DEVICE:
// none answers. SEVERAL: several devices fit.
int libbootleap_find(struct libbootleap *chip, struct libbootleap_problem *problem);

// The same, but where no ROM answers, the running application is asked for it as the settings say.
int libbootleap_enter(struct libbootleap *chip, struct libbootleap_problem *problem);

// ---- Which chip it is -------------------------------------------------------------------------

// Asks the chip how large its flash is and what protects it, by a few reads: without it `flash` is
// that of the largest chip of its line. libbootleap_flash(), _verify() and _erase() ask themselves.
// Does nothing where the device is unknown. SEVERAL: several devices fit.
int libbootleap_ask(struct libbootleap *chip, struct libbootleap_problem *problem);

// What is known of it; NULL before libbootleap_find() or _enter(). It lives until the next call
// with this handle.
const struct libbootleap_chip *libbootleap_chip(struct libbootleap *chip);

enum { LIBBOOTLEAP_UNIQUE_ID_BYTES = 25 };

// Reads the number that no other chip has: 24 digits; "" where the chip does not show it, or nobody
// knows where it is.
int libbootleap_unique_id(struct libbootleap *chip, char text[LIBBOOTLEAP_UNIQUE_ID_BYTES],
                          struct libbootleap_problem *problem);

// A command of its ROM, from 0 on. Returns its code and puts its name into *name; -1: no more.
int libbootleap_command(const struct libbootleap *chip, size_t number, const char **name);

// What its ROM says of itself, where it says something, as label, key for a script, and text.
struct libbootleap_detail {
    const char *label, *key, *text;
    bool is_list, is_number;
};

void libbootleap_details(const struct libbootleap *chip,
                         void (*visit)(const struct libbootleap_detail *detail, void *context),
                         void *context);

// ---- Reading ----------------------------------------------------------------------------------

// Reads memory: flash, RAM, system memory, option bytes. Over a serial line, where no checksum
// protects what is read, each byte is read until two reads agree. REFUSED: readout protection, or
// no memory is there.
int libbootleap_read(struct libbootleap *chip, uint32_t address, uint32_t size, uint8_t *bytes,
                     struct libbootleap_problem *problem);

// ---- Firmware files ---------------------------------------------------------------------------

struct libbootleap_file;

struct libbootleap_file_settings {
    bool has_address; // of a raw binary: `address` is where it belongs; else the start of flash
    uint32_t address;
    bool only_flash; // leave out what the file has for other memories
    bool force;      // do not check vector table, core, and size of the chip
};

// Reads an ELF, Intel HEX, S-record, DfuSe, UF2 or raw binary file. Notes on it go to `log` of the
// callbacks of whoever uses it. USAGE: it cannot be used, with the reason.
int libbootleap_file_open(struct libbootleap_file **file, const char *path,
                          const struct libbootleap_file_settings *settings,
                          struct libbootleap_problem *problem);
void libbootleap_file_close(struct libbootleap_file *file);

// Another file with the same content: two handles that work at the same time need two files.
int libbootleap_file_copy(struct libbootleap_file **copy, const struct libbootleap_file *file,
                          struct libbootleap_problem *problem);

// Adds data of one unit, such as its serial number, to the file, for the chip that was found or
// entered. With `size` 0 it only finds out whether the file fits this chip. USAGE: `file` has other
// bytes there than blanks (all 0xFF, or all 0).
int libbootleap_file_put(struct libbootleap *chip, struct libbootleap_file *file, uint32_t address,
                         uint32_t size, const uint8_t *bytes, struct libbootleap_problem *problem);

// "elf", "hex", "srec", "dfuse", "uf2", "binary".
const char *libbootleap_file_format(const struct libbootleap_file *file);
uint32_t libbootleap_file_bytes(const struct libbootleap_file *file);

// A note on the file, from 0 on; NULL: no more.
const char *libbootleap_file_note(const struct libbootleap_file *file, size_t number);

// Whether the file can be meant for the device of the settings. May be called before a port is
// touched, so that nobody disturbs an application for a file that does not fit.
int libbootleap_file_check(struct libbootleap *chip, struct libbootleap_file *file,
                           struct libbootleap_problem *problem);

// ---- Flashing ---------------------------------------------------------------------------------

struct libbootleap_flash_settings {
    bool full;                            // erase and write all, whatever is there already
    const struct libbootleap_range *keep; // data that stay although they share pages with the file,
    size_t keep_count; // at most 8. A copy is in the current folder while it is needed
};

enum { LIBBOOTLEAP_KEPT_FILES = 16, LIBBOOTLEAP_KEPT_FILE_BYTES = 80 };

// What was done. All is valid after a problem, too.
struct libbootleap_flash_result {
    bool changed;                    // the chip was told to erase or to write
    bool verified;                   // every byte of the file was seen in the chip
    size_t pages_erased, pages_kept; // ... and pages that held it already
    uint32_t bytes_written, bytes_read, bytes_kept;
    size_t blocks_skipped; // of which nothing had to be written
    size_t retries;        // commands, blocks and sectors that had to be sent again
    size_t usb_transfers;  // 0 over a serial line
    // Copies of kept data, in the current folder, that the same call takes back: left where the
    // work ended in between.
    char kept_files[LIBBOOTLEAP_KEPT_FILES][LIBBOOTLEAP_KEPT_FILE_BYTES];
    size_t kept_file_count;
};

// Brings a file into the flash of a chip that was found or entered: what differs is erased, written
// and compared. Until all of it is there, nothing that starts is there: what starts the image is
// erased first and written last. Whatever cannot work is refused before anything is erased, and the
// application that was asked is started again then. REFUSED: protection. VERIFY: it did not stay.
int libbootleap_flash(struct libbootleap *chip, struct libbootleap_file *file,
                      const struct libbootleap_flash_settings *settings,
                      struct libbootleap_flash_result *result, struct libbootleap_problem *problem);

struct libbootleap_verify_result {
    uint32_t bytes, differ; // compared, and of these different
    uint32_t first;         // address of the first one that differs
    uint8_t is, wanted;     // there
    size_t pages_differ;
    size_t retries, usb_transfers;
};

// Compares a file with the chip and changes nothing. What differs is read twice. VERIFY: it
// differs.
int libbootleap_verify(struct libbootleap *chip, struct libbootleap_file *file,
                       struct libbootleap_verify_result *result,
                       struct libbootleap_problem *problem);

// ---- Erasing ----------------------------------------------------------------------------------

struct libbootleap_erase_settings {
    uint32_t start, size; // whole pages; size 0: all of the flash
    bool widen;           // take all pages that the range touches, instead of refusing it
    bool unchecked;       // do not read back what was erased
};

struct libbootleap_erase_result {
    uint32_t start, size; // that was erased, or was to be
    size_t pages_erased;
    bool changed, verified;
    size_t retries, usb_transfers;
};

// Erases pages of flash and reads them back. Option bytes stay. USAGE: not whole pages, with the
// pages that would be. REFUSED: write protection, before anything is erased.
int libbootleap_erase(struct libbootleap *chip, const struct libbootleap_erase_settings *settings,
                      struct libbootleap_erase_result *result, struct libbootleap_problem *problem);

// ---- Option bytes -----------------------------------------------------------------------------

// What a change can destroy, or make impossible. Bits. A change that loses something is refused
// until its bit says that it may; docs/options.md has the changes of each kind.
enum libbootleap_loss {
    LIBBOOTLEAP_LOSS_ALL_FLASH = 1,       // all flash is erased
    LIBBOOTLEAP_LOSS_READING_FLASH = 2,   // readout protection level 1
    LIBBOOTLEAP_LOSS_CHIP_FOREVER = 4,    // nothing takes it back
    LIBBOOTLEAP_LOSS_WRITING_PAGES = 8,   // write protection
    LIBBOOTLEAP_LOSS_READING_PAGES = 16,  // PCROP, TZEN, secure areas
    LIBBOOTLEAP_LOSS_ROM = 32,            // the ROM may not be reachable any more
    LIBBOOTLEAP_LOSS_FLASH_LAYOUT = 64,   // other banks
    LIBBOOTLEAP_LOSS_WATCHDOG = 128,      // a watchdog runs from each reset on
    LIBBOOTLEAP_LOSS_UNKNOWN_LAYOUT = 256 // how this ROM takes them is inferred
};

// The value of the bits of this name, "nBOOT0", shifted so that it begins at bit 0. USAGE: the chip
// has none of this name. REFUSED: nobody has published where they are, or the ROM does not show
// them.
int libbootleap_option_read(struct libbootleap *chip, const char *name, uint32_t *value,
                            struct libbootleap_problem *problem);

// Changes `count` fields, each "NAME=VALUE", and keeps the others. The chip resets itself; what it
// has then is read back. `losses` is the sum of bits of enum libbootleap_loss. REFUSED: something
// would be lost that they do not name. VERIFY: a value is another one after the reset.
int libbootleap_option_write(struct libbootleap *chip, const char *const *changes, size_t count,
                             unsigned losses, struct libbootleap_problem *problem);

// ---- Leaving the ROM --------------------------------------------------------------------------

enum { LIBBOOTLEAP_LINE_BYTES = 128 };

struct libbootleap_start_settings {
    bool has_address; // of a vector table; else the start of flash
    uint32_t address;
    unsigned wait_ms;   // for the first line that the application prints; 0: none is awaited
    const char *expect; // text that this line must hold; NULL: any
};

// Has the ROM start an application by Go (over USB by DFU's leave). `line` gets what it printed, ""
// if none was awaited or nobody can hear it. FAILED: no such line came. REFUSED: this version of
// the ROM cannot.
int libbootleap_start(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                      char line[LIBBOOTLEAP_LINE_BYTES], struct libbootleap_problem *problem);

// Has the chip reset itself, by 32 bytes of code in RAM that the ROM starts. What runs then is what
// BOOT0 and the option bytes say. Of the settings only `wait_ms` and `expect` count; `line` is as
// for libbootleap_start(). REFUSED: over USB, where no ROM starts code in RAM; or nobody knows RAM
// of this chip that its ROM leaves alone.
int libbootleap_reset(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                      char line[LIBBOOTLEAP_LINE_BYTES], struct libbootleap_problem *problem);

#ifdef __cplusplus
}
#endif

#endif
