// usbfs.c: the ioctls of a USB device's node: what libusb asks of the kernel.
// SPDX-License-Identifier: MIT
//
// umockdev calls all of this in one thread of its own. A node that is a plain file is always ready
// to be written, so libusb asks for transfers that are done without a pause: the answer to that
// waits a little.
#include "usbfs.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

enum { REAP_MS = 5, INTERFACES = 4 };

typedef struct {
    UMockdevIoctlBase parent;
    struct board *board;
    unsigned device_number;
    const void *claimed_by[INTERFACES]; // a client; NULL: none
} Usbfs;

typedef struct {
    UMockdevIoctlBaseClass parent;
} UsbfsClass;

G_DEFINE_TYPE(Usbfs, usbfs, UMOCKDEV_TYPE_IOCTL_BASE)

// A transfer, and the memory of the program that it came from.
struct urb {
    struct transfer transfer; // first
    UMockdevIoctlData *memory, *buffer;
};

static void urb_free(struct urb *urb)
{
    g_clear_object(&urb->buffer);
    g_clear_object(&urb->memory);
    free(urb->transfer.data);
    free(urb);
}

// The argument of an ioctl: `size` bytes in the memory of the program. NULL where that has died.
static UMockdevIoctlData *argument(UMockdevIoctlClient *client, size_t size)
{
    return umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, size, NULL);
}

static bool is_here(Usbfs *self)
{
    return board_is(self->board, self->device_number);
}

// What the URB says, into the transfer. 0 or a negative errno.
static int fill(struct urb *urb, const struct usbdevfs_urb *from)
{
    struct transfer *transfer = &urb->transfer;
    const uint8_t *data = urb->buffer ? urb->buffer->data : NULL;
    size_t head = from->type == USBDEVFS_URB_TYPE_CONTROL ? USBIP_SETUP : 0;

    if (from->type == USBDEVFS_URB_TYPE_ISO || from->buffer_length < (int)head ||
        from->buffer_length > BOARD_TRANSFER) {
        return -EINVAL;
    }
    transfer->endpoint = from->endpoint;
    transfer->length = (uint32_t)from->buffer_length;
    if (head) {
        memcpy(transfer->setup, data, head);
        transfer->endpoint = (from->endpoint & 0x0F) | (data[0] & 0x80);
        transfer->length = data[6] | (uint32_t)data[7] << 8;
        if (transfer->length > (uint32_t)from->buffer_length - head) {
            return -EINVAL;
        }
    }
    transfer->data = calloc(transfer->length + 1, 1);
    if (!transfer->data) {
        return -ENOMEM;
    }
    if (transfer->length && !(transfer->endpoint & 0x80)) {
        memcpy(transfer->data, data + head, transfer->length);
    }
    return 0;
}

// The URB and its buffer, from the memory of the program. 0 or a negative errno.
static int fetch(struct urb *urb, UMockdevIoctlClient *client)
{
    const struct usbdevfs_urb *from;

    urb->memory = argument(client, sizeof *from);
    if (!urb->memory) {
        return -EFAULT;
    }
    from = (const struct usbdevfs_urb *)urb->memory->data;
    if (from->buffer_length <= 0) {
        return 0;
    }
    urb->buffer = umockdev_ioctl_data_resolve(urb->memory, offsetof(struct usbdevfs_urb, buffer),
                                              (size_t)from->buffer_length, NULL);
    return urb->buffer ? 0 : -EFAULT;
}

static int submit(Usbfs *self, UMockdevIoctlClient *client)
{
    struct urb *urb = calloc(1, sizeof *urb);
    int error;

    if (!urb) {
        return -ENOMEM;
    }
    error = fetch(urb, client);
    if (!error) {
        urb->transfer.owner = client;
        urb->transfer.what = GSIZE_TO_POINTER(urb->memory->client_addr);
        error = fill(urb, (const struct usbdevfs_urb *)urb->memory->data);
    }
    if (!error) {
        error = is_here(self) ? board_submit(self->board, &urb->transfer) : -ENODEV;
    }
    if (error) {
        urb_free(urb);
    }
    return error;
}

// What came of a transfer, into the memory of the program.
static void hand_back(const struct urb *urb)
{
    struct usbdevfs_urb *to = (struct usbdevfs_urb *)urb->memory->data;
    size_t head = to->type == USBDEVFS_URB_TYPE_CONTROL ? USBIP_SETUP : 0;

    to->status = urb->transfer.status;
    to->actual_length = (int)urb->transfer.actual;
    if (urb->transfer.endpoint & 0x80 && urb->transfer.actual) {
        memcpy(urb->buffer->data + head, urb->transfer.data, urb->transfer.actual);
    }
}

static int reap(Usbfs *self, UMockdevIoctlClient *client)
{
    bool gone = false;
    struct urb *urb = (struct urb *)board_take(self->board, client, REAP_MS, &gone);
    UMockdevIoctlData *pointer;

    if (!urb) {
        return gone || !is_here(self) ? -ENODEV : -EAGAIN;
    }
    pointer = argument(client, sizeof(void *));
    if (pointer) {
        hand_back(urb);
        umockdev_ioctl_data_set_ptr(pointer, 0, urb->memory);
        g_object_unref(pointer);
    }
    urb_free(urb);
    return pointer ? 0 : -EFAULT;
}

static int discard(Usbfs *self, UMockdevIoctlClient *client)
{
    void *what;

    memcpy(&what, umockdev_ioctl_client_get_arg(client)->data, sizeof what);
    return board_discard(self->board, client, what) ? 0 : -EINVAL;
}

static int set_interface(Usbfs *self, UMockdevIoctlClient *client)
{
    UMockdevIoctlData *data = argument(client, sizeof(struct usbdevfs_setinterface));
    const struct usbdevfs_setinterface *wanted;

    if (!data) {
        return -EFAULT;
    }
    wanted = (const void *)data->data;
    const uint8_t setup[USBIP_SETUP] = {
        0x01, 11, (uint8_t)wanted->altsetting, 0, (uint8_t)wanted->interface, 0, 0, 0};
    g_object_unref(data);
    return is_here(self) ? board_control(self->board, setup) : -ENODEV;
}

static int set_configuration(Usbfs *self, UMockdevIoctlClient *client)
{
    UMockdevIoctlData *data = argument(client, sizeof(unsigned));

    if (!data) {
        return -EFAULT;
    }
    const uint8_t setup[USBIP_SETUP] = {0x00, 9, data->data[0], 0, 0, 0, 0, 0};
    g_object_unref(data);
    return is_here(self) ? board_control(self->board, setup) : -ENODEV;
}

// An interface is one program's. -EBUSY: another one has it.
static int claim(Usbfs *self, UMockdevIoctlClient *client, bool takes)
{
    UMockdevIoctlData *data = argument(client, sizeof(unsigned));
    unsigned number = INTERFACES;

    if (data) { // that of USBDEVFS_DISCONNECT_CLAIM begins with it, too
        memcpy(&number, data->data, sizeof number);
        g_object_unref(data);
    }
    if (number >= INTERFACES) {
        return -EINVAL;
    }
    if (self->claimed_by[number] && self->claimed_by[number] != client) {
        return takes ? -EBUSY : -EINVAL;
    }
    self->claimed_by[number] = takes ? client : NULL;
    return 0;
}

static int capabilities(UMockdevIoctlClient *client)
{
    const uint32_t all = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                         USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_BULK_SCATTER_GATHER |
                         USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    UMockdevIoctlData *data = argument(client, sizeof all);

    if (!data) {
        return -EFAULT;
    }
    memcpy(data->data, &all, sizeof all);
    g_object_unref(data);
    return 0;
}

// 0 or more, or a negative errno.
static int answer(Usbfs *self, UMockdevIoctlClient *client)
{
    switch (umockdev_ioctl_client_get_request(client)) {
    case USBDEVFS_SUBMITURB:
        return submit(self, client);
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
        return reap(self, client);
    case USBDEVFS_DISCARDURB:
        return discard(self, client);
    case USBDEVFS_SETINTERFACE:
        return set_interface(self, client);
    case USBDEVFS_SETCONFIGURATION:
        return set_configuration(self, client);
    case USBDEVFS_GET_CAPABILITIES:
        return capabilities(client);
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_DISCONNECT_CLAIM:
        return is_here(self) ? claim(self, client, true) : -ENODEV;
    case USBDEVFS_RELEASEINTERFACE:
        return is_here(self) ? claim(self, client, false) : -ENODEV;
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESET: // usbip has no word for it
        return is_here(self) ? 0 : -ENODEV;
    case USBDEVFS_GETDRIVER:
    case USBDEVFS_IOCTL: // of the driver, which there is none
        return -ENODATA;
    case USBDEVFS_GET_SPEED:
        return (int)self->board->device.speed;
    default:
        return -ENOTTY;
    }
}

static gboolean handle_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
    int result = answer((Usbfs *)base, client);

    umockdev_ioctl_client_complete(client, result < 0 ? -1 : result, result < 0 ? -result : 0);
    return TRUE;
}

// The program has closed the node, or has died: umockdev says the first by a signal in no version
// that was seen, and the second not at all. Another program may get the same address.
static void forget(void *context, GObject *client)
{
    Usbfs *self = context;
    struct board *board = self->board;
    struct transfer *transfer;
    bool gone;

    for (unsigned i = 0; i < INTERFACES; i++) {
        if (self->claimed_by[i] == client) {
            self->claimed_by[i] = NULL;
        }
    }
    while (board_discard(board, client, NULL)) {
    }
    while ((transfer = board_take(board, client, 0, &gone))) {
        urb_free((struct urb *)transfer);
    }
}

static void client_connected(UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
    g_object_weak_ref(G_OBJECT(client), forget, base);
}

static void usbfs_class_init(UsbfsClass *class)
{
    class->parent.handle_ioctl = handle_ioctl;
    class->parent.client_connected = client_connected;
}

static void usbfs_init(Usbfs *self)
{
    (void)self;
}

UMockdevIoctlBase *usbfs_new(struct board *board, unsigned device_number)
{
    Usbfs *made = g_object_new(usbfs_get_type(), NULL);

    made->board = board;
    made->device_number = device_number;
    return &made->parent;
}
