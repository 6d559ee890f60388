"""The JSON is valid by schema/graph.schema.json, and the schema is strict: it refuses what the contract forbids."""
import copy
import json
import os
import sys

from common import NAMES, exports, master, need_module

need_module("jsonschema", "Debian: python3-jsonschema")
import jsonschema  # noqa: E402

with open(os.path.join(os.environ["DOSSIER_TEST_ROOT"], "schema", "graph.schema.json"), encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
folder = exports()
for name in NAMES:
    validator.validate(master(folder.name, name))


def refuses(what, change):
    graph = copy.deepcopy(master(folder.name, "sample"))
    change(graph)
    if validator.is_valid(graph):
        sys.exit("the schema lets pass: " + what)


refuses("an unknown member", lambda g: g.update(more=1))
refuses("an edge without a claim", lambda g: g["edges"][0].update(claims=[]))
refuses("an edge without weight", lambda g: g["edges"][0].update(weight=0))
refuses("a polarity of its own", lambda g: g["claims"][0].update(polarity="maybe"))
refuses("a missing quote", lambda g: g["claims"][0].pop("quote"))
refuses("an empty quote", lambda g: g["claims"][0].update(quote=""))
refuses("a date that is none", lambda g: g["claims"][0].update(date="last month"))
refuses("an impossible month", lambda g: g["edges"][0].update(first="2023-13"))
refuses("a node id with a blank", lambda g: g["nodes"][0].update(id="a b"))
refuses("a confidence above 1", lambda g: g["claims"][0].update(confidence=1.5))
refuses("an empty title", lambda g: g["documents"][0].update(title=""))
refuses("a hash that is none", lambda g: g["documents"][0].update(sha256="abc"))
