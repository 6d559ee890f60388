#!/usr/bin/env python3
"""Checks the parts that need no weights: python3 tools/train/selfcheck.py"""
import itertools

import numpy as np

import data
import decode
from lemma import apply, script
from text import MARK, SHAPES, Wordpiece, char_class, class_table, fold_char, fold_table, shapes


def best_tree_by_trying(scores):
    """The best single-root tree among all."""
    best, n = None, len(scores) - 1
    for heads in itertools.product(range(n + 1), repeat=n):
        if heads.count(0) == 1 and all(h != i + 1 for i, h in enumerate(heads)) and not decode.find_cycle([0, *heads]):
            value = sum(scores[i + 1, h] for i, h in enumerate(heads))
            best = max(best, (value, heads)) if best else (value, heads)
    return best[1]


def check_trees(rng):
    for n in (1, 2, 3, 4, 5):
        for _ in range(50):
            scores = rng.normal(size=(n + 1, n + 1))
            assert tuple(decode.tree(scores).tolist()) == best_tree_by_trying(scores)


def check_names(rng):
    follows, starts, ends = decode.allowed(data.TAGS)
    for n in (1, 2, 7):
        tags = decode.viterbi(rng.normal(size=(n, len(data.TAGS))), follows, starts, ends)
        assert starts[tags[0]] and ends[tags[-1]] and all(follows[a, b] for a, b in zip(tags, tags[1:]))
    assert data.bio_spans(["B-x", "I-x", "I-y", "O", "I-y"]) == [(0, 2, "x"), (2, 3, "y"), (4, 5, "y")]


def check_lemmas():
    for form, lemma, rule in (("going", "go", "l-3+"), ("making", "make", "l-3+e"), ("Iran", "Iran", "k-0+"), ("was", "be", "l=be"),
                              ("IRAN", "Iran", "t-0+"), ("The", "the", "l-0+"), ("Guards", "Guard", "k-1+")):
        assert script(form, lemma) == rule and apply(rule, form) == lemma, (form, script(form, lemma))
    assert apply("l-3+y", "Is") == "is"


def check_text():
    starts, classes = class_table()
    for code in list(range(0, 0x3000, 7)) + [0x4E2D, 0x1F600, 0x10FFFF]:
        assert classes[np.searchsorted(starts, code, "right") - 1] == char_class(code)
    table = dict(zip(*fold_table()))
    for code in range(0x20, 0x2000):
        if char_class(code) != MARK:
            assert "".join(map(chr, filter(None, table.get(code, [code])))) == fold_char(chr(code))
    names = [SHAPES[s] for s in shapes("“ Iran 's IRGC hit McCain ( G7 ) I 12.5 , Iraq U.S. 北京".split(), lambda c: char_class(ord(c)))]
    assert names == ["symbol", "capital-first", "lower", "caps", "lower", "mixed", "symbol", "alnum", "symbol", "initial", "number",
                     "symbol", "capital", "caps", "lower"], names
    pieces = Wordpiece(["[CLS]", "[SEP]", "[UNK]", "cote", "d", "'", "##s", "u", "."])
    assert [pieces.vocabulary[i] for i in pieces.pieces("Côtes")] == ["cote", "##s"]
    assert [pieces.vocabulary[i] for i in pieces.pieces("U.d'x")] == ["u", ".", "d", "'", "[UNK]"]
    assert pieces.pieces("\u200b") == [pieces.unk]


def main():
    rng = np.random.default_rng(0)
    check_trees(rng)
    check_names(rng)
    check_lemmas()
    check_text()
    print("all well")


if __name__ == "__main__":
    main()
