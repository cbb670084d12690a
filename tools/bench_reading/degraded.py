"""Typed sample pages made worse, as old scanners and hurried hands do it: the same pages every time, none of them kept."""

import itertools
import random

import numpy as np
from PIL import Image, ImageFilter

from pages import MILD, Page, typed_samples

DPI = 300
CONDITIONS = ("skew", "noise", "shadow", "contrast", "border", "several")
MOST_SKEW_DEG = 8.0
USUAL_SKEW_DEG = 1.5
JPEG_QUALITY = 75  # chosen: what scanners send grey pages with
BITONAL = ("skew", "noise", "border")  # conditions that a scanner's black and white survives


def degraded_pages(most, scratch):
    """Half of the pages are of the lots that rules may be written on, half of those held out."""
    fit = [sample for sample in typed_samples() if sample.defects <= MILD]
    open_ones, held_out = ([sample for sample in fit if sample.held_out == held] for held in (False, True))
    pairs = [pair for pair, _ in zip(itertools.cycle(zip(open_ones, held_out)), range(-(-most // 2)))]  # a second time, otherwise
    chosen = [sample for pair in pairs for sample in pair][:most]
    return [degraded(sample, number, scratch) for number, sample in enumerate(chosen)]


def degraded(sample, number, scratch):
    turn, place = divmod(number // 2, len(CONDITIONS))
    condition = CONDITIONS[place]
    rng = random.Random(f"{sample.name}/{condition}")
    with Image.open(sample.path) as picture:
        picture.seek(sample.index)
        grey = picture.convert("L").filter(ImageFilter.GaussianBlur(0.8))  # the grey scan it would have been
    parts = {condition} if condition != "several" else set(rng.sample(CONDITIONS[1:5], 2)) | {"skew"}
    ground = 25 if "border" in parts else 245
    most_skew = MOST_SKEW_DEG if "skew" in parts else USUAL_SKEW_DEG
    if "border" in parts:
        grey = bordered(grey, rng, ground)
    grey = grey.rotate(sample.skew_deg - rng.uniform(-most_skew, most_skew), Image.BICUBIC, fillcolor=ground)
    values = np.asarray(grey).astype(np.float32)
    if "contrast" in parts:
        values = low_contrast(values, rng)
    if "shadow" in parts:
        values = shadowed(values, rng)
    if "noise" in parts:
        values = noisy(values, rng)
    image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    return written(sample, condition, image, scratch / f"degraded-{number:02}", condition in BITONAL and turn % 2 == 1)


def bordered(grey, rng, ground):
    """The lid stood open: dark beside the paper, which is whole."""
    left, top, right, bottom = (round(rng.uniform(2, 16) * DPI / 25.4) for _ in range(4))
    framed = Image.new("L", (grey.width + left + right, grey.height + top + bottom), ground)
    framed.paste(grey, (left, top))
    return framed


def low_contrast(values, rng):
    paper, ink = rng.uniform(170, 205), rng.uniform(100, 130)
    return ink + values * (paper - ink) / 255


def shadowed(values, rng):
    """The fold of a book or a bent edge: dark at one side, and a softer band across."""
    height, width = values.shape
    x, y = np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32)
    reach, depth = rng.uniform(0.2, 0.4), rng.uniform(0.4, 0.6)
    edge = 1 - depth * np.clip(1 - x / reach, 0, 1)
    if rng.random() < 0.5:
        edge = edge[::-1]
    band = 1 - rng.uniform(0.2, 0.4) * np.exp(-(((y - rng.uniform(0.2, 0.8)) / 0.08) ** 2))
    return values * edge[None, :] * band[:, None]


def noisy(values, rng):
    source = np.random.default_rng(rng.randrange(2**32))
    values = values + source.normal(0, rng.uniform(15, 30), values.shape).astype(np.float32)
    specks = source.random(values.shape, dtype=np.float32)
    share = rng.uniform(0.001, 0.004)
    values[specks < share] = 20
    values[specks > 1 - share] = 245
    return values


def written(sample, condition, image, stem, bitonal):
    if bitonal:
        path = stem.with_suffix(".tif")
        image.point(lambda value: 255 if value > 140 else 0).convert("1", dither=Image.NONE).save(path, compression="group4", dpi=(DPI, DPI))
    else:
        path = stem.with_suffix(".jpg")
        image.save(path, quality=JPEG_QUALITY, dpi=(DPI, DPI))
    return Page(f"{sample.name} {condition}{', black and white' if bitonal else ''}", "degraded", path, sample.lines, bitonal, sample.held_out, condition)
