"""Official blank forms, filled in and scanned badly: what the typed values are is known, so the reading can be judged.

Positions are in pixels of the form's first page at 300 dpi. measured: on the rasterised forms of the third-party data.
"""

import functools
import io
import random
import subprocess
from dataclasses import dataclass, field

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 300
FONTS = "/usr/share/fonts/opentype/urw-base35/"  # of the package fonts-urw-base35
WHITE = 255

DAT, DOMICILE, MDPH = "cerfa-14463-03-DAT", "cerfa-16030-01-domiciliation", "mdph-certificat-medical"
EXPECTED_TYPE = {DAT: "DAT", DOMICILE: "PJ-DOMICILE", MDPH: "HORS"}

# Edges of comb cells on the DAT, and where their digits stand.
NIR_CELLS = (444, 504, 564, 624, 684, 744, 796, 855, 915, 975, 1035, 1095, 1155, 1210, 1253, 1294)
SIRET_CELLS = (750, 813, 873, 933, 993, 1053, 1113, 1173, 1233, 1293, 1353, 1414, 1473, 1536, 1598)
ACCIDENT_CELLS = (243, 302, 360, 423, 482, 545, 606, 663, 721)
HIRE_CELLS = (438, 497, 555, 618, 678, 741, 802, 858, 916)
NIR_BASE, SIRET_BASE, ACCIDENT_BASE, HIRE_BASE = 814, 570, 1338, 1078


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""
    name: str
    nir: str
    siret: str
    accident: str  # DDMMYYYY
    hired: str


def nir(rng, department="06"):
    """spec: domain facts 2.1: 97 less the remainder; 2A counts as 19 and 2B as 18."""
    body = f"{rng.choice('12')}{rng.randrange(50, 99)}{rng.randrange(1, 13):02}{department}{rng.randrange(1, 400):03}{rng.randrange(1, 999):03}"
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - number % 97:02}"


def with_luhn(digits):
    """spec: ISO/IEC 7812-1 annex B."""
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def siret(rng):
    siren = with_luhn(f"{rng.randrange(3, 9)}{rng.randrange(10**7):07}")
    return with_luhn(siren + f"{rng.randrange(1, 60):04}")


def person(seed, department="06"):
    rng = random.Random(seed)
    name = rng.choice(("MARTINELLO", "VERDUNOIS", "CAZALOTTE", "BRUGUERAT")) + " " + rng.choice(("Lucette", "Armand", "Noémie", "Basile"))
    return Person(name, nir(rng, department), siret(rng), f"{rng.randrange(1, 28):02}{rng.randrange(1, 3):02}2026", f"{rng.randrange(1, 28):02}{rng.randrange(1, 13):02}{rng.randrange(2005, 2025)}")


@dataclass(frozen=True)
class Scan:
    """How a filled form went through printer and scanner."""
    font: str = "NimbusMonoPS-Regular"
    size: int = 40  # px
    shift: tuple = (0, 0)  # of everything filled in, px
    skew: float = 0.0  # degrees clockwise
    turned: int = 0
    noise: float = 0.0  # standard deviation, of 255
    ink: int = 30
    pale: float = 0.0  # share by which the whole page is lighter
    bitonal: bool = False
    file: str = "tif"


@dataclass(frozen=True)
class Variant:
    name: str
    form: str
    person: Person
    scan: Scan = field(default_factory=Scan)
    pages: int = 1


VARIANTS = (
    Variant("dat-plain", DAT, person(1)),
    Variant("dat-sans-high", DAT, person(2), Scan(font="NimbusSans-Regular", shift=(0, -4), file="jpg")),
    Variant("dat-serif-skewed", DAT, person(3), Scan(font="NimbusRoman-Regular", skew=1.2, file="pdf")),
    Variant("dat-bold-left", DAT, person(4), Scan(font="NimbusMonoPS-Bold", shift=(-6, 0), skew=-0.8, noise=6, file="jpg")),
    Variant("dat-bitonal", DAT, person(5), Scan(bitonal=True, skew=0.5)),
    Variant("dat-bitonal-upside-down", DAT, person(6), Scan(font="NimbusSans-Regular", bitonal=True, turned=180, skew=-1.5)),
    Variant("dat-pale", DAT, person(7), Scan(ink=110, pale=0.25, file="jpg")),
    Variant("dat-corsica-lying", DAT, person(8, "2A"), Scan(font="NimbusSans-Bold", turned=90, noise=4)),
    Variant("dat-small-noisy", DAT, person(9), Scan(size=34, noise=12, skew=2.0, file="jpg")),
    Variant("dat-abroad", DAT, person(10, "99"), Scan(font="C059-Roman", size=38, shift=(5, 3), skew=-2.0, file="pdf")),
    Variant("domicile-plain", DOMICILE, person(11)),
    Variant("domicile-bitonal-skewed", DOMICILE, person(12), Scan(font="NimbusSans-Regular", bitonal=True, skew=1.7)),
    Variant("domicile-upside-down", DOMICILE, person(13), Scan(turned=180, noise=6, pale=0.2, file="jpg")),
    Variant("domicile-lying", DOMICILE, person(14), Scan(turned=90, skew=-1.0, file="pdf")),
    Variant("mdph-plain", MDPH, person(15)),
    Variant("mdph-bitonal", MDPH, person(16), Scan(bitonal=True, skew=0.9)),
    Variant("mdph-pale-upside-down", MDPH, person(17), Scan(pale=0.3, turned=180, noise=5, file="jpg")),
    Variant("mdph-more-pages", MDPH, person(18), Scan(skew=-0.6, file="pdf"), pages=3),
)


@functools.lru_cache(maxsize=None)
def raster(forms, form, page_number):
    """A blank page as a grey picture."""
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page_number), "-l", str(page_number), forms / f"{form}.pdf"]
    return Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)).convert("L")


def fill(page, variant):
    scan, who = variant.scan, variant.person
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(f"{FONTS}{scan.font}.otf", scan.size)

    def text(x, y, words):
        draw.text((x + scan.shift[0], y + scan.shift[1]), words, fill=scan.ink, font=font, anchor="ls")

    def comb(cells, y, value):
        for left, right, character in zip(cells, cells[1:], value):
            draw.text(((left + right) / 2 + scan.shift[0], y + scan.shift[1]), character, fill=scan.ink, font=font, anchor="ms")

    if variant.form == DAT:
        text(780, 360, "ATELIERS DU PAILLON SARL")
        text(330, 418, "14 RUE DES OLIVETTES")
        comb(SIRET_CELLS, SIRET_BASE, who.siret)
        comb(NIR_CELLS, NIR_BASE, who.nir)
        text(560, 868, who.name)
        comb(HIRE_CELLS, HIRE_BASE, who.hired)
        comb(ACCIDENT_CELLS, ACCIDENT_BASE, who.accident)
        text(600, 1440, "ATELIER DE MONTAGE, NICE")
        text(500, 1860, "CHUTE D'UNE ECHELLE")
        text(500, 2180, "POIGNET DROIT")
    elif variant.form == DOMICILE:
        last, first = who.name.split()
        text(410, 600, last)
        text(470, 684, first)
        text(640, 1268, "CCAS DE SAINT-LAURENT")
        text(570, 1686, "3 PLACE DE LA FONTAINE")
    else:
        last, first = who.name.split()
        text(630, 1862, last)
        text(630, 1966, first)
        text(630, 2060, "8 CHEMIN DES TERRASSES")
    return page


def scanned(page, scan, rng):
    if scan.pale:
        page = page.point(lambda value: int(value + (WHITE - value) * scan.pale))
    if scan.skew:
        page = page.rotate(-scan.skew, Image.BILINEAR, fillcolor=WHITE)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    if scan.noise:
        pixels = numpy.asarray(page, dtype=numpy.float32) + rng.normal(0, scan.noise, (page.height, page.width))
        page = Image.fromarray(pixels.clip(0, WHITE).astype(numpy.uint8))
    if scan.turned:
        page = page.rotate(-scan.turned, expand=True)
    if scan.bitonal:
        page = page.point(lambda value: WHITE if value > 185 else 0).convert("1", dither=Image.NONE)  # chosen: keeps the grey titles
    return page


def make(variant, forms, folder):
    """The file of a variant."""
    rng = numpy.random.default_rng(sum(variant.name.encode()))
    pages = [raster(forms, variant.form, number).copy() for number in range(1, variant.pages + 1)]
    pages[0] = fill(pages[0], variant)
    pages = [scanned(page, variant.scan, rng) for page in pages]
    path = folder / f"{variant.name}.{variant.scan.file}"
    how = {"tif": {"compression": "group4" if variant.scan.bitonal else "tiff_lzw", "dpi": (DPI, DPI)}, "jpg": {"quality": 75, "dpi": (DPI, DPI)}, "pdf": {"resolution": DPI}}[variant.scan.file]
    several = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(path, **how, **several)
    return path
