#!/usr/bin/python3
"""Teaches the reader of comb cells and writes its weights: ocr/forms/cell_characters.onnx.

Needs the Debian packages python3-torch, python3-opencv, python3-pil and the digits of ../shared/digits; takes about twenty minutes. Prints how many unseen cells it reads right, typed and written apart.

  tools/comb-characters/train.py [--count 240000] [--epochs 10] [--digits ../shared/digits] [--seed 1] [--cache FOLDER]
"""

import argparse
import multiprocessing
import os
import pathlib
import sys

import numpy as np
import torch
from torch import nn

import cells

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def network():
    def layer(a, b, size, stride):
        return [nn.Conv2d(a, b, size, stride, size // 2), nn.BatchNorm2d(b), nn.ReLU()]

    return nn.Sequential(
        *layer(1, 16, 5, 2), *layer(16, 32, 3, 2), *layer(32, 64, 3, 1), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(1024, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, len(cells.CLASSES)),
    )


def chunk(job):
    folder, part, seed, count = job
    x, y = cells.Cells(folder, part, seed).batch(count)
    return np.round(x * 255).astype(np.uint8), y


def invented(options, part, seed, count):
    path = pathlib.Path(options.cache, f"cells-{part}-{seed}-{count}.npz") if options.cache else None
    if path and path.exists():
        data = np.load(path)
        return data["x"], data["y"]
    size = 4000
    jobs = [(options.digits, part, seed * 100_000 + k, size) for k in range(count // size)]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        parts = list(pool.imap(chunk, jobs))
    x, y = np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    if path:
        np.savez(path, x=x, y=y)
    return x, y


def tensor(x):
    return torch.from_numpy(x).float() / 255


def measured(model, x, y):
    model.eval()
    with torch.no_grad():
        out = torch.cat([model(tensor(x[k : k + 1000])).softmax(1) for k in range(0, len(x), 1000)])
    sure, said = out.max(1)
    right = said.numpy() == y
    sure = sure.numpy()
    confident = sure > 0.99
    return right.mean(), confident.mean(), (~right & confident).sum() / max(1, confident.sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=240_000)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--digits", default=str(ROOT.parent / "shared" / "digits"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", help="keeps the invented cells here")
    parser.add_argument("--out", default=str(ROOT / "ocr" / "forms" / "cell_characters.onnx"))
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)  # small layers: more threads wait for each other
    x, y = invented(options, "train", options.seed, options.count)
    tx, ty = invented(options, "test", options.seed + 1, 20_000)
    model = network()
    steps = options.epochs * (len(x) // 256)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    loss_of = nn.CrossEntropyLoss()
    labels = torch.from_numpy(y)
    for epoch in range(options.epochs):
        model.train()
        order = torch.randperm(len(x))
        total = 0.0
        for k in range(len(x) // 256):
            pick = order[k * 256 : (k + 1) * 256]
            loss = loss_of(model(tensor(x[pick.numpy()])), labels[pick])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        right, confident, wrong = measured(model, tx, ty)
        print(f"epoch {epoch + 1}: loss {total / (len(x) // 256):.4f}, unseen right {right:.4f}, sure {confident:.3f}, wrong of the sure {wrong:.5f}", flush=True)
    model.eval()
    torch.onnx.export(nn.Sequential(model, nn.Softmax(1)), torch.zeros(1, 1, cells.SIDE, cells.SIDE), options.out,
                      input_names=["cells"], output_names=["characters"], dynamic_axes={"cells": {0: "n"}, "characters": {0: "n"}}, opset_version=11)
    print(f"{options.out}: {os.path.getsize(options.out)} bytes")


if __name__ == "__main__":
    sys.exit(main())
