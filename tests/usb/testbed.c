// testbed.c: the boards' devices in /sys and /dev of umockdev, as the kernel and udev show them.
// SPDX-License-Identifier: MIT
#include "testbed.h"

#include "usbfs.h"

#include <stdlib.h>
#include <string.h>

#define HUB "/devices/pci0000:00/0000:00:14.0/usb1"

enum { NUMBERS = 128, HUB_NUMBER = 1, MAJOR = 189 };

struct testbed {
    UMockdevTestbed *mock;
    pthread_mutex_t lock;
    unsigned last_number;
    bool attached[NUMBERS]; // device numbers that have a handler, of a device that may be gone
};

static const uint8_t hub_device[18] = {18,   1,    0x00, 0x02, 9, 0, 1, 64, 0x6B,
                                       0x1D, 0x02, 0x00, 0x01, 6, 0, 0, 0,  1};
static const uint8_t hub_configuration[25] = {9, 2, 25, 0, 1, 1, 0, 0xE0, 0, 9, 4, 0, 0,
                                              1, 9, 0,  0, 0, 7, 5, 0x81, 3, 4, 0, 12};

static void put_hex(GString *text, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        g_string_append_printf(text, "%02X", bytes[i]);
    }
}

static unsigned half(const uint8_t *bytes)
{
    return bytes[0] | (unsigned)bytes[1] << 8;
}

static void put_text(GString *text, const char *name, const char *value)
{
    char *escaped = g_strescape(value, NULL);

    if (value[0]) {
        g_string_append_printf(text, "A: %s=%s\\n\n", name, escaped);
    }
    g_free(escaped);
}

// A device as umockdev-record prints one.
static GString *describe(const char *path, unsigned number, unsigned speed, const uint8_t *device,
                         const uint8_t *configuration, size_t size)
{
    GString *text = g_string_new(NULL);

    g_string_append_printf(text,
                           "P: %s\nN: bus/usb/001/%03u\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
                           "E: SUBSYSTEM=usb\nE: DEVNAME=/dev/bus/usb/001/%03u\nE: BUSNUM=001\n"
                           "E: DEVNUM=%03u\nE: MAJOR=%d\nE: MINOR=%u\nE: PRODUCT=%x/%x/%x\n"
                           "E: TYPE=%u/%u/%u\nA: dev=%d:%u\\n\nA: busnum=1\\n\nA: devnum=%u\\n\n",
                           path, number, number, number, MAJOR, number - 1, half(device + 8),
                           half(device + 10), half(device + 12), device[4], device[5], device[6],
                           MAJOR, number - 1, number);
    g_string_append_printf(text,
                           "A: speed=%s\\n\nA: idVendor=%04x\\n\nA: idProduct=%04x\\n\n"
                           "A: bcdDevice=%04x\\n\nA: bDeviceClass=%02x\\n\n"
                           "A: bDeviceSubClass=%02x\\n\nA: bDeviceProtocol=%02x\\n\n"
                           "A: bMaxPacketSize0=%u\\n\nA: bNumConfigurations=%u\\n\n"
                           "A: bConfigurationValue=%u\\n\nA: bNumInterfaces=%2u\\n\n",
                           speed == USBIP_LOW_SPEED    ? "1.5"
                           : speed == USBIP_FULL_SPEED ? "12"
                                                       : "480",
                           half(device + 8), half(device + 10), half(device + 12), device[4],
                           device[5], device[6], device[7], device[17], configuration[5],
                           configuration[4]);
    g_string_append(text, "H: descriptors=");
    put_hex(text, device, 18);
    put_hex(text, configuration, size);
    g_string_append_c(text, '\n');
    return text;
}

// The first alternate setting of each interface, from `*at` on; NULL: there are no more.
static const uint8_t *next_interface(const struct board_descriptors *of, size_t *at)
{
    while (*at + 9 <= of->configuration_size && of->configuration[*at]) {
        const uint8_t *found = of->configuration + *at;
        *at += found[0];
        if (found[1] == 4 && found[3] == 0) {
            return found;
        }
    }
    return NULL;
}

// Each interface is a device of its own.
static void describe_interfaces(GString *text, const char *path, const struct board *board)
{
    const struct board_descriptors *has = &board->descriptors;
    const uint8_t *one;

    for (size_t at = 0; (one = next_interface(has, &at));) {
        g_string_append_printf(
            text,
            "\nP: %s/1-%u:%u.%u\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\n"
            "E: INTERFACE=%u/%u/%u\nA: bInterfaceNumber=%02x\\n\nA: bAlternateSetting=%2u\\n\n"
            "A: bNumEndpoints=%02x\\n\nA: bInterfaceClass=%02x\\n\nA: bInterfaceSubClass=%02x\\n\n"
            "A: bInterfaceProtocol=%02x\\n\n",
            path, board->port, has->configuration[5], one[2], one[5], one[6], one[7], one[2],
            one[3], one[4], one[5], one[6], one[7]);
    }
}

// The console: there is a class of serial ports without one, too.
static GString *describe_console(void)
{
    return g_string_new("P: /devices/virtual/tty/tty0\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/tty0\n"
                        "E: MAJOR=4\nE: MINOR=0\nA: dev=4:0\\n\n");
}

static bool add(struct testbed *testbed, GString *text)
{
    GError *error = NULL;
    bool added = umockdev_testbed_add_from_string(testbed->mock, text->str, &error);

    if (error) {
        fprintf(stderr, "usb_stage: %s\n", error->message);
        g_error_free(error);
    }
    g_string_free(text, TRUE);
    return added;
}

struct testbed *testbed_new(void)
{
    struct testbed *made = calloc(1, sizeof *made);

    if (!made) {
        return NULL;
    }
    pthread_mutex_init(&made->lock, NULL);
    made->last_number = HUB_NUMBER;
    made->mock = umockdev_testbed_new();
    if (!made->mock || !add(made, describe_console()) ||
        !add(made, describe(HUB, HUB_NUMBER, 0, hub_device, hub_configuration,
                            sizeof hub_configuration))) {
        testbed_free(made);
        return NULL;
    }
    return made;
}

void testbed_free(struct testbed *testbed)
{
    if (testbed) {
        g_clear_object(&testbed->mock);
        free(testbed);
    }
}

// The kernel goes round: a number that has just been freed comes again last.
static unsigned next_number(struct testbed *testbed)
{
    testbed->last_number = testbed->last_number + 1 < NUMBERS ? testbed->last_number + 1 : 2;
    return testbed->last_number;
}

static void attach(struct testbed *testbed, struct board *board, unsigned number)
{
    char node[32];
    UMockdevIoctlBase *handler = usbfs_new(board, number);

    g_snprintf(node, sizeof node, "/dev/bus/usb/001/%03u", number);
    if (testbed->attached[number]) {
        umockdev_testbed_detach_ioctl(testbed->mock, node, NULL);
    }
    testbed->attached[number] = umockdev_testbed_attach_ioctl(testbed->mock, node, handler, NULL);
    g_object_unref(handler);
}

static void path_of(const struct board *board, char path[64])
{
    g_snprintf(path, 64, HUB "/1-%u", board->port);
}

void testbed_plug(struct testbed *testbed, struct board *board)
{
    const struct board_descriptors *has = &board->descriptors;
    unsigned number;
    char path[64];
    GString *text;

    path_of(board, path);
    pthread_mutex_lock(&testbed->lock);
    number = next_number(testbed);
    attach(testbed, board, number);
    pthread_mutex_lock(&board->lock);
    board->device_number = number;
    pthread_mutex_unlock(&board->lock);
    text = describe(path, number, board->device.speed, has->device, has->configuration,
                    has->configuration_size);
    put_text(text, "manufacturer", has->manufacturer);
    put_text(text, "product", has->product);
    put_text(text, "serial", has->serial);
    describe_interfaces(text, path, board);
    add(testbed, text);
    pthread_mutex_unlock(&testbed->lock);
}

static void remove_device(struct testbed *testbed, const char *path)
{
    umockdev_testbed_uevent(testbed->mock, path, "remove");
    umockdev_testbed_remove_device(testbed->mock, path);
}

void testbed_unplug(struct testbed *testbed, struct board *board)
{
    const struct board_descriptors *has = &board->descriptors;
    char path[64], under[128];
    const uint8_t *one;

    path_of(board, path);
    pthread_mutex_lock(&testbed->lock);
    for (size_t at = 0; (one = next_interface(has, &at));) {
        g_snprintf(under, sizeof under, "/sys%s/1-%u:%u.%u", path, board->port,
                   has->configuration[5], one[2]);
        remove_device(testbed, under);
    }
    g_snprintf(under, sizeof under, "/sys%s", path);
    remove_device(testbed, under);
    pthread_mutex_unlock(&testbed->lock);
}
