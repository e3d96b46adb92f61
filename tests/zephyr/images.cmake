# images.cmake: the images of tests/zephyr: the module, the stand-in of Zephyr, an application.
# SPDX-License-Identifier: MIT
enable_language(ASM)
include(${PROJECT_SOURCE_DIR}/cmake/firmware.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/build_system.cmake)
set(zephyr_tests ${CMAKE_CURRENT_LIST_DIR})
set(part_nucleo-l476rg STM32L476xx)
set(core_nucleo-l476rg cortex-m4)
set(part_second-core STM32H745xx)
set(core_second-core cortex-m4)
set(pins_second-core nucleo-h723zg)
set(zephyr_boards ${bootleap_boards} nucleo-l476rg)
set(zephyr_shell ${zephyr_tests}/application/src/main.c)
set(zephyr_usb ${zephyr_tests}/application/src/usb.c ${zephyr_tests}/system/usb_main.c)

# add_zephyr_module(IMAGE BOARD <.config> <flag>...): the module's archive, and what it says of IMAGE.
function(add_zephyr_module image board config)
    set(ZEPHYR_IMAGE ${image})
    # The application, the kernel and the modules of an image are compiled with the same flags, and
    # with the part that hal_stm32 names.
    add_library(${image}-interface INTERFACE)
    target_compile_options(${image}-interface INTERFACE ${ARGN} ${bootleap_warnings})
    target_link_options(${image}-interface INTERFACE ${ARGN})
    zephyr_compile_definitions(${part_${board}} USE_HAL_DRIVER USE_FULL_LL_DRIVER)
    import_kconfig(${config})
    add_subdirectory(${PROJECT_SOURCE_DIR}/zephyr ${CMAKE_CURRENT_BINARY_DIR}/${image}-module)
endfunction()

# add_zephyr_image(NAME BOARD CONFIG <.config> SOURCES <file>... [HOOK <its name in reset.S>]
#                  [FLAGS <flag>...]) makes NAME.elf in the build folder.
function(add_zephyr_image name board)
    cmake_parse_arguments(IMAGE "" "CONFIG;HOOK" "SOURCES;FLAGS" ${ARGN})
    set(flags -mcpu=${core_${board}} -mthumb -ffreestanding -Os -g ${IMAGE_FLAGS})
    set(pins ${board})
    if(pins_${board})
        set(pins ${pins_${board}})
    endif()
    set(boards ${zephyr_tests}/boards/${pins} ${PROJECT_SOURCE_DIR}/examples/${pins})

    add_zephyr_module(${name} ${board} ${IMAGE_CONFIG} ${flags})
    import_kconfig(${IMAGE_CONFIG})

    set(system ${zephyr_tests}/system/kernel.c ${zephyr_tests}/system/shell.c
        ${PROJECT_SOURCE_DIR}/examples/how-to/common/serial.c)
    if(board STREQUAL "nucleo-h723zg" AND CONFIG_SOC_RESET_HOOK)
        list(APPEND system ${zephyr_tests}/system/soc_m7.c)
    endif()
    set(objects)
    compile_once(objects SOURCES ${system} ${IMAGE_SOURCES} FLAGS ${flags}
        DEFINES ${part_${board}}
        INCLUDES ${boards} ${zephyr_tests}/system ${zephyr_tests}/system/include
            ${zephyr_tests}/application/src ${PROJECT_SOURCE_DIR}/src
            ${PROJECT_SOURCE_DIR}/examples/application ${PROJECT_SOURCE_DIR}/examples/how-to/common)
    add_executable(${name} ${objects} ${zephyr_tests}/system/reset.S)
    if(CONFIG_SOC_RESET_HOOK)
        target_compile_definitions(${name} PRIVATE RESET_HOOK=${IMAGE_HOOK})
    endif()
    get_property(libraries TARGET ${name}-interface PROPERTY libraries)
    list(TRANSFORM boards PREPEND -L)
    target_link_options(${name} PRIVATE ${boards} -nostdlib -T${zephyr_tests}/system/linker.ld
        -Wl,--gc-sections)
    target_link_libraries(${name} PRIVATE ${name}-interface
        -Wl,--whole-archive ${libraries} -Wl,--no-whole-archive)
    set_target_properties(${name} PROPERTIES SUFFIX .elf LINKER_LANGUAGE C
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}
        LINK_DEPENDS ${zephyr_tests}/system/linker.ld)
endfunction()
