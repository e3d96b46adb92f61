#!/usr/bin/env bash
# make.sh: bootleap.mk gives what a hook needs, from wherever it is included, and names a wrong hook.
# SPDX-License-Identifier: MIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/my firmware"
ln -s "$PWD" "$work/my firmware/bootleap"
cd "$work/my firmware"
cat >Makefile <<'END'
include bootleap/bootleap.mk
$(info $(BOOTLEAP_INCLUDES) | $(BOOTLEAP_LDFLAGS) | $(patsubst $(BOOTLEAP_FOLDER)src/%,%,$(BOOTLEAP_SOURCES)))
all: $(BOOTLEAP_SOURCES)
	@:
END
always="bootleap.c bootleap_probe.c bootleap_jump.c bootleap_strerror.c"
[ "$(make)" = "$(make BOOTLEAP_HOOK=systeminit)" ]
[ "$(make)" = "-Ibootleap/src | -Wl,--wrap=SystemInit | $always bootleap_systeminit.c" ]
[ "$(make BOOTLEAP_HOOK="preinit ")" = "-Ibootleap/src |  | $always bootleap_preinit.c" ]
[ "$(make BOOTLEAP_HOOK=none)" = "-Ibootleap/src |  | $always" ]
if said=$(make BOOTLEAP_HOOK=main 2>&1); then
    echo "takes any hook" && exit 1
fi
grep 'BOOTLEAP_HOOK is "main": make it systeminit, preinit or none' <<<"$said"
