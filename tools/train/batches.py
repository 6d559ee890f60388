"""Mixes the corpora into batches of about equal length, with a few sentences altered for robustness."""
from dataclasses import replace

import torch

from text import shapes

# Share of the pieces that each corpus gets.
SHARES = {"trees": 0.62, "worldwide": 0.25, "gmb": 0.05, "wikigold": 0.035, "politics": 0.045}
CHUNK = 100             # batches drawn and sorted by length together
MAX_PIECES = 160        # longer sentences are rare and dear


def vary(s, rng):
    """The sentence, or rarely a variant: without its full stop, in capitals, as a headline, in lower case."""
    dice = rng.random()
    if dice < 0.03 and len(s.words) > 3 and s.words[-1] == "." and (s.head is None or len(s.words) not in s.head):
        return replace(s, **{k: v[:-1] for k, v in vars(s).items() if isinstance(v, list)})
    if dice < 0.045:
        return replace(s, words=[w.upper() for w in s.words], lemma=None)
    if dice < 0.065:
        return replace(s, words=[w[:1].upper() + w[1:] if len(w) > 3 else w for w in s.words], lemma=None)
    if dice < 0.075:
        return replace(s, words=[w.lower() for w in s.words], lemma=None)
    return s


def encode(s, wordpiece, heads):
    """(pieces, shapes, first piece of [CLS] and each word, {task: targets})"""
    pieces, forms, first = [wordpiece.cls], [0], [0]
    for word, form in zip(s.words, shapes(s.words, wordpiece.char_class)):
        ids = wordpiece.pieces(word)
        first.append(len(pieces))
        pieces += ids
        forms += [form] * len(ids)
    return pieces + [wordpiece.sep], forms + [0], first, {name: task.encode(s) for name, task in heads.items()}


def collate(rows, heads):
    """Encoded sentences as padded tensors. `targets`: for each task the rows that have it, and their targets."""
    width, words = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    pieces, forms = (torch.zeros(len(rows), width, dtype=torch.long) for _ in range(2))
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    first = torch.zeros(len(rows), words, dtype=torch.long)
    for i, (p, f, at, _) in enumerate(rows):
        pieces[i, :len(p)], forms[i, :len(p)], mask[i, :len(p)] = torch.tensor(p), torch.tensor(f), True
        first[i, :len(at)] = torch.tensor(at)
    targets = {}
    for name in heads:
        have = [i for i, r in enumerate(rows) if r[3][name] is not None]
        targets[name] = (have, [rows[i][3][name] for i in have])
    return {"pieces": pieces, "shapes": forms, "mask": mask, "first": first, "lengths": [len(r[2]) - 1 for r in rows],
            "targets": targets}


def endless(sentences, rng):
    """The sentences in random order, again and again."""
    order = list(range(len(sentences)))
    while True:
        rng.shuffle(order)
        for i in order:
            yield sentences[i]


def stream(sources, wordpiece, heads, size, rng):
    """Batches without end, of `size` pieces each, the corpora mixed by SHARES."""
    drawn = {name: endless(sources[name], rng) for name in SHARES}
    while True:
        rows = []
        for name, share in SHARES.items():
            budget = share * size * CHUNK
            while budget > 0:
                row = encode(vary(next(drawn[name]), rng), wordpiece, heads)
                if len(row[0]) <= MAX_PIECES:
                    rows.append(row)
                    budget -= len(row[0])
        rows.sort(key=lambda r: (len(r[0]), rng.random()))
        made, current = [], []
        for row in rows:
            if current and len(row[0]) * (len(current) + 1) > size:
                made.append(current)
                current = []
            current.append(row)
        made.append(current)
        rng.shuffle(made)
        for batch in made:
            yield collate(batch, heads)
