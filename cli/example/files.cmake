# The files of an example project, put into an array of C by embed.c.
# SPDX-License-Identifier: MIT
set(example_root ${PROJECT_SOURCE_DIR})
set(example_files_source ${CMAKE_CURRENT_BINARY_DIR}/example_files.c)
set(example_from_board CMakeLists.txt.in Makefile.in README.txt.in arm-none-eabi-gcc.cmake board.h.in
    memory.ld.in)
set(example_from_application application.c application.h application.ld port_crl.h port_moder.h
    report.c startup.c usart_isr.h usart_sr.h)
# All headers: what includes which is the library's business.
file(GLOB example_headers CONFIGURE_DEPENDS RELATIVE ${example_root}/src ${example_root}/src/*.h)
set(example_from_library bootleap.c bootleap_jump.c bootleap_probe.c bootleap_strerror.c
    ${example_headers})

set(example_pairs)
set(example_inputs)
foreach(name ${example_from_board})
    list(APPEND example_pairs ${name}=${example_root}/examples/board/${name})
endforeach()
foreach(name ${example_from_application})
    list(APPEND example_pairs ${name}=${example_root}/examples/application/${name})
endforeach()
foreach(name ${example_from_library})
    list(APPEND example_pairs bootleap/${name}=${example_root}/src/${name})
endforeach()
list(APPEND example_pairs bootleap/LICENSE=${example_root}/LICENSE)
foreach(pair ${example_pairs})
    string(REGEX REPLACE "^[^=]*=" "" file ${pair})
    list(APPEND example_inputs ${file})
endforeach()

add_executable(embed ${CMAKE_CURRENT_LIST_DIR}/embed.c)
target_compile_options(embed PRIVATE ${bootleap_warnings})
set_target_properties(embed PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
add_custom_command(OUTPUT ${example_files_source}
    COMMAND embed ${example_files_source} ${example_pairs}
    DEPENDS embed ${example_inputs} VERBATIM)
