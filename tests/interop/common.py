"""What the interop tests share: the exports of hand-made networks, and how to pass over a client that is not installed."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

NAMES = ["sample", "hostile", "one", "empty", "ring150", "ring1100"]


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


def need_module(name, package):
    """Goes on with a Python that has the module: this one, else another python3 on PATH, else the test is skipped."""
    tried = os.environ.setdefault("DOSSIER_PYTHONS", "").split(os.pathsep)
    for folder in [os.path.dirname(sys.executable)] + os.environ.get("PATH", "").split(os.pathsep):
        python = os.path.join(folder, "python3")
        if python in tried or not os.access(python, os.X_OK):
            continue
        if subprocess.run([python, "-c", "import " + name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            if python == sys.executable or python == os.environ.get("DOSSIER_PYTHON"):
                return
            os.environ["DOSSIER_PYTHON"] = python
            os.execv(python, [python] + sys.argv)
    skip(f"no python3 has the module {name} ({package})")


def need_program(name, package):
    if not shutil.which(name):
        skip(f"{name} is not installed ({package})")


def exports():
    """The folder that the test's own program writes all exports to; removed at the end of the test."""
    folder = tempfile.TemporaryDirectory(prefix="dossier-interop-")
    subprocess.run([sys.argv[1], folder.name], check=True)
    return folder


def master(folder, name):
    with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def path(folder, name, ending):
    return os.path.join(folder, name + "." + ending)


def tied(graph):
    """The nodes that a drawing or a GraphML file has: those with an edge."""
    ends = {e["source"] for e in graph["edges"]} | {e["target"] for e in graph["edges"]}
    return {n["id"]: n for n in graph["nodes"] if n["id"] in ends}


def equal(got, wanted, what):
    if got != wanted:
        sys.exit(f"{what}: got {got!r}, wanted {wanted!r}")


def compare_edges(graph, got, what):
    """got: id -> (source, target, interaction, polarity, weight, quote) as a client read them."""
    quotes = {c["id"]: c["quote"] for c in graph["claims"]}
    equal(sorted(got), sorted(e["id"] for e in graph["edges"]), what + " edges")
    for e in graph["edges"]:
        source, target, interaction, polarity, weight, quote = got[e["id"]]
        equal((source, target, interaction, polarity, weight),
              (e["source"], e["target"], e["relation"], e["polarity"], float(e["weight"])), what + " " + e["id"])
        if quote not in [quotes[c] for c in e["claims"]]:
            sys.exit(f"{what} {e['id']}: its quote is none of its claims': {quote[:80]!r}")
