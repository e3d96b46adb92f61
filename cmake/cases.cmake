# Cases: many runs of the simulator that one test asks for, each a line of a file for cases.py.
# SPDX-License-Identifier: MIT

# add_case(GROUP NAME CHECK ARGUMENT...): see tests/sim/cases.py.
function(add_case group name check)
    set(line "${name}\t${check}")
    math(EXPR last "${ARGC} - 1")
    foreach(i RANGE 3 ${last})
        string(REPLACE "\\" "\\\\" argument "${ARGV${i}}")
        string(REPLACE "\n" "\\n" argument "${argument}")
        string(APPEND line "\t${argument}")
    endforeach()
    get_property(groups GLOBAL PROPERTY bootleap_case_groups)
    if(NOT group IN_LIST groups)
        set_property(GLOBAL APPEND PROPERTY bootleap_case_groups ${group})
    endif()
    set_property(GLOBAL APPEND_STRING PROPERTY bootleap_cases_${group} "${line}\n")
endfunction()

# add_case_tests(): a test for each group so far, called as the group is. To run one case by hand:
# tests/sim/cases.py build/bootleap-sim build/cases/GROUP NAME
function(add_case_tests)
    get_property(groups GLOBAL PROPERTY bootleap_case_groups)
    foreach(group ${groups})
        get_property(lines GLOBAL PROPERTY bootleap_cases_${group})
        file(WRITE ${CMAKE_BINARY_DIR}/cases/${group} "${lines}")
        add_test(NAME ${group} COMMAND ${Python3_EXECUTABLE} -B
            ${PROJECT_SOURCE_DIR}/tests/sim/cases.py $<TARGET_FILE:bootleap-sim-server>
            ${CMAKE_BINARY_DIR}/cases/${group})
    endforeach()
endfunction()
