# bootleap.mk: the library for firmware that is built with GNU Make: sources, include path, flags.
# SPDX-License-Identifier: MIT
#
#   BOOTLEAP_HOOK = systeminit   # who calls bootleap_on_reset(): systeminit, preinit, or none (you do)
#   include bootleap/bootleap.mk
#
# Then these are set. docs/make.md shows where they go.
#   BOOTLEAP_SOURCES   C files: compile them with your own flags, link the objects (no archive)
#   BOOTLEAP_INCLUDES  for the compiler
#   BOOTLEAP_LDFLAGS   for the compiler when it links
#   BOOTLEAP_FOLDER    where this file is, as it was included, with a slash
BOOTLEAP_FOLDER := $(dir $(lastword $(MAKEFILE_LIST)))
BOOTLEAP_HOOK ?= systeminit

BOOTLEAP_SOURCES := $(addprefix $(BOOTLEAP_FOLDER)src/, \
    bootleap.c bootleap_probe.c bootleap_jump.c bootleap_strerror.c)
BOOTLEAP_INCLUDES := -I$(BOOTLEAP_FOLDER)src
BOOTLEAP_LDFLAGS :=

ifeq ($(strip $(BOOTLEAP_HOOK)),systeminit)
BOOTLEAP_SOURCES += $(BOOTLEAP_FOLDER)src/bootleap_systeminit.c
BOOTLEAP_LDFLAGS := -Wl,--wrap=SystemInit
else ifeq ($(strip $(BOOTLEAP_HOOK)),preinit)
BOOTLEAP_SOURCES += $(BOOTLEAP_FOLDER)src/bootleap_preinit.c
else ifneq ($(strip $(BOOTLEAP_HOOK)),none)
$(error bootleap: BOOTLEAP_HOOK is "$(BOOTLEAP_HOOK)": make it systeminit, preinit or none)
endif
