// fake_usb.c: goes through the states of DFU as ST's documents have them, and strictly.
// SPDX-License-Identifier: MIT
#include "fake_usb.h"

#include "usb_list.h"

#include <stdio.h>
#include <string.h>

enum { SET_ADDRESS = 0x21, ERASE = 0x41, FIRST_BLOCK = 2, UNIT = 8 };

struct fake_usb fake;

void fake_usb_reset(void)
{
    fake = (struct fake_usb){
        .strings = {NULL, NULL, NULL, "357E366E3231",
                    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,03*128Kg",
                    "@Option Bytes  /0x1FFFC000/01*016 e",
                    "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
                    "@Device Feature/0xFFFF0000/01*004 e"},
        .transfer_bytes = 2048,
        .page_bytes = 0x4000,
        .erased = 0xFF,
        .polls = 1,
        .poll_ms = 1,
        .areas = {{0x1FFF7600, 0x200, {[0xDE] = 0xD0, [0x1DE] = 0x4B}},
                  {0x1FFFC000, 16, {0xEF, 0xAA, 0, 0, 0, 0, 0, 0, 0xFF, 0x7F}}},
        .state = DFU_IDLE,
    };
    memset(fake.flash, 0x5A, sizeof fake.flash);
}

static void describe(struct usb_found *found)
{
    uint16_t size = fake.transfer_bytes;
    const uint8_t functional[] = {9,    0x21, 0x0B, 0xFF, 0, (uint8_t)size, (uint8_t)(size >> 8),
                                  0x1A, 0x01};

    *found = (struct usb_found){.vendor = 0x0483,
                                .product = 0xDF11,
                                .roles = USB_ROLE_DFU,
                                .path = "1-2.3",
                                .bus = 1,
                                .address = 7,
                                .serial = "357E366E3231",
                                .setting_count = 4,
                                .setting_names = {4, 5, 6, 7},
                                .class_size = sizeof functional};
    memcpy(found->class_bytes, functional, sizeof functional);
}

int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem)
{
    struct usb_found found;
    (void)problem;

    describe(&found);
    if (!fake.gone && !fake.absent) {
        visit(&found, context);
    }
    for (size_t i = 0; i < fake.other_count; i++) {
        visit(&fake.others[i], context);
    }
    return 0;
}

void usb_monitor(struct usb *usb, const struct monitor *monitor, const char *port)
{
    (void)usb;
    (void)monitor;
    (void)port;
}

int usb_open(struct usb **usb, const struct usb_found *found, struct problem *problem)
{
    (void)found;
    if (fake.is_busy) {
        return problem_set(problem, EXIT_FAILED, NULL, "usb: another program uses it");
    }
    fake.open = true;
    *usb = (struct usb *)&fake;
    return 0;
}

void usb_close(struct usb *usb)
{
    fake.open = usb == NULL;
}

size_t usb_transfers(const struct usb *usb)
{
    (void)usb;
    return fake.transfers;
}

static uint8_t next_edit(void)
{
    return fake.edit_size && fake.edit_size-- ? *fake.edits++ : 0;
}

// Counts a transfer, and says what becomes of it. *forged: so many bytes of its answer are others.
static enum fake_fault next_fault(unsigned *forged)
{
    uint8_t edit = next_edit();
    enum fake_fault fault =
        edit >= 128 && edit < FAKE_FORGED ? (enum fake_fault)(edit % FAULTS) : FAULT_NONE;

    *forged = edit >= FAKE_FORGED ? edit - FAKE_FORGED : 0;
    fake.transfers++;
    fault = fake.transfers == fake.fails_at ? fake.fault : fault;
    fake.gone |= fault == FAULT_GONE;
    return fake.gone ? FAULT_GONE : fault;
}

// Writes other bytes to the end of an answer.
static void forge(uint8_t *bytes, int size, unsigned forged)
{
    for (unsigned i = 0; i < forged && size > 0 && i < (unsigned)size; i++) {
        bytes[(unsigned)size - 1 - i] = next_edit();
    }
}

static int refuse(uint8_t status)
{
    fake.state = DFU_ERROR;
    fake.status = status;
    return USB_STALLED;
}

static uint8_t *byte_at(uint32_t address)
{
    for (unsigned i = 0; i < FAKE_AREAS; i++) {
        struct fake_area *area = &fake.areas[i];
        if (address - area->start < area->size) {
            return &area->bytes[address - area->start];
        }
    }
    return address - FAKE_START < FAKE_FLASH_BYTES ? &fake.flash[address - FAKE_START] : NULL;
}

static uint32_t block_address(unsigned block, unsigned size)
{
    return fake.pointer +
           (block - FIRST_BLOCK) * (fake.length_counts ? size : (unsigned)fake.transfer_bytes);
}

static uint32_t word(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint8_t erase(uint32_t address)
{
    uint32_t offset = (address - FAKE_START) / fake.page_bytes * fake.page_bytes;

    if (address - FAKE_START >= FAKE_FLASH_BYTES) {
        return 1;
    }
    fake.erases++;
    memset(fake.flash + offset, fake.erased, fake.page_bytes);
    fake.pointer = fake.erase_moves ? address : fake.pointer;
    fake.busy_left = fake.sticks ? UINT32_MAX : fake.busy_left;
    return 0;
}

static uint8_t command(void)
{
    uint32_t address = fake.pending_size == 5 ? word(fake.pending + 1) : 0;

    if (fake.pending_size != 5) {
        return 15;
    }
    if (fake.pending[0] == SET_ADDRESS) {
        fake.addresses++;
        fake.pointer = address;
        return byte_at(address) ? 0 : 1;
    }
    return fake.pending[0] == ERASE ? erase(address) : 15;
}

static bool is_full(uint32_t address)
{
    uint32_t unit = address - address % UNIT;

    for (uint32_t i = 0; i < UNIT; i++) {
        if (*byte_at(unit + i) != fake.erased) {
            return true;
        }
    }
    return false;
}

static uint8_t write_block(void)
{
    uint32_t address = block_address(fake.pending_block, fake.pending_size);
    bool blank = word(fake.flash) == UINT32_MAX;

    fake.blocks++;
    if (address - FAKE_START >= FAKE_FLASH_BYTES || fake.is_protected) {
        return fake.is_protected ? 11 : 1;
    }
    for (uint32_t i = 0; i < fake.pending_size; i++) {
        if (fake.refuses_second && i % UNIT == 0 && is_full(address + i)) {
            return 6;
        }
        *byte_at(address + i) &= fake.pending[i];
    }
    fake.started_by = blank && word(fake.flash) != UINT32_MAX ? fake.blocks : fake.started_by;
    return 0;
}

static int download(uint16_t block, const uint8_t *bytes, unsigned size)
{
    if ((fake.state != DFU_IDLE && fake.state != DFU_DNLOAD_IDLE) || size > fake.transfer_bytes) {
        return refuse(15);
    }
    if (size) {
        memcpy(fake.pending, bytes, size);
    }
    fake.pending_size = size;
    fake.pending_block = block;
    fake.state = size ? DFU_DNLOAD_SYNC : DFU_MANIFEST_SYNC;
    fake.gone |= size == 0 && fake.gone_before_status;
    return (int)size;
}

static int upload(uint16_t block, uint8_t *bytes, unsigned size)
{
    uint32_t address = block_address(block, size);

    if (fake.state != DFU_IDLE && fake.state != DFU_UPLOAD_IDLE) {
        return refuse(15);
    }
    fake.uploads++;
    if (fake.is_protected) {
        return refuse(11);
    }
    for (unsigned i = 0; i < size; i++) {
        if (!byte_at(address + i)) {
            return refuse(1);
        }
        bytes[i] = *byte_at(address + i);
    }
    fake.state = DFU_UPLOAD_IDLE;
    return (int)size;
}

static void begin(void)
{
    fake.busy_left = fake.polls;
    fake.stalls_left = fake.early_stalls;
    fake.clears = 0;
    fake.status = fake.pending_block ? write_block() : command();
    fake.state = fake.busy_left ? DFU_DNBUSY : DFU_DNLOAD_IDLE;
    fake.busy_until = fake.now + fake.poll_ms;
}

static void go_on(void)
{
    fake.early_polls += fake.now < fake.busy_until;
    fake.busy_until = fake.now + fake.poll_ms;
    if (--fake.busy_left == 0) {
        fake.state = fake.status ? DFU_ERROR : DFU_DNLOAD_IDLE;
    }
}

static int get_status(uint8_t *bytes)
{
    if (fake.state == DFU_DNBUSY && fake.stalls_left) {
        fake.stalls_left--;
        return USB_STALLED;
    }
    if (fake.state == DFU_DNLOAD_SYNC) {
        begin();
    } else if (fake.state == DFU_DNBUSY) {
        go_on();
    } else if (fake.state == DFU_MANIFEST_SYNC) {
        fake.state = DFU_MANIFEST;
        fake.left = true;
        fake.left_at = fake.pointer;
        fake.gone |= fake.gone_after_status;
    }
    bool is_busy = fake.state == DFU_DNBUSY;
    const uint8_t answer[] = {fake.state == DFU_ERROR ? fake.status : (uint8_t)0,
                              is_busy ? (uint8_t)fake.poll_ms : (uint8_t)0,
                              is_busy ? (uint8_t)(fake.poll_ms >> 8) : (uint8_t)0,
                              0,
                              fake.state,
                              0};
    memcpy(bytes, answer, sizeof answer);
    return sizeof answer;
}

static int clear_status(void)
{
    if (fake.state != DFU_ERROR) {
        bool frees = fake.state == DFU_DNBUSY && fake.sticks;
        fake.wrong_clears += !frees;
        fake.state = frees && ++fake.clears == 2 ? (uint8_t)DFU_IDLE : fake.state;
        return fake.clear_breaks ? USB_STALLED : 0;
    }
    fake.state = DFU_IDLE;
    fake.status = 0;
    return 0;
}

static int abort_transfer(void)
{
    if (fake.state == DFU_ERROR || fake.state == DFU_DNBUSY) {
        return refuse(15);
    }
    fake.state = DFU_IDLE;
    return 0;
}

// What the host is told of a transfer that goes wrong.
static int told(enum fake_fault fault, int result)
{
    switch (fault) {
    case FAULT_STALL:
        return USB_STALLED;
    case FAULT_GONE:
        return USB_GONE;
    case FAULT_TIMEOUT:
        return USB_TIMEOUT;
    case FAULT_SHORT:
        return result > 0 ? result / 2 : result;
    case FAULT_LOST:
    case FAULT_LOST_ANSWER:
        return USB_FAILED;
    default:
        return result;
    }
}

static bool arrives(enum fake_fault fault)
{
    return fault == FAULT_NONE || fault == FAULT_LOST_ANSWER || fault == FAULT_SHORT;
}

int usb_send(struct usb *usb, uint8_t request, uint16_t value, const uint8_t *bytes, unsigned size,
             unsigned timeout_ms)
{
    unsigned forged;
    enum fake_fault fault = next_fault(&forged);
    int result = 0;

    (void)usb;
    if (fault == FAULT_TIMEOUT) {
        fake.now += timeout_ms;
    }
    if (arrives(fault)) {
        result = request == DFU_DNLOAD      ? download(value, bytes, size)
                 : request == DFU_CLRSTATUS ? clear_status()
                                            : abort_transfer();
    }
    return told(fault, result);
}

int usb_fetch(struct usb *usb, uint8_t request, uint16_t value, uint8_t *bytes, unsigned size,
              unsigned timeout_ms)
{
    unsigned forged;
    enum fake_fault fault = next_fault(&forged);
    int result = 0;

    (void)usb;
    if (fault == FAULT_TIMEOUT) {
        fake.now += timeout_ms;
    }
    if (arrives(fault)) {
        result = request == DFU_UPLOAD ? upload(value, bytes, size) : get_status(bytes);
        forge(bytes, result, forged);
    }
    return told(fault, result);
}

int usb_choose_setting(struct usb *usb, uint8_t setting)
{
    (void)usb;
    (void)setting;
    unsigned forged;
    return told(next_fault(&forged), 0);
}

int usb_string(struct usb *usb, uint8_t number, char text[USB_TEXT_BYTES])
{
    unsigned forged;
    enum fake_fault fault = next_fault(&forged);

    (void)usb;
    text[0] = '\0';
    if (arrives(fault) && number < FAKE_STRINGS && fake.strings[number]) {
        snprintf(text, USB_TEXT_BYTES, "%s", fake.strings[number]);
        forge((uint8_t *)text, (int)strlen(text), forged);
    }
    return fault == FAULT_SHORT ? (int)strlen(text) : told(fault, (int)strlen(text));
}
