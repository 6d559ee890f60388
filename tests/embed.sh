#!/bin/sh
# Runs examples/embed.c on the example articles: embed.sh PROGRAM ROOT. Each line must be a tie with its words.
set -eu
if ! [ -f "$2/models/english.safetensors" ]; then
  echo "skipped: there is no trained model (models/english.safetensors)"
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
DOSSIER_DATA=$2 "$1" "$2/examples/articles" "$folder/store.db" >"$folder/out"
lines=$(wc -l <"$folder/out")
ties=$(grep -Ec '^.+ \((affirmed|denied), [0-9]+ articles?\): .' "$folder/out" || true)
echo "$ties ties"
[ "$ties" -gt 20 ] && [ "$ties" -le "$lines" ]
