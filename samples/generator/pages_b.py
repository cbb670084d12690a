"""Letters, attachments, envelopes and odd mail of lots 8 to 14: held out, so other pages and sentences than `pages_a`."""

from datetime import timedelta

from layout_b import SIZES, square_stamp
from paper import BLACK, PEN_BLACK, PEN_BLUE, RED, Sheet
from people import by_fours, caisse_address, fr, fr_long, grouped, la_poste, plain, s10

DARK, PALE = (70, 70, 80), (205, 205, 212)
TEAL, ORANGE = (0, 100, 105), (190, 85, 10)

# subject, paragraphs
TEXTS = {
    "LIBRE": [
        ("Nouvelle adresse", ["Nous avons déménagé au début du mois. Pouvez-vous changer l'adresse de mon dossier, ainsi que celle de mes enfants ?", "Mon numéro de téléphone reste le même."]),
        ("Demande de relevé", ["Pourriez-vous m'adresser le relevé de mes indemnités journalières de l'année 2025 ? J'en ai besoin pour ma déclaration de revenus.", "Merci d'avance pour votre aide."]),
        ("Naissance de notre enfant", ["J'ai le plaisir de vous annoncer la naissance de notre enfant le {act}. Que dois-je faire pour qu'il soit inscrit sur ma carte ?"]),
    ],
    "RECL": [
        ("Réclamation : dossier sans réponse", ["Voilà plus de deux mois que mon dossier est bloqué dans vos services. J'ai téléphoné quatre fois, on me dit à chaque fois d'attendre.", "Je dépose donc une réclamation écrite et souhaite recevoir une réponse d'ici quinze jours."]),
        ("Réclamation suite à un accueil désagréable", ["Lors de mon passage à votre guichet le {act}, j'ai été reçu de façon très désagréable et je suis reparti sans information.", "Je tenais à vous faire part de mon mécontentement et j'attends des explications."]),
    ],
    "CRA": [
        ("Recours devant la commission de recours amiable", ["J'ai reçu le {act} votre notification n° {ref} m'informant d'un trop-perçu. Je conteste cette décision car les sommes réclamées correspondent à une période où j'étais bien en arrêt.", "Je saisis donc la commission de recours amiable afin qu'elle annule cet indu. Les justificatifs sont joints."]),
    ],
    "CV": [
        ("Vol de ma carte Vitale", ["Je déclare sur l'honneur que ma carte Vitale m'a été volée le {act} avec mon portefeuille, comme l'indique le dépôt de plainte.", "Merci de la bloquer et d'en fabriquer une autre. Je joins la photocopie de ma carte d'identité."]),
    ],
}
ENDS = ("Avec mes remerciements, bien cordialement.", "Dans l'attente de votre réponse, recevez mes salutations respectueuses.", "Sincères salutations.")


def voice(look):
    """Font, size and ink of a letter."""
    if look.get("hand"):
        return look["hand"], {"hand-breip": 17, "hand-klee": 13, "hand-organize": 14, "hand-connect": 16}[look["hand"]], PEN_BLACK if look["hand"] == "hand-klee" else PEN_BLUE
    font = look.get("letter", "roman")
    return font, 10.5 if font == "typewriter" else 12, BLACK


def letter(kind):
    def make(case, look):
        s, v, p = Sheet(), case.values, case.insured
        font, size, ink = voice(look)
        step = size * 0.353 * 1.45
        jitter = case.rng if look.get("hand") else None
        s.text(192, 22, f"{p.town[6:].title()}, {fr_long(v['sent_date'])}", font, size, ink, "rs")
        y = 34
        for line in (p.formal, p.street, p.town, p.mail):
            s.text(18, y, line, font, size, ink, fit=85)
            y += step
        if look.get("address"):
            y = 66
            for line in look["address"]:
                s.text(108, y, line, font if look.get("hand") else "narrow", size if look.get("hand") else 12, ink, fit=95)
                y += max(step, 6.0)
        y = 108
        subject, paragraphs = TEXTS[kind][look.get("variant", 0) % len(TEXTS[kind])]
        if look.get("say_nir", True):
            number = grouped(p.nir if look["with_key"] else p.nir[:13], *((1, 2, 2, 2, 3, 3, 2) if not look.get("joined") else (13, 2)))
            label = case.rng.choice(("Sécu n°", "Assuré(e) n°", "N.I.R. :", "Numéro d'immatriculation :"))
            s.text(18, y, f"{label} {number}", font, size, ink)
            s.nir(p.nir, "text", look["with_key"], bool(look.get("hand")))
            y += step * 1.4
        s.text(18, y, subject, font if font in ("typewriter", "bookman") or look.get("hand") else font + "-bold", size, ink, fit=174)
        s.line(18, y + 1.4, 18 + min(174, s.text_width(subject, font, size)), y + 1.4, ink, 0.25)
        if kind == "CRA":
            s.identifier("decision_ref", v["letter_ref"])
            s.text(18, y + step * 1.3, "par lettre recommandée avec AR", font, size, ink)
            y += step * 1.3
        y += step * 2.2
        s.text(26, y, "Bonjour," if kind == "LIBRE" else "Madame la Directrice, Monsieur le Directeur,", font, size, ink)
        y += step * 1.5
        for paragraph in paragraphs:
            y = s.para(26, y, 160, paragraph.format(act=fr(v["act_date"]), ref=v["letter_ref"]), font, size, ink, 1.45, jitter) + step * 0.5
        y = s.para(26, y, 160, case.rng.choice(ENDS), font, size, ink, 1.45, jitter)
        s.text(30, min(y + 22, 282), p.full, "sign-dancing", 26, PEN_BLUE)
        return [s]
    return make


def envelope(case, look):
    width, height = (229, 162) if look.get("size") == "C5" else (220, 110)
    s, p = Sheet(width, height, (244, 240, 226) if look.get("brown") else (255, 255, 255)), case.insured
    font, size, ink = voice(look) if look.get("hand") else ("carlito", 13, BLACK)
    y = height * 0.52
    for line in look["address"] or caisse_address(case.caisse):
        s.text(width * 0.42, y, line, font, size, ink, fit=width * 0.55)
        y += 7.2
    s.text(8, height - 14, f"{p.formal} - {p.street}", "carlito" if not look.get("hand") else font, size * 0.7, ink)
    s.text(8, height - 8, p.town, "carlito" if not look.get("hand") else font, size * 0.7, ink)
    if look.get("registered"):
        number = s10(case.rng, "RK") if look.get("s10") else case.values["post_number"]
        s.box(12, 8, 96, 27, ORANGE, 0.5, (255, 255, 255))
        s.text(60, 13.5, "LETTRE RECOMMANDÉE  R1  AR", "narrow-bold", 10, ORANGE, "ms")
        s.mark("Code128", number, 24, 16, 4, 12)
        s.text(60, 33, number if look.get("s10") else f"{number[:2]} {grouped(number[2:], 3, 3, 4)}", "carlito", 10, BLACK, "ms")
        s.identifier("s10" if look.get("s10") else "laposte", number)
    s.box(width - 52, 9, 44, 17, DARK, 0.3)
    s.text(width - 30, 16, "FRANCE  LA POSTE", "narrow", 8, DARK, "ms")
    s.text(width - 30, 22, f"{fr(case.values['sent_date'])}   001,39 €", "narrow", 8, DARK, "ms")
    return [s]


def rib(case, look):
    s, v, p = Sheet(), case.values, case.insured
    iban = v["iban"]
    s.text(20, 24, "Crédit du Littoral", "gothic-bold", 20, TEAL)
    s.text(20, 38, "Relevé d'identité bancaire", "carlito-bold", 15)
    s.text(20, 45, "À remettre à tout organisme qui demande vos coordonnées", "carlito-italic", 10, DARK)
    for i, line in enumerate(("Titulaire", *p.address)):
        s.text(20, 60 + 5.4 * i, line, "carlito", 12 if i else 9, BLACK if i else DARK)
    rows = (("Banque", iban[4:9]), ("Guichet", iban[9:14]), ("Compte", iban[14:25]), ("Clé", iban[25:]), ("IBAN", by_fours(iban)), ("BIC", "CDLIFRPPXXX"), ("Agence", p.town[6:].title()))
    for i, (label, value) in enumerate(rows):
        y = 92 + 10 * i
        s.box(20, y - 6.5, 40, 10, TEAL, 0.2, (225, 240, 240))
        s.box(60, y - 6.5, 120, 10, TEAL, 0.2)
        s.text(23, y, label, "carlito-bold", 11, TEAL)
        s.text(64, y, value, "courier", 13)
    s.identifier("iban", iban)
    s.field("holder", p.formal)
    return [s]


def two_d_doc(case, kind, parts):
    """As `pages_a.two_d_doc`, in the fourth version of the header; nothing signed it either."""
    letters = "".join(case.rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(103))
    return f"DC04FR98000225D125D1{kind}01FR" + "".join(f"{k}{plain(v)}\x1d" for k, v in parts) + f"\x1f{letters}"


def tax_notice(case, look):
    s, p = Sheet(), case.insured
    number, fiscal = ("".join(case.rng.choice("0123456789") for _ in range(13)) for _ in range(2))
    s.box(0, 0, 210, 14, DARK, 0, (225, 228, 240))
    s.text(12, 9.5, "FINANCES PUBLIQUES - Service des impôts des particuliers", "lato-bold", 10, (30, 40, 110))
    for i, line in enumerate(p.address):
        s.text(112, 44 + 5.4 * i, line, "lato", 11)
    s.text(12, 30, "Avis de situation déclarative", "lato-bold", 17, (30, 40, 110))
    s.text(12, 37, "à l'impôt sur le revenu 2025 (revenus 2024)", "lato", 11)
    s.mark("DataMatrix", two_d_doc(case, "18", (("43", "2,5"), ("44", number), ("45", "2024"), ("47", fiscal), ("46", f"{p.last.upper()} {p.first.upper()}"), ("41", "24115"))), 14, 44, 5)
    s.text(14, 84, "2D-DOC", "lato", 7)
    left, right = (("N° fiscal", fiscal), ("Réf. de l'avis", number), ("Date de l'avis", "12/08/2025"), ("Parts", "2,50")), (("Revenu fiscal de référence", "24 115"), ("Revenu imposable", "24 115"), ("Impôt avant crédits", "0"), ("Restant à payer", "0"))
    for column, entries in ((12, left), (108, right)):
        for i, (label, value) in enumerate(entries):
            y = 102 + 12 * i
            s.text(column, y, label, "lato", 9, DARK)
            s.text(column + 84, y, value, "lato-bold", 12, BLACK, "rs")
            s.line(column, y + 3, column + 84, y + 3, PALE, 0.3)
    s.para(12, 160, 184, "Vous n'avez pas d'impôt à payer. Ce document établit vos revenus auprès des tiers (bailleur, organismes sociaux, établissement de crédit) qui peuvent en contrôler l'exactitude en ligne avec le numéro fiscal et la référence de l'avis.", "lato", 10, BLACK, 1.5)
    return [s]


def pay_slip(case, look):
    s, v, p = Sheet(), case.values, case.insured
    s.box(12, 12, 90, 34, DARK, 0.3)
    for i, line in enumerate((v["firm"], v["firm_street"], v["firm_town"], f"Siret {v['siret']}", "Convention : commerces de détail")):
        s.text(15, 18 + 5.6 * i, line, "narrow-bold" if i == 0 else "narrow", 10.5, fit=84)
    s.identifier("siret", v["siret"])
    s.text(195, 20, "Bulletin de salaire", "gothic-bold", 17, TEAL, "rs")
    s.text(195, 27, "janvier 2026", "gothic", 12, TEAL, "rs")
    for i, line in enumerate((f"Matricule {case.rng.randrange(100, 999)}    Entrée le {fr(v['hire_date'])}", f"N° sécu : {grouped(p.nir, 13, 2)}", p.formal, p.street, p.town)):
        s.text(110, 36 + 5.4 * i, line, "narrow", 10.5)
    s.nir(p.nir, "text", True, False)
    y = 72
    s.box(12, y - 6, 183, 8, TEAL, 0, TEAL)
    for x, word, anchor in ((15, "Libellé", "ls"), (120, "Base", "rs"), (150, "À déduire", "rs"), (192, "À payer", "rs")):
        s.text(x, y, word, "narrow-bold", 10.5, (255, 255, 255), anchor)
    for label, base, less, more in (("Salaire mensuel", "151,67", "", v["wage"]), ("Prime d'ancienneté", "", "", "42,10"), ("Santé", v["wage"], "0,00", ""), ("Complémentaire incapacité", v["wage"], "18,33", ""), ("Retraite", v["wage"], "254,70", ""), ("Assurance chômage", v["wage"], "0,00", ""), ("CSG et CRDS", v["wage"], "197,42", ""), ("Titres-restaurant", "19", "76,00", ""), ("Net imposable", "", "", "1 733,05"), ("Net à payer", "", "", "1 601,88")):
        y += 8
        bold = "narrow-bold" if label.startswith("Net") else "narrow"
        for x, word, anchor in ((15, label, "ls"), (120, base, "rs"), (150, less, "rs"), (192, more, "rs")):
            s.text(x, y, word, bold, 11, BLACK, anchor)
        s.line(12, y + 2.2, 195, y + 2.2, PALE, 0.25)
    s.text(12, y + 14, "Virement le 30/01/2026. À conserver sans limitation de durée.", "narrow", 10, DARK)
    return [s]


def identity(case, look):
    """A residence card or a passport page, copied."""
    s, p = Sheet(), case.insured
    s.text(20, 20, "Copie pièce d'identité", look.get("hand") or "carlito", 14, PEN_BLUE)
    s.rounded(40, 60, 125, 88, 3, DARK, 0.4, (238, 228, 232))
    s.text(45, 68, "PASSEPORT   PASSPORT", "gothic-bold", 10, (110, 20, 40))
    s.text(160, 68, "RÉPUBLIQUE FRANÇAISE", "gothic", 8, (110, 20, 40), "rs")
    s.box(45, 74, 32, 41, DARK, 0.2, (214, 210, 214))
    s.oval(53, 80, 16, 19, DARK, 0.2, (170, 160, 166))
    s.rounded(49, 100, 24, 14, 6, DARK, 0.2, (150, 140, 150))
    number = f"{case.rng.randrange(10, 99)}{case.rng.choice('ABCDEFGH')}{case.rng.choice('KLMNPR')}{case.rng.randrange(10000, 99999)}"
    for i, (label, value) in enumerate((("Passeport n°", number), ("Nom / Surname", p.last.upper()), ("Prénoms / Given names", p.first), ("Nationalité", "Française"), ("Date de naissance", fr(p.born)), ("Lieu de naissance", p.town[6:]), ("Date d'expiration", "02/09/2032"))):
        s.text(82, 76 + 7.6 * i, label, "carlito", 7, DARK)
        s.text(82, 79.8 + 7.6 * i, value, "carlito-bold", 10)
    last, first = plain(p.last).upper().replace("-", "<"), plain(p.first).upper()
    s.text(45, 136, f"P<FRA{last}<<{first}".ljust(44, "<")[:44], "courier", 8.5, fit=115)
    s.text(45, 143, f"{number}4FRA{p.born:%y%m%d}7{'M' if p.sex in '137' else 'F'}3209026".ljust(44, "<")[:44], "courier", 8.5, fit=115)
    return [s]


def family_book(case, look):
    s, p, c = Sheet(148, 210), case.insured, case.child
    s.text(74, 18, "LIVRET DE FAMILLE", "roman-bold", 16, (90, 20, 30), "ms")
    s.text(74, 30, "Extrait de l'acte de naissance", "roman-bold", 13, BLACK, "ms")
    s.text(74, 36, "du premier enfant", "roman", 11, BLACK, "ms")
    y = 52
    for label, value in (("Acte n°", str(case.rng.randrange(20, 800))), ("Le", fr_long(c.born)), ("à", p.town[6:].title()), ("est né(e)", f"{c.first} {c.last.upper()}"), ("du sexe", "masculin" if c.sex == "1" else "féminin"), ("parents :", f"{p.first} {p.last.upper()}"), ("et", f"{case.other.first} {case.other.last.upper()}")):
        s.text(14, y, label, "roman", 11, DARK)
        s.text(38, y, value, look.get("hand") or "typewriter", 11, PEN_BLACK)
        s.line(36, y + 1.6, 134, y + 1.6, PALE, 0.2)
        y += 11
    s.text(14, y + 6, "Délivré conforme aux registres de l'état civil", "roman", 10)
    s.paste(square_stamp(("MAIRIE", p.town[6:])), 70, y + 12, 6)
    s.field("birth_date", c.born)
    return [s]


def water_bill(case, look):
    s, v, p = Sheet(), case.values, case.insured
    reference = f"{case.rng.randrange(10**8, 10**9)}"
    s.text(18, 24, "Eaux de la Garrigue", "gothic-bold", 18, (0, 90, 160))
    s.text(18, 30, "régie intercommunale - service des abonnés", "gothic", 9, (0, 90, 160))
    s.text(192, 24, f"Facture d'eau n° {reference}", "lato-bold", 12, BLACK, "rs")
    s.text(192, 30, f"émise le {fr(v['act_date'])}", "lato", 10, BLACK, "rs")
    for i, line in enumerate(p.address):
        s.text(112, 50 + 5.4 * i, line, "lato", 11)
    s.mark("DataMatrix", two_d_doc(case, "01", (("10", p.formal.upper()), ("22", p.street.upper()), ("24", p.town[:5]), ("25", p.town[6:]), ("18", reference))), 18, 46, 4)
    s.text(18, 84, f"Point de livraison : {p.street}, {p.town}", "lato", 10)
    y = 100
    for label, quantity, value in (("Part fixe", "1", "22,40 €"), ("Consommation (m3)", "38", "71,06 €"), ("Assainissement", "38", "55,48 €"), ("Redevances", "", "16,72 €"), ("TOTAL À PAYER", "", "165,66 €")):
        s.box(18, y - 6, 174, 9, (0, 90, 160), 0.2, (230, 242, 252) if "TOTAL" in label else None)
        s.text(21, y, label, "lato-bold" if "TOTAL" in label else "lato", 11)
        s.text(120, y, quantity, "lato", 11, BLACK, "rs")
        s.text(188, y, value, "lato-bold", 11, BLACK, "rs")
        y += 10
    s.text(18, y + 8, f"À régler avant le {fr(v['sent_date'] + timedelta(days=21))}. Document valable comme justificatif de domicile.", "lato", 10)
    return [s]


def prescription(case, look):
    s, v, p = Sheet(), case.values, case.insured
    s.text(20, 20, v["doctor"].replace("Dr", "Docteur"), "roman-bold", 15)
    for i, line in enumerate(("Ancien interne des hôpitaux", v["doctor_street"], v["doctor_town"], f"N° RPPS : {v['rpps']}")):
        s.text(20, 27 + 5.4 * i, line, "roman", 11)
    s.identifier("rpps", v["rpps"])
    s.mark("Code128", v["rpps"], 140, 14, 4, 10)
    s.text(190, 62, f"le {fr_long(v['act_date'])}", "roman", 12, BLACK, "rs")
    s.text(20, 62, "Ordonnance médicale", "roman-bold", 13)
    s.box(20, 72, 170, 66, DARK, 0.25)
    s.text(24, 78, "Prescriptions relatives au traitement de l'affection de longue durée reconnue", "carlito-italic", 9)
    s.box(20, 140, 170, 60, DARK, 0.25)
    s.text(24, 146, "Prescriptions sans rapport avec l'affection de longue durée", "carlito-italic", 9)
    font, size, ink = voice(look) if look.get("hand") else ("roman", 12.5, BLACK)
    s.text(20, 69.5, f"{p.formal} ({fr(p.born)})", font, size, ink)
    for i, line in enumerate(("Bisoprolol 2,5 mg, 1 comprimé le matin", "Ramipril 5 mg, 1 comprimé le soir", "pour trois mois")):
        s.text(28, 92 + 11 * i, line, font, size, ink, fit=155)
    for i, line in enumerate(("Vitamine D, 1 ampoule", "Séances d'orthoptie : dix")):
        s.text(28, 160 + 11 * i, line, font, size, ink, fit=155)
    s.text(125, 225, v["doctor"][3:], "sign-kristi", 30, PEN_BLUE)
    return [s]


def account(title, shop, lines, tail, number_label):
    def make(case, look):
        s, v, p = Sheet(), case.values, case.insured
        s.box(0, 0, 9, 297, ORANGE, 0, (240, 225, 210))
        s.text(18, 22, shop, "lato-bold", 15, ORANGE)
        s.text(18, 28, f"{v['firm_street']}, {v['firm_town']}  -  Siret : {v['siret']}", "lato", 8.5)
        s.text(18, 33, f"Établissement n° {v['finess']} (FINESS)", "lato", 8.5)
        s.identifier("siret", v["siret"])
        s.identifier("finess", v["finess"])
        s.text(192, 48, title, "lato-bold", 20, ORANGE, "rs")
        s.text(192, 55, f"{number_label} {case.rng.randrange(1000, 9999)} du {fr(v['act_date'])}", "lato", 10, BLACK, "rs")
        s.text(18, 62, "Patient :", "lato", 9, DARK)
        for i, line in enumerate(p.address):
            s.text(18, 68 + 5.2 * i, line, "lato", 11)
        y, total = 98, 0.0
        for name, quantity, price in lines:
            total += quantity * price
            s.text(18, y, f"{quantity} x {name}", "lato", 11, fit=130)
            s.text(192, y, f"{quantity * price:.2f} €".replace(".", ","), "lato", 11, BLACK, "rs")
            s.line(18, y + 3, 192, y + 3, PALE, 0.3)
            y += 10
        s.text(192, y + 4, f"Montant total {total:.2f} €".replace(".", ","), "lato-bold", 13, BLACK, "rs")
        s.para(18, y + 22, 170, tail, "lato", 10)
        s.field("amount", f"{total:.2f}")
        return [s]
    return make


def supplier(case, look):
    s, v = Sheet(), case.values
    lot = f"{case.rng.randrange(100, 999)}"
    s.text(18, 22, "AMBULANCES DU PLATEAU", "gothic-bold", 15, TEAL)
    s.text(18, 28, f"{v['firm_street']} {v['firm_town']}", "gothic", 9)
    s.text(18, 33, f"FINESS {v['finess']}", "gothic", 9)
    s.identifier("finess", v["finess"])
    for i, line in enumerate(look.get("address") or caisse_address(case.caisse)):
        s.text(112, 46 + 5.4 * i, line, "carlito", 12)
    s.text(18, 80, f"Facture fournisseur - lot de télétransmission n° {lot}", "gothic-bold", 12.5)
    s.text(18, 87, "Justificatifs des dossiers en tiers payant", "gothic", 10)
    s.field("supplier_lot", lot)
    y = 100
    for i in range(11):
        cells = ("Dossier", "Jour", "Trajet", "Part caisse") if i == 0 else (f"T{4410 + i}", fr(v["act_date"] - timedelta(days=i)), case.rng.choice(("aller", "retour", "aller-retour")), f"{case.rng.randrange(30, 140)},{case.rng.randrange(100):02d} €")
        for x, cell in zip((20, 55, 95, 150), cells):
            s.text(x, y, cell, "gothic-bold" if i == 0 else "gothic", 10)
        s.line(18, y + 2.6, 192, y + 2.6, PALE, 0.3)
        y += 9
    s.text(18, y + 10, "Le fournisseur certifie les transports effectués.", "gothic", 10)
    s.paste(square_stamp(("AMBULANCES DU PLATEAU", v["firm_town"])), 100, y + 16, -5)
    return [s]


def cheque(case, look):
    s, v, p = Sheet(175, 80, (236, 240, 250)), case.values, case.insured
    s.text(10, 11, "Crédit du Littoral", "gothic-bold", 13, TEAL)
    s.text(100, 11, f"CHÈQUE N° {case.rng.randrange(10**6, 10**7)}", "narrow", 9)
    s.text(10, 22, "PAYEZ CONTRE CE CHÈQUE", "narrow", 8)
    font, size, ink = (look["hand"], 13, PEN_BLUE) if look.get("hand") else ("typewriter", 10, BLACK)
    s.text(50, 22, v["cheque"][0], font, size, ink)
    s.line(48, 23.5, 165, 23.5, DARK, 0.2)
    s.text(10, 33, "À", "narrow", 8)
    s.text(18, 33, "Agent comptable de la CPAM", font, size, ink)
    s.line(16, 34.5, 110, 34.5, DARK, 0.2)
    s.rounded(122, 27, 46, 10, 2, DARK, 0.3, (255, 255, 255))
    s.text(126, 34.5, v["cheque"][1], font, size + 1, ink)
    s.field("amount", v["cheque"][1])
    for i, line in enumerate((p.formal, p.street, p.town)):
        s.text(10, 47 + 4.4 * i, line, "narrow", 8.5)
    s.text(104, 46, f"{p.town[6:].title()}, le {fr(v['sent_date'])}", font, size - 1, ink, fit=64)
    s.text(118, 60, p.full, "sign-dancing", 18, PEN_BLUE, fit=52)
    s.text(12, 74, f"A{case.rng.randrange(10**6, 10**7)}B {v['iban'][4:14]}{case.rng.randrange(10, 99)}C {v['iban'][14:25]}D", "courier", 12)
    return [s]


def returned(case, look):
    s, p = Sheet(229, 162, (255, 255, 255)), case.insured
    s.text(10, 12, "Expéditeur :", "carlito", 8, DARK)
    for i, line in enumerate(caisse_address(case.caisse)):
        s.text(10, 17 + 4.4 * i, line, "carlito", 9.5)
    for i, line in enumerate(p.address):
        s.text(108, 86 + 6.4 * i, line, "carlito", 13)
    label = Sheet(92, 44)
    label.box(0.8, 0.8, 90, 42, (200, 80, 0), 0.8)
    label.text(46, 8, "PLI NON DISTRIBUÉ", "narrow-bold", 13, (200, 80, 0), "ms")
    for i, reason in enumerate(("destinataire inconnu", "n'habite pas à l'adresse indiquée", "refusé", "non réclamé")):
        label.oval(5, 12 + 7 * i, 4, 4, BLACK, 0.3, BLACK if i == look.get("variant", 0) else None)
        label.text(12, 15.6 + 7 * i, reason, "narrow", 11)
    s.paste(label.image, 14, 62, case.rng.uniform(-6, 6))
    number = la_poste(case.rng, "6A")
    s.mark("DataMatrix", f"PND;{number};{case.values['letter_ref']}", 196, 12, 6)
    s.mark("Code128", number, 120, 130, 4, 12)
    s.text(150, 147, f"{number[:2]} {grouped(number[2:], 3, 3, 4)}", "carlito", 9, BLACK, "ms")
    s.identifier("laposte", number)
    return [s]


def receipt(case, look):
    s, p = Sheet(210, 99, (255, 255, 255)), case.insured
    number = la_poste(case.rng)
    s.box(0, 0, 210, 13, (250, 200, 40), 0, (250, 220, 110))
    s.text(8, 9, "Avis de réception de votre lettre recommandée", "lato-bold", 13)
    s.mark("DataMatrix", f"ARLAPOSTE;01;{number[:12]};{number[12]}", 12, 20, 7)
    s.text(48, 26, f"{number[:2]} {grouped(number[2:], 3, 3, 4)}", "lato-bold", 14)
    s.identifier("laposte", number)
    s.text(48, 36, "Envoyée à :", "lato", 9, DARK)
    for i, line in enumerate(p.address):
        s.text(48, 42 + 5 * i, line, "lato", 10)
    s.text(12, 66, "Remise le", "lato", 9, DARK)
    s.text(32, 66, fr(case.values["act_date"]), look.get("hand") or "typewriter", 12, PEN_BLUE)
    s.text(12, 78, "Nom et signature", "lato", 9, DARK)
    s.text(46, 82, p.full, "sign-dancing", 18, PEN_BLUE, fit=55)
    s.text(120, 50, "Retour à l'expéditeur :", "lato", 9, DARK)
    for i, line in enumerate(caisse_address(case.caisse)):
        s.text(120, 58 + 5.8 * i, line, "lato", 11, fit=86)
    return [s]


def foreign(case, look):
    """The European E 104, several columns and the same numbers in every language."""
    s, p, v = Sheet(), case.insured, case.values
    s.text(15, 18, "RÈGLEMENTS DE SÉCURITÉ SOCIALE", "carlito", 9)
    s.text(15, 23, "EEE*", "carlito", 9)
    s.text(195, 24, "E 104", "carlito-bold", 24, BLACK, "rs")
    s.text(105, 38, "ATTESTATION CONCERNANT LA TOTALISATION DES PÉRIODES", "carlito-bold", 13, BLACK, "ms")
    s.text(105, 44, "D'ASSURANCE, D'EMPLOI OU DE RÉSIDENCE", "carlito-bold", 13, BLACK, "ms")
    s.text(105, 50, "Maladie - maternité - décès (allocation)", "carlito", 10, BLACK, "ms")
    foreign_id = f"{case.rng.randrange(10**9, 10**10)}"
    y = 60
    for number, label, value in (("1", "Institution destinataire", "Caisse primaire d'assurance maladie"), ("2", "Travailleur", None), ("2.1", "Nom", p.last.upper()), ("2.2", "Prénoms", p.first), ("2.3", "Date de naissance", fr(p.born)), ("2.5", "Numéro d'identification", foreign_id), ("2.6", "Adresse", f"{p.street}, {p.town}"),
                                 ("3", "Périodes accomplies", None), ("3.1", "du 03/01/2022 au 28/11/2025", "assurance et emploi"), ("4", "Institution d'émission", None), ("4.1", "Dénomination", "Cassa Mutua del Ponente, Italia"), ("4.2", "Date", fr(v["sent_date"]))):
        s.box(15, y, 180, 10, BLACK, 0.25)
        s.box(15, y, 12, 10, BLACK, 0.25)
        s.text(21, y + 6.5, number, "carlito", 10, BLACK, "ms")
        s.text(30, y + 6.5, label, "carlito-bold" if value is None else "carlito", 10)
        if value:
            s.text(92, y + 6.5, value, look["typed"], 11, fit=100)
        y += 10
    s.paste(square_stamp(("CASSA MUTUA", "DEL PONENTE")), 130, y + 8, 7)
    s.identifier("foreign_insurance", foreign_id)
    s.field("birth_date", p.born)
    return [s]


def other_body(case, look):
    """Mail for the tax office, the pension fund or the MDPH."""
    s, p, v = Sheet(), case.insured, case.values
    kind = look.get("variant", 0) % 3
    font, size, ink = voice(look)
    if kind == 0:
        s.text(105, 24, "MDPH - Demande à la maison départementale", "lato-bold", 15, (100, 50, 120), "ms")
        s.text(105, 32, "des personnes handicapées", "lato-bold", 15, (100, 50, 120), "ms")
        y = 48
        for label, value in (("A - Votre identité", None), ("Nom", p.last.upper()), ("Prénom", p.first), ("Naissance", fr(p.born)), ("Adresse", f"{p.street} {p.town}"), ("B - Vie quotidienne", None), ("Logement", "locataire, rez-de-chaussée"), ("Aides en place", "canne, aide ménagère"), ("C - Demandes", None), ("Prestation", "AAH - carte mobilité inclusion")):
            if value is None:
                s.box(15, y - 6, 180, 9, (100, 50, 120), 0, (235, 225, 240))
                s.text(18, y, label, "lato-bold", 11.5, (100, 50, 120))
            else:
                s.text(20, y, label, "lato", 10, (100, 50, 120))
                s.text(60, y, value, look["typed"], 11, fit=130)
                s.line(58, y + 2, 192, y + 2, PALE, 0.2)
            y += 12
    elif kind == 1:
        for i, line in enumerate((p.formal, p.street, p.town)):
            s.text(18, 24 + 6 * i, line, font, size, ink)
        for i, line in enumerate(("CENTRE DES FINANCES PUBLIQUES", "SERVICE DES IMPOTS DES PARTICULIERS", f"{p.town}")):
            s.text(108, 60 + 6 * i, line, font, size, ink, fit=95)
        s.text(18, 104, "Objet : demande de délai de paiement de la taxe foncière", font, size, ink, fit=175)
        s.para(18, 120, 170, "Madame, Monsieur, je rencontre des difficultés pour régler ma taxe foncière de cette année. Je vous demande un paiement en trois fois. Mon numéro fiscal figure sur l'avis d'imposition ci-joint. Avec mes salutations.", font, size, ink, 1.5)
        s.text(120, 200, p.full, "sign-dancing", 26, PEN_BLUE)
    else:
        s.text(15, 22, "Retraite du Sud - Caisse de retraite complémentaire", "gothic-bold", 13, ORANGE)
        s.text(15, 34, "Demande de pension de réversion complémentaire", "gothic-bold", 13)
        s.para(15, 48, 178, f"Je soussigné(e) {p.full}, conjoint survivant, demande à bénéficier de la pension de réversion complémentaire à compter du {fr(v['from_date'])}. Points acquis par le défunt : 4 812. Je joins les relevés de carrière et le dernier bulletin de pension.", "gothic", 11, BLACK, 1.6)
        s.text(15, 110, f"N° d'allocataire retraite : R{case.rng.randrange(10**6, 10**7)}", "gothic", 11)
        s.text(120, 140, p.full, "sign-dancing", 24, PEN_BLUE)
    return [s]


def form_back(case, look):
    s = Sheet()
    s.box(15, 15, 180, 10, DARK, 0, PALE)
    s.text(20, 21.8, "Notice au dos du formulaire", "lato-bold", 11)
    y = 36
    for number, text in enumerate(("Écrivez en lettres capitales, à l'encre noire, une lettre par case.", "Vérifiez votre numéro de sécurité sociale sur votre carte Vitale ou votre attestation.", "Signez et datez : un formulaire sans signature vous sera retourné.", "Gardez une copie de ce que vous envoyez.", "Vos données sont traitées par votre caisse pour l'étude de vos droits ; vous pouvez demander à les consulter et à les corriger."), 1):
        s.oval(18, y - 4.4, 6, 6, DARK, 0.3)
        s.text(21, y - 0.2, str(number), "lato-bold", 9, DARK, "ms")
        y = s.para(28, y, 160, text, "lato", 10.5, DARK, 1.4) + 6
    return [s]


MAKERS = {
    "LIBRE": letter("LIBRE"), "RECL": letter("RECL"), "CRA": letter("CRA"), "CV": letter("CV"), "ENVELOPPE": envelope, "RIB": rib, "BACK": form_back,
    "PJ-IMPOT": tax_notice, "PJ-PAIE": pay_slip, "PJ-ID": identity, "PJ-CIVIL": family_book, "PJ-DOMICILE": water_bill, "PJ-ORDO": prescription,
    "PJ-FACTURE": account("Facture", "Audition des Remparts", (("aide auditive classe 1, oreille gauche", 1, 950.0), ("pack de piles", 2, 12.5)), "Facture réglée ce jour. Garantie quatre ans.", "n°"),
    "PJ-DEVIS": account("Devis", "Lunetterie du Marché", (("verre progressif", 2, 145.0), ("monture acétate", 1, 99.0)), "Ce devis normalisé est valable trois mois. Date et signature de l'assuré :", "devis n°"),
    "FACT": supplier, "CHQ": cheque, "NPAI": returned, "AR": receipt, "EUR": foreign, "HORS": other_body,
}
