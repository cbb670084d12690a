"""What a scanner and the mail do to a sheet: every defect is seeded, and named for the truth file."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from layout_a import round_stamp
from paper import DPI, Sheet, px


def paper_defects(sheet, names, rng, behind=None, bitonal=True):
    """Defects of the paper itself, before it is scanned."""
    image = sheet.image
    draw = ImageDraw.Draw(image)
    w, h = image.size
    if "faint" in names:
        image = Image.blend(image, Image.new("RGB", image.size, (255, 255, 255)), 0.42)
        draw = ImageDraw.Draw(image)
    if "bleed" in names and behind is not None:
        ghost = behind.convert("L").resize(image.size).transpose(Image.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(2))
        strength = rng.uniform(0.36, 0.42) if bitonal else rng.uniform(0.12, 0.3)  # chosen: black and white keeps some of it
        ghost = ghost.point(lambda v: 255 - round((255 - v) * strength)).convert("RGB")
        image = ImageChops.multiply(image, ghost)
        draw = ImageDraw.Draw(image)
    if "fold" in names:
        y = round(h * rng.choice((1 / 3, 1 / 2, 2 / 3))) + rng.randrange(-20, 20)
        for offset in range(-7, 8):
            shade = 255 - round(70 * (1 - abs(offset) / 8))
            strip = image.crop((0, y + offset, w, y + offset + 1))
            image.paste(ImageChops.multiply(strip, Image.new("RGB", strip.size, (shade, shade, shade))), (0, y + offset))
    if "stamp" in names:
        stamp = Sheet(sheet.width, sheet.height)
        stamp.image = image
        stamp.paste(round_stamp(("COURRIER", "ARRIVÉ LE", sheet.received), (90, 60, 150), 40), rng.uniform(0.45, 0.6) * w * 25.4 / DPI, rng.uniform(0.2, 0.55) * h * 25.4 / DPI, rng.uniform(-25, 25))
        image = stamp.image
    draw = ImageDraw.Draw(image)
    if "punch" in names:
        for at in (0.5 - 40 * DPI / 25.4 / h, 0.5 + 40 * DPI / 25.4 / h):
            x = w - px(9) if sheet.kind == "blank" else px(9)  # a back is seen from behind
            y, r = round(h * at), px(2.9)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(28, 28, 28))
    if "staple" in names:
        x, y = px(rng.uniform(5, 9)), px(rng.uniform(5, 9))
        draw.line((x, y, x + px(9), y - px(3)), fill=(60, 60, 60), width=px(0.5))
        for end in ((x, y), (x + px(9), y - px(3))):
            draw.ellipse((end[0] - 6, end[1] - 6, end[0] + 6, end[1] + 6), fill=(40, 40, 40))
    sheet.image = image


def scan(sheet, names, rng, skew=0.0, turned=0, gentle=False, colour=False):
    """The sheet as the scanner sends it. gentle: less noise, where a JPEG would spend all its bytes on it.

    skew: degrees the text lines descend clockwise; turned: 0, 90, 180, 270 clockwise."""
    noise = np.random.default_rng(rng.randrange(2**32))
    image = sheet.image if colour else sheet.image.convert("L")
    ground = 24 if "border" in names else 255
    ground = (ground,) * 3 if colour else ground
    if "border" in names:
        extra = px(rng.uniform(4, 9))
        framed = Image.new(image.mode, (image.width + 2 * extra, image.height + extra), ground)
        framed.paste(image, (extra, 0))
        image = framed
    if skew:
        image = image.rotate(-skew, resample=Image.BICUBIC, expand=False, fillcolor=ground)
    if "fax" in names:
        image = image.resize((round(image.width * 200 / DPI), round(image.height * 200 / DPI)), Image.LANCZOS)
    if {"noise", "shadow", "streak"} & set(names):
        grey = np.asarray(image).astype(np.float32)
        if "shadow" in names:
            reach = round(image.width * 0.12)
            ramp = np.ones(image.width, np.float32)
            ramp[:reach] = np.linspace(0.45, 1.0, reach)
            if rng.random() < 0.5:
                ramp = ramp[::-1]
            grey *= ramp[None, :, None] if colour else ramp[None, :]
        if "noise" in names:
            grey += noise.normal(0, 3 if gentle else 9, grey.shape[:2]).astype(np.float32)[(..., None) if colour else ...]
        if "streak" in names:
            x = rng.randrange(round(image.width * 0.03), round(image.width * 0.97))
            grey[:, x:x + rng.choice((1, 2))] *= 0.35
        image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if "speckle" in names:
        draw = ImageDraw.Draw(image)
        for _ in range(rng.randrange(60, 200)):
            x, y, r = rng.randrange(image.width), rng.randrange(image.height), rng.choice((0, 0, 1, 1, 2))
            draw.ellipse((x, y, x + r, y + r), fill=(30, 30, 30) if colour else 30)
    if turned:
        image = image.transpose({90: Image.ROTATE_270, 180: Image.ROTATE_180, 270: Image.ROTATE_90}[turned])
    return image


def bitonal(image, threshold=150):
    """Black and white, as a scanner's own threshold does.

    Shadows would swallow text, so the ground is evened out first, over more than the height of a barcode, whose bars would
    pass for a dark ground.
    """
    grey = image.convert("L")
    small = grey.resize((grey.width // 16 + 1, grey.height // 16 + 1), Image.BOX).filter(ImageFilter.MaxFilter(19)).filter(ImageFilter.BoxBlur(4))
    ground = np.asarray(small.resize(grey.size, Image.BILINEAR)).astype(np.float32)
    values = np.asarray(grey).astype(np.float32) * (255 / np.maximum(ground, 70))
    return Image.fromarray(np.where(values > threshold, 255, 0).astype(np.uint8)).convert("1", dither=Image.NONE)
