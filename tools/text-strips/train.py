#!/usr/bin/python3
"""Teaches the network that tells upright strips of text from those upside down and writes its weights: capture/image/clean/text_strips.onnx.

The strips are cut by the product itself (cleaning-probe) out of pages painted by tests/support/painted_pages.py, fonts "taught" only.
Needs the Debian packages python3-torch, python3-numpy, python3-pil and a built cleaning-probe; takes about half an hour. Prints what share of unseen strips it
judges right, with taught and with held fonts apart.

With --go-on, the weights there are learn on from pages they have not seen.

  tools/text-strips/train.py [--go-on] [--pages 12000] [--epochs 10] [--seed 1] [--cache FOLDER] [--probe build/release/tests/cleaning-probe]
"""

import argparse
import multiprocessing
import os
import pathlib
import random
import subprocess
import sys

import numpy as np
import torch
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import painted_pages  # noqa: E402

WIDTH, HEIGHT = 128, 32  # as in capture/image/clean/text_strips.h
UP, DOWN, NEITHER = range(3)
ALONG, ACROSS = 12, 5  # strips a piece, along its lines and across them
probe = None


def strips(program, image, truth, downwards, skew, most):
    global probe
    if probe is None:
        probe = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    channels = 3 if image.mode == "RGB" else 1
    question = f"strips {image.width} {image.height} {channels} {truth.dpi} {int(truth.bitonal)} {int(downwards)} {skew} {most}\n"
    probe.stdin.write(question.encode() + image.tobytes())
    probe.stdin.flush()
    count = int(probe.stdout.readline())
    return np.frombuffer(probe.stdout.read(count * WIDTH * HEIGHT), np.uint8).reshape(count, HEIGHT, WIDTH)


def labelled(job):
    """The strips of one piece of a page and what they are."""
    program, seed, part = job
    rng = random.Random(seed)
    image, truth = painted_pages.page(seed, "piece", part, dpis=(150, 150, 200, 300))
    downwards = truth.turned_deg % 180 == 90
    jitter = rng.uniform(-0.7, 0.7)
    along = strips(program, image, truth, downwards, truth.skew_deg + jitter, ALONG)
    across = strips(program, image, truth, not downwards, truth.skew_deg + jitter, ACROSS)
    label = UP if truth.turned_deg in (0, 90) else DOWN
    return np.concatenate([along, across]), np.array([label] * len(along) + [NEITHER] * len(across), np.int64)


def invented(options, part, seed, pages):
    path = pathlib.Path(options.cache, f"strips-{part}-{seed}-{pages}.npz") if options.cache else None
    if path and path.exists():
        data = np.load(path)
        return data["x"], data["y"]
    jobs = [(options.probe, seed * 1_000_000 + k, part) for k in range(pages)]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        done = list(pool.imap_unordered(labelled, jobs, chunksize=8))
    x, y = np.concatenate([d[0] for d in done]), np.concatenate([d[1] for d in done])
    if path:
        np.savez(path, x=x, y=y)
    return x, y


class Network(nn.Module):
    def __init__(self, normalised=True):
        super().__init__()

        def layer(a, b, size, stride, pad):
            return [nn.Conv2d(a, b, size, stride, pad), *([nn.BatchNorm2d(b)] if normalised else []), nn.ReLU()]

        self.look = nn.Sequential(
            *layer(1, 16, 5, 2, 2), *layer(16, 24, 3, 2, 1), *layer(24, 48, 3, (2, 1), 1), *layer(48, 64, 3, (1, 2), 1), *layer(64, 64, (4, 3), 1, (0, 1)),
        )
        self.say = nn.Conv2d(64, 3, 1)

    def forward(self, x):
        # Every piece of the strip has its say: their odds are multiplied. (OpenCV 4.6 misreads ReduceMean.)
        return nn.functional.adaptive_avg_pool2d(self.say(self.look(x)), 1).flatten(1) * 4


def taught_before(file):
    """The network of an ONNX file: its normalisation is part of the weights."""
    import cv2  # python3-opencv

    net, model = cv2.dnn.readNetFromONNX(file), Network(normalised=False)
    ids = [net.getLayerId(name) for name in net.getLayerNames()]
    kept = [(net.getParam(i, 0), net.getParam(i, 1)) for i in ids if net.getLayer(i).type == "Convolution"]
    with torch.no_grad():
        for layer, (weight, bias) in zip([m for m in model.modules() if isinstance(m, nn.Conv2d)], kept):
            layer.weight.copy_(torch.from_numpy(weight.reshape(layer.weight.shape)))
            layer.bias.copy_(torch.from_numpy(bias.reshape(-1)))
    return model


def worn(x, rng):
    """A batch as float, a little thicker, thinner, paler or shifted than it was cut out; half of them upside down."""
    x = x.float() / 255
    shift = rng.integers(-2, 3), rng.integers(-20, 21)
    x = torch.roll(x, shift, (2, 3))
    kind = rng.random()
    if kind < 0.12:
        x = nn.functional.max_pool2d(x, 3, 1, 1) * 0.5 + x * 0.5
    elif kind < 0.24:
        x = nn.functional.avg_pool2d(x, 3, 1, 1)
    elif kind < 0.34:
        x = -nn.functional.max_pool2d(-x, (2, 1), 1, 0)
        x = nn.functional.pad(x, (0, 0, 0, 1))
    elif kind < 0.5:
        height, width = rng.integers(26, 40), rng.integers(104, 156)
        x = nn.functional.interpolate(x, (int(height), int(width)), mode="bilinear", align_corners=False)
        x = nn.functional.pad(x, (0, max(0, WIDTH - width), 0, max(0, HEIGHT - height)))
        top, left = (x.shape[2] - HEIGHT) // 2, (x.shape[3] - WIDTH) // 2
        x = x[:, :, top : top + HEIGHT, left : left + WIDTH]
    return x * float(rng.uniform(0.5, 1.0)) if rng.random() < 0.2 else x


def measured(model, x, y):
    model.eval()
    with torch.no_grad():
        out = torch.cat([model(torch.from_numpy(x[k : k + 1000])[:, None].float() / 255) for k in range(0, len(x), 1000)]).softmax(1).numpy()
    text = y != NEITHER
    upright = out[:, UP] > out[:, DOWN]
    right = upright[text] == (y[text] == UP)
    sure = np.abs(out[:, UP] - out[:, DOWN])[text] > 0.98
    return f"head and foot {right.mean():.4f}, sure {sure.mean():.3f} of which wrong {(~right & sure).sum() / max(1, sure.sum()):.5f}, text or not {((out[:, NEITHER] < 0.5) == text).mean():.4f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=12000)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--go-on", action="store_true")
    parser.add_argument("--cache", help="keeps the strips here")
    parser.add_argument("--probe", default=str(ROOT / "build/release/tests/cleaning-probe"))
    parser.add_argument("--out", default=str(ROOT / "capture/image/clean/text_strips.onnx"))
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    x, y = invented(options, "taught", options.seed, options.pages)
    tests = {part: invented(options, part, 2, 200) for part in ("taught", "held")}
    print(f"{len(x)} strips", flush=True)
    model = taught_before(options.out) if options.go_on else Network()
    pages, labels = torch.from_numpy(x)[:, None], torch.from_numpy(y)
    batch = 256
    steps = options.epochs * (len(x) // batch)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-3 if options.go_on else 5e-3, total_steps=steps)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.01)
    for epoch in range(options.epochs):
        model.train()
        order = torch.randperm(len(x))
        total = 0.0
        for k in range(len(x) // batch):
            pick = order[k * batch : (k + 1) * batch]
            part, label = worn(pages[pick], rng), labels[pick]
            flip = torch.rand(len(label)) < 0.5
            part = torch.where(flip[:, None, None, None], part.flip(2, 3), part)
            label = torch.where(flip & (label != NEITHER), 1 - label, label)
            loss = loss_of(model(part), label)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / (len(x) // batch):.4f}", flush=True)
        for part, (tx, ty) in tests.items():
            print(f"  {part}: {measured(model, tx, ty)}", flush=True)
    model.eval()
    torch.onnx.export(nn.Sequential(model, nn.Softmax(1)), torch.zeros(1, 1, HEIGHT, WIDTH), options.out,
                      input_names=["strips"], output_names=["ways"], dynamic_axes={"strips": {0: "n"}, "ways": {0: "n"}}, opset_version=11)
    print(f"{options.out}: {os.path.getsize(options.out)} bytes")


if __name__ == "__main__":
    sys.exit(main())
