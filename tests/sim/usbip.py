# usbip.py: programs outside see a run's USB device, as application and as ROM, over usbip.
# SPDX-License-Identifier: MIT
"""usbip.py SIM FIRMWARE_FOLDER"""
import json
import re
import signal
import socket
import subprocess
import sys
import time

import usbip_client
from usbip_client import Device, Gone

SIM, FOLDER = sys.argv[1:3]
ELF = f"{FOLDER}/nucleo-h723zg.elf"
ROM, SERIAL_PORT, RUN_TIME = (0x0483, 0xDF11), (0x0483, 0x5740), (0x1209, 0x0001)
DETACH, DNLOAD, GETSTATUS = 0, 1, 3
SET_LINE_CODING, GET_LINE_CODING, SET_LINE_STATE = 0x20, 0x21, 0x22
TO_INTERFACE, FROM_INTERFACE = 0x21, 0xA1
SERIAL = "4283545E4541"  # of the unique id that virtual chips have


class Run:
    """bootleap-sim run with --usbip 0: its server's port, and what it reports at the end."""

    def __init__(self, *options, device="h723", elf=ELF):
        self.process = subprocess.Popen(
            [SIM, "run", *elf.split(), "--device", device, "--usbip", "0", "--json", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.said = ""
        self.port = int(self.hear(r"^usbip +127\.0\.0\.1:(\d+)$")[1])

    def hear(self, pattern):
        """Waits until this is said."""
        while not (found := re.search(pattern, self.said, re.M)):
            line = self.process.stderr.readline()
            assert line, f"not said: {pattern}\n{self.said}"
            self.said += line
        return found

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def end(self):
        """(report, stderr, exit code)"""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        out = self.process.stdout.read()  # what is said meanwhile is short
        self.said += self.process.stderr.read()
        self.process.wait(timeout=usbip_client.PATIENCE)
        return json.loads(out), self.said, self.process.returncode


def expect_gone(device):
    """It leaves, after answers to what waited."""
    try:
        while True:
            device.answer()
    except Gone:
        pass


def rom_serves_and_leaves(run, serial=SERIAL):
    """The ROM's device: enumerated, then left. The chip's serial number is both sides'."""
    usbip_client.wait_for(run.port, ROM)
    with Device(run.port) as device:
        described, configuration, told = device.enumerate()
        assert told == serial, told
        assert configuration[14:17] == bytes([0xFE, 1, 2]), configuration
        assert "Internal Flash" in device.string(configuration[17])
        assert described[8:12] == bytes([0x83, 0x04, 0x11, 0xDF]), described
        assert Device(run.port).status == 2  # one host at a time
        device.write(TO_INTERFACE, DNLOAD, 2)  # leave
        assert device.read(FROM_INTERFACE, GETSTATUS, length=6)[4] == 7
        expect_gone(device)


def detach():
    """DFU's DETACH at run time, the ROM, the application again: at the same server."""
    with Run("--usb-device", "dfu") as run:
        usbip_client.wait_for(run.port, RUN_TIME)
        with Device(run.port) as device:
            _, configuration, serial = device.enumerate()
            assert serial == SERIAL, serial
            assert configuration[14:17] == bytes([0xFE, 1, 1]), configuration
            assert device.read(FROM_INTERFACE, GETSTATUS, length=6)[4] == 0
            device.write(TO_INTERFACE, DETACH, 1000)
            expect_gone(device)
        rom_serves_and_leaves(run)
        usbip_client.wait_for(run.port, RUN_TIME)
        report, said, code = run.end()
    assert code == 0 and report["verdict"] == "clean", said
    assert report["came_back"] == "from the ROM", report["came_back"]
    assert report["usb"] == {"device": "dfu", "serial": SERIAL, "rom_serves": True, "why": ""}
    assert any(lack.startswith("USB:") for lack in report["not_modelled"]), report["not_modelled"]
    assert re.search(r"usbip --tcp-port \d+ attach -r 127.0.0.1 -b 1-1", said), said
    assert re.search(r"script/virtual-usb \d+$", said, re.M), said


def touch_at_1200():
    """A serial port opened at 1200 baud and closed. At other rates nothing happens."""
    with Run("--usb-device", "cdc-acm", "--usb-serial", "A1\u00b5") as run:
        usbip_client.wait_for(run.port, SERIAL_PORT)
        with Device(run.port) as device:
            assert device.enumerate()[2] == "A1\u00b5"
            assert device.read(FROM_INTERFACE, GET_LINE_CODING, length=7) == \
                (115200).to_bytes(4, "little") + bytes([0, 0, 8])
            device.write(TO_INTERFACE, SET_LINE_STATE, 0)
            waiting = device.submit(1, True, 64)
            text = device.submit(1, False, data=b"hello")
            assert device.answer(False) == (usbip_client.SUBMITTED, text, 0, 5)
            device.write(TO_INTERFACE, SET_LINE_CODING, data=(1200).to_bytes(4, "little")
                         + bytes([0, 0, 8]))
            device.write(TO_INTERFACE, SET_LINE_STATE, 1)
            device.write(TO_INTERFACE, SET_LINE_STATE, 0)
            answer = device.answer()
            assert answer == (usbip_client.SUBMITTED, waiting, usbip_client.ESHUTDOWN, b""), answer
            expect_gone(device)
        rom_serves_and_leaves(run)
        report, said, code = run.end()
    assert code == 0, said
    assert len(report["handoffs"]) == 1, report["handoffs"]


def plain_callback():
    """A function that only comes back: the application goes on as if nothing had been."""
    with Run("--usb-device", "dfu", "--usb-callback", "bootleap_on_reset") as run:
        usbip_client.wait_for(run.port, RUN_TIME)
        with Device(run.port) as device:
            device.write(TO_INTERFACE, DETACH, 1000)
            assert device.read(FROM_INTERFACE, GETSTATUS, length=6)[4] == 1
            for _ in range(100):  # the core runs between two requests
                assert device.descriptor(1)[8:12] == bytes([0x09, 0x12, 0x01, 0x00])
        report, said, _ = run.end()
    assert report["end"]["why"] == "stopped" and report["handoffs"] == [], report["end"]
    assert [call["returned"] for call in report["on_reset"]] == [0, 0], (report["on_reset"], said)


def boot0():
    """A pin starts the ROM of another chip; nobody asked for a device of the application."""
    with Run("--boot0", "--unique-id", "7") as run:
        rom_serves_and_leaves(run, "424F54534541")
        usbip_client.wait_for(run.port, None)
        report, said, _ = run.end()
    assert report["usb"]["device"] is None, said


def another_line():
    """The ROM finds its host on a USART: its USB device leaves, and the list is still answered."""
    with Run("--boot0") as run:
        usbip_client.wait_for(run.port, ROM)
        path = run.hear(r"^USART1 +(\S+)$")[1]
        with Device(run.port) as device, open(path, "r+b", buffering=0) as line:
            line.write(b"\x7f")
            assert line.read(1) == b"\x79"  # ACK
            expect_gone(device)
            assert usbip_client.devices(run.port) == []
            line.write(b"\x00\xff")  # Get
            assert line.read(1) == b"\x79"
        run.end()


def refused():
    """A row whose ROM has no USB; USB left out; options that need --usbip."""
    for device, *options in (("g030", "--usbip", "0"), ("h723", "--usb-serial", "1"),
                             ("h723", "--usbip", "0", "--interface", "usart"),
                             ("h723", "--usbip", "0", "--usb-callback", "main"),
                             ("h723", "--usb-device", "dfu"), ("h723", "--usbip", "65536"),
                             ("h723", "--usbip", "here:1"), ("h723", "--usbip", ":1")):
        run = subprocess.run([SIM, "run", "--device", device, *options], stdin=subprocess.DEVNULL,
                             capture_output=True, text=True, timeout=60, check=False)
        assert run.returncode == 2 and "Try: " in run.stderr, (device, options, run.stderr)


def silent_rom():
    """No crystal: the list stays empty, and it is said why."""
    for elf, *options in (("", "--boot0"),
                          (f"{FOLDER}/stm32f4discovery.elf", "--enter-at", "application")):
        with Run(*options, "--no-crystal", device="f405", elf=elf) as run:
            run.hear("does not serve over USB: .*crystal")
            assert usbip_client.devices(run.port) == []
            with Device(run.port) as device:
                assert device.status == 4
            report, said, _ = run.end()
        assert report["usb"]["rom_serves"] is False and "crystal" in report["usb"]["why"], said


def hostile_clients():
    """None of them keeps the next one from the list, whatever it sends and wherever it stops."""
    request = bytes.fromhex("01118003 00000000") + b"1-1".ljust(32, b"\0")
    submit = bytes.fromhex("00000001 00000001 00010002 00000001 00000000 00000000 00000012"
                           "00000000 00000000 00000000 8006000100001200")
    huge = submit[:12] + bytes(4) + submit[16:24] + b"\xff" * 4 + submit[28:]
    streams = [request + submit, request + huge, b"\xff" * 4096, b"GET / HTTP/1.1\r\n\r\n",
               bytes.fromhex("01108005 00000000"), request + bytes(48)]
    with Run("--usb-device", "cdc-acm") as run:
        usbip_client.wait_for(run.port, SERIAL_PORT)
        for stream in streams:
            for length in {0, 1, 7, 8, 39, 40, 41, 87, 88, len(stream)}:
                with usbip_client.connect(run.port) as link:
                    link.sendall(stream[:length])
        silent = [socket.create_connection(("127.0.0.1", run.port)) for _ in range(30)]
        assert [one for one, _ in usbip_client.devices(run.port)] == [SERIAL_PORT]
        with Device(run.port) as device:
            assert device.enumerate()[2] == SERIAL
        for link in silent:
            link.close()
        _, said, code = run.end()
    assert code == 7, said  # nothing entered


for check in (detach, touch_at_1200, plain_callback, boot0, another_line, refused, silent_rom,
              hostile_clients):
    began = time.monotonic()
    check()
    print(f"{check.__name__}: {time.monotonic() - began:.2f} s")
