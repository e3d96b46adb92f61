# restored.py: checks that the direct way accounts for each known register of PWR, SYSCFG and SBS.
# SPDX-License-Identifier: MIT


def check_restored(devices, refusals):
    for device in devices:
        for name in device.get("jump", {}).get("open", []):
            refusals.append(
                f"{device.file}: {device.slug}: jump: {name} is reset by no bit that the direct way"
                " pulses, and devices/registers/ says neither restored nor left"
            )
