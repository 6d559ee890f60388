#!/usr/bin/env python3
"""Learns src/text/weights.h, the weights that decide where sentences end.

usage: tools/text/train.py [SHARED]

SHARED (default ../shared) holds data/ud and voa. Learns from EWT train and GUM train, each as running paragraphs, and from
the Voice of America stories but every third file, which is kept for tests/bench/tokens. Deterministic. Needs a C
compiler and the standard library.
"""
import glob
import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# Genres of GUM whose licence forbids commercial use: what ships is not learned from them.
NOT_FREE = ("GUM_letter_", "GUM_essay_", "GUM_podcast_")


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def conllu_paragraphs(path):
    """[[sentence text]]; a sentence that the next one follows without a blank ends with NUL."""
    paragraphs, new, text, glued, usable = [], True, None, False, True
    for line in open_text(path):
        if line.startswith("# newdoc"):
            usable = not any(genre in line for genre in NOT_FREE)
        if not usable:
            continue
        if line.startswith(("# newpar", "# newdoc")):
            new = True
        elif line.startswith("# text = "):
            text = line[9:].rstrip("\n")
        elif line == "\n":
            if new:
                paragraphs.append([])
            paragraphs[-1].append(text.strip() + ("\0" if glued else ""))
            new = False
        elif line[0] != "#" and "." not in line.split("\t")[0]:
            glued = "SpaceAfter=No" in line.split("\t")[9]
    return paragraphs


def story_paragraphs(path):
    return [block.split("\n") for block in open_text(path).read().strip().split("\n\n")]


def write(paragraphs, base):
    text, ends = bytearray(), []
    for paragraph in paragraphs:
        for sentence in paragraph:
            glued = sentence.endswith("\0")
            text += sentence.rstrip("\0").strip().encode()
            ends.append(len(text))
            if not glued:
                text += b" "
        text += b"\n\n"
    with open(base + ".txt", "wb") as out:
        out.write(text)
    with open(base + ".ends", "w") as out:
        out.write("\n".join(map(str, ends)) + "\n")
    return [base + ".txt", base + ".ends"]


def main():
    shared = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "..", "shared")
    with open(os.path.join(shared, "gold", "report.jsonl"), encoding="utf-8") as lines:
        reported = {os.path.basename(json.loads(line)["path"]) for line in lines}
    stories = sorted(p for p in glob.glob(os.path.join(shared, "voa", "*")) if os.path.basename(p) not in reported)
    with tempfile.TemporaryDirectory() as work:
        pairs = []
        for name in ("ewt", "gum"):
            path = os.path.join(shared, "data", "ud", f"en_{name}-train.conllu.gz")
            pairs += write(conllu_paragraphs(path), os.path.join(work, name))
        news = [p for i, path in enumerate(stories) if i % 3 for p in story_paragraphs(path)]
        pairs += write(news, os.path.join(work, "voa"))
        program = os.path.join(work, "learn")
        sources = [os.path.join(HERE, "learn.c")]
        sources += [os.path.join(ROOT, "src", "text", f) for f in
                    ("lex.c", "lines.c", "token.c", "special.c", "contract.c", "lexicon.c", "boundary.c")]
        sources += [os.path.join(ROOT, "src", "base", f) for f in
                    ("arena.c", "buf.c", "cp.c", "error.c", "file.c", "str.c", "utf8.c", "vec.c")]
        subprocess.run([os.environ.get("CC", "cc"), "-std=gnu17", "-O2", "-ffp-contract=off", "-D_GNU_SOURCE",
                        '-DDS_SOURCE_DIR=""', '-DDS_INSTALL_DIR=""', "-I" + os.path.join(ROOT, "include"),
                        "-I" + os.path.join(ROOT, "src"), *sources, "-o", program, "-lm"], check=True)
        weights = subprocess.run([program, *pairs], check=True, stdout=subprocess.PIPE).stdout
    with open(os.path.join(ROOT, "src", "text", "weights.h"), "wb") as out:
        out.write(weights)


main()
