"""Invented people, firms and numbers: every value passes its check rule and belongs to nobody.

Rules of the numbers: spec: docs/identifiers (NIR key, Luhn, ISO 13616, UPU S10); La Poste key weights 3,1 from the right.
"""

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST_NAMES = {
    "1": "Bastien Cyprien Étienne Hugues Joël Kamel Loïc Mathurin Nathan Octave Pascal Quentin Rachid Sylvain Théo Ulysse Victor Yannick Zéphyr Ange".split(),
    "2": "Adèle Bérénice Célestine Delphine Élodie Fanny Gaëlle Hélène Inès Jeanne Karima Léonie Maëlle Noémie Odile Pauline Rose Solange Thaïs Vanina".split(),
}
# Surnames made up for the samples.
SURNAMES = """Verdanel Castelbrac Mourivane Tressanges Aubrégal Pellisson Rouviac Santorelli Garamasse Bellorian Quintarel Dumasset
Fontrevaux Lagarrec Ostriconi Vescovaldi Marchetillo Pradinel Sauvetour Chabrolin Estérac Jourdanel Montfaroux Rigaudet Tourvenat
Cabanessol Lestradier Benhadria Oukasset Nguyvanel Delcastre Ferrandou Bonnafoulx Roquebelle Albagnoc Serravene Piétranera Luccianelli
Malavergne Combescoule Vauclaret Arnaldou Taillevin Escoffrier Bruyassol Chantemerle-Roy Dorvillac Girondelle Palmérac Thévenoux""".split()
STREETS = """rue des Tilleuls;avenue du Vieux Moulin;chemin des Oliviers;impasse du Lavoir;boulevard des Cigales;rue de la Fontaine Basse
place du Grand Puits;allée des Micocouliers;rue Haute;montée des Remparts;route du Col;traverse des Genêts;rue du Four Banal
avenue des Amandiers;chemin de la Source;quartier Les Lauzes""".replace("\n", ";").split(";")
FIRM_HEADS = "Menuiserie Transports Boulangerie Atelier Domaine Garage Imprimerie Conserverie Scierie Hôtel".split()
FIRM_TAILS = "du Vallon Sud,des Trois Pins,Mistral Bleu,de la Combe,Brise Marine,du Pont Neuvel,des Lauriers,Haute Garrigue".split(",")
JOBS = "menuisier,aide-soignante,conducteur de car,vendeuse,maçon,comptable,serveur,agent d'entretien,magasinier,infirmière".split(",")

# Number, short folder name, département name in the address, street line, last line (domain: CEDEX table), localities.
CAISSES = {
    "041": ("digne", "ALPES DE HAUTE PROVENCE", "3 RUE ALPHONSE RICHARD", "04995 DIGNE LES BAINS CEDEX 9", "04", "04000 DIGNE LES BAINS;04100 MANOSQUE;04200 SISTERON;04300 FORCALQUIER"),
    "051": ("gap", "HAUTES ALPES", "10 BOULEVARD GEORGES POMPIDOU", "05018 GAP CEDEX", "05", "05000 GAP;05100 BRIANCON;05200 EMBRUN;05300 LARAGNE MONTEGLIN"),
    "061": ("nice", "ALPES MARITIMES", "48 AVENUE DU ROI ROBERT", "06180 NICE CEDEX 2", "06", "06000 NICE;06600 ANTIBES;06130 GRASSE;06400 CANNES"),
    "131": ("marseille", "BOUCHES DU RHONE", "56 CHEMIN JOSEPH AIGUIER", "13421 MARSEILLE CEDEX 20", "13", "13008 MARSEILLE;13090 AIX EN PROVENCE;13200 ARLES;13300 SALON DE PROVENCE"),
    "831": ("toulon", "VAR", "42 RUE EMILE OLLIVIER", "83082 TOULON CEDEX", "83", "83000 TOULON;83400 HYERES;83300 DRAGUIGNAN;83600 FREJUS"),
    "841": ("avignon", "VAUCLUSE", "7 RUE FRANCOIS PREMIER", "84043 AVIGNON CEDEX 9", "84", "84000 AVIGNON;84200 CARPENTRAS;84100 ORANGE;84400 APT"),
    "201": ("ajaccio", "CORSE DU SUD", "BOULEVARD ABBE RECCO", "20702 AJACCIO CEDEX 9", "2A", "20000 AJACCIO;20137 PORTO VECCHIO;20100 SARTENE;20110 PROPRIANO"),
    "202": ("bastia", "HAUTE CORSE", "5 AVENUE JEAN ZUCCARELLI", "20406 BASTIA CEDEX", "2B", "20200 BASTIA;20250 CORTE;20260 CALVI;20220 L ILE ROUSSE"),
    "301": ("nimes", "GARD", "14 RUE DU CIRQUE ROMAIN", "30921 NIMES CEDEX 9", "30", "30000 NIMES;30100 ALES;30200 BAGNOLS SUR CEZE;30700 UZES"),
    "342": ("montpellier", "HERAULT", "29 COURS GAMBETTA", "34934 MONTPELLIER CEDEX 9", "34", "34000 MONTPELLIER;34200 SETE;34400 LUNEL;34500 BEZIERS"),
    "481": ("mende", "LOZERE", "QUARTIER DES CARMES", "48005 MENDE CEDEX", "48", "48000 MENDE;48100 MARVEJOLS;48400 FLORAC;48300 LANGOGNE"),
    "661": ("perpignan", "PYRENEES ORIENTALES", "2 RUE DES REMPARTS SAINT MATHIEU", "66013 PERPIGNAN CEDEX 9", "66", "66000 PERPIGNAN;66400 CERET;66500 PRADES;66700 ARGELES SUR MER"),
    "111": ("carcassonne", "AUDE", "2 ALLEE DE BEZONS", "11807 CARCASSONNE CEDEX 9", "11", "11000 CARCASSONNE;11100 NARBONNE;11300 LIMOUX;11400 CASTELNAUDARY"),
    "121": ("rodez", "AVEYRON", "34 AVENUE DE BORDEAUX", "12020 RODEZ CEDEX 9", "12", "12000 RODEZ;12100 MILLAU;12200 VILLEFRANCHE DE ROUERGUE;12300 DECAZEVILLE"),
}

NAMES = {
    "041": "CPAM DES ALPES DE HAUTE PROVENCE", "051": "CPAM DES HAUTES ALPES", "061": "CPAM DES ALPES MARITIMES",
    "131": "CPAM DES BOUCHES DU RHONE", "831": "CPAM DU VAR", "841": "CPAM DE VAUCLUSE", "201": "CPAM DE LA CORSE DU SUD",
    "202": "CPAM DE LA HAUTE CORSE", "301": "CPAM DU GARD", "342": "CPAM DE L HERAULT", "481": "CPAM DE LA LOZERE",
    "661": "CPAM DES PYRENEES ORIENTALES", "111": "CPAM DE L AUDE", "121": "CPAM DE L AVEYRON",
}


def caisse_address(code, service=None):
    """The NF Z10-011 lines of a caisse."""
    _, _, street, last, _, _ = CAISSES[code]
    lines = [NAMES[code]]
    if service:
        lines.append(service)
    return lines + [street, last]


def luhn_digit(digits):
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def nir_key(thirteen):
    number = int(thirteen.replace("2A", "19").replace("2B", "18"))
    return f"{97 - number % 97:02d}"


def with_luhn(rng, prefix, length):
    body = prefix + "".join(rng.choice("0123456789") for _ in range(length - len(prefix) - 1))
    return body + luhn_digit(body)


def siret(rng):
    return with_luhn(rng, with_luhn(rng, rng.choice("345789"), 9) + "000", 14)


def iban(rng):
    """A French IBAN on bank codes 99xxx, which no bank holds, with a good RIB key and good control digits."""
    bank, branch = f"99{rng.randrange(100, 999)}", f"{rng.randrange(10, 99999):05d}"
    account = f"{rng.randrange(10**9, 10**10):010d}{rng.randrange(10)}"
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    bban = f"{bank}{branch}{account}{key:02d}"
    check = 98 - int(bban + "152700") % 97  # F=15 R=27, then 00
    return f"FR{check:02d}{bban}"


def grouped(text, *sizes):
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at:at + size])
        at += size
    return " ".join(p for p in parts + [text[at:]] if p)


def by_fours(text):
    return " ".join(text[i:i + 4] for i in range(0, len(text), 4))


def la_poste(rng, prefix="1A"):
    """A La Poste number of 13 characters: digit, letter, ten digits, key."""
    serial = f"{rng.randrange(10**9, 10**10)}"
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(serial)))
    return prefix + serial + str(-total % 10)


def s10(rng, service="RK", country="FR"):
    serial = f"{rng.randrange(10**7, 10**8)}"
    check = 11 - sum(int(d) * w for d, w in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7))) % 11
    return f"{service}{serial}{ {10: 0, 11: 5}.get(check, check) }{country}"


@dataclass
class Person:
    sex: str
    first: str
    last: str
    born: date
    nir: str
    street: str
    town: str
    phone: str
    mail: str

    @property
    def full(self):
        return f"{self.first} {self.last}"

    @property
    def formal(self):
        return f"{'M.' if self.sex in '137' else 'Mme'} {self.last.upper()} {self.first}"

    @property
    def address(self):
        return [self.formal.replace("M. ", "M ").upper(), self.street.upper(), self.town]


def person(rng, caisse, kind="usual", sex=None, born=None):
    """kind: usual, abroad, overseas, corsica, nia."""
    sex = sex or rng.choice("12")
    born = born or date(1948, 1, 1) + timedelta(days=rng.randrange(365 * 56))
    department = CAISSES[caisse][4]
    place = f"{department}{rng.randrange(1, 180):03d}"
    if kind == "abroad":
        place = f"99{rng.choice((127, 134, 139, 350, 351, 352))}"
    elif kind == "overseas":
        place = f"974{rng.randrange(1, 24):02d}"
    elif kind == "corsica":
        place = f"{rng.choice(('2A', '2B'))}{rng.randrange(1, 350):03d}"
    digit = {"1": "7", "2": "8"}[sex] if kind == "nia" else sex
    thirteen = f"{digit}{born:%y%m}{place}{rng.randrange(1, 999):03d}"
    towns = CAISSES[caisse][5].split(";")
    last = rng.choice(SURNAMES)
    first = rng.choice(FIRST_NAMES[sex])
    return Person(sex, first, last, born, thirteen + nir_key(thirteen), f"{rng.randrange(1, 140)} {rng.choice(STREETS)}", rng.choice(towns),
                  f"0{rng.choice(('1 99 00', '2 61 91', '3 53 01', '4 65 71', '5 36 49', '6 39 98'))} {rng.randrange(100):02d} {rng.randrange(100):02d}",
                  f"{plain(first).lower()}.{plain(last).lower()}@exemple.invalid")


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fr(day):
    return f"{day:%d/%m/%Y}"


MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def fr_long(day):
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass
class Case:
    """Everything one pli may say: drawn once, used by all its documents."""
    caisse: str
    rng: random.Random
    kind: str = "usual"
    received: date = date(2026, 3, 16)
    insured: Person = None
    other: Person = None
    child: Person = None
    values: dict = field(default_factory=dict)

    def __post_init__(self):
        rng = self.rng
        self.insured = person(rng, self.caisse, self.kind)
        self.other = person(rng, self.caisse, sex="2" if self.insured.sex == "1" else "1")
        self.child = person(rng, self.caisse, born=date(2018, 1, 1) + timedelta(days=rng.randrange(2500)))
        self.child.last = self.insured.last
        sent = self.received - timedelta(days=rng.randrange(2, 6))
        accident = sent - timedelta(days=rng.randrange(1, 9))
        firm = f"{rng.choice(FIRM_HEADS)} {rng.choice(FIRM_TAILS)}"
        doctor_sex = rng.choice("12")
        p = self.insured
        department = CAISSES[self.caisse][4]
        self.values = {
            "last": p.last.upper(), "first": p.first, "full": f"{p.last.upper()} {p.first}", "nir": p.nir, "birth_date": p.born,
            "street": p.street, "town": p.town, "address": f"{p.street} - {p.town}", "phone": p.phone, "mail": p.mail,
            "other_full": f"{self.other.last.upper()} {self.other.first}", "other_nir": self.other.nir, "other_birth_date": self.other.born,
            "child_full": f"{self.child.last.upper()} {self.child.first}", "child_birth_date": self.child.born, "child_nir": self.child.nir,
            "firm": firm.upper(), "siret": siret(rng), "firm_street": f"{rng.randrange(1, 90)} zone artisanale {rng.choice(('Les Iscles', 'du Plan', 'La Crau', 'Saint Roch'))}",
            "firm_town": rng.choice(CAISSES[self.caisse][5].split(";")), "job": rng.choice(JOBS),
            "doctor": f"Dr {rng.choice(FIRST_NAMES[doctor_sex])} {rng.choice(SURNAMES)}", "rpps": with_luhn(rng, "10", 11),
            "finess": with_luhn(rng, (department if department[1].isdigit() else "20") + "0", 9), "doctor_street": f"{rng.randrange(1, 60)} {rng.choice(STREETS)}",
            "doctor_town": rng.choice(CAISSES[self.caisse][5].split(";")), "organisme": f"01{self.caisse}0000",
            "sent_date": sent, "accident_date": accident, "accident_time": f"{rng.randrange(7, 18):02d}{rng.choice(('00', '15', '30', '45'))}",
            "from_date": sent, "to_date": sent + timedelta(days=rng.randrange(4, 30)), "last_worked_date": sent - timedelta(days=1),
            "hire_date": date(2012, 3, 1) + timedelta(days=rng.randrange(4600)), "act_date": sent - timedelta(days=2),
            "pregnancy_date": sent - timedelta(days=rng.randrange(60, 85)), "end_date": sent + timedelta(days=rng.randrange(120, 300)),
            "iban": iban(rng), "amount": f"{rng.randrange(25, 180)},{rng.randrange(100):02d}", "wage": f"{rng.randrange(1600, 3400)},{rng.randrange(100):02d}",
            "cheque": rng.choice((("soixante-quatre euros", "64,00"), ("quatre-vingt-dix euros", "90,00"), ("cent douze euros", "112,00"), ("cent trente-six euros", "136,00"))),
            "letter_ref": f"{rng.randrange(24, 27)}{rng.randrange(10**6, 10**7)}", "post_number": la_poste(rng),
        }
