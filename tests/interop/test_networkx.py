"""networkx reads the GraphML and has every tie of the JSON."""
from common import NAMES, compare_edges, equal, exports, master, need_module, path, tied

need_module("networkx", "Debian: python3-networkx")
import networkx  # noqa: E402

folder = exports()
for name in NAMES:
    graph = master(folder.name, name)
    g = networkx.read_graphml(path(folder.name, name, "graphml"), force_multigraph=True)
    nodes = tied(graph)
    equal(sorted(g.nodes), sorted(nodes), name + " nodes")
    for id, data in g.nodes(data=True):
        n = nodes[id]
        equal((data["label"], data["kind"], data["mentions"], data["degree"], data["pagerank"]),
              (n["label"], n["kind"], n["mentions"], n["degree"], n["pagerank"]), id)
        equal(data.get("aliases", ""), " | ".join(n["aliases"]), id)
    compare_edges(graph, {d["statement_id"]: (s, t, d["interaction"], d["polarity"], d["weight"], d["quote"])
                          for s, t, d in g.edges(data=True)}, name)
    for s, t, key in g.edges(keys=True):
        equal(g.edges[s, t, key]["statement_id"], key, "XML id")

# Our measures are those of the library that analysts would check them with.
graph = master(folder.name, "sample")
g = networkx.read_graphml(path(folder.name, "sample", "graphml"), force_multigraph=True)
simple = networkx.Graph()
simple.add_nodes_from(g.nodes)
for s, t, d in g.edges(data=True):
    if d["polarity"] == "affirmed":
        before = simple.edges[s, t]["weight"] if simple.has_edge(s, t) else 0
        simple.add_edge(s, t, weight=before + d["weight"])
close = networkx.harmonic_centrality(simple)
strength = dict(simple.degree(weight="weight"))
rank = {v: 1 / len(simple) for v in simple}  # networkx's own pagerank needs numpy
for _ in range(300):
    loose = sum(rank[v] for v in simple if not strength[v])
    rank = {v: (0.15 + 0.85 * loose) / len(simple) + 0.85 * sum(rank[u] * d["weight"] / strength[u] for u, d in simple[v].items())
            for v in simple}
for id, data in g.nodes(data=True):
    equal(data["degree"], simple.degree(id), id + " degree")
    equal(data["strength"], strength[id], id + " strength")
    equal(abs(data["pagerank"] - rank[id]) < 1e-5, True, f"{id} pagerank {data['pagerank']} {rank[id]}")
    equal(abs(data["closeness"] - close[id] / (len(g) - 1)) < 1e-5, True, f"{id} closeness")
