# build_system.cmake: the few functions of Zephyr's build that zephyr/CMakeLists.txt uses.
# SPDX-License-Identifier: MIT
#
# Shaped like cmake/modules/extensions.cmake: what a module says of the whole image goes to an
# interface that all of the image is compiled and linked with, and its sources into an archive that
# is linked whole. ZEPHYR_IMAGE is the image that is being made: a build of ours has several.

# Sets CONFIG_... as the lines of a .config file say.
macro(import_kconfig file)
    file(STRINGS ${file} lines REGEX "^CONFIG_")
    foreach(line ${lines})
        string(REGEX MATCH "^(CONFIG_[A-Z0-9_]+)=(.*)$" line ${line})
        set(${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
    endforeach()
endmacro()

function(zephyr_library_named name)
    add_library(${ZEPHYR_IMAGE}-${name} STATIC)
    target_link_libraries(${ZEPHYR_IMAGE}-${name} PRIVATE ${ZEPHYR_IMAGE}-interface)
    set_property(TARGET ${ZEPHYR_IMAGE}-interface APPEND PROPERTY libraries ${ZEPHYR_IMAGE}-${name})
    set(ZEPHYR_CURRENT_LIBRARY ${ZEPHYR_IMAGE}-${name} PARENT_SCOPE)
endfunction()

function(zephyr_library_sources)
    target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_sources_ifdef toggle)
    if(${${toggle}})
        zephyr_library_sources(${ARGN})
    endif()
endfunction()

function(zephyr_library_compile_definitions)
    target_compile_definitions(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_compile_definitions_ifdef toggle)
    if(${${toggle}})
        zephyr_library_compile_definitions(${ARGN})
    endif()
endfunction()

function(zephyr_include_directories)
    target_include_directories(${ZEPHYR_IMAGE}-interface INTERFACE ${ARGN})
endfunction()

function(zephyr_compile_definitions)
    target_compile_definitions(${ZEPHYR_IMAGE}-interface INTERFACE ${ARGN})
endfunction()

function(zephyr_link_libraries)
    target_link_libraries(${ZEPHYR_IMAGE}-interface INTERFACE ${ARGN})
endfunction()
