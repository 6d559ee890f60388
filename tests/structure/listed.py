#!/usr/bin/env python3
"""Every source file on disk is named in its folder's meson.build: a file that nobody builds is dead.

usage: listed.py ROOT
"""
import os
import sys


def main():
    root, found = sys.argv[1], []
    for top in ("src", "tests/unit"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            build = os.path.join(folder, "meson.build")
            listed = open(build, encoding="utf-8").read() if os.path.exists(build) else ""
            for name in sorted(names):
                base = name[5:-2] if name.startswith("test_") and top == "tests/unit" else name
                if name.endswith(".c") and f"'{name}'" not in listed and f"'{base}'" not in listed:
                    found.append(f"{os.path.relpath(os.path.join(folder, name), root)} is not in its meson.build")
    print("\n".join(found) or "every source is built")
    sys.exit(1 if found else 0)


main()
