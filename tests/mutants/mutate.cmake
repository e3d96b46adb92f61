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
