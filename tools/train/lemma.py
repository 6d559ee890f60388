"""Lemmas as edit scripts: one label a word, applied to the form.

A script is a letter for the case and an operation:
  l lower case, k as written, t lower case but for the first character;
  `-N+X` take N code points off the end and append X; `=X` the lemma is X.
So "going" -> "go" is `l-3+`, "Iran" -> "Iran" is `k-0+`, "was" -> "be" is `l=be`.
"""
from text import lower_char


def lower(word):
    """Lower case, character by character, as the C code does it."""
    return "".join(map(lower_char, word))


CASES = {"l": lower, "k": lambda w: w, "t": lambda w: w[:1] + lower(w[1:])}


def script(form, lemma):
    """The shortest script that makes the lemma of the form."""
    best = None
    for rank, case in enumerate("lkt"):
        word = CASES[case](form)
        common = 0
        while common < min(len(word), len(lemma)) and word[common] == lemma[common]:
            common += 1
        if common:
            found = (len(word) - common + len(lemma) - common, rank, f"{case}-{len(word) - common}+{lemma[common:]}")
            best = min(best, found) if best else found
    return best[2] if best else f"l={lemma}"


def apply(rule, form):
    """The lemma; a form too short for the script is only brought to its case."""
    if rule[1] == "=":
        return rule[2:]
    word = CASES[rule[0]](form)
    number, _, add = rule[2:].partition("+")
    cut = int(number)
    return word if cut >= len(word) and cut else word[:len(word) - cut] + add
