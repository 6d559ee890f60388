"""Graphviz draws the DOT without a word on standard error, every tie once, with the names as they are."""
import json
import re
import subprocess
import xml.etree.ElementTree as ET

from common import NAMES, equal, exports, master, need_program, path, tied

need_program("dot", "Debian: graphviz")


def draw(file, kind):
    done = subprocess.run(["dot", "-T" + kind, file], capture_output=True, check=True, timeout=120)
    equal(done.stderr.decode(), "", f"dot -T{kind} {file} complains")
    return done.stdout


folder = exports()
for name in NAMES:
    graph = master(folder.name, name)
    nodes = tied(graph)
    root = ET.fromstring(draw(path(folder.name, name, "dot"), "svg"))
    groups = [g.get("class") for g in root.iter("{http://www.w3.org/2000/svg}g")]
    equal(groups.count("node"), len(nodes), name + " nodes")
    equal(groups.count("edge"), len(graph["edges"]), name + " edges")
    if len(nodes) > 1000:
        continue
    drawing = json.loads(draw(path(folder.name, name, "dot"), "json"))
    for o in drawing.get("objects", []):
        words = re.sub(r"\s+", " ", re.sub("[\x00-\x1f\x7f]", " ", nodes[o["name"]]["label"])).strip()
        shown = o["label"].replace("\\n", " ").replace("\\\\", "\\").replace("&amp;", "&").replace('\\"', '"')
        equal(shown, words, f"{name} {o['name']} label")
    ids = [e["id"] for e in drawing.get("edges", [])]
    equal(sorted(ids), sorted(e["id"] for e in graph["edges"]), name + " edge ids")
