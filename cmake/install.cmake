# What `cmake --install` copies: the library's sources for CMake and Make, and the programs if built.
# SPDX-License-Identifier: MIT
#
# The package is the same for every machine and every core, so it is below share/.
include(CMakePackageConfigHelpers)
set(package share/cmake/bootleap)
install(EXPORT bootleap NAMESPACE bootleap:: FILE bootleap-targets.cmake DESTINATION ${package})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/bootleap-config-version.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/bootleap-config.cmake
    ${CMAKE_BINARY_DIR}/bootleap-config-version.cmake DESTINATION ${package})

install(DIRECTORY ${PROJECT_SOURCE_DIR}/src DESTINATION share/bootleap
    FILES_MATCHING PATTERN *.c PATTERN *.h)
install(FILES ${PROJECT_SOURCE_DIR}/bootleap.mk ${PROJECT_SOURCE_DIR}/LICENSE
    DESTINATION share/bootleap)
install(PROGRAMS ${PROJECT_SOURCE_DIR}/tools/iar_departure.py DESTINATION share/bootleap/tools)
