# mutate.cmake: writes a mutant of a source file and insists that each change applies once.
# SPDX-License-Identifier: MIT

# mutate(<source> <target> <text> <new text> [<text> <new text>...])
function(mutate source target)
    file(READ ${source} text)
    set(rest ${ARGN})
    while(rest)
        list(POP_FRONT rest find replace)
        string(FIND "${text}" "${find}" first)
        string(FIND "${text}" "${find}" last REVERSE)
        if(first EQUAL -1 OR NOT first EQUAL last)
            message(FATAL_ERROR "mutate: '${find}' does not occur exactly once in ${source}")
        endif()
        string(REPLACE "${find}" "${replace}" text "${text}")
    endwhile()
    file(CONFIGURE OUTPUT ${target} CONTENT "${text}" @ONLY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
endfunction()

# mutate_library(FOLDER FILE VARIABLE CHANGE...): the same with src/FILE, into FOLDER. VARIABLE becomes
# the name of the C file that is in FOLDER then. A header comes with a copy of the one file that
# includes it: quotes look for it there first.
set(includer_of_bootleap_thread_mode.h bootleap_jump.c)
set(includer_of_bootleap_hook_origin.h bootleap_systeminit.c)
set(includer_of_bootleap_mark_in_ram.h bootleap.c)
set(includer_of_bootleap_mark_in_backup.h bootleap.c)
function(mutate_library folder file variable)
    mutate(${PROJECT_SOURCE_DIR}/src/${file} ${folder}/${file} ${ARGN})
    set(source ${file})
    if(file MATCHES "\\.h$")
        set(source ${includer_of_${file}})
        configure_file(${PROJECT_SOURCE_DIR}/src/${source} ${folder}/${source} COPYONLY)
    endif()
    set(${variable} ${source} PARENT_SCOPE)
endfunction()
