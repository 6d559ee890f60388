#!/usr/bin/env python3
"""Trains the language model: one encoder, all heads together.

    python3 tools/train/train.py --shared ../shared --encoder DIR --out DIR --steps 4000

`--encoder` holds MiniLM's model.safetensors and vocab.txt. `--out` receives checkpoints (state.pt, to go on from with
--resume) and model.safetensors. The learning rate falls linearly to zero over the steps, or over --minutes where that is given.
"""
import argparse
import random
import time
from pathlib import Path

import torch

import batches
import tasks
from data import training_sources
from export import save
from model import Encoder, pretrained
from text import SHAPES, Wordpiece

CONFIG = {"layers": 6, "hidden": 384, "heads": 12, "ffn": 1536, "eps": 1e-12, "positions": 512, "shapes": len(SHAPES),
          "arc": 256, "rel": 64}


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder with data/ and gold/")
    p.add_argument("--encoder", type=Path, required=True, help="folder with MiniLM's model.safetensors and vocab.txt")
    p.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    p.add_argument("--steps", type=int, default=4000)
    p.add_argument("--minutes", type=float, help="end after so many minutes instead of --steps")
    p.add_argument("--pieces", type=int, default=1600, help="pieces a batch")
    p.add_argument("--rate", type=float, default=3e-4, help="learning rate of the encoder")
    p.add_argument("--head-rate", type=float, default=1.5e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--save-minutes", type=float, default=10)
    p.add_argument("--resume", action="store_true", help="go on from state.pt in --out")
    p.add_argument("--random", action="store_true", help="only write an untrained model, to test readers of the format")
    return p.parse_args()


def prepare(o):
    """(sources, wordpiece, encoder, heads, config)"""
    torch.manual_seed(o.seed)
    vocabulary = (o.encoder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    config = {**CONFIG, "vocabulary": len(vocabulary)}
    sources = training_sources(o.shared)
    encoder = Encoder(config, dropout=0.1)
    pretrained(encoder, str(o.encoder / "model.safetensors"))
    return sources, Wordpiece(vocabulary), encoder, tasks.build(sources, config["hidden"], config["arc"], config["rel"]), config


class Average:
    """A running mean of the weights; the last part of training weighs most."""

    def __init__(self, modules, every=5, decay=0.98):
        self.parameters = [p for m in modules for p in m.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.parameters]
        self.every, self.decay = every, decay

    def update(self, step):
        if step % self.every == 0:
            decay = min(self.decay, (1 + step) / (10 + step))
            torch._foreach_lerp_(self.mean, [p.detach() for p in self.parameters], 1 - decay)

    def swap(self):
        """Exchanges mean and weights."""
        for i, p in enumerate(self.parameters):
            p.data, self.mean[i] = self.mean[i], p.data


def train_step(encoder, heads, batch):
    """The summed loss of a batch and its parts."""
    vectors = encoder(batch["pieces"], batch["shapes"], batch["mask"])
    first = batch["first"]
    words = vectors.gather(1, first[:, :, None].expand(-1, -1, vectors.shape[2]))
    parts = {}
    for name, task in heads.items():
        rows, targets = batch["targets"][name]
        if rows:
            lengths = [batch["lengths"][r] for r in rows]
            parts[name] = task.loss(words[rows, :1 + max(lengths)], lengths, targets)
    return sum(heads[k].weight * v for k, v in parts.items()), {k: v.item() for k, v in parts.items()}


def main():
    o = options()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(o.threads)
    sources, wordpiece, encoder, heads, config = prepare(o)
    if o.random:
        for p in list(encoder.shape.parameters()) + list(heads.parameters()):
            torch.nn.init.normal_(p, std=0.05)
        save(o.out / "random.safetensors", encoder, heads, config, wordpiece.vocabulary, {"about": "untrained"})
        return
    rng = random.Random(o.seed)
    stream = batches.stream(sources, wordpiece, heads, o.pieces, rng)
    groups = [{"params": [p for p in encoder.parameters() if p.requires_grad], "top": o.rate},
              {"params": list(heads.parameters()), "top": o.head_rate}]
    optimizer = torch.optim.AdamW(groups, lr=o.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    average = Average((encoder, heads))
    step, spent, seen = 0, 0.0, 0
    state_path = o.out / "state.pt"
    if o.resume:
        state = torch.load(state_path, weights_only=False)
        encoder.load_state_dict(state["encoder"])
        heads.load_state_dict(state["heads"])
        optimizer.load_state_dict(state["optimizer"])
        average.mean, step, spent, seen = state["average"], state["step"], state["spent"], state["seen"]
        rng.seed(o.seed * 1000003 + step)
        torch.manual_seed(o.seed * 1000003 + step)
    start, last_save, totals = time.monotonic() - spent, time.monotonic(), {}
    encoder.train(), heads.train()

    def store():
        torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict(), "optimizer": optimizer.state_dict(),
                    "average": average.mean, "step": step, "spent": time.monotonic() - start, "seen": seen},
                   o.out / "state.tmp")
        (o.out / "state.tmp").replace(state_path)
        save(o.out / "last.safetensors", encoder, heads, config, wordpiece.vocabulary, {"about": f"step {step}"})
        average.swap()
        save(o.out / "model.safetensors", encoder, heads, config, wordpiece.vocabulary, {"about": f"mean at step {step}"})
        average.swap()

    while True:
        spent = time.monotonic() - start
        progress = spent / 60 / o.minutes if o.minutes else step / o.steps
        if progress >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min((step + 1) / 100, 1 - progress)
        batch = next(stream)
        loss, parts = train_step(encoder, heads, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
        optimizer.step()
        step += 1
        average.update(step)
        seen += int(batch["mask"].sum())
        for k, v in parts.items():
            n, total = totals.get(k, (0, 0.0))
            totals[k] = (n + 1, total + v)
        if step % 25 == 0:
            spent = time.monotonic() - start
            line = " ".join(f"{k} {t / n:.3f}" for k, (n, t) in sorted(totals.items()))
            print(f"step {step} {spent / 60:.1f} min, {progress:.3f} done, {seen / spent:.0f} pieces/s: {line}", flush=True)
            totals = {}
        if time.monotonic() - last_save > 60 * o.save_minutes:
            store()
            last_save = time.monotonic()
    store()
    print(f"done: {step} steps, {seen} pieces, {(time.monotonic() - start) / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
