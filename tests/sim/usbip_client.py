# usbip_client.py: a small usbip client: lists and imports the device of a server, and asks it.
# SPDX-License-Identifier: MIT
"""Protocol: Linux, Documentation/usb/usbip_protocol.rst."""
import socket
import struct
import time

VERSION = 0x0111
LIST, IMPORT = 0x8005, 0x8003
SUBMIT, UNLINK, SUBMITTED, UNLINKED = 1, 2, 3, 4
HEADER, DEVICE = 48, 312
EPIPE, ESHUTDOWN, ECONNRESET = -32, -108, -104
PATIENCE = 20  # seconds


class Gone(Exception):
    """The server has hung up."""


class Stall(Exception):
    """The device refuses a request."""


def take(link, count):
    data = b""
    while len(data) < count:
        more = link.recv(count - len(data))
        if not more:
            raise Gone
        data += more
    return data


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def ask(link, code, more=b""):
    """An answer's status."""
    link.sendall(struct.pack(">HHI", VERSION, code, 0) + more)
    version, answer, status = struct.unpack(">HHI", take(link, 8))
    assert (version, answer) == (VERSION, code & 0x7FFF), (version, answer)
    return status


def product_of(described):
    return struct.unpack(">HH", described[0x12C:0x130])


def devices(port):
    """Each device of the list: (vendor, product), classes of its interfaces."""
    with connect(port) as link:
        assert ask(link, LIST) == 0
        found = []
        for _ in range(*struct.unpack(">I", take(link, 4))):
            described = take(link, DEVICE)
            interfaces = [tuple(take(link, 4)[:3]) for _ in range(described[-1])]
            found.append((product_of(described), interfaces))
        assert link.recv(1) == b""  # the server hangs up
        return found


def wait_for(port, product, seconds=PATIENCE):
    """Until the list has this device, or, for None, no device."""
    wanted = [product] if product else []
    end = time.monotonic() + seconds
    while [one for one, _ in devices(port)] != wanted:
        assert time.monotonic() < end, f"no {product} at {port}: {devices(port)}"
        time.sleep(0.005)


class Device:
    """The device of a server, imported."""

    def __init__(self, port, bus_id=b"1-1"):
        self.link = connect(port)
        self.sequence = 0
        self.status = ask(self.link, IMPORT, bus_id.ljust(32, b"\0"))
        self.described = take(self.link, DEVICE) if self.status == 0 else b""
        numbers = struct.unpack(">II", self.described[0x120:0x128]) if self.described else (0, 0)
        self.number = numbers[0] << 16 | numbers[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.link.close()

    def submit(self, endpoint, into, length=0, setup=bytes(8), data=b""):
        """Sends a transfer; its sequence number."""
        self.sequence += 1
        self.link.sendall(struct.pack(">5I", SUBMIT, self.sequence, self.number, into, endpoint)
                          + struct.pack(">IiIII", 0, len(data) or length, 0, 0, 0) + setup + data)
        return self.sequence

    def unlink(self, other):
        self.sequence += 1
        self.link.sendall(struct.pack(">6I", UNLINK, self.sequence, self.number, 0, 0, other)
                          + bytes(24))
        return self.sequence

    def answer(self, into=True):
        """(kind, sequence number, status, data) of the next answer."""
        header = take(self.link, HEADER)
        kind, sequence = struct.unpack(">II", header[:8])
        status, length = struct.unpack(">iI", header[20:28])
        data = take(self.link, length) if kind == SUBMITTED and into else length
        return kind, sequence, status, data

    def read(self, kind, request, value=0, index=0, length=0):
        """A control transfer whose data the device sends."""
        setup = struct.pack("<BBHHH", kind, request, value, index, length)
        sent = self.submit(0, length > 0, length, setup)
        answered, sequence, status, data = self.answer(length > 0)
        assert (answered, sequence) == (SUBMITTED, sent), (answered, sequence, sent)
        if status == EPIPE:
            raise Stall
        assert status == 0, status
        return data

    def write(self, kind, request, value=0, index=0, data=b""):
        setup = struct.pack("<BBHHH", kind, request, value, index, len(data))
        sent = self.submit(0, False, 0, setup, data)
        answered, sequence, status, length = self.answer(False)
        assert (answered, sequence) == (SUBMITTED, sent), (answered, sequence, sent)
        if status == EPIPE:
            raise Stall
        assert (status, length) == (0, len(data)), (status, length)

    def descriptor(self, kind, number=0, length=255):
        return self.read(0x80, 6, kind << 8 | number, 0x0409 if kind == 3 else 0, length)

    def string(self, number):
        found = self.descriptor(3, number)
        assert found[0] == len(found) and found[1] == 3, found
        return found[2:].decode("utf-16-le")

    def enumerate(self):
        """As a host does: (device descriptor, configuration, serial number)."""
        assert self.descriptor(1, 0, 8)[7] == 64
        device = self.descriptor(1, 0, 18)
        total = struct.unpack("<H", self.descriptor(2, 0, 9)[2:4])[0]
        configuration = self.descriptor(2, 0, total)
        assert len(configuration) == total
        self.write(0x00, 9, configuration[5])
        assert self.read(0x80, 8, length=1)[0] == configuration[5]
        return device, configuration, self.string(device[16])
