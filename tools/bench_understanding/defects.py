"""What mail and scanner do to a sheet, modestly and fast: some hundredths of a second a page."""

import functools

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from sheet import px


@functools.lru_cache(maxsize=1)
def noise():
    """Grain of a scanner, made once a process: larger than any page, so that each cuts its own piece out of it."""
    rng = np.random.default_rng(7)
    grain = rng.normal(0, 7, (3900, 2800))
    grain = (grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1)) / 3  # neighbours are alike, as after a lens
    return Image.fromarray(np.clip(grain + 5, 0, 40).astype(np.uint8))


def scanned(image, rng, bitonal):
    """The sheet as it comes from the scanner: "1" when bitonal, else "L"."""
    if rng.random() < 0.12:  # pale print
        light = rng.uniform(0.25, 0.5)
        image = image.point([round(255 - (255 - v) * (1 - light)) for v in range(256)])
    if rng.random() < 0.15:  # a fold
        y = round(image.height * rng.choice((1 / 3, 1 / 2, 2 / 3)))
        strip = image.crop((0, y - 3, image.width, y + 3))
        image.paste(strip.point([round(v * 0.86) for v in range(256)]), (0, y - 3))
    skew = rng.gauss(0, 0.45) if rng.random() < 0.6 else 0.0
    if rng.random() < 0.06:
        skew = rng.uniform(-2.5, 2.5)
    if abs(skew) > 0.1:
        image = image.rotate(skew, Image.BILINEAR, fillcolor=255)
    draw = ImageDraw.Draw(image)
    if rng.random() < 0.2:  # punched
        for at in (-40, 40):
            x, y, r = px(9), image.height // 2 + px(at), px(2.7)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=40)
    if rng.random() < 0.25:
        for _ in range(rng.randrange(20, 120)):
            x, y, r = rng.randrange(image.width), rng.randrange(image.height), rng.choice((0, 1, 1, 2))
            draw.ellipse((x, y, x + r, y + r), fill=60)
    if rng.random() < 0.04:  # dust on the glass
        x = rng.randrange(px(5), image.width - px(5))
        draw.line((x, 0, x, image.height), fill=120)
    if rng.random() < 0.025:
        image = image.transpose(rng.choice((Image.ROTATE_90, Image.ROTATE_180, Image.ROTATE_270)))
    if bitonal:
        return image.point([0] * 165 + [255] * 91, "1")
    if rng.random() < 0.6:
        grain = noise()
        across = image.width <= grain.width
        grain = grain if across else grain.transpose(Image.ROTATE_90)
        x, y = rng.randrange(grain.width - image.width + 1), rng.randrange(grain.height - image.height + 1)
        image = ImageChops.subtract(image, grain.crop((x, y, x + image.width, y + image.height)))
    return image
