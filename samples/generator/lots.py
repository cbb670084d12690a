"""What is in each lot: the plan. `build` draws it, `truth` writes down what a reader should answer."""

from dataclasses import dataclass, field


@dataclass
class Doc:
    """One document of a pli. `look` goes to its maker (hand, variant, address, registered, size, ink ...)."""
    type: str
    look: dict = field(default_factory=dict)


@dataclass
class Pli:
    docs: list
    person: str = "usual"          # usual, abroad, overseas, corsica, nia
    format: str = "g4"             # of its file, or of its pages' files
    hard: tuple = ()               # defects that make it deliberately unclear
    misdirected: str = ""          # caisse its address block names, when not the lot's
    hand: str = ""                 # handwriting of whoever filled it in
    with_key: bool = True          # False: the NIR stands there without its key
    turned: tuple = ()             # by page, else drawn
    skew: float = None             # of every page, else drawn
    defects: tuple = None          # of every page, else drawn
    born_digital: bool = False     # a PDF with text of its own, never scanned


@dataclass
class Lot:
    folder: str
    caisse: str
    family: str                    # a, b
    told: str                      # lot.json, header, nothing
    separators: str                # none, pli, pli+document, patch-t
    plis: list
    files: str = "one-per-pli"     # one-per-pli, one-per-page, one-for-all
    duplex: bool = False
    format: str = "g4"             # of one-for-all files
    channel: str = "post"
    received: str = "2026-03-16"


def D(type, **look):
    return Doc(type, look)


def P(*docs, **more):
    return Pli(list(docs), **more)


LOTS = [
    Lot("041-digne", "041", "a", "lot.json", "none", [
        P(D("AAT")),
        P(D("AAT"), hand="hand-dkg", format="grey-jpeg"),
        P(D("FSP"), D("PJ-ORDO"), with_key=False),
        P(D("LIBRE", address=True), D("RIB"), hand="hand-steve"),
        P(D("AS-MAL"), format="tiff-lzw"),
        P(D("DMT"), person="abroad", turned=(180,)),
        P(D("C2S", address=True), D("PJ-IMPOT"), D("PJ-DOMICILE")),
        P(D("CHQ"), format="colour-jpeg"),
    ]),
    Lot("051-gap", "051", "a", "nothing", "none", [
        P(D("ENVELOPPE", address=True), D("AAT")),
        P(D("RECL", address=True), format="png"),
        P(D("ENVELOPPE", address=True, registered=True, size="C5"), D("CRA", address=True), turned=(90, 0)),
        P(D("PMT", address=True), with_key=False),
        P(D("ENVELOPPE", address=True), D("RATT"), D("PJ-CIVIL"), hand="hand-dkg"),
        P(D("AR"), turned=(0,)),
        P(D("DAT", address=True), format="pdf-g4"),
        P(D("LIBRE", address=True, variant=2), hand="hand-delphine", hard=("faint", "fax")),
    ], channel="post"),
    Lot("061-nice", "061", "a", "header", "pli", [
        P(D("AAT")),
        P(D("ENVELOPPE", address=True, registered=True), D("DAT"), D("AS-AT")),
        P(D("FSP"), hand="hand-steve", format="grey-jpeg"),
        P(D("ALD", service="M LE MEDECIN CONSEIL", address=True)),
        P(D("OUVDR"), D("PJ-ID"), D("RIB"), person="overseas"),
        P(D("NPAI"), turned=(270,)),
        P(D("CURE"), with_key=False, skew=-4.2),
        P(D("HORS", variant=0)),
        P(D("TR-FRAIS"), D("PMT"), hard=("faint", "streak", "speckle")),
    ], files="one-per-page"),
    Lot("131-marseille", "131", "a", "header", "pli+document", [
        P(D("FAT", back=True)),
        P(D("ENVELOPPE", address=True), D("INV"), D("PJ-PAIE"), D("RIB")),
        P(D("CM-AT"), D("AAT", back=True), hand="hand-dkg"),
        P(D("GROS", address=True), person="abroad"),
        P(D("DAP", address=True, service="SERVICE MEDICAL"), D("PJ-ORDO")),
        P(D("CV", address=True), D("PJ-ID"), hand="hand-delphine"),
        P(D("FACT", address=True)),
        P(D("LIBRE", variant=1), hand="hand-steve", hard=("faint", "stamp", "noise")),
    ], files="one-for-all", duplex=True),
    Lot("831-toulon", "831", "a", "lot.json", "none", [
        P(D("FSP-AUX"), D("PJ-ORDO")),
        P(D("DMP"), D("CM-AT"), format="tiff-grey"),
        P(D("RECL", address=True, variant=1), misdirected="061"),
        P(D("C2S", back=True), D("PJ-IMPOT"), person="nia"),
        P(D("DAP-T", address=True, service="M LE MEDECIN CONSEIL"), format="tiff-jpeg"),
        P(D("PJ-DEVIS"), born_digital=True),
        P(D("RATT"), D("PJ-CIVIL"), with_key=False, format="pdf-jpeg"),
        P(D("AAT"), hard=("fax", "faint", "streak"), hand="hand-dkg"),
    ], duplex=True),
    Lot("841-avignon", "841", "a", "lot.json", "patch-t", [
        P(D("AS-6M")),
        P(D("AAT"), D("RIB")),
        P(D("PSC"), hand="hand-steve"),
        P(D("ENVELOPPE", address=True, size="C5"), D("EUR")),
        P(D("HORS", variant=1)),
        P(D("FSP"), D("PJ-FACTURE")),
        P(D("PMT"), skew=4.6),
    ], files="one-for-all"),
    Lot("201-ajaccio", "201", "a", "nothing", "none", [
        P(D("ENVELOPPE", address=True), D("FSP"), person="corsica"),
        P(D("AAT", address=True), person="corsica"),
        P(D("LIBRE", address=True), D("RIB"), person="corsica", hand="hand-dkg"),
        P(D("ENVELOPPE", address=True, registered=True), D("CRA", address=True), person="corsica"),
        P(D("DMT", address=True), person="corsica", format="jp2"),
        P(D("OUVDR", address=True), D("PJ-DOMICILE"), with_key=False, person="corsica"),
        P(D("FACT", address=True), born_digital=True),
        P(D("CV", address=True), person="corsica", hand="hand-steve", hard=("fold", "faint", "stamp")),
    ]),
    Lot("202-bastia", "202", "b", "lot.json", "none", [
        P(D("FSP"), person="corsica"),
        P(D("AAT", address=True), person="corsica", hand="hand-klee", format="grey-jpeg"),
        P(D("RECL", address=True), person="corsica", misdirected="131"),
        P(D("OUVDR"), D("PJ-ID"), D("RIB"), person="corsica"),
        P(D("INV"), person="corsica", with_key=False),
        P(D("PJ-FACTURE"), format="tiff-lzw"),
        P(D("DAT", address=True), D("CM-AT")),
        P(D("CHQ"), format="colour-jpeg", hand="hand-breip"),
        P(D("LIBRE", variant=1), person="corsica", hand="hand-breip", hard=("faint", "shadow", "fold")),
    ]),
    Lot("301-nimes", "301", "b", "header", "pli", [
        P(D("AS-MAL"), person="abroad"),
        P(D("ENVELOPPE", address=True, registered=True), D("CRA", address=True)),
        P(D("FSP"), D("PJ-ORDO"), hand="hand-organize"),
        P(D("AAT"), turned=(180,)),
        P(D("C2S"), D("PJ-IMPOT"), D("PJ-PAIE")),
        P(D("NPAI", variant=1)),
        P(D("DMP"), skew=3.8),
        P(D("TR-FRAIS"), D("PMT"), hard=("fax", "faint", "speckle")),
    ], files="one-for-all", format="tiff-jpeg"),
    Lot("342-montpellier", "342", "b", "lot.json", "patch-t", [
        P(D("ALD", address=True, service="MONSIEUR LE MEDECIN CONSEIL")),
        P(D("DMT"), person="overseas"),
        P(D("RATT"), D("PJ-CIVIL")),
        P(D("LIBRE", address=True, joined=True), format="grey-jpeg"),
        P(D("AS-AT"), D("DAT"), with_key=False),
        P(D("HORS", variant=1)),
        P(D("CURE"), hand="hand-klee"),
        P(D("AR")),
    ], files="one-per-page"),
    Lot("481-mende", "481", "b", "nothing", "none", [
        P(D("ENVELOPPE", address=True), D("AAT")),
        P(D("CV", address=True), D("PJ-ID")),
        P(D("ENVELOPPE", address=True, brown=True, size="C5"), D("FSP-AUX"), D("PJ-ORDO"), with_key=False, turned=(270, 0, 0)),
        P(D("GROS", address=True), format="jp2"),
        P(D("DAP-T", address=True, service="SERVICE MEDICAL")),
        P(D("ENVELOPPE", address=True), D("INV"), D("RIB"), hand="hand-klee"),
        P(D("FACT", address=True), format="png"),
        P(D("RECL", address=True, variant=1), hand="hand-organize", hard=("stamp", "faint", "fax")),
    ]),
    Lot("661-perpignan", "661", "b", "header", "pli+document", [
        P(D("AAT", back=True), D("RIB")),
        P(D("EUR"), D("OUVDR")),
        P(D("FAT"), person="abroad"),
        P(D("PMT", address=True), D("TR-FRAIS")),
        P(D("PSC"), hand="hand-breip"),
        P(D("CV"), D("PJ-ID")),
        P(D("C2S", back=True), D("PJ-DOMICILE"), skew=-3.1),
        P(D("DAP"), D("PJ-DEVIS"), hard=("faint", "streak", "noise"), hand="hand-connect"),
    ], files="one-per-page", duplex=True),
    Lot("111-carcassonne", "111", "b", "lot.json", "none", [
        P(D("AS-6M"), format="pdf-g4"),
        P(D("ENVELOPPE", address=True), D("LIBRE", address=True), misdirected="661", hand="hand-klee"),
        P(D("CM-AT"), D("AAT")),
        P(D("DMT"), with_key=False, person="nia"),
        P(D("PJ-PAIE"), born_digital=True),
        P(D("RATT", back=True), hand="hand-breip"),
        P(D("HORS", variant=2)),
        P(D("CRA", address=True), format="tiff-jpeg"),
        P(D("FSP"), hard=("stamp", "faint", "shadow")),
    ], duplex=True),
    Lot("121-rodez", "121", "b", "header", "pli", [
        P(D("DAT")),
        P(D("RECL", address=True)),
        P(D("AS-MAL"), D("RIB")),
        P(D("ALD")),
        P(D("CHQ"), D("LIBRE", variant=2)),
        P(D("FSP"), with_key=False),
        P(D("HORS", variant=0)),
        P(D("GROS"), hand="hand-organize", hard=("fold", "faint", "fax")),
    ], files="one-for-all", format="pdf-g4", channel="counter"),
]
