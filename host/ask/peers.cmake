# Writes the files of peers/ as arrays of C: the sequences that are built in.
# SPDX-License-Identifier: MIT
file(GLOB ask_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/peers/*.ask)
list(SORT ask_files)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ask_files})
set(ask_arrays)
set(ask_rows)
foreach(file ${ask_files})
    get_filename_component(name ${file} NAME_WE)
    string(MAKE_C_IDENTIFIER peer_${name} array)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    file(STRINGS ${file} help REGEX "^help ")
    string(REGEX REPLACE "^help " "" help "${help}")
    string(REPLACE "\\;" ";" help "${help}")
    string(APPEND ask_arrays "static const unsigned char ${array}[] = {${bytes}};\n")
    string(APPEND ask_rows "    {\"${name}\", ${help}, ${array}, sizeof ${array}},\n")
endforeach()
set(ask_peers_source ${CMAKE_CURRENT_BINARY_DIR}/ask_peers.c)
file(CONFIGURE OUTPUT ${ask_peers_source} @ONLY CONTENT
"// ask_peers.c: written by peers.cmake: do not edit.
// SPDX-License-Identifier: MIT
#include \"ask_peers.h\"

@ask_arrays@
const struct ask_peer ask_peers[] = {
@ask_rows@    {NULL, NULL, NULL, 0},
};
")
