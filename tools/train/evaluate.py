#!/usr/bin/env python3
"""Scores a model file with gold tokens, by the arithmetic that the C code uses.

    python3 tools/train/evaluate.py MODEL.safetensors --shared ../shared [--sets ewt-dev gum-dev names-dev ...]

Trees: a set is `<corpus>-<dev|test>` of the treebanks ewt and gum. Names: `names-dev` (worldwide articles left out of training),
`names-report` (those of gold/report.jsonl), `uner-dev`, `uner-test`. Development sets are for choosing, all others for reporting
only. The scorers are those of shared/eval; FEATS (the features kept) and the labels with subtypes are scored here.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import data
from reference import Reference

DEVELOPMENT = ["ewt-dev", "gum-dev", "names-dev"]
REPORT = ["ewt-test", "gum-test", "names-report", "uner-test"]


def run(script, gold, system):
    """The scorer's output."""
    done = subprocess.run([sys.executable, str(script), str(gold), str(system)], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"failed: {done.stderr}"


def rewrite_conllu(source, target, answers):
    """Copies a CoNLL-U file with tags, lemmas, features and trees replaced; `answers` goes sentence by sentence."""
    answers = iter(answers)
    number, answer = 0, None
    with open(source, encoding="utf-8") as read, open(target, "w", encoding="utf-8") as write:
        for line in read:
            col = line.rstrip("\n").split("\t")
            if col[0].isdigit():
                if number == 0:
                    answer = next(answers)
                col[2], col[3], col[4], col[5] = (answer[k][number] for k in ("lemma", "upos", "xpos", "feats"))
                col[6], col[7] = str(answer["heads"][number]), answer["rel"][number]
                line = "\t".join(col) + "\n"
                number += 1
            elif not line.strip():
                number = 0
            write.write(line)


def trees(model, path, scorer, folder):
    """Scores on a treebank section with its tokens."""
    gold = data.read_conllu(path)
    answers = model.analyse([s.words for s in gold])
    system = folder / path.name
    rewrite_conllu(path, system, answers)
    words = [(f, r, h, a["feats"][i], a["rel"][i], a["heads"][i])
             for s, a in zip(gold, answers) for i, (f, r, h) in enumerate(zip(s.feats, s.rel, s.head))]
    feats = 100 * sum(w[0] == w[3] for w in words) / len(words)
    full = 100 * sum(w[1] == w[4] and w[2] == w[5] for w in words) / len(words)
    return run(scorer, path, system) + f"feats      {feats:6.2f}\nLAS, with subtypes {full:6.2f}\n"


def bio(tags, kinds):
    """BIOES tags as BIO; kinds outside `kinds` become O."""
    return ["O" if t[2:] not in kinds else {"B": "B", "S": "B", "I": "I", "E": "I"}[t[0]] + t[1:] for t in tags]


def names(model, rows, scorer, folder, kinds):
    """Scores on names; rows: (words, BIO labels)."""
    rows = list(rows)
    answers = model.analyse([w for w, _ in rows])
    gold, system = folder / "gold.bio", folder / "system.bio"
    for path, labels in ((gold, [t for _, t in rows]), (system, [bio(a["names"], kinds) for a in answers])):
        text = "\n".join("".join(f"{w}\t{t}\n" for w, t in zip(words, tags)) for (words, _), tags in zip(rows, labels))
        path.write_text(text, encoding="utf-8")
    return run(scorer, gold, system)


def score(model, name, shared, folder):
    """The text of the scores of one set."""
    corpus, part = name.split("-")
    if corpus in ("ewt", "gum"):
        return trees(model, shared / "data" / "ud" / f"en_{name}.conllu", shared / "eval" / "conllu_eval.py", folder)
    if corpus == "names":
        rows, kinds = data.worldwide_rows(data.worldwide_files(shared)[part]), ("PER", "ORG", "LOC", "NORP", "FAC")
    else:                                   # UNER marks neither groups nor works
        lines = (shared / "data" / "ner" / f"uner_ewt-{part}.iob2").read_text(encoding="utf-8").split("\n")
        rows, kinds = data.column_sentences(lines, 1, 2, "\t"), ("PER", "ORG", "LOC", "FAC")
    return names(model, rows, shared / "eval" / "ner_eval.py", folder, kinds)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("model", type=Path)
    p.add_argument("--shared", type=Path, default=Path("../shared"))
    p.add_argument("--sets", nargs="+", default=DEVELOPMENT, help=f"default: {' '.join(DEVELOPMENT)}; report: {' '.join(REPORT)}")
    p.add_argument("--float", action="store_true", help="activations in float32 (what rounding them costs)")
    p.add_argument("--write", type=Path, help="keep the system's files in this folder")
    o = p.parse_args()
    model = Reference(o.model, not o.float)
    with tempfile.TemporaryDirectory() as temporary:
        folder = o.write or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name in o.sets:
            print(f"== {name}\n{score(model, name, o.shared, folder)}", flush=True)


if __name__ == "__main__":
    main()
