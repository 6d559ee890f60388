"""The tasks that share the encoder. A new task is a class here with the four parts of Task, and a line in `build`."""
from collections import Counter

import torch
import torch.nn.functional as F
from torch import nn

from data import TAGS
from lemma import script
from model import gelu

IGNORE = -100


def frequent(values, least):
    """Labels that occur at least so often, the most frequent first."""
    count = Counter(values)
    return sorted((v for v in count if count[v] >= least), key=lambda v: (-count[v], v))


class Task(nn.Module):
    """A head. Its nn.Linear parts are exported as `head.<name>.<part>`, its label lists as metadata `labels.<list>`."""

    name, weight = None, 1.0

    def label_lists(self):
        """{list name: labels} for the model file."""
        return {}

    def encode(self, sentence):
        """The sentence's targets as tensors over its words, or None if the corpus has none for this task."""
        raise NotImplementedError

    def loss(self, vectors, lengths, targets):
        """Mean loss. vectors: [sentences, 1 + words, hidden], [CLS] first; targets: the encoded sentences, in order."""
        raise NotImplementedError


def joined(vectors, lengths):
    """The vectors of all words of all sentences in one matrix."""
    return torch.cat([v[1:n + 1] for v, n in zip(vectors, lengths)])


class TokenTask(Task):
    """One label a word, from one softmax."""

    def __init__(self, name, labels, hidden, value, weight, dropout):
        super().__init__()
        self.name, self.labels, self.value, self.weight, self.dropout = name, labels, value, weight, dropout
        self.index = {v: i for i, v in enumerate(labels)}
        self.out = nn.Linear(hidden, len(labels))

    def label_lists(self):
        return {self.name: self.labels}

    def encode(self, sentence):
        values = self.value(sentence)
        return None if values is None else torch.tensor([self.index.get(v, IGNORE) for v in values])

    def loss(self, vectors, lengths, targets):
        x = F.dropout(joined(vectors, lengths), self.dropout, self.training)
        return F.cross_entropy(self.out(x), torch.cat(targets), ignore_index=IGNORE)


class NameTask(Task):
    """BIOES tags where a word's target is a set: the loss is minus the log of the probability of the whole set."""

    name = "names"

    def __init__(self, hidden, weight, dropout):
        super().__init__()
        self.weight, self.dropout = weight, dropout
        self.out = nn.Linear(hidden, len(TAGS))

    def label_lists(self):
        return {self.name: TAGS}

    def encode(self, sentence):
        if sentence.tags is None:
            return None
        bits = torch.tensor(sentence.tags)
        return (bits[:, None] >> torch.arange(len(TAGS))) & 1 == 1

    def loss(self, vectors, lengths, targets):
        x = F.dropout(joined(vectors, lengths), self.dropout, self.training)
        scores = self.out(x)
        right = scores.masked_fill(~torch.cat(targets), float("-inf"))
        return (scores.logsumexp(1) - right.logsumexp(1)).mean()


class TreeTask(Task):
    """Biaffine dependency parser: heads by softmax over the words and [CLS] (the root), labels of the gold arcs."""

    name = "tree"

    def __init__(self, labels, hidden, arc, rel, weight, dropout):
        super().__init__()
        self.labels, self.width, self.weight, self.dropout = labels, rel, weight, dropout
        self.index = {v: i for i, v in enumerate(labels)}
        self.arc_dep, self.arc_head = nn.Linear(hidden, arc), nn.Linear(hidden, arc)
        self.rel_dep, self.rel_head = nn.Linear(hidden, rel), nn.Linear(hidden, rel)
        self.arc_pair = nn.Linear(arc, arc)
        self.rel_pair = nn.Linear(rel, len(labels) * rel)
        self.rel_single = nn.Linear(rel, len(labels))
        for pair, width in ((self.arc_pair, arc), (self.rel_pair, rel)):
            nn.init.normal_(pair.weight, std=width ** -0.75)
            nn.init.zeros_(pair.bias)

    def label_lists(self):
        return {"rel": self.labels}

    def encode(self, sentence):
        if sentence.head is None:
            return None
        rels = [self.index.get(r, IGNORE) if h else IGNORE for r, h in zip(sentence.rel, sentence.head)]
        return torch.tensor([sentence.head, rels])

    def loss(self, vectors, lengths, targets):
        def drop(x):
            return F.dropout(x, self.dropout, self.training)
        x = drop(vectors)
        b, n, _ = x.shape
        valid = torch.arange(n)[None] <= torch.tensor(lengths)[:, None]
        heads, rels = torch.zeros(b, n, dtype=torch.long), torch.full((b, n), IGNORE)
        for i, (t, length) in enumerate(zip(targets, lengths)):
            heads[i, 1:length + 1], rels[i, 1:length + 1] = t[0], t[1]
        dep, head = drop(gelu(self.arc_dep(x))), drop(gelu(self.arc_head(x)))
        scores = self.arc_pair(dep) @ head.transpose(1, 2)
        scores = scores.masked_fill(~valid[:, None, :] | torch.eye(n, dtype=torch.bool)[None], float("-inf"))
        word = valid.clone()
        word[:, 0] = False
        arc_loss = F.cross_entropy(scores[word], heads[word])
        chosen = word & (rels != IGNORE)
        row = torch.arange(b)[:, None].expand(b, n)[chosen]
        dep = drop(gelu(self.rel_dep(x[chosen])))
        head = drop(gelu(self.rel_head(x[row, heads[chosen]])))
        labels = torch.einsum("nlw,nw->nl", self.rel_pair(dep).view(-1, len(self.labels), self.width), head) + self.rel_single(dep)
        return arc_loss + F.cross_entropy(labels, rels[chosen])


def build(sources, hidden, arc=256, rel=64, dropout=0.2):
    """All tasks, with label lists taken from the training data."""
    trees = sources["trees"]

    def values(get, least):
        return frequent((v for s in trees for v in get(s)), least)

    def scripts(s):
        return None if s.lemma is None else [None if m == "_" and f != "_" else script(f, m) for f, m in zip(s.words, s.lemma)]

    layers = {"upos": (lambda s: s.upos, 1, 0.5), "xpos": (lambda s: s.xpos, 2, 0.5), "feats": (lambda s: s.feats, 2, 0.5)}
    tasks = [TokenTask(name, values(get, least), hidden, get, weight, dropout) for name, (get, least, weight) in layers.items()]
    rules = frequent((r for s in trees for r in scripts(s) if r), 3)
    rels = frequent((r for s in trees for r, h in zip(s.rel, s.head) if h), 2)
    tasks += [TokenTask("lemma", rules, hidden, scripts, 0.5, dropout), TreeTask(rels, hidden, arc, rel, 1.0, dropout),
              NameTask(hidden, 1.0, dropout)]
    return nn.ModuleDict({t.name: t for t in tasks})
