# Objects: a source that many ELFs need is compiled once for all that ask with the same flags.
# SPDX-License-Identifier: MIT

# compile_once(VARIABLE SOURCES <file>... FLAGS <flag>... [DEFINES <macro>...]
#              [INCLUDES <folder>...])
# appends the object of each source to VARIABLE, as add_executable() takes it. Warnings are on.
function(compile_once variable)
    cmake_parse_arguments(ONCE "" "" "SOURCES;FLAGS;DEFINES;INCLUDES" ${ARGN})
    set(objects ${${variable}})
    foreach(source ${ONCE_SOURCES})
        get_filename_component(source ${source} ABSOLUTE)
        get_filename_component(stem ${source} NAME_WE)
        string(MD5 key "${source}|${ONCE_FLAGS}|${ONCE_DEFINES}|${ONCE_INCLUDES}")
        string(SUBSTRING ${key} 0 12 key)
        set(target ${stem}-${key})
        if(NOT TARGET ${target})
            add_library(${target} OBJECT EXCLUDE_FROM_ALL ${source})
            target_compile_options(${target} PRIVATE ${bootleap_warnings} ${ONCE_FLAGS})
            target_compile_definitions(${target} PRIVATE ${ONCE_DEFINES})
            target_include_directories(${target} PRIVATE ${ONCE_INCLUDES})
        endif()
        list(APPEND objects $<TARGET_OBJECTS:${target}>)
    endforeach()
    set(${variable} ${objects} PARENT_SCOPE)
endfunction()

# link_elf(TARGET FILE <path without .elf> SCRIPT <linker script> FLAGS <flag>...
#          OBJECTS <object>... [SYMBOLS <name=value>...]) makes FILE.elf.
function(link_elf target)
    cmake_parse_arguments(ELF "" "FILE;SCRIPT" "FLAGS;OBJECTS;SYMBOLS" ${ARGN})
    get_filename_component(folder ${ELF_FILE} DIRECTORY)
    get_filename_component(name ${ELF_FILE} NAME)
    add_executable(${target} ${ELF_OBJECTS})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .elf LINKER_LANGUAGE C
        RUNTIME_OUTPUT_DIRECTORY ${folder} LINK_DEPENDS ${ELF_SCRIPT})
    list(TRANSFORM ELF_SYMBOLS PREPEND -Wl,--defsym=)
    target_link_options(${target} PRIVATE ${ELF_FLAGS} -nostdlib -T${ELF_SCRIPT} ${ELF_SYMBOLS})
endfunction()
