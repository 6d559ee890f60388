"""python-igraph reads the GraphML and has every tie of the JSON."""
from common import NAMES, compare_edges, equal, exports, master, need_module, path, tied

need_module("igraph", "Debian: python3-igraph")
import igraph  # noqa: E402

folder = exports()
for name in NAMES:
    graph = master(folder.name, name)
    g = igraph.Graph.Read_GraphML(path(folder.name, name, "graphml"))
    nodes = tied(graph)
    equal(g.is_directed(), True, name + " directed")
    equal(g.vcount(), len(nodes), name + " nodes")
    for v in g.vs:
        equal((v["label"], v["name"], v["kind"]), (nodes[v["id"]]["label"],) * 2 + (nodes[v["id"]]["kind"],), v["id"])
    if not g.ecount():
        equal(len(graph["edges"]), 0, name + " edges")
        continue
    got = {}
    for e in g.es:
        equal(e["id"], e["statement_id"], "XML id")
        got[e["statement_id"]] = (g.vs[e.source]["id"], g.vs[e.target]["id"], e["interaction"], e["polarity"], e["weight"],
                                  e["quote"])
    compare_edges(graph, got, name)
