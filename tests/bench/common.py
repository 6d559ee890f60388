"""What the benchmarks share: where things lie, and running the command.

$DOSSIER names the command (build/src/cli/dossier), $SHARED the folder with data and scorers (../shared). A benchmark that lacks its
data says so and exits with 77.
"""
import datetime
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("SHARED", os.path.join(os.path.dirname(ROOT), "shared"))
DOSSIER = os.environ.get("DOSSIER", os.path.join(ROOT, "build", "src", "cli", "dossier"))


def need(*paths):
    for path in (DOSSIER,) + paths:
        if not os.path.exists(path):
            print(f"skipped: {path} is not there")
            sys.exit(77)


def shared(*parts):
    return os.path.join(SHARED, *parts)


def run(*arguments, text=None):
    done = subprocess.run([DOSSIER, *arguments], capture_output=True, text=True, input=text)
    if done.returncode:
        sys.exit(f"dossier {' '.join(arguments)}: {done.stderr.strip()[:500]}")
    return done.stdout


def score(script, *arguments):
    done = subprocess.run([sys.executable, shared("eval", script), *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1) or done.stderr:
        sys.exit(f"{script}: {done.stderr.strip()[:500]}")
    return done.stdout


def heading(what):
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    print(f"# {what}, {datetime.date.today()}, commit {commit or 'unknown'}")


def sentences(path):
    """Blocks of a CoNLL-U file: (comment lines, token lines)."""
    comments, lines = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            comments.append(line)
        elif line:
            lines.append(line.split("\t"))
        elif lines:
            yield comments, lines
            comments, lines = [], []


def raw_text(path):
    """The running text of a CoNLL-U file, as its .txt is made: paragraphs apart, sentences by a blank."""
    out = []
    for comments, lines in sentences(path):
        if out and any(c.startswith(("# newpar", "# newdoc")) for c in comments):
            out[-1] = out[-1].rstrip(" ") + "\n\n"
        skip = 0
        for columns in lines:
            if "." in columns[0]:
                continue
            if "-" in columns[0]:
                first, last = columns[0].split("-")
                skip = int(last) - int(first) + 1
            elif skip:
                skip -= 1
                continue
            out.append(columns[1] + ("" if "SpaceAfter=No" in columns[9] else " "))
    return "".join(out)
