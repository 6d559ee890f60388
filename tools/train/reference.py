"""The model file's arithmetic in numpy: what the C code computes, and what all scores are measured with.

Products of int8 and 0..127 are exact (float32 sums of integers below 2^24, cut in parts of 768). The rest is float32; the
C code may differ from it in the last digits, as its sums run in another order.
"""
import json

import numpy as np
from safetensors import safe_open

import decode
from lemma import apply
from text import Wordpiece, shapes

MAX_PIECES = 512


def gelu(x):
    """x * sigmoid(2 * sqrt(2/pi) * (x + 0.044715 x^3))"""
    return x / (1 + np.exp(np.float32(-1.5957691216057308) * (x + np.float32(0.044715) * x * x * x)))


class Reference:
    """A model file, ready to analyse sentences given as lists of words."""

    def __init__(self, path, quantised_activations=True):
        self.quantised = quantised_activations
        with safe_open(str(path), "np") as f:
            self.meta = f.metadata()
            self.t = {k: f.get_tensor(k) for k in f.keys()}
        self.config = json.loads(self.meta["config"])
        self.wordpiece = Wordpiece(self.meta["vocabulary"].split("\n"))
        self.labels = {k[7:]: v.split("\n") for k, v in self.meta.items() if k.startswith("labels.")}
        self.follow = decode.allowed(self.labels["names"])
        self.float_weight = {k[:-7]: v.astype(np.float32) for k, v in self.t.items() if v.dtype == np.int8 and k != "embed.word.weight"}
        self.sums = {k: w.sum(1).astype(np.float64) for k, w in self.float_weight.items()}

    def linear(self, x, name):
        """A layer's product: activations rounded to 0..127 a row, weights int8 a row, sums exact."""
        w, scale, bias = self.float_weight[name], self.t[name + ".scale"], self.t[name + ".bias"]
        if not self.quantised:
            return (x @ w.T) * scale + bias
        low, high = np.minimum(x.min(1), 0), np.maximum(x.max(1), 0)
        span = np.where(high > low, high - low, np.float32(127))
        inverse = np.float32(127) / span
        step = span / np.float32(127)
        zero = np.rint(-low * inverse)
        q = np.clip(np.rint(x * inverse[:, None]) + zero[:, None], 0, 127).astype(np.float32)
        total = -zero[:, None].astype(np.float64) * self.sums[name][None]
        for at in range(0, w.shape[1], 768):
            total += q[:, at:at + 768] @ w[:, at:at + 768].T
        return total.astype(np.float32) * (step[:, None] * scale[None]) + bias

    def norm(self, x, name):
        mean = x.mean(1, keepdims=True)
        x = x - mean
        variance = (x * x).mean(1, keepdims=True)
        return x / np.sqrt(variance + np.float32(self.config["eps"])) * self.t[name + ".weight"] + self.t[name + ".bias"]

    def encode(self, sentences):
        """[1 + words, hidden] for each sentence: the vectors of [CLS] and of each word's first piece."""
        pieces, forms, place, spans, firsts = [], [], [], [], []
        for words in sentences:
            start, first = len(pieces), [len(pieces)]
            pieces.append(self.wordpiece.cls)
            forms.append(0)
            for word, form in zip(words, shapes(words, self.wordpiece.char_class)):
                first.append(len(pieces))
                ids = self.wordpiece.pieces(word)
                pieces += ids
                forms += [form] * len(ids)
            pieces.append(self.wordpiece.sep)
            forms.append(0)
            if len(pieces) - start > MAX_PIECES:
                raise ValueError("sentence too long: " + " ".join(words)[:80])
            place += range(len(pieces) - start)
            spans.append((start, len(pieces)))
            firsts.append(first)
        word = self.t["embed.word.weight"][pieces].astype(np.float32) * self.t["embed.word.scale"][pieces][:, None]
        x = self.norm((word + self.t["embed.position.weight"][place]) + self.t["embed.shape.weight"][forms], "embed.norm")
        for i in range(self.config["layers"]):
            x = self.layer(x, f"layer.{i}.", spans)
        return [x[f] for f in firsts]

    def layer(self, x, name, spans):
        heads, hidden = self.config["heads"], self.config["hidden"]
        width = hidden // heads
        qkv = self.linear(x, name + "qkv")
        mixed = np.empty_like(x)
        for a, b in spans:
            q, k, v = (qkv[a:b, j * hidden:(j + 1) * hidden].reshape(b - a, heads, width).transpose(1, 0, 2) for j in range(3))
            score = (q @ k.transpose(0, 2, 1)) * np.float32(width ** -0.5)
            score = np.exp(score - score.max(2, keepdims=True))
            score /= score.sum(2, keepdims=True)
            mixed[a:b] = (score @ v).transpose(1, 0, 2).reshape(b - a, hidden)
        x = self.norm(x + self.linear(mixed, name + "out"), name + "norm1")
        return self.norm(x + self.linear(gelu(self.linear(x, name + "ffn1")), name + "ffn2"), name + "norm2")

    def scores(self, vectors):
        """Raw scores of every head, one dict a sentence. vectors: what `encode` returned."""
        x = np.concatenate(vectors)
        cuts = np.cumsum([len(v) for v in vectors])[:-1]

        def cut(y):
            return np.split(y, cuts)
        tags = {k: cut(self.linear(x, f"head.{k}.out")) for k in ("upos", "xpos", "feats", "lemma", "names")}
        arc_dep, arc_head, rel_dep, rel_head = (gelu(self.linear(x, f"head.tree.{k}")) for k in
                                                ("arc_dep", "arc_head", "rel_dep", "rel_head"))
        arc_dep, arc_head, rel_head = cut(self.linear(arc_dep, "head.tree.arc_pair")), cut(arc_head), cut(rel_head)
        pair, single = cut(self.linear(rel_dep, "head.tree.rel_pair")), cut(self.linear(rel_dep, "head.tree.rel_single"))
        out = []
        for i in range(len(vectors)):
            s = {k: v[i][1:] for k, v in tags.items()}
            s["arc"] = arc_dep[i] @ arc_head[i].T
            s["heads"] = decode.tree(s["arc"])
            pairs = pair[i][1:].reshape(len(s["heads"]), -1, rel_head[i].shape[1])
            s["rel"] = (pairs @ rel_head[i][s["heads"]][:, :, None])[:, :, 0] + single[i][1:]
            out.append(s)
        return out

    def analyse(self, sentences, batch=64):
        """One dict a sentence: upos, xpos, feats, lemma, heads, rel, names (lists over its words)."""
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        out = [None] * len(sentences)
        for at in range(0, len(order), batch):
            part = order[at:at + batch]
            for i, s in zip(part, self.scores(self.encode([sentences[j] for j in part]))):
                out[i] = self.decode(sentences[i], s)
        return out

    def decode(self, words, s):
        """Labels from scores."""
        out = {k: [self.labels[k][j] for j in s[k].argmax(1)] for k in ("upos", "xpos", "feats")}
        out["lemma"] = [apply(self.labels["lemma"][j], w) for w, j in zip(words, s["lemma"].argmax(1))]
        out["heads"] = [int(h) for h in s["heads"]]
        out["rel"] = [self.labels["rel"][j] if h else "root" for j, h in zip(s["rel"].argmax(1), out["heads"])]
        out["names"] = [self.labels["names"][j] for j in decode.viterbi(s["names"], *self.follow)]
        return out
