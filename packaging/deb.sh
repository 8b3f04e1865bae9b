#!/bin/sh
# Makes the Debian package: deb.sh [FOLDER]        (FOLDER: where to work, and where the package goes; build by default)
#
# It is built anew for the prefix /usr (the engine comes from the cache), and put together with dpkg-deb. The same tree
# gives the same package to the byte: all times are that of the last entry in packaging/changelog.
set -eu
umask 022
cd "$(dirname "$0")/.."
mkdir -p "${1:-build}/deb"
out=$(cd "${1:-build}" && pwd)
work=$out/deb
root=$work/root
version=$(dpkg-parsechangelog -l packaging/changelog -S Version)
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l packaging/changelog -S Timestamp)
export SOURCE_DATE_EPOCH

# quiet LOG COMMAND...: its output is shown when it fails
quiet() {
  log=$1
  shift
  "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
}

quiet "$work/cmake.log" cmake -S . -B "$work/tree" -G Ninja -Wno-dev -DCMAKE_INSTALL_PREFIX=/usr \
  -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_FLAGS="-ffile-prefix-map=$PWD=." -DCLOCHE_FOLDERS= \
  -DCLOCHE_ZSH_DIR=share/zsh/vendor-completions
quiet "$work/ninja.log" ninja -C "$work/tree" -j "${JOBS:-$(nproc)}"
rm -rf "$root"
DESTDIR=$root cmake --install "$work/tree" >/dev/null

strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/cloche" "$root/usr/libexec/cloche/cloche-worker" \
  "$root"/usr/lib/*/libcloche*.so.*.*
strip --strip-debug --enable-deterministic-archives "$root"/usr/lib/*/libcloche*.a
doc=$root/usr/share/doc/cloche
rm "$doc/LICENSE" # copyright says it
cp packaging/copyright "$doc/copyright"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
gzip -9nc packaging/changelog >"$doc/changelog.Debian.gz"
gzip -9n "$root"/usr/share/man/man1/*.1

# dpkg-shlibdeps wants a source package around it. libcloche-pool needs libcloche, which it does not know, and else what these
# need.
mkdir -p "$work/debian"
cp packaging/control "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O --warnings=1 root/usr/bin/cloche root/usr/libexec/cloche/cloche-worker \
  root/usr/lib/*/libcloche.so.*.* | sed 's/^shlibs:Depends=//')

mkdir "$root/DEBIAN"
{
  echo "Package: cloche"
  echo "Version: $version"
  echo "Architecture: $architecture"
  sed -n '/^\(Section\|Priority\|Maintainer\): /p' packaging/control
  echo "Installed-Size: $(du -k -s --apparent-size --exclude=DEBIAN "$root" | cut -f1)"
  sed -n '/^Package:/,$p' packaging/control | sed "/^Package:/d; /^Architecture:/d; s|\${shlibs:Depends}|$depends|"
} >"$root/DEBIAN/control"
printf 'libcloche 0 cloche (>= %s)\nlibcloche-pool 0 cloche (>= %s)\n' "${version%-*}" "${version%-*}" >"$root/DEBIAN/shlibs"
echo "activate-noawait ldconfig" >"$root/DEBIAN/triggers"
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
chmod -R u=rwX,go=rX "$root"
chmod 644 "$root"/usr/lib/*/libcloche*.so.*.*
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/cloche_${version}_$architecture.deb" >/dev/null
echo "$out/cloche_${version}_$architecture.deb"
