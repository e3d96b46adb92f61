#!/bin/busybox sh
# guest.sh: the first program of the kernel that script/real-kernel starts; tries the virtual board there.
# SPDX-License-Identifier: MIT
# shellcheck shell=dash
#
# The kernel's command line has HOST, PORT and TEXT (what the application is asked with) as
# board_host=, board_port= and board_text=. Each step prints "step NAME" and then its details; the last line is
# "all done", or "failed: WHY".
/bin/busybox mkdir -p /bin /proc /sys /dev /tmp /var/run
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
exec </dev/null >/dev/ttyS0 2>&1

read -r words </proc/cmdline
for word in $words; do
    case $word in
    board_*=*) export "${word?}" ;;
    esac
done
# shellcheck disable=SC2154 # from the kernel's command line
host=$board_host port=$board_port text=$board_text line=/dev/ttyS1

fail() {
    echo "failed: $*"
    tail -n 20 /tmp/log
    dmesg | tail -n 20
    poweroff -f
    sleep 60
}

# try NAME COMMAND...: its output is in /tmp/log, and shown if it fails.
try() {
    name=$1
    shift
    echo "step $name"
    "$@" >/tmp/log 2>&1 || fail "$name: exit code $?"
}

# until_there FILE: at most 10 s.
until_there() {
    tries=100
    until [ -e "$1" ]; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

modules() {
    for module in usb-common usbcore usbip-core vhci-hcd cdc-acm e1000; do
        insmod "/modules/$module.ko" || return 1
    done
    until_there /sys/class/net/eth0 && ip address add 10.0.2.15/24 dev eth0 && ip link set eth0 up
}

# What a user does by hand each time that the board comes back.
keep_attached() {
    while :; do
        usbip --tcp-port "$port" attach -r "$host" -b 1-1 >/dev/null 2>&1
        sleep 0.1
    done
}

# The ROM's device as the kernel has it: prints its name in /sys.
rom() {
    tries=100
    while [ "$tries" -gt 0 ]; do
        for device in /sys/bus/usb/devices/*; do
            if [ "$(cat "$device/idVendor" "$device/idProduct" 2>/dev/null | tr -d '\n')" = 0483df11 ] &&
                [ -e "$device/serial" ]; then
                basename "$device"
                return 0
            fi
        done
        tries=$((tries - 1))
        sleep 0.1
    done
    return 1
}

# Listens to the application, which must say this.
says() {
    tries=100
    until grep "$1" /tmp/heard >/dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

listen() {
    stty -F "$line" 115200 raw -echo -parenb cs8
    cat "$line" >/tmp/heard &
    listener=$!
}

deafen() {
    kill "$listener"
    wait "$listener" 2>/dev/null
}

serial_line() {
    try "8250: bootleap enters the ROM by text" bootleap enter "$line" --text "$text"
    cat /tmp/log
    settings=$(stty -F "$line" -a 2>/dev/null | grep -oE '^speed [0-9]+ baud|-?(parenb|parodd|cstopb)|cs[5-8]' | xargs)
    echo "line $settings"
    [ "$settings" = "speed 115200 baud parenb -parodd cs8 -cstopb" ] || fail "the line is not 8E1"
    try "8250: bootleap flashes version 2 with 8E1" bootleap flash /firmware/v2.elf "$line" --expect "version 2"
    cat /tmp/log
}

dfu_util() {
    listen
    echo "step USB: the application is asked by text"
    printf '%s' "$text" >"$line"
    place=$(rom) || fail "the kernel has no 0483:df11"
    echo "kernel $(dmesg | grep -c "usb $place: New USB device found, idVendor=0483, idProduct=df11") new USB device $place, idVendor=0483, idProduct=df11, serial $(cat "/sys/bus/usb/devices/$place/serial")"
    try "USB: dfu-util lists it" dfu-util -l
    grep '^Found DFU: \[0483:df11\]' /tmp/log || fail "dfu-util does not list it"
    try "USB: dfu-util downloads version 1" dfu-util -d 0483:df11 -a 0 -s 0x08000000 -D /firmware/v1.bin
    grep 'File downloaded successfully' /tmp/log || fail "not downloaded"
    try "USB: dfu-util uploads it" dfu-util -d 0483:df11 -a 0 \
        -s "0x08000000:$(stat -c %s /firmware/v1.bin)" -U /tmp/back
    cmp /firmware/v1.bin /tmp/back || fail "what was uploaded is something else"
    echo "equal $(stat -c %s /tmp/back) bytes"
    try "USB: dfu-util leaves" dfu-util -d 0483:df11 -a 0 -s 0x08000000:leave -D /firmware/v1.bin
    says "version 1" || fail "version 1 does not run"
    echo "application $(tail -n 1 /tmp/heard)"
    deafen
}

bootleap_usb() {
    listen
    echo "step USB: the application is asked by text"
    printf '%s' "$text" >"$line"
    place=$(rom) || fail "the kernel has no 0483:df11"
    try "USB: bootleap tells the chip" bootleap info "usb:$place"
    grep -E '^(device|ROM)' /tmp/log
    try "USB: bootleap flashes version 2" bootleap flash /firmware/v2.elf "usb:$place" --start-wait 0
    cat /tmp/log
    says "version 2" || fail "version 2 does not run"
    echo "application $(tail -n 1 /tmp/heard)"
    deafen
}

touch_1200() {
    listen
    until_there /dev/ttyACM0 || fail "the application has no serial port"
    try "USB: the kernel's cdc_acm has the application's port" ls -l /dev/ttyACM0
    try "USB: bootleap asks at 1200 baud and flashes version 1" \
        bootleap flash /firmware/v1.elf /dev/ttyACM0 --ask 1200 --start-wait 0
    cat /tmp/log
    says "version 1" || fail "version 1 does not run"
    echo "application $(tail -n 1 /tmp/heard)"
    deafen
}

echo
echo "kernel $(uname -r)"
try "modules" modules
keep_attached &
serial_line
dfu_util
bootleap_usb
touch_1200
echo "all done"
poweroff -f
sleep 60
