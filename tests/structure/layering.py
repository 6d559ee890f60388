#!/usr/bin/env python3
"""A folder of src/ includes only folders to its left in the pipeline, and base; igraph stays in graph/; cli sees none of the stages.

usage: layering.py ROOT
"""
import os
import re
import sys

ORDER = ["base", "read", "text", "parse", "actor", "when", "claim", "store", "resolve", "graph", "export", "api", "cli"]
# cli/ uses the public headers and base/; api/ puts the stages together.
ONLY = {"cli": {"cli", "base"}}
LIBRARY_OF = {"igraph": {"graph"}, "sqlite3": {"store"}, "libxml": {"read", "export"}, "yaml": {"base"},
              "oneapi/dnnl": {"parse"}, "zlib": {"read", "api"}, "uchardet": {"read"}}


def faults(root):
    for folder in ORDER:
        path = os.path.join(root, "src", folder)
        for name in sorted(os.listdir(path)):
            if not name.endswith((".c", ".h")):
                continue
            text = open(os.path.join(path, name), encoding="utf-8").read()
            for style, target in re.findall(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', text, re.M):
                where = f"src/{folder}/{name}"
                top = target.split("/")[0]
                if style == '"' and "/" in target and top in ORDER:
                    allowed = ONLY.get(folder, set(ORDER[: ORDER.index(folder) + 1]))
                    if top not in allowed:
                        yield f"{where} includes {target}: {folder}/ may not look into {top}/"
                elif style == '"':
                    yield f"{where} includes {target}: name the folder (\"{folder}/{target}\")"
                for library, homes in LIBRARY_OF.items():
                    if style == "<" and target.startswith(library) and folder not in homes:
                        yield f"{where} includes <{target}>: only {', '.join(sorted(homes))} may"


def unknown_folders(root):
    for name in sorted(os.listdir(os.path.join(root, "src"))):
        if os.path.isdir(os.path.join(root, "src", name)) and name not in ORDER:
            yield f"src/{name} has no place in the pipeline"


def main():
    found = list(faults(sys.argv[1])) + list(unknown_folders(sys.argv[1]))
    print("\n".join(found) or "every folder includes only what it may")
    sys.exit(1 if found else 0)


main()
