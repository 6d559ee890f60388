#!/usr/bin/env python3
"""spaCy's small English pipeline over articles: the peer of tests/bench/speed.

usage: spacy_small.py FILE...      |      spacy_small.py --which

Where the package en_core_web_sm is installed, that is used (tagger, parser, names; the lemmatizer left out). Else the same
architecture with untrained weights, built here from its published configuration: the same layers and the same number of steps of
the parser a word, so the same speed within a few percent, and worthless answers. --which says which of the two it is.
"""
import sys

import spacy

EMBED = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False,
         "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"], "rows": [5000, 1000, 2500, 2500, 50, 50]}
ENCODE = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3}
TOK2VEC = {"@architectures": "spacy.Tok2Vec.v2", "embed": EMBED, "encode": ENCODE}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def transitions(kind, tok2vec):
    return {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": False,
                      "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": tok2vec}}


def untrained():
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    parser = nlp.add_pipe("parser", config=transitions("parser", LISTENER))
    names = nlp.add_pipe("ner", config=transitions("ner", TOK2VEC))
    for pipe, count in ((tagger, 49), (parser, 45), (names, 18)):
        for i in range(count):
            pipe.add_label(f"L{i}")
    nlp.initialize()
    return nlp


def load():
    try:
        return spacy.load("en_core_web_sm", exclude=["lemmatizer"]), "en_core_web_sm"
    except OSError:
        return untrained(), "its architecture, untrained"


def main():
    nlp, which = load()
    if "--which" in sys.argv:
        print(f"spaCy {spacy.__version__}, {which}")
        return
    texts = (open(path, encoding="utf-8", errors="replace").read() for path in sys.argv[1:])
    for doc in nlp.pipe(texts):
        [(t.tag_, t.dep_) for t in doc], [(e.text, e.label_) for e in doc.ents]


main()
