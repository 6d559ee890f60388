#!/usr/bin/env python3
"""How often each rule is right: writes schema/frames/measured.yaml, and shows how well confidence keeps its word.

usage: tools/frames/calibrate.py [--model FILE] [--extract FILE] [--write]

Learns from ../shared/gold/learn.jsonl alone. A rule's share is drawn towards the mean of all, as if it had been seen four times more.
--extract takes the output of `dossier extract` on that list instead of running it. --write replaces the file; without it only the table of
confidence against the share that was right is printed.
"""
import argparse
import collections
import json
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
import common  # noqa: E402

sys.path.insert(0, common.shared("eval"))
import score  # noqa: E402

PRIOR = 4


def judged(lines):
    """(rule, confidence, right) of every claim."""
    for line in lines:
        record = json.loads(line)
        name = os.path.splitext(os.path.basename(record["article"]["path"]))[0]
        gold = score.read_gold(common.shared("gold", "claims", name + ".json"))
        owner = {n: e for e, names in reversed(gold["entities"].items()) for n in names}
        ids = [next((owner[score.norm(n)] for n in [e["label"], *e["names"]] if score.norm(n) in owner), "?") for e in record["entities"]]
        for c in record["claims"]:
            triple = (ids[c["subject"]], c["relation"], ids[c["object"]], c["polarity"])
            yield c["rule"], c["confidence"], any(score.matches(triple, g, "strict") for g in gold["claims"])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model")
    ap.add_argument("--extract")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    listed = common.shared("gold", "learn.jsonl")
    common.need(listed)
    if args.extract:
        lines = open(args.extract, encoding="utf-8").read().splitlines()
    else:
        lines = common.run("extract", listed, *(["--model", args.model] if args.model else [])).splitlines()
    rules, bins = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0, 0.0])
    for rule, confidence, right in judged(lines):
        rules[rule][0] += right
        rules[rule][1] += 1
        b = bins[min(9, int(confidence * 10))]
        b[0] += right
        b[1] += 1
        b[2] += confidence
    total = sum(n for _, n in rules.values())
    mean = sum(r for r, _ in rules.values()) / max(1, total)
    gap = sum(abs(right - said) for right, _, said in bins.values()) / max(1, total)
    for i, (right, n, said) in sorted(bins.items()):
        print(f"confidence {said / n:.2f}: {right / n:.2f} right of {n}")
    print(f"{total} claims, {mean:.3f} right, mean gap {gap:.3f}")
    if not args.write:
        return
    with open(os.path.join(ROOT, "schema", "frames", "measured.yaml"), "w", encoding="utf-8") as out:
        out.write("# The share of each rule's claims that is right on the articles to learn from; written by tools/frames/calibrate.py.\n")
        out.write("measured:\n")
        for rule, (right, n) in sorted(rules.items()):
            if n >= 3:
                out.write(f"  {rule}: {(right + PRIOR * mean) / (n + PRIOR):.2f}\n")


main()
