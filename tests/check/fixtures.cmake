# fixtures.cmake: an ELF for each row of fixtures/images.csv, and those that never go to a ROM.
# SPDX-License-Identifier: MIT
#
# build/check/fixtures/<image>.<slug>.<compiler>-Os.elf, build/check/no_entry/<file>.<slug>.<compiler>-Os.elf

# add_fixture(FOLDER NAME SOURCE SLUG DEFINES SYMBOLS [LIBRARY <file>...])
function(add_fixture folder name source slug defines symbols)
    cmake_parse_arguments(FIXTURE "" "" "LIBRARY" ${ARGN})
    list(GET build_${slug} 1 part)
    list(GET build_${slug} 2 core)
    list(GET build_${slug} 3 flash_start)
    list(GET build_${slug} 4 stack_top)
    set(flags -mcpu=${core} -mthumb -ffreestanding -Os)
    set(objects)
    compile_once(objects SOURCES ${folder}/${source}.c FLAGS ${flags} -g -Wno-undef
        DEFINES ${defines}
        INCLUDES ${CMAKE_CURRENT_SOURCE_DIR}/grid ${recipes_folder} ${chip_folder}/${slug}
            ${PROJECT_SOURCE_DIR}/src)
    compile_once(objects SOURCES ${FIXTURE_LIBRARY} FLAGS ${flags} DEFINES ${part}
        INCLUDES ${PROJECT_SOURCE_DIR}/src)
    set(elf ${name}.${slug}.${compiler}-Os)
    link_elf(check-${folder}-${elf} FILE ${check_folder}/${folder}/${elf}
        SCRIPT ${recipes_folder}/recipe.ld FLAGS ${flags} OBJECTS ${objects}
        SYMBOLS flash_start=${flash_start} stack_top=${stack_top} ${symbols})
    add_dependencies(check-subset check-${folder}-${elf})
endfunction()

set(table ${CMAKE_CURRENT_SOURCE_DIR}/fixtures/images.csv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${table})
file(STRINGS ${table} rows)
list(POP_FRONT rows)
foreach(row ${rows})
    string(REPLACE "," ";" row "${row}")
    list(POP_FRONT row name source slug defines symbols)
    set(library)
    if(source STREQUAL "hook")
        set(library LIBRARY ${bootleap_library})
    endif()
    add_fixture(fixtures ${name} ${source} ${slug} "${defines}" "${symbols}" ${library})
endforeach()
foreach(slug g0b1 h723)
    foreach(source loader fixed_loader scheduler)
        add_fixture(no_entry ${source} ${source} ${slug} "" "")
    endforeach()
endforeach()
