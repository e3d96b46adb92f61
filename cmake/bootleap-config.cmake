# find_package(bootleap): the library's sources as targets; docs/cmake.md says how to use them.
# SPDX-License-Identifier: MIT
#
# Components are the names of the targets: find_package(bootleap REQUIRED COMPONENTS systeminit).
get_property(bootleap_languages GLOBAL PROPERTY ENABLED_LANGUAGES)
if("C" IN_LIST bootleap_languages)
    include("${CMAKE_CURRENT_LIST_DIR}/bootleap-targets.cmake")
    foreach(bootleap_component ${bootleap_FIND_COMPONENTS})
        if(bootleap_FIND_REQUIRED_${bootleap_component}
                AND NOT TARGET bootleap::${bootleap_component})
            set(bootleap_FOUND FALSE)
            set(bootleap_NOT_FOUND_MESSAGE "there is no bootleap::${bootleap_component}")
        endif()
    endforeach()
else()
    set(bootleap_FOUND FALSE)
    set(bootleap_NOT_FOUND_MESSAGE "its sources are C. Enable C beside your language, as in \
project(application LANGUAGES C CXX)")
endif()
