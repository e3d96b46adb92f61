# The warnings that every hand-written C file of the project is compiled with.
# SPDX-License-Identifier: MIT
set(bootleap_warnings -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wundef)
option(BOOTLEAP_WERROR "Warnings are errors" OFF)
if(BOOTLEAP_WERROR)
    list(APPEND bootleap_warnings -Werror)
endif()
