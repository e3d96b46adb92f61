# library.cmake: libbootleap as a shared and a static library that other programs can link.
# SPDX-License-Identifier: MIT
#
# Both show the functions of libbootleap.h and nothing else. The soname has the number of the API: it
# grows when a program that was built with an older header would not work any more.
set(library_api 0)

# All rooms below the functions, lowest last, and common/.
set(library_rooms host_session host_option host_doctor host_connect host_ask host_protocols host_flash
    host_links host_target
    host_ports host_clock common)

add_library(libbootleap_shared SHARED session/library.c)
target_compile_options(libbootleap_shared PRIVATE ${bootleap_warnings} -fPIC)
target_compile_definitions(libbootleap_shared PRIVATE BOOTLEAP_VERSION="${PROJECT_VERSION}")
target_link_libraries(libbootleap_shared PRIVATE host_session host_option)
target_link_options(libbootleap_shared PRIVATE
    -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/session/libbootleap.map -Wl,--gc-sections
    -Wl,--no-undefined)
set_target_properties(libbootleap_shared PROPERTIES OUTPUT_NAME bootleap
    VERSION ${PROJECT_VERSION} SOVERSION ${library_api}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib
    LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/session/libbootleap.map)

# Of the archives of the rooms one object is made, in which the names that are nobody's business are
# local: they cannot clash with those of a program.
set(static_object ${CMAKE_BINARY_DIR}/lib/libbootleap.o)
set(static_library ${CMAKE_BINARY_DIR}/lib/libbootleap.a)
list(TRANSFORM library_rooms REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE library_archives)
add_custom_command(OUTPUT ${static_library}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${static_library}
    COMMAND ${CMAKE_C_COMPILER} -nostdlib -r -Wl,-u,libbootleap_open -o ${static_object}
        -Wl,--start-group ${library_archives} -Wl,--end-group
    COMMAND ${CMAKE_OBJCOPY} --wildcard --keep-global-symbol=libbootleap_* ${static_object}
    COMMAND ${CMAKE_AR} rcs ${static_library} ${static_object}
    DEPENDS ${library_rooms} libbootleap_shared VERBATIM)
add_custom_target(libbootleap_static ALL DEPENDS ${static_library})

configure_file(session/libbootleap.pc.in ${CMAKE_BINARY_DIR}/lib/libbootleap.pc @ONLY)

install(TARGETS libbootleap_shared LIBRARY DESTINATION lib OPTIONAL)
install(FILES ${static_library} DESTINATION lib OPTIONAL)
install(FILES session/libbootleap.h session/libbootleap_chip.h DESTINATION include)
install(FILES ${CMAKE_BINARY_DIR}/lib/libbootleap.pc
    DESTINATION lib/pkgconfig)
