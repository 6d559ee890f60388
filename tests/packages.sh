#!/bin/sh
# What examples/run.sh and tests/run.sh share; they source it. `need PACKAGE...` installs what is missing on Debian and its
# relatives, with sudo only where something is missing; elsewhere it names the packages. `configure_and_build` does as it says.

build_packages="gcc libc6-dev meson ninja-build pkg-config libdnnl-dev libigraph-dev libxml2-dev libcjson-dev libsqlite3-dev libyaml-dev zlib1g-dev libuchardet-dev"
test_packages="libcmocka-dev python3 python3-networkx python3-igraph python3-jsonschema graphviz libxml2-utils"

missing_packages() {
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || printf '%s ' "$package"
  done
}

without_apt() { # packages
  for tool in meson ninja cc pkg-config; do
    command -v "$tool" >/dev/null 2>&1 && continue
    echo "This system has no apt. Please install what corresponds to these Debian packages, then run this again:" >&2
    echo "  $*" >&2
    exit 4
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() { # packages
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" >/dev/null
}

need() {
  command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || { without_apt "$@"; return 0; }
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    echo "These packages are missing, and there is no sudo to install them. As root, please run, then try again:" >&2
    echo "  apt-get install --no-install-recommends $missing" >&2
    exit 4
  fi
  echo "installing: $missing" >&2
  # shellcheck disable=SC2086
  apt_install $missing 2>/dev/null || { as_root apt-get -qq update && apt_install $missing; } || {
    echo "The packages could not be installed; the messages above say why." >&2
    exit 4
  }
}

# Quiet where all goes well; shows what was said where it does not.
configure_and_build() { # folder, meson options...
  folder=$1
  shift
  mkdir -p "$folder"
  if ! [ -f "$folder/build.ninja" ]; then
    meson setup "$folder" "$root" "$@" >"$folder/setup.log" 2>&1 || { cat "$folder/setup.log" >&2; return 4; }
  fi
  ninja -C "$folder" >"$folder/build.log" 2>&1 || { tail -n 60 "$folder/build.log" >&2; return 4; }
}
