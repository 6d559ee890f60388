#!/bin/sh
# Installs what building and testing need on Debian and its relatives; elsewhere it names the packages. Asks for sudo only when
# something is missing. Sourced by examples/run.sh and tests/run.sh: `need PACKAGE...`.

missing_packages() {
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || printf '%s ' "$package"
  done
}

need() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    for tool in meson ninja cc pkg-config; do
      command -v "$tool" >/dev/null 2>&1 || {
        echo "This system has no apt. Please install what corresponds to these Debian packages, then run this again:" >&2
        echo "  $*" >&2
        exit 4
      }
    done
    return 0
  fi
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return 0
  echo "installing: $missing" >&2
  sudo=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "please run as root: apt-get install $missing" >&2; exit 4; }
    sudo=sudo
  fi
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
    $sudo apt-get update >/dev/null &&
      $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null
  } || exit 4
}

build_packages="gcc libc6-dev meson ninja-build pkg-config libdnnl-dev libigraph-dev libxml2-dev libcjson-dev libsqlite3-dev libyaml-dev zlib1g-dev libuchardet-dev"
test_packages="libcmocka-dev python3 python3-networkx python3-igraph python3-jsonschema graphviz libxml2-utils"
