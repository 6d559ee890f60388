"""Reads the corpora into sentences of one form: words, and whatever each corpus can tell about them."""
import gzip
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

FEATS = ("Mood", "Number", "Person", "Polarity", "Poss", "PronType", "Tense", "VerbForm", "Voice")
KINDS = ("PER", "ORG", "LOC", "NORP", "FAC", "MISC")
TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BIES"]

# GUM's documents of these genres may be NC; nothing that ships is trained on them.
GUM_LEFT_OUT = ("GUM_letter_", "GUM_essay_", "GUM_podcast_")


@dataclass
class Sentence:
    """Words with gold layers; a layer is None where the corpus does not have it.

    `tags` holds for each word the set of name tags (bits of TAGS) that the corpus allows: one where it is sure,
    several where its inventory cannot tell."""
    words: list
    upos: list = None
    xpos: list = None
    feats: list = None
    lemma: list = None
    head: list = None
    rel: list = None
    tags: list = None
    comments: tuple = ()


def keep_feats(column):
    """The FEATS column reduced to what later stages use."""
    kept = [f for f in column.split("|") if f.split("=")[0] in FEATS]
    return "|".join(kept) or "_"


def read_conllu(path, left_out=()):
    """Sentences of a CoNLL-U file (or .gz); multiword ranges and empty nodes are skipped."""
    opener = gzip.open if str(path).endswith(".gz") else open
    rows, comments, skip, out = [], [], False, []
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
                if line.startswith("# newdoc id = "):
                    skip = line[14:].startswith(left_out) if left_out else False
            elif line:
                col = line.split("\t")
                if col[0].isdigit():
                    rows.append(col)
            elif rows:
                if not skip:
                    c = list(zip(*rows))
                    out.append(Sentence(list(c[1]), list(c[3]), list(c[4]), [keep_feats(f) for f in c[5]], list(c[2]),
                                        [int(h) for h in c[6]], list(c[7]), comments=tuple(comments)))
                rows, comments = [], []
    return out


def tag_sets(length, spans, extra=()):
    """Allowed tags of each word. spans: (start, end, kinds); extra: kinds that the corpus leaves unmarked."""
    loose = sum(1 << TAGS.index(f"{p}-{k}") for k in extra for p in "BIES") | 1
    out = [loose] * length
    for start, end, kinds in spans:
        for i in range(start, end):
            p = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "I"
            out[i] = sum(1 << TAGS.index(f"{p}-{k}") for k in kinds)
    return out


def bio_spans(labels):
    """(start, end, kind) of BIO labels; an I that follows nothing begins a span."""
    out, start, kind = [], None, None
    for i, label in enumerate(list(labels) + ["O"]):
        if start is not None and (label[0] != "I" or label[2:] != kind):
            out.append((start, i, kind))
            start = None
        if label[0] == "B" or (label[0] == "I" and start is None):
            start, kind = i, label[2:]
    return out


def column_sentences(lines, word=0, label=1, separator=None):
    """(words, labels) of a file of columns with empty lines between sentences."""
    words, labels = [], []
    for line in list(lines) + [""]:
        part = line.rstrip("\n").split(separator)
        part = [p.strip() for p in part]
        if len(part) <= max(word, label) or line.startswith("# "):
            if not "".join(part) and words:
                yield words, labels
                words, labels = [], []
            continue
        words.append(part[word])
        labels.append(part[label])


WORLDWIDE = {"Person": ("PER",), "Organization": ("ORG",), "Location": ("LOC",), "NORP": ("NORP",), "Facility": ("FAC",),
             "Misc": ("MISC",), "Product": ("MISC",)}
WIKIGOLD = {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC"), "MISC": ("MISC", "NORP")}
POLITICS = {"politician": ("PER",), "person": ("PER",), "politicalparty": ("ORG",), "organisation": ("ORG",),
            "location": ("LOC", "FAC"), "country": ("LOC",), "election": ("MISC",), "event": ("MISC",), "misc": ("MISC", "NORP")}
GMB = {"per": ("PER",), "org": ("ORG",), "geo": ("LOC", "FAC"), "gpe": ("NORP", "LOC"), "art": ("MISC",), "eve": ("MISC",),
       "nat": ("MISC",)}
# GMB puts titles inside names of persons; the other corpora do not.
TITLES = set("president prime minister mr. mrs. ms. dr. general gen. lieutenant lt. colonel col. major maj. captain capt. "
             "sergeant sgt. senator sen. representative rep. secretary foreign vice king queen prince princess pope sheikh "
             "ayatollah chancellor governor gov. judge justice chairman chief admiral adm. ambassador sir lord cardinal "
             "spokesman spokeswoman leader sultan".split())


def named(words, labels, kinds, extra=()):
    """A Sentence with name tags, by one corpus's mapping of labels to kinds."""
    spans = []
    for start, end, kind in bio_spans(labels):
        if kinds is GMB and kind == "per":
            while end - start > 1 and words[start].lower() in TITLES:
                start += 1
            if words[start].lower() in TITLES:
                continue
        if kind in kinds:
            spans.append((start, end, kinds[kind]))
    return Sentence(words, tags=tag_sets(len(words), spans, extra))


def report_names(shared):
    """Names of the articles kept for reporting."""
    lines = (shared / "gold" / "report.jsonl").read_text(encoding="utf-8").splitlines()
    return {Path(json.loads(line)["path"]).stem for line in lines if line}


def letters(text):
    """A key for a sentence, whatever its spaces."""
    return "".join(c for c in text.lower() if c.isalnum())


def report_sentences(shared):
    """Keys of the sentences of the Voice of America pieces kept for reporting; GMB has them too."""
    files = [shared / "voa" / f"{n}.txt" for n in report_names(shared) if n.startswith("voa_")]
    return {letters(line) for f in files for line in f.read_text(encoding="utf-8").splitlines() if line.strip()}


def worldwide_files(shared):
    """{"train", "dev", "report"}: files of the worldwide newswire. dev: every twelfth of what is not for reporting."""
    kept = report_names(shared)
    files = sorted((shared / "data" / "ner" / "worldwide").glob("*.tsv"))
    split = {"train": [], "dev": [], "report": []}
    number = 0
    for f in files:
        if f.name.split(".")[0] in kept:
            split["report"].append(f)
        else:
            split["dev" if number % 12 == 5 else "train"].append(f)
            number += 1
    return split


def cut_sentences(words, labels):
    """A paragraph cut after full stops (and what closes with them), never inside a name: that is how the model will read it."""
    start = 0
    for i in range(1, len(words)):
        last = i - 1
        while last > start and words[last] in CLOSERS:
            last -= 1
        opens = words[i] in OPENERS or (words[i] not in CLOSERS and (words[i][0].isupper() or words[i][0].isdigit()))
        if words[last] in STOPS and opens and labels[i][0] != "I":
            if words[i] == '"' and words[start:i].count('"') % 2:
                continue                                        # it closes what comes before
            yield words[start:i], labels[start:i]
            start = i
    yield words[start:], labels[start:]


STOPS = {".", "!", "?", "…", "..."}
CLOSERS = set("” ’ ' '' \" ) ] »".split())
OPENERS = set("“ ‘ `` \" ( [ «".split())


def worldwide_rows(files):
    """(words, labels) of the sentences of these files, in order."""
    for f in files:
        for words, labels in column_sentences(f.read_text(encoding="utf-8").split("\n"), separator="\t"):
            yield from cut_sentences(words, labels)


def gmb_rows(path):
    """(words, labels) of the Groningen Meaning Bank's CSV."""
    import csv
    with zipfile.ZipFile(path) as z, z.open("ner_dataset.csv") as raw:
        words, labels = [], []
        reader = csv.reader(io.TextIOWrapper(raw, encoding="latin-1", newline=""))
        next(reader)
        for row in reader:
            if row[0] and words:
                yield words, labels
                words, labels = [], []
            if row[1].strip():
                words.append(row[1].strip())
                labels.append(row[3])
        yield words, labels


def training_sources(shared):
    """{name: sentences} of everything trained on."""
    ner = shared / "data" / "ner"
    ud = shared / "data" / "ud"
    kept = report_sentences(shared)
    trees = read_conllu(ud / "en_ewt-train.conllu.gz") + read_conllu(ud / "en_gum-train.conllu.gz", GUM_LEFT_OUT)
    wiki = column_sentences((ner / "wikigold.conll").read_text(encoding="utf-8").split("\n"))
    politics = [row for part in ("train", "dev", "test")
                for row in column_sentences((ner / "crossner-politics" / f"{part}.txt").read_text(encoding="utf-8").split("\n"))]
    sources = {"trees": trees,
               "worldwide": [named(w, t, WORLDWIDE) for w, t in worldwide_rows(worldwide_files(shared)["train"])],
               "gmb": [named(w, t, GMB) for w, t in gmb_rows(ner / "gmb_ner_dataset.zip") if letters("".join(w)) not in kept],
               "wikigold": [named(w, t, WIKIGOLD, ("NORP",)) for w, t in wiki],
               "politics": [named(w, t, POLITICS, ("NORP",)) for w, t in politics]}
    return {name: [s for s in part if 0 < len(s.words) <= 200] for name, part in sources.items()}
