# usart_pins.py: checks what brings the USARTs of the ROM to their pins.
# SPDX-License-Identifier: MIT
FUNCTIONS = 16  # that a field of AFRL and AFRH selects


def check_usart_pins(device, report):
    """Where an application can enter, it can also be made to talk on each pair of pins."""
    if "usart_pins" not in device.facts:
        if device.enters():
            report("usart_pins", "missing: the file of the series has no pins of this row")
        return
    listed = device["usart_pins"]["list"]
    pairs = [(one["usart"], one["tx"], one["rx"]) for one in listed]
    for pair in device.usart_pins() if device.enters() else []:
        if pairs.count(pair) != 1:
            report("usart_pins.list", f"{' '.join(pair)} is there {pairs.count(pair)} times, not once")
    blocks = {one["name"]: one for one in device["peripherals"]["list"]}
    for pair, one in zip(pairs, listed):
        for why in (*_ports(pair, one, blocks), *_remap(device, one, blocks)):
            report("usart_pins.list", f"{' '.join(pair)}: {why}")


def _ports(pair, one, blocks):
    ports, functions = one.get("ports", list(pair[1:])), one.get("functions")
    if len(ports) != 2:
        yield "ports are two pins, that of TX first"
    if functions is not None and (len(functions) != 2 or max(functions) >= FUNCTIONS):
        yield f"functions are two numbers below {FUNCTIONS}, that of TX first"
    for pin in ports:
        port = blocks.get(f"GPIO{pin[1:2]}")
        if port is None:
            yield f"the port of {pin} is not in peripherals.list"
        elif (port["block"] == "gpio") != (functions is not None):
            yield f"the port of {pin} is a {port['block']}: functions are for gpio, and only for it"


def _remap(device, one, blocks):
    remap = one.get("remap")
    if remap is None:
        return
    rcc = device.rcc()
    if not 0 <= remap["clock_register"] - rcc["start"] < rcc["size"]:
        yield "remap: clock_register is outside RCC"
    if not any(0 <= remap["register"] - b["start"] < b["size"] for b in blocks.values()):
        yield "remap: register is in no peripheral of the row"
