# pins.py: how a pin of the ROM is written in a device file.
# SPDX-License-Identifier: MIT
import re

from schema.words import PIN_MODES, PULLS

# "TX PA9: driven, pull-up"
PIN = re.compile(
    rf"(\w+) (P[A-Z]\d{{1,2}}): ({'|'.join(PIN_MODES)}), ({'|'.join(PULLS)})"
)
