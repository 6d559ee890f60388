#!/usr/bin/env python3
"""Runs the sessions shown in a Markdown file and compares what is printed with what the file says.

usage: session.py DOSSIER ROOT FILE [--update]

A session is a fenced block of language `console`. A line `$ COMMAND` is run by sh in an empty folder, shared by all blocks of the
file, in which `examples` is the project's folder of that name and `dossier` is the command. The lines up to the next `$ ` are
standard output and standard error, in that order; `(exit N)` follows where the status is not 0. A line `...` stands for any number
of lines. Times (`0.31 s`) are not compared. --update writes what was printed into the file, but for commands with a `...`.
Exit status 77 (skipped) where there is no trained model.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile


def run(command, folder, environment):
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    text = done.stdout + done.stderr
    if text and not text.endswith("\n"):
        text += "\n"
    return text + (f"(exit {done.returncode})\n" if done.returncode else "")


def blind(line):
    return re.sub(r"\b\d+\.\d+ s\b", "0.00 s", line)


def same(shown, printed):
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(blind(line)) + "\n" for line in shown.splitlines())
    return re.fullmatch(pattern, "".join(blind(line) + "\n" for line in printed.splitlines())) is not None


def blocks(text):
    """The file in pieces: (prose, None) or (command line, what is shown)."""
    inside, out = False, []
    for line in text.splitlines(keepends=True):
        if line.startswith("```"):
            inside = line.startswith("```console")
            out.append([line, None])
        elif inside and line.startswith("$ "):
            out.append([line, ""])
        elif inside and out and out[-1][1] is not None:
            out[-1][1] += line
        else:
            out.append([line, None])
    return out


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    dossier, root, path = map(os.path.abspath, sys.argv[1:4])
    if not os.path.exists(os.path.join(root, "models", "english.safetensors")):
        print("skipped: there is no trained model (models/english.safetensors)")
        sys.exit(77)
    text, failures, ran = open(path, encoding="utf-8").read(), 0, 0
    parts = blocks(text)
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(root, "examples"), os.path.join(folder, "examples"))
        os.symlink(os.path.join(root, "tests"), os.path.join(folder, "tests"))
        environment = dict(os.environ, PATH=os.path.dirname(os.path.abspath(dossier)) + os.pathsep + os.environ["PATH"],
                           COLUMNS="110", DOSSIER_DATA=root, LC_ALL="C.UTF-8")
        for part in parts:
            if part[1] is None:
                continue
            printed, ran = run(part[0][2:], folder, environment), ran + 1
            if same(part[1], printed):
                continue
            failures += 1
            print(f"{path}: {part[0]}", end="")
            sys.stdout.writelines(difflib.unified_diff(part[1].splitlines(True), printed.splitlines(True), "shown", "printed"))
            if "--update" in sys.argv and "\n...\n" not in "\n" + part[1]:
                part[1] = printed
    if "--update" in sys.argv:
        open(path, "w", encoding="utf-8").write("".join(a + (b or "") for a, b in parts))
    print(f"{ran} commands, {failures} differ")
    sys.exit(1 if failures or not ran else 0)


main()
