"""Gephi imports the GraphML without a warning: every value arrives when edges are not merged; merged, as its dialog proposes, one
edge a pair of actors is left, with the sum of the weights.

usage: test_gephi.py WRITE_EXPORTS [GRAPHML...]     further files have their JSON export beside them

What Gephi changes, and only that: it scales sizes to 4..100, and in texts other than labels it writes Infinity for INF and takes
the text null for none."""
import collections
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

from common import NAMES, compare_edges, equal, exports, master, need_program, path, skip

NS = "{http://graphml.graphdrawing.org/xmlns}"
READ = {"int": int, "double": float, "boolean": "true".__eq__, "string": str}
COLUMN = {"int": "Integer", "double": "Double", "boolean": "Boolean", "string": "String"}
TITLE = {"label": "Label", "weight": "Weight"}
DRAWN = {"color", "size"}  # no columns in Gephi: it takes them for the drawing
PARALLEL = [["INFO", "Parallel edges detected, remember to choose a merge strategy"]]


def as_gephi_reads(text):
    return None if text == "null" else text.replace("INF", "Infinity")


def imported(files):
    out = path(folder.name, "gephi", "jsonl")
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "GephiImport.java")
    subprocess.run(["java", "-Djava.awt.headless=true", "-Xmx1g", "-XX:+UseSerialGC", "-cp", toolkit, program, out, *files],
                   check=True)
    with open(out, encoding="utf-8") as lines:
        return {(r["file"], r["strategy"]): r for r in map(json.loads, lines)}


def wanted(root):
    """Element id -> attribute name -> value as it has to arrive; and the columns of nodes and of edges."""
    keys = {k.get("id"): k.attrib for k in root.findall(NS + "key")}
    columns = {domain: {TITLE.get(k["attr.name"], k["attr.name"]): COLUMN[k["attr.type"]] for k in keys.values()
                        if k["for"] == domain and k["attr.name"] not in DRAWN} for domain in ("node", "edge")}
    values = {}
    for element in root.find(NS + "graph"):
        values[element.get("id")] = data = {"Id": element.get("id")}
        for d in element:
            name, kind = keys[d.get("key")]["attr.name"], keys[d.get("key")]["attr.type"]
            value = READ[kind](d.text)
            data[TITLE.get(name, name)] = as_gephi_reads(value) if kind == "string" and name not in TITLE else value
    return values, columns


def check_drawing(nodes, values, what):
    for n in nodes:
        equal(n["drawn color"], values[n["Id"]]["color"], f"{what} {n['Id']} color")
    drawn = sorted((values[n["Id"]]["size"], n["drawn size"]) for n in nodes)
    equal([d for _, d in drawn], sorted(d for _, d in drawn), what + " order of sizes")


def check_unmerged(graph, result, values, what):
    got = result["nodes"] + result["edges"]
    equal(sorted(g["Id"] for g in got), sorted(values), what + " ids")
    for g in got:
        for name, value in values[g["Id"]].items():
            if name not in DRAWN:
                equal(g.get(name), value, f"{what} {g['Id']} {name}")
    check_drawing(result["nodes"], values, what)
    for c in graph["claims"]:
        c["quote"] = as_gephi_reads(c["quote"])
    edges = {g["Id"]: g for g in result["edges"]}
    compare_edges(graph, {id: (g["source"], g["target"], g["interaction"], g["polarity"], g["Weight"], g.get("quote"))
                          for id, g in edges.items()}, what)
    for e in graph["edges"]:
        g = edges[e["id"]]
        equal((g["directed"], g["statement_id"]), (True, e["id"]), what + " " + e["id"])
        equal(g.get("date", "").split("/")[0], (e["first"] or "").split("/")[0], f"{what} {e['id']} date")


def check_merged(graph, result, what):
    weights = collections.Counter()
    for e in graph["edges"]:
        weights[e["source"], e["target"]] += e["weight"]
    equal({(g["source"], g["target"]): g["Weight"] for g in result["edges"]}, weights, what + " merged")
    equal(len(result["edges"]), len(weights), what + " merged edges")


toolkit = os.environ.get("GEPHI_TOOLKIT", "")
if not os.path.exists(toolkit):
    skip("$GEPHI_TOOLKIT names no gephi-toolkit jar (tests/interop/gephi/README.md)")
need_program("javac", "Debian: openjdk-17-jdk-headless")
folder = exports()
files = [path(folder.name, name, "graphml") for name in NAMES] + sys.argv[2:]
results = imported(files)
for file in files:
    name = os.path.basename(file)
    graph = master(os.path.dirname(file), name[:-len(".graphml")])
    values, columns = wanted(ET.parse(file).getroot())
    for strategy in ("NO_MERGE", "SUM"):
        result = results[file, strategy]
        issues = PARALLEL if len({(e["source"], e["target"]) for e in graph["edges"]}) < len(graph["edges"]) else []
        equal((result["valid"], result["issues"]), (True, issues), f"{name} {strategy}")
        for domain in ("node", "edge"):
            got = result[domain + " columns"]
            equal({c: got.get(c) for c in columns[domain]}, columns[domain], f"{name} {domain} columns")
    check_unmerged(graph, results[file, "NO_MERGE"], values, name)
    check_merged(graph, results[file, "SUM"], name)
    print(f"{name}: {len(results[file, 'NO_MERGE']['nodes'])} nodes, {len(graph['edges'])} edges, "
          f"{len(results[file, 'SUM']['edges'])} if merged; {sum(map(len, values.values())) - len(values)} values")
