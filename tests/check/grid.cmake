# grid.cmake: an ELF for each recipe of grid/, row and level.
# SPDX-License-Identifier: MIT
set(grid_slugs g0b1 g47 h723 u575)
set(grid_levels O0 O0-no-frame-pointer O1 Og Os O2 O3 O3-lto)
set(bootleap_flags_O1 -O1)
set(bootleap_flags_O3 -O3)
# A table of a ROM that another row has, and this one not.
set(other_rom_g0b1 0x1FF00000u)
set(other_rom_g47 0x1FFFD800u)
set(other_rom_h723 0x1FFF0000u)
set(other_rom_u575 0x0BF97000u)

foreach(slug ${grid_slugs})
    list(GET build_${slug} 2 core)
    list(GET build_${slug} 3 flash_start)
    list(GET build_${slug} 4 stack_top)
    foreach(level ${grid_levels})
        set(targets check-grid)
        if(${slug}-${level} STREQUAL grid_subset_${compiler})
            list(APPEND targets check-subset)
        elseif(NOT BOOTLEAP_CHECK_GRID)
            continue()
        endif()
        set(flags -mcpu=${core} -mthumb -ffreestanding ${bootleap_flags_${level}})
        foreach(recipe ${grid_recipes})
            get_filename_component(name ${recipe} NAME_WE)
            set(objects)
            compile_once(objects SOURCES ${recipe} FLAGS ${flags} -g -Wno-undef
                DEFINES OTHER_ROM=${other_rom_${slug}}
                INCLUDES ${recipes_folder} ${chip_folder}/${slug})
            set(elf ${name}.${slug}.${compiler}-${level})
            link_elf(check-grid-${elf} FILE ${check_folder}/grid/${elf}
                SCRIPT ${recipes_folder}/recipe.ld FLAGS ${flags} OBJECTS ${objects}
                SYMBOLS flash_start=${flash_start} stack_top=${stack_top})
            foreach(target ${targets})
                add_dependencies(${target} check-grid-${elf})
            endforeach()
        endforeach()
    endforeach()
endforeach()
