# room(): a folder with one job, as a library with its own include path.
# SPDX-License-Identifier: MIT
#
# room(NAME FILES ... PUBLIC ... PRIVATE ...): the library FOLDER_NAME of NAME/*, where FOLDER is
# the folder whose CMakeLists.txt calls it. It sees the headers of common/ and of the rooms that it
# names: PUBLIC ones its own headers include, so who uses it sees them too; PRIVATE ones nobody else
# sees through it. Only a room above may be named.
function(room name)
    cmake_parse_arguments(ROOM "" "" "FILES;PUBLIC;PRIVATE" ${ARGN})
    list(TRANSFORM ROOM_FILES PREPEND ${name}/)
    get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
    set(library ${folder}_${name})
    add_library(${library} STATIC ${ROOM_FILES})
    target_include_directories(${library} PUBLIC ${name})
    target_compile_options(${library} PRIVATE ${bootleap_warnings})
    if(folder STREQUAL "host" AND NOT WIN32) # they are in a shared library, too
        target_compile_options(${library} PRIVATE -fPIC)
    endif()
    target_compile_definitions(${library} PRIVATE _POSIX_C_SOURCE=200809L)
    target_link_libraries(${library} PUBLIC common ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
endfunction()
