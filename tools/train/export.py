"""Writes the model file: linear layers and word embeddings as int8 rows, all else as float, tables and labels as metadata."""
import json

import torch
from safetensors.torch import save_file
from torch import nn

from model import round_rows
from text import SHAPES, class_table, fold_table, lower_table

FORMAT = "dossier-model"
VERSION = "1"


def tensors_of(encoder, tasks):
    """{name: tensor} of the file."""
    out = {}

    def rows(name, weight):
        quantised, scale = round_rows(weight.detach())
        out[f"{name}.weight"], out[f"{name}.scale"] = quantised.to(torch.int8), scale.float()

    rows("embed.word", encoder.word.weight)
    out["embed.position.weight"] = encoder.position.weight
    out["embed.shape.weight"] = encoder.shape.weight
    out["embed.norm.weight"], out["embed.norm.bias"] = encoder.norm.weight, encoder.norm.bias
    parts = [(f"layer.{n}", m) for n, m in encoder.layer.named_modules()] + [(f"head.{n}", m) for n, m in tasks.named_modules()]
    for name, module in parts:
        if isinstance(module, nn.Linear):
            rows(name, module.weight)
            out[f"{name}.bias"] = module.bias
        elif isinstance(module, nn.LayerNorm):
            out[f"{name}.weight"], out[f"{name}.bias"] = module.weight, module.bias
    starts, classes = class_table()
    source, target = fold_table()
    lower_from, lower_to = lower_table()
    out["text.class_start"] = torch.tensor(starts, dtype=torch.int32)
    out["text.class"] = torch.tensor(classes, dtype=torch.uint8)
    out["text.fold_from"] = torch.tensor(source, dtype=torch.int32)
    out["text.lower_from"] = torch.tensor(lower_from, dtype=torch.int32)
    out["text.lower_to"] = torch.tensor(lower_to, dtype=torch.int32)
    out["text.fold_to"] = torch.tensor(target, dtype=torch.int32)
    return {k: v.detach().clone().contiguous() for k, v in out.items()}


def save(path, encoder, tasks, config, vocabulary, about):
    """Writes the file. about: further metadata (strings), such as scores and licence."""
    meta = {"format": FORMAT, "version": VERSION, "config": json.dumps(config), "vocabulary": "\n".join(vocabulary),
            "labels.shape": "\n".join(SHAPES), "heads": "\n".join(tasks.keys())}
    for task in tasks.values():
        for name, labels in task.label_lists().items():
            meta[f"labels.{name}"] = "\n".join(labels)
    save_file(tensors_of(encoder, tasks), str(path), {**meta, **about})


def main():
    """Writes a model file from a checkpoint."""
    import argparse
    from pathlib import Path
    import train
    p = argparse.ArgumentParser(description=main.__doc__)
    p.add_argument("state", type=Path, help="state.pt of a training run")
    p.add_argument("file", type=Path, help="the model file to write")
    p.add_argument("--shared", type=Path, default=Path("../shared"))
    p.add_argument("--encoder", type=Path, required=True)
    p.add_argument("--weights", choices=["mean", "last"], default="mean")
    p.add_argument("--about", nargs="*", default=[], metavar="KEY=TEXT", help="further metadata")
    p.set_defaults(seed=1)
    o = p.parse_args()
    _, wordpiece, encoder, heads, config = train.prepare(o)
    state = torch.load(o.state, weights_only=False)
    encoder.load_state_dict(state["encoder"])
    heads.load_state_dict(state["heads"])
    if o.weights == "mean":
        average = train.Average((encoder, heads))
        average.mean = state["average"]
        average.swap()
    save(o.file, encoder, heads, config, wordpiece.vocabulary, dict(a.split("=", 1) for a in o.about))


if __name__ == "__main__":
    main()
