# What a package of the programs holds, and how CPack makes the .deb: script/packages does both.
# SPDX-License-Identifier: MIT
set(pages ${CMAKE_BINARY_DIR}/manual)
set(udev_rule ${pages}/70-bootleap.rules)
add_custom_command(OUTPUT ${udev_rule}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${pages}
    COMMAND bootleap doctor --udev > ${udev_rule}
    DEPENDS bootleap VERBATIM)
add_custom_target(udev-rule ALL DEPENDS ${udev_rule})

# OPTIONAL: who has built the library alone, or nothing, installs what there is.
foreach(program bootleap bootleap-check bootleap-sim)
    install(FILES ${pages}/${program}.1 DESTINATION share/man/man1 OPTIONAL)
    install(FILES ${pages}/${program}.bash DESTINATION share/bash-completion/completions
        RENAME ${program} OPTIONAL)
    install(FILES ${pages}/_${program} DESTINATION share/zsh/site-functions OPTIONAL)
endforeach()
# systemd reads this folder below /usr and below /usr/local.
install(FILES ${udev_rule} DESTINATION lib/udev/rules.d OPTIONAL)
install(FILES README.md CHANGELOG.md CONTRIBUTING.md NOTICE SECURITY.md
    DESTINATION share/doc/bootleap)
install(DIRECTORY docs DESTINATION share/doc/bootleap FILES_MATCHING
    PATTERN *.md PATTERN *.svg)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME bootleap)
set(CPACK_PACKAGE_VENDOR "The bootleap authors")
set(CPACK_PACKAGE_CONTACT "The bootleap authors <bootleap@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "enter the STM32 system bootloader, flash, check the firmware")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "bootleap asks the application on an STM32 to enter the system bootloader,
writes a firmware file over a serial port or USB (DFU), and starts it.
bootleap-check reads an ELF and says whether the firmware will enter the system
bootloader, which instruction is at fault, and what to write instead.
bootleap-sim is a virtual STM32 that judges how firmware enters the system
bootloader.
.
The sources of the firmware library are in /usr/share/bootleap.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
if(NOT CPACK_DEBIAN_PACKAGE_RELEASE)
    set(CPACK_DEBIAN_PACKAGE_RELEASE 1) # of the same version for another Debian: 1~deb12
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION electronics)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gcc-arm-none-eabi, gdb-multiarch, python3")
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/debian_files.cmake)
include(CPack)
