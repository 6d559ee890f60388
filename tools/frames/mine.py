#!/usr/bin/env python3
"""Which words and places the marked articles use for a relation that no frame finds yet.

usage: tools/frames/mine.py [--relation NAME] [--fewest N] [--model FILE]

Reads ../shared/gold/learn.jsonl (never report.jsonl). For each relation it lists predicate, place of the subject, place of the object: how many
core claims it would newly find, and how many of all pairs in these places are right. Many articles must agree before a word becomes
a frame; read the sentences (`dossier annotate`) before adding it.
"""
import argparse
import collections
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "bench"))
import common  # noqa: E402

sys.path.insert(0, common.shared("eval"))
import score  # noqa: E402


def gold_ids(a, gold):
    owner = {name: entity for entity, names in gold["entities"].items() for name in names}
    out = []
    for e in a["entities"]:
        out.append(next((owner[score.norm(n)] for n in [e["label"], *e["names"]] if score.norm(n) in owner), None))
    return out


def pairs(a, ids):
    """(lemma, place, place, subject, object) of every two arguments that name marked actors."""
    entity_at = {m["head"]: ids[m["entity"]] for m in a["mentions"] if m["entity"] is not None}
    seen = set()
    for p in a["propositions"]:
        named = [(x["role"], entity_at[x["head"]]) for x in p["arguments"] if entity_at.get(x["head"])]
        for place, subject in named:
            for other, object_ in named:
                key = (p["lemma"], place, other, subject, object_)
                if subject != object_ and key not in seen:
                    seen.add(key)
                    yield key


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--relation")
    ap.add_argument("--fewest", type=int, default=2)
    ap.add_argument("--model")
    args = ap.parse_args()
    listed = common.shared("gold", "learn.jsonl")
    common.need(listed)
    new, right, all_pairs = collections.Counter(), collections.Counter(), collections.Counter()
    for line in open(listed, encoding="utf-8"):
        path = os.path.normpath(os.path.join(os.path.dirname(listed), json.loads(line)["path"]))
        gold = score.read_gold(common.shared("gold", "claims", os.path.splitext(os.path.basename(path))[0] + ".json"))
        a = json.loads(common.run("annotate", path, "--format", "json", *(["--model", args.model] if args.model else [])))
        ids = gold_ids(a, gold)
        made = {(ids[c["subject"]], c["relation"], ids[c["object"]], c["polarity"]) for c in a["claims"]}
        for lemma, place, other, subject, object_ in pairs(a, ids):
            all_pairs[lemma, place, other] += 1
            for c in gold["claims"]:
                if subject not in c["subject"] or object_ not in c["object"]:
                    continue
                met = any(score.matches(t, c, "strict") for t in made)
                for relation in c["relation"]:
                    right[relation, lemma, place, other] += 1
                    new[relation, lemma, place, other] += c["core"] and not met
    for key, n in sorted(new.items(), key=lambda kv: (kv[0][0], -kv[1], kv[0])):
        if n >= args.fewest and args.relation in (None, key[0]):
            print(f"{key[0]:18} {key[1]:16} {key[2]} -> {key[3]}: {n} new, {right[key]} of {all_pairs[key[1:]]} right")


main()
