#!/usr/bin/env python3
"""What the command writes is what schema/*.schema.json says: annotation, extract lines, graph.

usage: schemas.py DOSSIER ROOT
Exit status 77 (skipped) without python3-jsonschema or without a trained model.
"""
import json
import os
import subprocess
import sys
import tempfile


def main():
    dossier, root = sys.argv[1:3]
    try:
        import jsonschema
    except ImportError:
        print("skipped: python3-jsonschema is not installed")
        sys.exit(77)
    if not os.path.exists(os.path.join(os.environ.get("DOSSIER_DATA", root), "models", "english.safetensors")):
        print("skipped: there is no trained model (models/english.safetensors)")
        sys.exit(77)

    def run(*arguments):
        return subprocess.run([dossier, *arguments], capture_output=True, text=True, check=True).stdout

    def check(name, values):
        schema = json.load(open(os.path.join(root, "schema", name), encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(schema)
        faults = [f"{name}: {'/'.join(map(str, e.path))}: {e.message[:200]}" for v in values for e in validator.iter_errors(v)]
        print("\n".join(faults[:10]) or f"{name}: {len(values)} valid")
        return not faults

    articles = os.path.join(root, "examples", "articles")
    good = check("annotation.schema.json", [json.loads(run("annotate", "--format", "json", os.path.join(articles, n)))
                                            for n in ("arms-2019.txt", "embassy-2024.html")])
    good &= check("extract.schema.json", [json.loads(line) for line in run("extract", articles).splitlines()])
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "s.db")
        run("build", articles, "-d", store)
        good &= check("graph.schema.json", [json.loads(run("export", "json", "-d", store))])
    sys.exit(0 if good else 1)


main()
