"""From a word to wordpieces and a shape.

Everything here is table-driven, and the tables travel inside the model file, so that the C code needs no Unicode
library and sees exactly what training saw. models/FORMAT.md is the specification.
"""
import unicodedata

OTHER, LOWER, UPPER, LETTER, DIGIT, PUNCT, MARK, SPACE, CJK = range(9)

SHAPES = ["none", "lower", "capital", "capital-first", "caps", "mixed", "initial", "alnum", "number", "symbol"]

MAX_PIECE_CHARS = 100
CJK_RANGES = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
              (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]


def char_class(code):
    """The class of a code point, as the tables of the model file state it."""
    if any(a <= code <= b for a, b in CJK_RANGES):
        return CJK
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return PUNCT
    cat = unicodedata.category(chr(code))
    if code in (9, 10, 13) or cat in ("Zs", "Cc", "Cf") or code in (0, 0xFFFD):
        return SPACE
    if cat[0] == "P":
        return PUNCT
    return {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": LETTER, "Lm": LETTER, "Nd": DIGIT, "Mn": MARK}.get(cat, OTHER)


def fold_char(char):
    """Lower case without accents: str.lower, NFD, marks dropped."""
    return "".join(c for c in unicodedata.normalize("NFD", char.lower()) if unicodedata.category(c) != "Mn")


def lower_char(char):
    """Lower case where that is one character."""
    return char.lower() if len(char.lower()) == 1 else char


def lower_table():
    """(from, to): code points that lower_char changes."""
    source = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF and lower_char(chr(c)) != chr(c)]
    return source, [ord(lower_char(chr(c))) for c in source]


def class_table():
    """(starts, classes): runs of equal class over all code points."""
    starts, classes, last = [], [], None
    for code in range(0x110000):
        c = char_class(code)
        if c != last:
            starts.append(code)
            classes.append(c)
            last = c
    return starts, classes


def fold_table():
    """(from, to): code points that folding changes (Hangul syllables left alone) and up to three code points each, 0-padded."""
    source, target = [], []
    for code in range(0x110000):
        if 0xAC00 <= code <= 0xD7A3 or 0xD800 <= code <= 0xDFFF:
            continue
        folded = fold_char(chr(code))
        if folded != chr(code) and folded and len(folded) <= 3:
            source.append(code)
            target.append([ord(c) for c in folded] + [0] * (3 - len(folded)))
    return source, target


class Wordpiece:
    """BERT's uncased tokenisation of one word that is already a UD token."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.index = {v: i for i, v in enumerate(vocabulary)}
        self.cls, self.sep, self.unk = (self.index[x] for x in ("[CLS]", "[SEP]", "[UNK]"))
        self.cache, self.classes, self.folds = {}, {}, {}

    def char_class(self, char):
        if char not in self.classes:
            self.classes[char] = char_class(ord(char))
        return self.classes[char]

    def chunks(self, word):
        """The word folded and cut at punctuation, spaces and CJK characters."""
        out, current = [], ""
        for char in word:
            c = self.char_class(char)
            if c == MARK:
                continue
            if c in (SPACE, PUNCT, CJK):
                if current:
                    out.append(current)
                    current = ""
                if c != SPACE:
                    out.append(char)
                continue
            if 0xAC00 <= ord(char) <= 0xD7A3:
                current += char
            else:
                folded = fold_char(char)
                current += folded if len(folded) <= 3 else char
        return out + [current] if current else out

    def pieces(self, word):
        """Ids of the word's pieces, never empty."""
        known = self.cache.get(word)
        if known is None:
            known = [p for chunk in self.chunks(word) for p in self.longest_match(chunk)] or [self.unk]
            self.cache[word] = known
        return known

    def longest_match(self, chunk):
        if len(chunk) > MAX_PIECE_CHARS:
            return [self.unk]
        out, start = [], 0
        while start < len(chunk):
            for end in range(len(chunk), start, -1):
                piece = ("##" if start else "") + chunk[start:end]
                if piece in self.index:
                    out.append(self.index[piece])
                    start = end
                    break
            else:
                return [self.unk]
        return out


def shape(word, first, classes=lambda c: char_class(ord(c))):
    """The index in SHAPES of a word; `first`: it is the sentence's first word that has a letter or digit."""
    upper = lower = digit = 0
    leading = False
    for char in word:
        c = classes(char)
        if c == UPPER:
            leading = leading or not (upper or lower or digit)
            upper += 1
        elif c in (LOWER, LETTER, CJK):
            lower += 1
        elif c == DIGIT:
            digit += 1
    if not upper and not lower:
        return SHAPES.index("number" if digit else "symbol")
    if digit:
        return SHAPES.index("alnum")
    if not upper:
        return SHAPES.index("lower")
    if not lower:
        return SHAPES.index("initial" if upper == 1 else "caps")
    if upper == 1 and leading:
        return SHAPES.index("capital-first" if first else "capital")
    return SHAPES.index("mixed")


def shapes(words, classes):
    """The shape of every word of a sentence."""
    out, seen = [], False
    for word in words:
        s = shape(word, not seen, classes)
        seen = seen or s != SHAPES.index("symbol")
        out.append(s)
    return out
