#!/usr/bin/env python3
"""docs/manual.md is what `dossier --help` and the help of every command say, in one page.

usage: manual.py DOSSIER MANUAL [--update]
"""
import difflib
import re
import subprocess
import sys

HEAD = """# The manual

Written by `python3 tests/cli/manual.py DOSSIER docs/manual.md --update` from the help of the commands; a test compares them.

"""


def ask(dossier, *words):
    return subprocess.run([dossier, *words], capture_output=True, text=True, check=True).stdout


def manual(dossier):
    overview = ask(dossier, "--help")
    pages = [HEAD, "```text\n", overview, "```\n"]
    for name in re.findall(r"^  ([a-z]+) +\S", overview, re.M):
        pages += [f"\n## dossier {name}\n\n```text\n", ask(dossier, name, "--help"), "```\n"]
    return "".join(pages)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    wanted = manual(sys.argv[1])
    if "--update" in sys.argv:
        open(sys.argv[2], "w", encoding="utf-8").write(wanted)
        return
    written = open(sys.argv[2], encoding="utf-8").read()
    sys.stdout.writelines(difflib.unified_diff(written.splitlines(True), wanted.splitlines(True), "manual", "help"))
    sys.exit(written != wanted)


main()
