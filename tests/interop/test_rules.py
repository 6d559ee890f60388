"""The rules that make a file load everywhere (no client needed): what Cytoscape and Gephi trip over is checked here, as the one
does not run headless and the other's toolkit is seldom at hand (gephi/). And that the JSON's references hold."""
import re
import sys
import xml.etree.ElementTree as ET

from common import NAMES, equal, exports, master, path, tied

NS = "{http://graphml.graphdrawing.org/xmlns}"
RESERVED = {"type", "id", "source", "target", "key", "parent", "timeset", "suid", "selected", "shared name"}


def check(good, what):
    if not good:
        sys.exit(what)


def check_json(graph, name):
    lists = {k: [x["id"] for x in graph[k]] for k in ("documents", "nodes", "edges", "claims")}
    for key, ids in lists.items():
        equal(len(set(ids)), len(ids), f"{name} distinct ids of {key}")
    check(not set(lists["nodes"]) & set(lists["edges"]), f"{name}: an edge has a node's id")
    nodes, documents, claims = set(lists["nodes"]), set(lists["documents"]), {c["id"]: c for c in graph["claims"]}
    equal(lists["nodes"], sorted(lists["nodes"]), f"{name} order of nodes")
    for d in graph["documents"]:
        check(d["copy_of"] is None or d["copy_of"] in documents, f"{name}: {d['id']} copies what is not there")
    of_edge = {}
    for e in graph["edges"]:
        check({e["source"], e["target"], *e["speakers"]} <= nodes, f"{name}: {e['id']} dangles")
        for c in e["claims"]:
            claim = claims[c]
            check(c not in of_edge, f"{name}: {c} belongs to two edges")
            of_edge[c] = e["id"]
            equal((claim["relation"], claim["polarity"]), (e["relation"], e["polarity"]), c)
            ends = (claim["subject"], claim["object"])
            check(ends == (e["source"], e["target"]) or not e["directed"] and ends == (e["target"], e["source"]), c)
    equal(set(of_edge), set(claims), f"{name} claims with an edge")
    for c in graph["claims"]:
        check(c["document"] in documents and (c["attribution"] is None or c["attribution"] in nodes), c["id"])


def check_graphml(file, graph, name):
    raw = open(file, "rb").read()
    check(not raw.startswith(b"\xef\xbb\xbf"), f"{name}: byte order mark")
    raw.decode("utf-8")
    check(b"xmlns=" in b"\n".join(raw.split(b"\n")[:20]), f"{name}: namespace too far down")
    root = ET.fromstring(raw)
    keys = {k.get("id"): k.attrib for k in root.findall(NS + "key")}
    for domain in ("node", "edge"):
        names = [k["attr.name"] for k in keys.values() if k["for"] == domain]
        equal(len({n.lower() for n in names}), len(names), f"{name} {domain} attributes that differ by more than case")
        check(not {n.lower() for n in names} & RESERVED, f"{name}: reserved attribute name")
    equal(len({k.lower() for k in keys}), len(keys), f"{name} key ids")
    for k in keys.values():
        check(k["for"] in ("node", "edge") and k["attr.type"] in "boolean int long float double string".split(), str(k))
    for tag in ("desc", "default", "locator", "port", "hyperedge"):
        check(not root.findall(f".//{NS}{tag}"), f"{name}: <{tag}>")
    g = root.find(NS + "graph")
    equal([c.tag[len(NS):] for c in g], ["node"] * len(tied(graph)) + ["edge"] * len(graph["edges"]), f"{name} elements")
    ids = [c.get("id") for c in g]
    equal(len(set(ids)), len(ids), f"{name} ids over nodes and edges")
    names = []
    for c in g:
        check(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", c.get("id")), f"{name}: id {c.get('id')}")
        check(set(c.attrib) == ({"id"} if c.tag == NS + "node" else {"id", "source", "target"}), f"{name}: {c.attrib}")
        data = {keys[d.get("key")]["attr.name"]: d.text for d in c}
        domain = c.tag[len(NS):]
        for k in keys.values():
            if k["for"] == domain and k["attr.type"] != "string":
                check(data.get(k["attr.name"]), f"{name} {c.get('id')}: no {k['attr.name']}")
            if k["attr.name"] in data and k["attr.type"] == "double":
                check(re.fullmatch(r"-?\d+\.\d+", data[k["attr.name"]]), f"{name}: {data[k['attr.name']]}")
        if domain == "node":
            check(re.fullmatch(r"#[0-9a-f]{6}", data["color"]), f"{name}: color {data['color']}")
            equal(data["name"], data["label"], "name")
        else:
            names.append(data["name"])
            check(float(data["weight"]) > 0, f"{name}: weight")
            for day in ("date_start", "date_end"):
                check(day not in data or re.fullmatch(r"\d{4}-\d\d-\d\d", data[day]), f"{name}: {data.get(day)}")
            check(("date" in data) == ("date_start" in data) == ("date_end" in data), f"{name}: half a date")
    equal(len(set(names)), len(names), f"{name} edge names")


folder = exports()
for name in NAMES:
    graph = master(folder.name, name)
    check_json(graph, name)
    check_graphml(path(folder.name, name, "graphml"), graph, name)
