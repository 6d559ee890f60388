#!/bin/sh
# Real news through every stage, in whatever build this is (with the sanitizers too): each 40th article of ../shared/corpus and
# ../shared/voa is extracted, loaded and checked (I1, I2), on one thread and on three with the same bytes (I3). Skipped without them.
#
#   corpus.sh DOSSIER ROOT
set -eu
dossier=$1 root=$2
corpus=${SHARED:-$root/../shared}
[ -d "$corpus/corpus" ] || { echo "skipped: $corpus/corpus is not there"; exit 77; }
[ -f "${DOSSIER_DATA:-$root}/models/english.safetensors" ] || { echo "skipped: there is no trained model"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
set -- $(ls "$corpus"/corpus/*.txt "$corpus"/voa/*.txt | awk 'NR % 40 == 1') "$corpus"/articles/*.txt
"$dossier" extract -j 1 "$@" >"$folder/one.jsonl"
"$dossier" extract -j 3 "$@" >"$folder/three.jsonl"
cmp "$folder/one.jsonl" "$folder/three.jsonl"
"$dossier" load "$folder/one.jsonl" -d "$folder/s.db"
"$dossier" check -d "$folder/s.db"
for format in json graphml dot; do "$dossier" export $format -d "$folder/s.db" -o "$folder/graph.$format"; done
