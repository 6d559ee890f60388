#!/bin/sh
# The main job, from nothing: installs what is missing, builds, reads the example articles (or those you name) and shows the graph.
#
#   sh examples/run.sh                    the articles of examples/articles
#   sh examples/run.sh FILE_OR_FOLDER...  your own: .txt, .html, .jsonl, each also .gz
#
# The store and the exports are written to ./dossier-output (or $OUTPUT).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/packages.sh"
# shellcheck disable=SC2086
need $build_packages

build=${BUILD:-$root/build}
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" >/dev/null
ninja -C "$build" src/cli/dossier >/dev/null
dossier=$build/src/cli/dossier
output=${OUTPUT:-dossier-output}
mkdir -p "$output"
store=$output/dossier.db
rm -f "$store" "$store-wal" "$store-shm"

own=$#
[ "$own" -gt 0 ] || set -- "$root/examples/articles"
show() { printf '\n$ dossier %s\n' "$*"; "$dossier" "$@" -d "$store" || true; }
show build "$@"
show actors -n 12
show articles
if [ "$own" -eq 0 ]; then
  show ties Iran Taliban --class support -q 2
  show path "Quds Force" "Islamic State"
else
  show rank -n 10
fi
for format in graphml dot json; do
  "$dossier" export $format -d "$store" -o "$output/graph.$format"
done
printf '\nThe graph: %s (Gephi, Cytoscape, networkx, igraph), graph.dot (Graphviz), graph.json\n' "$output/graph.graphml"
printf 'Ask more:  %s --help   with -d %s\n' "$dossier" "$store"
