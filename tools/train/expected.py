#!/usr/bin/env python3
"""Writes what a model file answers to a few sentences, for other implementations to compare with.

    python3 tools/train/expected.py MODEL.safetensors EXPECTED.json
"""
import json
import sys

import numpy as np

from reference import Reference
from text import shapes

SENTENCES = """Iran 's intelligence minister , Esmail Khatib , told reporters on Friday that Tehran does n't support the Taliban .
The Quds Force was founded in 1988 .
" We will never recognize them , " said Zabihullah Mujahid , a spokesman .
KABUL ( Reuters )
U.S. President Joe Biden met Afghan officials at the White House in June 2021 .
Taliban Seizes Border Post After Clash With Iranian Guards
I ca n't believe he 'd been there .
Geneviève Côté-Ståhl visited São Tomé for the G7 / COP28 meetings ; it cost $ 1,200.50 ( 5 % ) .
北京 …
Mr. Al-Shabaab-linked militants killed 12 soldiers near the town of El-Wak , the army said .
Stop""".split("\n")


def round_list(a):
    return np.round(a.astype(float), 5).tolist()


def main():
    model = Reference(sys.argv[1])
    out = []
    for line in SENTENCES:
        words = line.split()
        vectors = model.encode([words])[0]
        s = model.scores([vectors])[0]
        out.append({"words": words, "shapes": shapes(words, model.wordpiece.char_class),
                    "pieces": [model.wordpiece.pieces(w) for w in words],
                    "cls_vector": round_list(vectors[0]), "last_word_vector": round_list(vectors[-1]),
                    "scores": {k: round_list(s[k]) for k in ("upos", "xpos", "feats", "names", "arc", "rel")},
                    "lemma_best": [model.labels["lemma"][j] for j in s["lemma"].argmax(1)],
                    "decoded": model.decode(words, s)})
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        json.dump({"model": sys.argv[1].rsplit("/", 1)[-1], "sentences": out}, f, ensure_ascii=False)


if __name__ == "__main__":
    main()
