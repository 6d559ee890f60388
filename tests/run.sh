#!/bin/sh
# All tests: installs what is missing, builds with warnings as errors, runs every test, then again with the address and
# undefined-behaviour sanitizers. Ends with the line `N passed, N failed, N skipped`.
#
#   sh tests/run.sh           everything
#   sh tests/run.sh --quick   without the sanitizers
#
# It builds in ./build-test and ./build-sanitize of the source tree, or in $BUILD-test and $BUILD-sanitize.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/packages.sh"
# shellcheck disable=SC2086
need $build_packages $test_packages

passed=0 failed=0 skipped=0
total() { # name, report: one figure of meson's summary
  sed -n "s/^$1: *\([0-9]*\).*/\1/p" "$2" | tail -n 1
}

count() { # label, folder: adds up meson's own report of the run
  report=$2/meson-logs/testlog.txt
  p=$(total Ok "$report") f=$(total Fail "$report") t=$(total Timeout "$report") s=$(total Skipped "$report")
  f=$((${f:-0} + ${t:-0}))
  echo "$1: ${p:-0} passed; $f failed; ${s:-0} skipped"
  passed=$((passed + ${p:-0})) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
}

run() { # label, folder, meson options...
  label=$1 folder=$2
  shift 2
  echo "$label: building in $folder"
  configure_and_build "$folder" -Dtests=enabled "$@" || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
  rm -f "$folder/meson-logs/testlog.txt"
  meson test -C "$folder" --no-rebuild --print-errorlogs || true
  if [ -f "$folder/meson-logs/testlog.txt" ]; then count "$label" "$folder"; else failed=$((failed + 1)); fi
}

run plain "${BUILD:-$root/build}-test" -Dwerror=true
if [ "${1:-}" != --quick ]; then
  ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
  export ASAN_OPTIONS UBSAN_OPTIONS
  # Without -Werror: gcc's checks of code that the sanitizers changed warn of what cannot happen.
  run sanitizers "${BUILD:-$root/build}-sanitize" -Db_sanitize=address,undefined -Db_lundef=false -Darena_malloc=true
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
