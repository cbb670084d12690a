"""Draws one lot: sheets, their scanning, the files, and the truth beside them."""

import json
import random
from datetime import date
from pathlib import Path

import born_digital
import files
import printed
import scan
import separator_sheets
from people import Case, caisse_address
from paper import DPI, Sheet


class Family:
    """The layout code and looks of one half of the lots."""

    def __init__(self, name):
        if name == "a":
            import forms_a as forms, layout_a as layout, pages_a as pages
            self.typed, self.letters = ("mono", "sans", "dejavu"), ("serif", "sans", "dejavu")
        else:
            import forms_b as forms, layout_b as layout, pages_b as pages
            self.typed, self.letters = ("courier", "carlito", "lato"), ("roman", "carlito", "typewriter", "bookman")
        self.forms, self.layout, self.pages = forms, layout, pages

    def draw(self, doc, case, look):
        if doc.type in self.forms.FORMS:
            sheets = [self.layout.draw_form(self.forms.FORMS[doc.type], case, look)]
        else:
            sheets = self.pages.MAKERS[doc.type](case, look)
        if look.get("back"):
            sheets += self.pages.MAKERS["BACK"](case, look)
        return sheets


class Scanned:
    """One side after the scanner, with what is true of it."""

    def __init__(self, sheet, image, dpi, turned, skew, defects, format):
        self.sheet, self.image, self.dpi, self.format = sheet, image, dpi, format
        self.turned, self.skew, self.defects = turned, skew, defects
        self.file, self.index = "", 0

    @property
    def place(self):
        return [self.file, self.index]

    def truth(self):
        return {"file": self.file, "index": self.index, "kind": self.sheet.kind, "width_px": self.image.width, "height_px": self.image.height, "dpi": self.dpi,
                "turned_deg": self.turned, "skew_deg": round(self.skew, 2), "defects": sorted(self.defects), "barcodes": self.sheet.marks}


class LotBuilder:
    def __init__(self, lot, root):
        self.lot, self.folder, self.family = lot, Path(root) / lot.folder, Family(lot.family)
        self.plis, self.loose = [], []  # loose: separator sheets (and their backs) with no pli

    def pli(self, number, plan):
        """The documents of one pli, each a list of scanned sides; backs after their fronts."""
        lot = self.lot
        rng = random.Random(f"{lot.folder}/{number}")
        case = Case(lot.caisse, rng, plan.person, date.fromisoformat(lot.received))
        typed, letters = rng.choice(self.family.typed), rng.choice(self.family.letters)
        documents, position = [], 0
        for doc in plan.docs:
            look = {"typed": typed, "letter": letters, "with_key": plan.with_key, **doc.look}
            look["hand"] = doc.look.get("hand", plan.hand) or None
            look["address"] = caisse_address(plan.misdirected or lot.caisse, doc.look.get("service")) if doc.look.get("address") else None
            sides = []
            for front in self.family.draw(doc, case, look):
                if plan.born_digital:
                    sides.append(Scanned(front, front.image.convert("L"), DPI, 0, 0.0, {"born-digital"}, plan.format))
                    continue
                turned = plan.turned[position] if position < len(plan.turned) else rng.choice((0,) * 11 + (90, 180, 270))
                sides.append(self.side(front, plan, rng, turned))
                position += 1
            if lot.duplex and not look.get("back") and not plan.born_digital:
                sides += [self.back(sides[-1], plan, rng)] if len(sides) == 1 else []
            documents.append((doc.type, sides))
        return case, documents

    def defects(self, plan, rng, format):
        if plan.defects is not None:
            return set(plan.defects) | set(plan.hard)
        chosen = set(rng.sample(("noise", "speckle", "shadow", "punch", "staple", "fold", "streak", "stamp", "border"), rng.choice((0, 1, 1, 2, 2, 3))))
        return chosen | set(plan.hard) | ({"jpeg"} if "jpeg" in format else set())

    def side(self, sheet, plan, rng, turned, behind=None, only=None):
        format = self.lot.format if self.lot.files == "one-for-all" else plan.format
        bitonal = format in files.BITONAL
        defects = self.defects(plan, rng, format) if only is None else set(only)
        if plan.skew is not None:
            skew = plan.skew
        else:
            skew = rng.choice((0.0, rng.uniform(-0.8, 0.8), rng.uniform(-2, 2), rng.uniform(-2, 2), rng.uniform(-5, 5)))
        sheet.received = "17 MARS 2026"
        ink_side = sheet.image.convert("L").reduce(4) if self.lot.duplex else None  # blurred anyway when it shows through
        sheet.lines = printed.lines(sheet, defects)
        scan.paper_defects(sheet, defects, rng, behind, bitonal)
        image = scan.scan(sheet, defects, rng, skew, turned, gentle=not bitonal, colour=format == "colour-jpeg")
        image, sheet.image, sheet.strokes = files.in_format(image, format), None, []  # a lot of pages: keep only what is written
        side = Scanned(sheet, image, 200 if "fax" in defects else DPI, turned, skew, defects, format)
        side.ink_side = ink_side
        return side

    def back(self, front, plan, rng):
        """The empty back of a page: what is on the front shows through."""
        sheet = Sheet(front.sheet.width, front.sheet.height)
        sheet.kind = "blank"
        only = {"bleed", "noise"} | set(rng.sample(("speckle", "shadow", "punch"), rng.choice((0, 1))))
        if "punch" in front.defects:
            only.add("punch")
        if "fax" in front.defects:
            only.add("fax")
        return self.side(sheet, plan, rng, front.turned, front.ink_side, only)

    def separator(self, kind, name):
        sheet = separator_sheets.sheet(kind, self.lot.caisse, self.lot.folder.upper())
        rng = random.Random(f"{self.lot.folder}/{name}")
        plain = type("Plain", (), {"format": "g4", "skew": rng.uniform(-1.2, 1.2)})
        side = self.side(sheet, plain, rng, rng.choice((0, 0, 0, 0, 180)) if kind != "patch-t" else 0, only=rng.sample(("speckle", "punch"), 1))
        self.loose.append(side)
        if not self.lot.duplex:
            return [side]
        behind = Sheet()
        behind.kind, behind.separator = "blank", "back"
        self.loose.append(self.side(behind, plain, rng, side.turned, side.ink_side, only={"bleed", "noise"}))
        return self.loose[-2:]

    def build(self):
        lot, stream = self.lot, []  # stream: every side in the order scanned
        if lot.told == "header":
            stream += self.separator("lot", "header")
        for number, plan in enumerate(lot.plis, 1):
            case, documents = self.pli(number, plan)
            if lot.separators != "none":
                stream += self.separator("patch-t" if lot.separators == "patch-t" else "pli", f"pli-{number}")
            sides = []
            for index, (_, pages) in enumerate(documents):
                if index and lot.separators == "pli+document":
                    stream += self.separator("document", f"document-{number}-{index}")
                sides += pages
                stream += pages
            self.plis.append((plan, case, documents, sides))
        self.write(stream)

    def write(self, stream):
        lot = self.lot
        for old in self.folder.glob("*"):
            old.unlink()
        if lot.files == "one-per-pli":
            for number, (plan, _, _, sides) in enumerate(self.plis, 1):
                if plan.born_digital:
                    name = f"pli-{number:04d}.pdf"
                    sides[0].file = name
                    born_digital.write(self.folder / name, [side.sheet for side in sides])
                    continue
                self.file(f"pli-{number:04d}{files.SUFFIXES[plan.format]}", sides, plan.format)
        elif lot.files == "one-per-page":
            for number, side in enumerate(stream, 1):
                self.file(f"page-{number:04d}{files.SUFFIXES[side.format]}", [side], side.format)
        else:
            half = len(stream) // 2 + 1  # two files: the feeder was filled twice
            for number, sides in enumerate((stream[:half], stream[half:]), 1):
                self.file(f"scan-{number:03d}{files.SUFFIXES[lot.format]}", sides, lot.format)
        names = sorted(p.name for p in self.folder.iterdir())
        if lot.told == "lot.json":
            manifest = {"caisse": lot.caisse, "channel": lot.channel, "label": lot.folder, "received": lot.received, "expected_files": len(names)}
            (self.folder / "lot.json").write_text(json.dumps(manifest, ensure_ascii=False) + "\n")
        self.printed = {side.file: {} for side in stream}
        for side in stream:
            if side.sheet.kind == "page" and side.sheet.lines:
                self.printed[side.file][side.index] = side.sheet.lines
        truth_file = self.folder.parent / f"{lot.folder}.truth.json"
        truth_file.write_text(json.dumps(self.truth(stream), ensure_ascii=False, indent=1) + "\n")

    def file(self, name, sides, format):
        for index, side in enumerate(sides):
            side.file, side.index = name, index
        files.write(self.folder / name, [side.image for side in sides], format, [side.dpi for side in sides])

    def truth(self, stream):
        lot, plis = self.lot, []
        for number, (plan, _, documents, sides) in enumerate(self.plis, 1):
            said = []
            for type_, pages in documents:
                sheets = [s.sheet for s in pages]
                said.append({"type": type_, "pages": [s.place for s in pages if s.sheet.kind == "page"],
                             "nirs": [n for s in sheets for n in s.nirs], "identifiers": [i for s in sheets for i in s.identifiers],
                             "fields": {k: v for s in sheets for k, v in s.fields.items()}, "barcodes": [m for s in sheets for m in s.marks]})
            plis.append({"name": sides[0].file if lot.files == "one-per-pli" else f"{number:04d}", "caisse": plan.misdirected if plan.misdirected and lot.told == "nothing" else lot.caisse,
                         "outcome": "to_verify" if plan.misdirected else "delivered", "may_be_to_verify": bool(plan.hard or plan.misdirected),
                         **({"addressed_to": plan.misdirected} if plan.misdirected else {}),
                         "documents": said, "blank_pages": [s.place for s in sides if s.sheet.kind == "blank"]})
        return {"lot": {"folder": lot.folder, "caisse": lot.caisse, "caisse_told_by": lot.told, "separators": lot.separators, "files": lot.files, "duplex": lot.duplex, "family": lot.family},
                "plis": plis, "separator_pages": [s.place + [s.sheet.separator] for s in self.loose], "pages": [s.truth() for s in stream]}
