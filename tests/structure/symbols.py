#!/usr/bin/env python3
"""The shared library shows the functions of include/dossier/ and nothing else.

usage: symbols.py LIBRARY ROOT
"""
import glob
import os
import re
import subprocess
import sys


def main():
    library, root = sys.argv[1:3]
    out = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    shown = {line.split()[-1].split("@")[0] for line in out.splitlines() if line.split()[-2] in "TDBRi"}
    declared = set()
    for path in glob.glob(os.path.join(root, "include", "dossier", "*.h")):
        declared |= set(re.findall(r"^DOSSIER_API[^;(]*?(dossier_\w+)\s*\(", open(path, encoding="utf-8").read(), re.M))
    faults = [f"shown, but not in a public header: {s}" for s in sorted(shown - declared)]
    faults += [f"declared, but not shown: {s}" for s in sorted(declared - shown)]
    print("\n".join(faults) or f"{len(shown)} functions, all of them public")
    sys.exit(1 if faults else 0)


main()
