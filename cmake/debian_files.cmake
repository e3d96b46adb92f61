# Before CPack packs: files are put where Debian's policy wants them, and compressed as it says.
# SPDX-License-Identifier: MIT
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
set(doc ${root}/share/doc/bootleap)

# The zsh of Debian does not look into site-functions below /usr.
file(RENAME ${root}/share/zsh/site-functions ${root}/share/zsh/vendor-completions)

# LICENSE and NOTICE in the format of /usr/share/common-licenses' users, DEP 5.
file(READ ${CMAKE_CURRENT_LIST_DIR}/../LICENSE licence)
file(READ ${CMAKE_CURRENT_LIST_DIR}/../NOTICE notice)
string(REGEX REPLACE "^MIT License\n\nCopyright[^\n]*\n\n" "" licence "${licence}")
foreach(text licence notice)
    string(REGEX REPLACE "\n+$" "" ${text} "${${text}}")
    string(REGEX REPLACE "\n\n" "\n.\n" ${text} "${${text}}")
    string(REGEX REPLACE "\n" "\n " ${text} "${${text}}")
endforeach()
file(WRITE ${doc}/copyright "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: bootleap
Comment:
 ${notice}

Files: *
Copyright: 2026 The bootleap authors
License: Expat
 ${licence}
")
file(REMOVE ${doc}/NOTICE ${root}/share/bootleap/LICENSE)

# `install(DIRECTORY)` also makes the folders in which it finds no file to copy.
file(GLOB folders ${root}/share/bootleap/src/*)
foreach(folder ${folders})
    file(GLOB files ${folder}/*)
    if(IS_DIRECTORY ${folder} AND NOT files)
        file(REMOVE_RECURSE ${folder})
    endif()
endforeach()

# The programs are not position independent: see the root CMakeLists.txt. Python is suggested: one
# tool of the library needs it, which few use.
file(WRITE ${root}/share/lintian/overrides/bootleap "bootleap: hardening-no-pie *
bootleap: python3-script-but-no-python3-dep *
")

# The time is that of SOURCE_DATE_EPOCH, if there is one.
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(RENAME ${doc}/CHANGELOG.md ${doc}/changelog)
file(WRITE ${doc}/changelog.Debian
"bootleap (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * The changes are in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${now}
")

# -n: the same files give the same bytes.
file(GLOB pages ${root}/share/man/man1/*.1)
execute_process(COMMAND gzip -9n ${doc}/changelog ${doc}/changelog.Debian ${pages}
    COMMAND_ERROR_IS_FATAL ANY)
