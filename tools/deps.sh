#!/bin/sh
# Installs what the build lacks on Debian 12 or Ubuntu, and nothing where all is there.
#   deps.sh          for `make` and `make demo`
#   deps.sh python   for `make python`: what CPython is compiled to wasm with
#   deps.sh test     for `make test`, too: the second compiler, valgrind, shells that complete, what packages are tried in
#   deps.sh deb      for `make deb`
#   deps.sh lint     for `make lint`: formatter, analyser
#   deps.sh bench    for `make bench`: what the peer isolated-vm is compiled with; a Node that brings its headers is enough
set -eu
base="gcc cmake ninja-build pkg-config python3 nodejs npm wabt libsodium-dev libzstd-dev libjansson-dev libuv1-dev libedit-dev libseccomp-dev libcmocka-dev jq"
python="clang lld llvm wasi-libc libclang-rt-dev-wasm32 make tcl dpkg-dev python3.11"
more="$python libsqlite3-dev valgrind libclang-rt-14-dev debootstrap zsh fish groff-base"
[ "${1:-}" = python ] && more=$python
[ "${1:-}" = deb ] && more="dpkg-dev"
[ "${1:-}" = lint ] && more="clang-format clang-tidy"
[ "${1:-}" = bench ] && more="g++ libnode-dev"
packages=$base
[ -n "${1:-}" ] && packages="$base $more"

have() {
  case $1 in
    ninja-build) command -v ninja ;;
    wabt) command -v wasm2c && [ -e /usr/include/wasm-rt.h ] ;;
    nodejs) command -v node ;;
    libsodium-dev) pkg-config --exists libsodium ;;
    libzstd-dev) pkg-config --exists libzstd ;;
    libjansson-dev) pkg-config --exists jansson ;;
    libuv1-dev) pkg-config --exists libuv ;;
    libedit-dev) pkg-config --exists libedit ;;
    libseccomp-dev) pkg-config --exists libseccomp ;;
    libcmocka-dev) pkg-config --exists cmocka ;;
    libclang-rt-14-dev) ! clang --version 2>/dev/null | grep -q 'version 14' || ls /usr/lib/llvm-14/lib/clang/*/lib/linux/libclang_rt.asan*.a ;;
    libsqlite3-dev) pkg-config --exists sqlite3 ;;
    lld) command -v wasm-ld || ls /usr/lib/llvm-*/bin/wasm-ld ;;
    llvm) command -v llvm-ar || ls /usr/lib/llvm-*/bin/llvm-ar ;;
    wasi-libc) [ -e /usr/include/wasm32-wasi/wasi/api.h ] ;;
    libclang-rt-dev-wasm32) ls /usr/lib/llvm-*/lib/clang/*/lib/wasi/libclang_rt.builtins-wasm32.a ;;
    tcl) command -v tclsh ;;
    # where the distribution has none, guest/python/build.py says what else would do
    python3.11) command -v python3.11 || ! apt-cache show python3.11 ;;
    valgrind) command -v valgrind ;;
    dpkg-dev) command -v dpkg-source && command -v dpkg-shlibdeps && command -v dpkg-parsechangelog ;;
    groff-base) command -v groff ;;
    libnode-dev) [ -e "$(dirname "$(command -v node)")/../include/node/node.h" ] ;;
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

missing=
for package in $packages; do
  have "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing what is missing:$missing"
root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "deps.sh: install these packages and try again:$missing" >&2; exit 1; }
  root=sudo
fi
if ! command -v apt-get >/dev/null; then
  echo "deps.sh: no apt-get here; install the equivalents of:$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
