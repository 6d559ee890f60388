#!/bin/sh
# The main job, from nothing: installs what is missing, builds, reads the example articles (or those you name) and shows the graph.
#
#   sh examples/run.sh                    the articles of examples/articles
#   sh examples/run.sh FILE_OR_FOLDER...  your own: .txt, .html, .jsonl, each also .gz
#
# The store and the exports are written to ./dossier-output (or $OUTPUT); it builds in ./build of the source tree (or $BUILD).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/packages.sh"
# shellcheck disable=SC2086
need $build_packages

build=${BUILD:-$root/build}
[ -x "$build/src/cli/dossier" ] || echo "building in $build (a minute, once)" >&2
configure_and_build "$build" -Dtests=disabled || exit 4
dossier=$build/src/cli/dossier
output=${OUTPUT:-dossier-output}
mkdir -p "$output"
store=$output/dossier.db
rm -f "$store" "$store-wal" "$store-shm"

own=$#
[ "$own" -gt 0 ] || set -- "$root/examples/articles"
# Shows a command as one would type it, and what it prints.
show() {
  printf '\n$ dossier'
  for word in "$@"; do case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac; done
  printf '\n'
  "$dossier" "$@" -d "$store"
}
status=0
show build "$@" || status=$?
# 3: some file could not be used and was named; the rest goes on.
[ "$status" -eq 0 ] || { [ "$status" -eq 3 ] && [ -f "$store" ]; } || exit "$status"
show actors -n 12 || exit "$?"
show articles
if [ "$own" -eq 0 ]; then
  show ties Iran Taliban --class support -q 2 || true
  show path "Quds Force" "Islamic State" -k 1 || true
else
  show rank -n 10
fi
for format in graphml dot json; do
  "$dossier" export $format -d "$store" -o "$output/graph.$format"
done
printf '\nThe graph: %s (Gephi, Cytoscape, networkx, igraph), graph.dot (Graphviz), graph.json\n' "$output/graph.graphml"
printf 'Ask more:  %s --help   with -d %s\n' "$dossier" "$store"
