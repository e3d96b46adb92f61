#!/usr/bin/env bash
# release.sh: script/release refuses what is not ready, and makes the same bytes each time.
# SPDX-License-Identifier: MIT
#
# In a repository of its own with the files that have a version.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a \
    GIT_COMMITTER_EMAIL=a@b GIT_AUTHOR_DATE=2026-01-01T00:00:00Z GIT_COMMITTER_DATE=2026-01-01T00:00:00Z

say() {
    echo "$1"
    failures=$((failures + 1))
}

# refused CODE TEXT ARGUMENT...: one line on stderr with this text and what to try.
refused() {
    local code=$1 text=$2 status=0
    shift 2
    script/release "$@" >"$work/out" 2>"$work/err" || status=$?
    if [ "$status" != "$code" ] || [ "$(wc -l <"$work/err")" != 1 ] || [ -s "$work/out" ] ||
        ! grep -qE "^release: .*$text.*\. Try: ." "$work/err"; then
        say "release $*: exit code $status, $(cat "$work/err" "$work/out"); expected: $code, $text"
    fi
}

# sums FOLDER: makes the release 7.8.9 of a repository; the checksums.
sums() {
    (cd "$1" && script/release --no-deb 7.8.9 >"$work/out" && cat build/release/7.8.9/SHA256SUMS)
}

mkdir -p "$work/one/script" "$work/one/docs"
cd "$work/one"
cp "$project/script/release" script
for file in CMakeLists.txt library.json library.properties docs/install.md; do
    sed 's/0\.1\.0/7.8.9/' "$project/$file" >"$file"
done
printf '# Changes\n\n## Unreleased\n\n## 7.8.8 - 2026-01-01\n' >CHANGELOG.md
echo /build/ >.gitignore
refused 1 'this is no git repository' --no-deb 7.8.9
git init -q
git add .
git commit -qm one
refused 2 'it needs one VERSION'
refused 2 'it needs one VERSION' --no-deb 7.8.9 x
refused 2 'v7.8.9: is not a version' --no-deb v7.8.9
refused 2 '7.08.9: is not a version' --no-deb 7.08.9
refused 1 'CMakeLists.txt says 7.8.9, not 7.8.10' --no-deb 7.8.10
refused 1 'CHANGELOG.md says 7.8.8, not 7.8.9' --no-deb 7.8.9
sed -i 's/7\.8\.8/7.8.9/' CHANGELOG.md
refused 1 'not clean: .M CHANGELOG.md' --no-deb 7.8.9
git commit -qam two
touch new
refused 1 'not clean: .. new' --no-deb 7.8.9
rm new
for file in library.json library.properties docs/install.md; do
    sed -i 's/7\.8\.9/7.8.7/' "$file"
    git commit -qam three
    refused 1 "$file says 7.8.7, not 7.8.9" --no-deb 7.8.9
    git reset -q --hard HEAD~
done

# The same bytes again, in another clone, and after the tag.
first=$(sums .)
grep -q 'next: git tag -a v7.8.9' "$work/out" || say "it does not say what is next: $(cat "$work/out")"
[ "$first" = "$(sums .)" ] || say "a second run makes other bytes"
git clone -q . "$work/two"
[ "$first" = "$(sums "$work/two")" ] || say "another clone makes other bytes"
tar -tzf build/release/7.8.9/bootleap-7.8.9.tar.gz bootleap-7.8.9/CMakeLists.txt >"$work/out" ||
    say "the archive has no folder of its name"
git tag -a v7.8.9 -m 7.8.9
[ "$first" = "$(sums .)" ] || say "after the tag it makes other bytes"
if grep -q 'git tag' "$work/out"; then
    say "it wants the tag that is there"
fi

# With packages, for which a stand-in is enough here.
cat >script/packages <<'END'
#!/bin/sh
mkdir -p build/packages/12 build/packages/13
echo 12 >build/packages/12/bootleap_7.8.9-1~deb12_amd64.deb
echo 13 >build/packages/13/bootleap_7.8.9-1~deb13_amd64.deb
END
cat >script/windows <<'END'
#!/bin/sh
mkdir -p build/windows
echo zip >build/windows/bootleap-7.8.9-windows.zip
echo build/windows/bootleap-7.8.9-windows.zip
END
chmod +x script/packages script/windows
git add script/packages script/windows
git commit -qm four
refused 1 'the tag v7.8.9 is another commit' 7.8.9
git tag -d v7.8.9 >"$work/out"
script/release 7.8.9 >"$work/out"
(cd build/release/7.8.9 && sha256sum --quiet -c SHA256SUMS)
[ "$(sed 's/.*  //' build/release/7.8.9/SHA256SUMS | xargs)" = \
    "bootleap-7.8.9-windows.zip bootleap-7.8.9.tar.gz bootleap_7.8.9-1~deb12_amd64.deb bootleap_7.8.9-1~deb13_amd64.deb" ] ||
    say "the packages are not in SHA256SUMS: $(cat build/release/7.8.9/SHA256SUMS)"
printf '#!/bin/sh\nexit 1\n' >script/packages
git commit -qam five
if script/release 7.8.9 >"$work/out" 2>&1; then
    say "it does not notice that script/packages fails"
fi
exit $((failures > 0))
