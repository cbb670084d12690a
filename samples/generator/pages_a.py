"""Letters, attachments, envelopes and odd mail of lots 1 to 7. Each maker takes (case, look) and gives one or more sheets.

look: typed, hand (font or None), with_key, address (lines of the caisse or None), and what a maker names itself.
"""

from datetime import timedelta

from people import by_fours, caisse_address, fr, fr_long, grouped, la_poste, plain, s10
from paper import BLACK, PEN_BLACK, PEN_BLUE, RED, Sheet
from layout_a import round_stamp

GREY = (110, 110, 110)


def sender(s, case, font, size, ink):
    p, y = case.insured, 20
    for line in (f"{p.first} {p.last.upper()}", p.street, p.town, f"Tél. {p.phone}"):
        s.text(20, y, line, font, size, ink)
        y += size * (0.55 if font.startswith("hand") else 0.5)
    return y


def pick(look):
    """Font, size and ink of a letter."""
    if look.get("hand"):
        return look["hand"], {"hand-steve": 13, "hand-delphine": 18}.get(look["hand"], 15), look.get("pen") or PEN_BLUE
    return look.get("letter", "serif"), 11, BLACK


BODIES = {
    "LIBRE": [
        ("changement d'adresse", "Je vous informe que j'ai changé de domicile depuis le {act}. Ma nouvelle adresse est celle indiquée en haut de ce courrier. Je vous remercie de bien vouloir mettre à jour mon dossier et de m'adresser une nouvelle attestation de droits."),
        ("demande d'attestation de droits", "Je vous serais reconnaissant de bien vouloir m'envoyer une attestation de droits à jour, mon mutualiste me la réclame et je n'ai pas d'accès à internet. Je reste joignable au numéro ci-dessus."),
        ("question sur un remboursement", "Je souhaite savoir où en est le remboursement des séances de kinésithérapie du {act} que je vous ai envoyées le mois dernier. Je n'ai encore rien reçu à ce jour et je vous remercie de me renseigner."),
    ],
    "RECL": [
        ("réclamation - indemnités journalières non reçues", "Je me permets de vous adresser cette réclamation car, malgré mes appels, je n'ai toujours reçu aucune indemnité depuis mon arrêt du {act}. Mon employeur vous a pourtant transmis l'attestation. Cette situation me met en difficulté et je suis mécontent du traitement de mon dossier. Je vous demande d'agir rapidement."),
        ("réclamation au sujet d'un remboursement", "Je viens par la présente réclamer contre le retard pris dans le remboursement de mes soins du {act}. C'est la troisième fois que je vous écris sans obtenir de réponse, ce qui n'est pas acceptable. Je souhaite que ma réclamation soit traitée par un responsable."),
    ],
    "CRA": [
        ("Saisine de la commission de recours amiable", "Par la présente, je conteste la décision référence {ref} que vous m'avez notifiée le {act}, par laquelle vous refusez de prendre en charge mon arrêt de travail. Je demande à la commission de recours amiable de bien vouloir réexaminer mon dossier. En effet, mon médecin avait transmis l'avis dans le délai prévu. Vous trouverez ci-joint la copie de la décision contestée."),
    ],
    "CV": [
        ("Déclaration sur l'honneur de perte de carte Vitale", "Je soussigné(e) {full} déclare sur l'honneur avoir perdu ma carte Vitale le {act}, lors d'un déplacement. Malgré mes recherches je ne l'ai pas retrouvée. Je vous demande de bien vouloir mettre cette carte en opposition et de m'adresser une nouvelle carte Vitale. Vous trouverez ci-joint une photo et la copie de ma pièce d'identité."),
    ],
}
CLOSING = "Je vous prie d'agréer, Madame, Monsieur, l'expression de mes salutations distinguées."


def letter(kind):
    def make(case, look):
        s, v, p = Sheet(), case.values, case.insured
        font, size, ink = pick(look)
        sender(s, case, font, size, ink)
        y = 55
        if look.get("address"):
            for line in look["address"]:
                s.text(110, y, line, font if look.get("hand") else "sans", size if look.get("hand") else 11, ink, fit=95)
                y += 8.0 if look.get("hand") else 5.4
        step = size * 0.353 * 1.6
        y = max(y + 10, 84)
        s.text(110, y, f"{p.town[6:].title()}, le {fr_long(v['sent_date'])}", font, size, ink)
        subject, body = BODIES[kind][look.get("variant", 0) % len(BODIES[kind])]
        y += step * 2
        if kind == "CRA":
            s.text(20, y, "Lettre recommandée avec avis de réception", font, size, ink)
            y += step
            s.identifier("decision_ref", v["letter_ref"])
        s.text(20, y, f"Objet : {subject}", font, size, ink, fit=170)
        y += step
        if look.get("say_nir", True):
            number = grouped(p.nir if look["with_key"] else p.nir[:13], 1, 2, 2, 2, 3, 3, 2)
            s.text(20, y, f"N° de sécurité sociale : {number}", font, size, ink)
            s.nir(p.nir, "text", look["with_key"], bool(look.get("hand")))
        y += step * 2
        s.text(20, y, "Madame, Monsieur,", font, size, ink)
        body = body.format(act=fr(v["act_date"]), ref=v["letter_ref"], full=f"{p.first} {p.last}")
        jitter = case.rng if look.get("hand") else None
        y = s.para(20, y + step * 1.6, 170, body, font, size, ink, 1.6, jitter)
        y = s.para(20, y + step * 0.6, 170, CLOSING, font, size, ink, 1.6, jitter)
        s.text(125, min(y + 18, 280), p.full, "sign-kristi", 30, PEN_BLUE)
        return [s]
    return make


def envelope(case, look):
    """The face of an envelope, C5 or DL; with a window the block is that of the letter inside."""
    width, height = (229, 162) if look.get("size") == "C5" else (220, 110)
    s = Sheet(width, height, (250, 248, 240))
    font, size, ink = (look["hand"], 17 if look["hand"] != "hand-steve" else 14, PEN_BLUE) if look.get("hand") else ("sans", 12, BLACK)
    y = height * 0.56
    for line in look["address"] or caisse_address(case.caisse):
        s.text(width * 0.46, y, line, font, size, ink, fit=width * 0.52)
        y += 8.4 if look.get("hand") == "hand-dkg" else 6.4
    p = case.insured
    s.text(10, 12, f"Exp. : {p.first} {p.last}", font, size * 0.7, ink)
    s.text(10, 17, p.street, font, size * 0.7, ink)
    s.text(10, 22, p.town, font, size * 0.7, ink)
    if look.get("registered"):
        number = case.values["post_number"]
        s.box(8, 34, 88, 30, RED, 0.4, (255, 255, 255))
        s.text(11, 40, "RECOMMANDÉ AVEC AVIS DE RÉCEPTION", "sans-bold", 8, RED)
        s.mark("Code128", number, 16, 43, 4, 12)
        s.text(52, 61, f"{number[:2]} {grouped(number[2:], 3, 3, 4)}", "sans", 9, BLACK, "ms")
        s.identifier("laposte", number)
    else:
        s.box(width - 34, 8, 24, 28, GREY, 0.3)
        s.text(width - 22, 22, "LETTRE", "sans-bold", 9, GREY, "ms")
        s.text(width - 22, 27, "VERTE", "sans-bold", 9, GREY, "ms")
        s.oval(width - 62, 10, 24, 24, GREY, 0.3)
        s.text(width - 50, 20, case.insured.town[:5], "sans", 7, GREY, "ms")
        s.text(width - 50, 24, fr(case.values["sent_date"]), "sans", 7, GREY, "ms")
        for i in range(4):
            s.line(width - 36, 14 + i * 5, width - 8, 14.8 + i * 5, GREY, 0.3)
    return [s]


def rib(case, look):
    s, v, p = Sheet(210, 148), case.values, case.insured
    iban = v["iban"]
    s.rounded(12, 12, 186, 120, 3)
    s.text(20, 24, "BANQUE DES TROIS VALLÉES", "sans-bold", 13, (0, 80, 60))
    s.text(190, 24, "RELEVÉ D'IDENTITÉ BANCAIRE", "sans-bold", 11, BLACK, "rs")
    s.text(20, 36, "Titulaire du compte / Account owner", "sans", 8, GREY)
    for i, line in enumerate(p.address):
        s.text(20, 43 + 5 * i, line, "sans", 10)
    for x, label, value in ((20, "Code banque", iban[4:9]), (58, "Code guichet", iban[9:14]), (96, "N° de compte", iban[14:25]), (150, "Clé RIB", iban[25:])):
        s.box(x, 68, 34 if x != 96 else 50, 14)
        s.text(x + 2, 72.5, label, "sans", 7, GREY)
        s.text(x + 2, 79.5, value, "mono", 11)
    s.text(20, 94, "IBAN (International Bank Account Number)", "sans", 8, GREY)
    s.text(20, 101, by_fours(iban), "mono", 13)
    s.text(20, 112, "BIC (Bank Identifier Code)", "sans", 8, GREY)
    s.text(20, 119, "TRVAFRP1XXX", "mono", 13)
    s.text(190, 119, "Domiciliation : " + p.town[6:], "sans", 9, BLACK, "rs")
    s.identifier("iban", iban)
    s.field("holder", p.formal)
    return [s]


def two_d_doc(case, kind, parts):
    """Header and message of a 2D-Doc; the signature is 103 letters that no certificate made."""
    letters = "".join(case.rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(103))
    return f"DC03FR99000125C425C4{kind}01" + "".join(f"{k}{plain(v)}\x1d" for k, v in parts) + f"\x1f{letters}"


def tax_notice(case, look):
    s, v, p = Sheet(), case.values, case.insured
    s.text(15, 18, "DIRECTION GÉNÉRALE DES FINANCES PUBLIQUES", "sans-bold", 9, (30, 60, 120))
    s.text(15, 30, "AVIS D'IMPÔT SUR LES REVENUS 2024", "sans-bold", 16)
    s.text(15, 37, "établi en 2025", "sans", 10)
    number = "".join(case.rng.choice("0123456789") for _ in range(13))
    fiscal = "".join(case.rng.choice("0123456789") for _ in range(13))
    s.mark("DataMatrix", two_d_doc(case, "28", (("44", number), ("45", "2024"), ("47", fiscal), ("4A", "31072025"), ("46", f"{p.last.upper()} {p.first.upper()}"), ("41", "18640"), ("43", "1"))), 160, 22, 5)
    s.text(160, 20, "2D-DOC", "sans-bold", 7)
    for i, line in enumerate(p.address):
        s.text(100, 75 + 5.2 * i, line, "sans", 11)
    y = 110
    for label, value in (("Numéro fiscal du déclarant 1", fiscal), ("Référence de l'avis", number), ("Revenu fiscal de référence", "18 640 €"), ("Nombre de parts", "1"),
                         ("Salaires, pensions, rentes nettes", "20 711 €"), ("Déduction 10 % ou frais réels", "- 2 071 €"), ("Revenu brut global", "18 640 €"), ("Impôt sur les revenus soumis au barème", "812 €"),
                         ("Décote", "- 402 €"), ("Impôt net avant prélèvements", "410 €"), ("Montant déjà prélevé à la source", "410 €"), ("Il vous reste à payer", "0 €")):
        s.box(15, y - 5, 180, 7, (190, 190, 200), 0.2)
        s.text(17, y, label, "sans", 10)
        s.text(193, y, value, "sans-bold", 10, BLACK, "rs")
        y += 7.6
    s.para(15, y + 8, 180, "Cet avis justifie de votre situation fiscale. Vous pouvez en vérifier l'authenticité en lisant le code 2D-Doc. Conservez-le : il peut vous être demandé par un organisme social.", "sans", 9)
    return [s]


def pay_slip(case, look):
    s, v, p = Sheet(), case.values, case.insured
    s.text(105, 18, "BULLETIN DE PAIE", "sans-bold", 16, BLACK, "ms")
    s.text(105, 24, "Période du 01/02/2026 au 28/02/2026", "sans", 9, BLACK, "ms")
    for i, line in enumerate((v["firm"], v["firm_street"], v["firm_town"], f"SIRET : {v['siret']}", "Code APE : 4332A")):
        s.text(15, 36 + 4.8 * i, line, "sans", 9.5)
    s.identifier("siret", v["siret"])
    for i, line in enumerate((p.formal, p.street, p.town, f"N° de sécurité sociale : {grouped(p.nir, 1, 2, 2, 2, 3, 3)}", f"Emploi : {v['job']}")):
        s.text(110, 36 + 4.8 * i, line, "sans", 9.5)
    s.nir(p.nir, "text", True, False)
    y, columns = 68, (15, 85, 115, 140, 168, 195)
    rows = [("Rubriques", "Base", "Taux", "Part salarié", "Part employeur"), ("Salaire de base", "151,67", "14,8390", v["wage"], ""), ("Sécurité sociale - Maladie", v["wage"], "7,00 %", "", "164,20"),
            ("Assurance vieillesse plafonnée", v["wage"], "6,90 %", "155,29", "192,43"), ("Complémentaire santé", v["wage"], "1,20 %", "27,00", "27,00"), ("Retraite complémentaire", v["wage"], "3,15 %", "70,89", "106,34"),
            ("CSG déductible", v["wage"], "6,80 %", "150,36", ""), ("CSG/CRDS non déductible", v["wage"], "2,90 %", "64,12", ""), ("TOTAL DES COTISATIONS", "", "", "467,66", "489,97"), ("NET IMPOSABLE", "", "", "1 846,10", ""), ("NET À PAYER AVANT IMPÔT", "", "", "1 782,44", "")]
    for r, row in enumerate(rows):
        s.box(15, y, 180, 7.4, GREY, 0.2, (232, 236, 242) if r == 0 else None)
        for c, cell in enumerate(row):
            bold = "sans-bold" if r == 0 or row[0].isupper() else "sans"
            if c == 0:
                s.text(columns[0] + 2, y + 5.2, cell, bold, 9)
            else:
                s.text(columns[c + 1] - 2 if c < 4 else 194, y + 5.2, cell, bold, 9, BLACK, "rs", fit=28)
        y += 7.4
    s.text(15, y + 10, "Payé le 28/02/2026 par virement. Congés acquis : 18,5 jours.", "sans", 9)
    s.text(15, y + 18, "Dans votre intérêt, et pour vous aider à faire valoir vos droits, conservez ce bulletin de paie sans limitation de durée.", "sans-italic", 8)
    return [s]


def identity_card(case, look):
    """Both sides of a card copied on one sheet; the photo is a drawn silhouette."""
    s, p = Sheet(), case.insured
    for top in (40, 130):
        s.rounded(55, top, 105, 68, 4, GREY, 0.3, (226, 236, 244))
    s.text(60, 48, "RÉPUBLIQUE FRANÇAISE", "sans-bold", 9, (40, 60, 120))
    s.text(60, 54, f"CARTE NATIONALE D'IDENTITÉ N° : {case.rng.randrange(10**11, 10**12)}", "sans", 7.5)
    s.box(60, 60, 26, 34, GREY, 0.3, (205, 205, 210))
    s.oval(66, 64, 14, 17, GREY, 0.2, (160, 160, 165))
    s.rounded(63, 82, 20, 12, 5, GREY, 0.2, (140, 140, 150))
    for i, (label, value) in enumerate((("Nom", p.last.upper()), ("Prénom(s)", p.first), ("Sexe", "M" if p.sex in "137" else "F"), ("Né(e) le", fr(p.born)), ("à", p.town[6:]), ("Taille", "1,72 m"))):
        s.text(90, 63 + 6 * i, f"{label} : ", "sans", 7.5, GREY)
        s.text(90 + s.text_width(f"{label} : ", "sans", 7.5) + 1, 63 + 6 * i, value, "sans-bold", 9)
    s.text(60, 102, "IDFRA" + p.last.upper().replace("É", "E").replace("È", "E").replace("-", "<").ljust(25, "<")[:25], "mono", 8.5)
    s.text(60, 140, f"Adresse : {p.street}", "sans", 8.5)
    s.text(60, 146, p.town, "sans", 8.5)
    s.text(60, 154, "Carte valable jusqu'au : 14/06/2033", "sans", 8.5)
    s.text(60, 160, "délivrée le : 15/06/2023 par la PRÉFECTURE", "sans", 8.5)
    s.text(60, 176, "Signature du titulaire", "sans", 7, GREY)
    s.text(70, 188, p.full, "sign-kristi", 22, PEN_BLACK)
    return [s]


def birth_certificate(case, look):
    s, p, c = Sheet(), case.insured, case.child
    town = p.town[6:].title()
    s.text(105, 24, f"COMMUNE DE {p.town[6:]}", "serif-bold", 13, BLACK, "ms")
    s.text(105, 38, "EXTRAIT D'ACTE DE NAISSANCE", "serif-bold", 18, BLACK, "ms")
    s.text(105, 46, "(avec filiation)", "serif", 11, BLACK, "ms")
    s.para(25, 64, 160, f"Le {fr_long(c.born)} à quatorze heures dix minutes est né(e) à {town} : {c.first} {c.last.upper()}, enfant de {p.first} {p.last.upper()}, né(e) le {fr_long(p.born)}, "
           f"et de {case.other.first} {case.other.last.upper()}, né(e) le {fr_long(case.other.born)}, domiciliés {p.street} à {town}.\n \nMentions marginales : néant.\n \nDélivré selon le registre de l'état civil, "
           f"acte n° {case.rng.randrange(10, 900)}.\n \nCopie certifiée conforme, à {town}, le {fr_long(case.values['sent_date'])}.", "serif", 13, BLACK, 1.6)
    s.text(120, 205, "L'officier de l'état civil", "serif", 12)
    s.paste(round_stamp(("MAIRIE", "DE", p.town[6:]), (40, 60, 150)), 110, 210, 9)
    s.text(125, 232, "M. Escoffrier", "sign-dancing", 20, PEN_BLUE)
    s.field("birth_date", c.born)
    return [s]


def power_bill(case, look):
    s, v, p = Sheet(), case.values, case.insured
    s.box(0, 0, 210, 22, (20, 80, 150), 0, (20, 80, 150))
    s.text(15, 14, "ÉLECTRON SUD ÉNERGIE", "sans-bold", 16, (255, 255, 255))
    s.text(15, 34, "VOTRE FACTURE D'ÉLECTRICITÉ", "sans-bold", 15)
    reference = f"{case.rng.randrange(10**9, 10**10)}"
    s.text(15, 41, f"du {fr(v['act_date'])} - Facture n° {reference}", "sans", 10)
    s.mark("DataMatrix", two_d_doc(case, "01", (("10", p.formal.upper()), ("22", p.street.upper()), ("24", p.town[:5]), ("25", p.town[6:]), ("18", reference))), 165, 28, 4)
    s.text(15, 52, "Vos références client : 6 042 117 203", "sans", 9.5)
    s.text(15, 57.5, "Lieu de consommation :", "sans", 9.5)
    s.text(15, 63, p.street, "sans", 9.5)
    s.text(15, 68.5, p.town, "sans", 9.5)
    for i, line in enumerate(p.address):
        s.text(110, 68 + 5.2 * i, line, "sans", 11)
    y = 100
    for label, value in (("Abonnement électricité", "14,12 €"), ("Consommation 412 kWh", "86,30 €"), ("Contributions et taxes locales", "21,05 €"), ("TVA", "18,47 €"), ("Montant total TTC à payer", "139,94 €")):
        s.line(15, y + 2.4, 195, y + 2.4, GREY, 0.2)
        bold = "sans-bold" if "total" in label else "sans"
        s.text(17, y, label, bold, 11)
        s.text(193, y, value, bold, 11, BLACK, "rs")
        y += 9
    s.text(15, y + 8, f"Montant prélevé le {fr(v['sent_date'] + timedelta(days=14))}. Cette facture peut servir de justificatif de domicile.", "sans", 9.5)
    for i in range(12):
        h = 6 + case.rng.random() * 26
        s.box(30 + i * 12, 240 - h, 7, h, (20, 80, 150), 0, (120, 160, 205))
    s.text(15, 250, "Évolution de votre consommation sur douze mois (kWh)", "sans", 8.5, GREY)
    return [s]


def prescription(case, look):
    s, v, p = Sheet(148, 210), case.values, case.insured
    s.text(12, 16, v["doctor"], "sans-bold", 12)
    s.text(12, 21.5, "Médecine générale", "sans", 9)
    s.text(12, 26.5, f"{v['doctor_street']} - {v['doctor_town']}", "sans", 9, fit=85)
    s.text(12, 31.5, f"RPPS {v['rpps']}", "sans", 9)
    s.identifier("rpps", v["rpps"])
    s.mark("Code128", v["rpps"], 100, 10, 3, 9)
    s.text(74, 50, "ORDONNANCE", "sans-bold", 13, BLACK, "ms")
    s.text(136, 60, f"Le {fr(v['act_date'])}", "sans", 10, BLACK, "rs")
    font, size, ink = (look["hand"], 13, PEN_BLUE) if look.get("hand") else ("sans", 10.5, BLACK)
    s.text(12, 70, f"{p.formal}, né(e) le {fr(p.born)}", font, size, ink, fit=120)
    y = 84
    for line in ("Paracétamol 1 g : un comprimé trois fois par jour,", "   pendant 7 jours", "Ibuprofène 400 mg : un comprimé matin et soir", "   au cours du repas, 5 jours", "Douze séances de kinésithérapie du rachis lombaire", "À renouveler 1 fois"):
        s.text(14, y, line, font, size, ink, fit=122)
        y += 9
    s.text(85, 180, v["doctor"][3:], "sign-dancing", 22, PEN_BLUE, fit=55)
    s.text(74, 203, "En cas d'urgence, composez le 15", "sans-italic", 7.5, BLACK, "ms")
    return [s]


def bill(title, lines_of, kind_word):
    def make(case, look):
        s, v, p = Sheet(), case.values, case.insured
        shop, lines = lines_of
        s.text(15, 20, shop, "dejavu-bold", 14, (110, 30, 60))
        s.text(15, 26, f"{v['firm_street']} - {v['firm_town']}", "dejavu", 8.5)
        s.text(15, 31, f"SIRET {v['siret']}  -  FINESS {v['finess']}", "dejavu", 8.5)
        s.identifier("siret", v["siret"])
        s.identifier("finess", v["finess"])
        s.text(15, 50, f"{title} N° {case.rng.randrange(2600000, 2699999)}", "dejavu-bold", 15)
        s.text(15, 57, f"Date : {fr(v['act_date'])}", "dejavu", 9.5)
        for i, line in enumerate(p.address):
            s.text(115, 50 + 5 * i, line, "dejavu", 10)
        y = 85
        s.box(15, y - 6, 180, 8.5, BLACK, 0.2, (240, 230, 234))
        for x, word, anchor in ((17, "Désignation", "ls"), (120, "Qté", "ms"), (155, "Prix unitaire", "rs"), (193, "Montant TTC", "rs")):
            s.text(x, y, word, "dejavu-bold", 9, BLACK, anchor)
        total = 0.0
        for name, quantity, price in lines:
            y += 9
            total += quantity * price
            s.text(17, y, name, "dejavu", 9.5, fit=95)
            for x, word, anchor in ((120, str(quantity), "ms"), (155, f"{price:.2f}".replace(".", ","), "rs"), (193, f"{quantity * price:.2f}".replace(".", ","), "rs")):
                s.text(x, y, word, "dejavu", 9.5, BLACK, anchor)
            s.line(15, y + 2.5, 195, y + 2.5, GREY, 0.15)
        s.text(193, y + 12, f"TOTAL TTC : {total:.2f} €".replace(".", ","), "dejavu-bold", 12, BLACK, "rs")
        s.para(15, y + 28, 175, kind_word, "dejavu", 9)
        s.field("amount", f"{total:.2f}")
        return [s]
    return make


def supplier(case, look):
    s, v = Sheet(), case.values
    lot = f"{case.rng.randrange(100, 999)}"
    s.text(15, 20, "PHARMACIE DU GRAND PUITS", "sans-bold", 14)
    s.text(15, 26, f"{v['doctor_street']} - {v['doctor_town']}", "sans", 9)
    s.text(15, 31, f"N° FINESS : {v['finess']}", "sans", 9)
    s.identifier("finess", v["finess"])
    for i, line in enumerate(look.get("address") or caisse_address(case.caisse)):
        s.text(110, 44 + 5.2 * i, line, "sans", 11)
    s.text(15, 80, "BORDEREAU DE FACTURATION - TIERS PAYANT", "sans-bold", 14)
    s.text(15, 87, f"Pièces justificatives de télétransmission - lot n° {lot} du {fr(v['act_date'])}", "sans", 10)
    s.field("supplier_lot", lot)
    y = 100
    for i in range(14):
        s.box(15, y - 5, 180, 7.4, GREY, 0.2)
        cells = ("N° facture", "Date", "Organisme", "Montant RO", "Montant RC") if i == 0 else (f"{610200 + i * 7}", fr(v["act_date"]), f"01 {case.caisse}", f"{case.rng.randrange(5, 90)},{case.rng.randrange(100):02d}", f"{case.rng.randrange(1, 30)},{case.rng.randrange(100):02d}")
        for x, cell in zip((17, 55, 95, 130, 165), cells):
            s.text(x, y, cell, "sans-bold" if i == 0 else "sans", 9.5)
        y += 7.4
    s.text(15, y + 10, "Professionnel de santé fournisseur : cachet et signature", "sans", 9)
    return [s]


def cheque(case, look):
    s, v, p = Sheet(175, 80, (240, 246, 240)), case.values, case.insured
    s.text(8, 12, "BANQUE DES TROIS VALLÉES", "sans-bold", 11, (0, 80, 60))
    s.text(168, 12, "CHÈQUE", "sans-bold", 12, BLACK, "rs")
    s.text(8, 24, "Payez contre ce chèque non endossable", "sans", 8)
    font, size = (look["hand"], 13) if look.get("hand") else ("sans", 11)
    s.text(66, 24, v["cheque"][0], font, size, PEN_BLUE)
    s.line(64, 25.5, 168, 25.5, GREY, 0.2)
    s.text(8, 35, "à l'ordre de", "sans", 8)
    s.text(30, 35, "CPAM - Agent comptable", font, size, PEN_BLUE)
    s.line(28, 36.5, 120, 36.5, GREY, 0.2)
    s.box(126, 29, 42, 9, GREY, 0.3, (255, 255, 255))
    s.text(128, 36, "€", "sans", 11, BLACK)
    s.text(134, 36, v["cheque"][1], font, size + 1, PEN_BLUE, fit=33)
    s.field("amount", v["cheque"][1])
    s.text(8, 46, f"Compte n° {v['iban'][14:25]}", "sans", 8)
    s.text(8, 51, p.formal, "sans", 8)
    s.text(8, 55.5, f"{p.street} {p.town}", "sans", 8)
    s.text(100, 46, f"À {p.town[6:].title()}   le {fr(v['sent_date'])}", font, size, PEN_BLUE, fit=68)
    s.text(120, 61, p.full, "sign-kristi", 24, PEN_BLUE)
    s.text(8, 73, f"#{case.rng.randrange(10**6, 10**7)} ({v['iban'][4:9]}{v['iban'][9:14]}{case.rng.randrange(10, 99)}) {v['iban'][14:25]}:", "mono", 12)
    return [s]


def returned(case, look):
    """Mail of the caisse coming back: window envelope, label of the post."""
    s, p = Sheet(220, 110, (252, 252, 252)), case.insured
    for i, line in enumerate(caisse_address(case.caisse)):
        s.text(10, 12 + 4.4 * i, line, "sans", 8.5)
    for i, line in enumerate(p.address):
        s.text(105, 62 + 6 * i, line, "sans", 11.5)
    s.box(22, 40, 70, 46, BLACK, 0.4, (255, 252, 225))
    s.text(57, 47, "RETOUR À L'EXPÉDITEUR", "sans-bold", 10, BLACK, "ms")
    for i, reason in enumerate(("Destinataire inconnu à l'adresse", "Défaut d'accès ou d'adressage", "Pli refusé par le destinataire", "Pli avisé et non réclamé")):
        s.box(26, 52 + 7 * i, 4, 4)
        if i == look.get("variant", 0):
            s.text(28, 55.5 + 7 * i, "X", "sans-bold", 11, PEN_BLUE, "ms")
        s.text(32, 55.4 + 7 * i, reason, "sans", 8.5)
    number = s10(case.rng, "RK")
    s.mark("DataMatrix", f"NPAI;{number};{case.values['sent_date']:%Y%m%d}", 180, 10, 5)
    s.mark("Code128", number, 110, 88, 3, 10)
    s.text(128, 103, number, "sans", 8, BLACK, "ms")
    s.identifier("s10", number)
    return [s]


def receipt(case, look):
    """Avis de réception coming back to the caisse."""
    s, p = Sheet(210, 99, (255, 250, 228)), case.insured
    number = la_poste(case.rng)
    s.text(10, 14, "LA POSTE", "sans-bold", 15, (20, 40, 110))
    s.text(105, 14, "AVIS DE RÉCEPTION", "sans-bold", 15, RED, "ms")
    s.mark("DataMatrix", f"ARLAPOSTE;01;{number[:12]};{number[12]}", 180, 8, 6)
    s.text(10, 26, "Numéro de l'envoi :", "sans", 9)
    s.text(42, 26, f"{number[:2]} {grouped(number[2:], 3, 3, 4)}", "sans-bold", 12)
    s.identifier("laposte", number)
    s.text(10, 38, "Destinataire :", "sans", 9)
    for i, line in enumerate(p.address):
        s.text(36, 38 + 5 * i, line, "sans", 9.5)
    s.text(10, 62, "Présenté / avisé le :", "sans", 9)
    s.text(42, 62, fr(case.values["act_date"]), look.get("hand") or "sans", 13, PEN_BLUE)
    s.text(10, 70, "Distribué le :", "sans", 9)
    s.text(42, 70, fr(case.values["sent_date"]), look.get("hand") or "sans", 13, PEN_BLUE)
    s.text(10, 80, "Signature du destinataire", "sans", 9)
    s.text(55, 86, p.full, "sign-kristi", 22, PEN_BLUE)
    s.text(118, 58, "À RETOURNER À", "sans-bold", 9)
    for i, line in enumerate(caisse_address(case.caisse)):
        s.text(118, 65 + 5.4 * i, line, "sans", 10, fit=88)
    return [s]


def foreign(case, look):
    """The European S1, issued abroad."""
    s, p, v = Sheet(), case.insured, case.values
    s.box(10, 10, 190, 20, (0, 50, 140), 0.4)
    s.text(16, 23, "S1", "sans-bold", 22, (0, 50, 140))
    s.text(40, 19, "Coordination des systèmes de sécurité sociale", "sans-bold", 11, (0, 50, 140))
    s.text(40, 26, "Inscription en vue de bénéficier de prestations de l'assurance maladie", "sans-bold", 10.5, (0, 50, 140))
    s.text(10, 37, "Règlements (CE) n° 883/04 (articles 17, 22, 24, 25, 26 et 34) et n° 987/09 (articles 24 et 28)", "sans", 8)
    foreign_id = f"{case.rng.randrange(10**10, 10**11)}"
    y = 46
    for number, label, value in (("1.", "RENSEIGNEMENTS CONCERNANT LE TITULAIRE", None), ("1.1", "Numéro d'identification personnel", foreign_id), ("1.2", "Nom", p.last.upper()), ("1.3", "Prénoms", p.first), ("1.4", "Date de naissance", fr(p.born)),
                                 ("1.5", "Adresse dans le pays de résidence", f"{p.street}, {p.town}"), ("1.6", "Statut", "Pensionné"), ("2.", "DROIT AUX PRESTATIONS", None), ("2.1", "À partir du", fr(v["from_date"])),
                                 ("3.", "INSTITUTION DÉLIVRANT LE FORMULAIRE", None), ("3.1", "Dénomination", "MUTUALITÉ DE L'ESCAUT - Belgique"), ("3.2", "Code d'identification", "BE-0417"), ("3.3", "Date", fr(v["sent_date"]))):
        if value is None:
            s.box(10, y - 5.2, 190, 7.6, (0, 50, 140), 0, (210, 220, 240))
            s.text(12, y, f"{number} {label}", "sans-bold", 10, (0, 50, 140))
        else:
            s.box(10, y - 5.2, 190, 7.6, (0, 50, 140), 0.15)
            s.text(12, y, f"{number}  {label}", "sans", 9.5, (0, 50, 140))
            s.text(90, y, value, look["typed"], 10.5, fit=105)
        y += 8.6
    s.identifier("foreign_insurance", foreign_id)
    s.field("birth_date", p.born)
    s.paste(round_stamp(("MUTUALITÉ", "DE L'ESCAUT"), (40, 60, 150)), 140, y + 8, -12)
    return [s]


def misdirected_body(case, look):
    """Mail meant for another body: MDPH certificate, CAF form, mutual or tax letter."""
    s, p, v = Sheet(), case.insured, case.values
    kind = look.get("variant", 0) % 3
    if kind == 0:
        s.text(105, 22, "CERTIFICAT MÉDICAL", "sans-bold", 18, (90, 30, 110), "ms")
        s.text(105, 29, "à joindre à votre demande à la MDPH", "sans-bold", 12, (90, 30, 110), "ms")
        s.text(105, 35, "Maison départementale des personnes handicapées", "sans", 10, (90, 30, 110), "ms")
        y = 50
        for label, value in (("Nom de la personne concernée", p.last.upper()), ("Prénom", p.first), ("Date de naissance", fr(p.born)), ("Adresse", f"{p.street}, {p.town}"), ("Pathologie motivant la demande", "Séquelles de fracture du bassin"),
                             ("Retentissement fonctionnel", "Marche limitée à 200 mètres, port de charges impossible"), ("Mobilité, manipulation", "Difficulté modérée"), ("Entretien personnel", "Fait seul"), ("Perspectives d'évolution", "Stabilité")):
            s.box(15, y - 6, 180, 12, (90, 30, 110), 0.2)
            s.text(17, y, label, "sans", 9, (90, 30, 110))
            s.text(75, y, value, look["typed"], 10.5, fit=118)
            y += 14
        s.text(20, y + 8, f"Fait le {fr(v['sent_date'])}, {v['doctor']}", "sans", 10)
    elif kind == 1:
        s.text(15, 20, "CAISSE D'ALLOCATIONS FAMILIALES", "sans-bold", 14, (0, 70, 140))
        s.text(15, 34, "Déclaration trimestrielle de ressources - RSA et prime d'activité", "sans-bold", 13)
        s.text(15, 42, f"Numéro d'allocataire : {case.rng.randrange(10**6, 10**7)} {case.rng.choice('ABCDEFGH')}", "sans", 11)
        for i, line in enumerate(p.address):
            s.text(115, 56 + 5 * i, line, "sans", 10.5)
        y = 85
        for label in ("Salaires nets perçus", "Indemnités de chômage", "Pensions alimentaires reçues", "Revenus fonciers", "Aucune ressource"):
            s.text(17, y, label, "sans", 10.5)
            for c in range(3):
                s.box(95 + 34 * c, y - 5.5, 30, 8)
                s.text(99 + 34 * c, y, str(case.rng.randrange(0, 1400)), look["typed"], 10.5)
            y += 12
        s.para(15, y + 6, 180, "Retournez cette déclaration à votre Caf. Vos droits aux prestations familiales seront recalculés dès réception.", "sans", 10)
    else:
        s.text(15, 22, "MUTUELLE DES RIVAGES", "dejavu-bold", 16, (0, 110, 110))
        s.text(15, 29, "Société mutualiste régie par le livre II du Code de la mutualité", "dejavu", 8.5)
        for i, line in enumerate(("MUTUELLE DES RIVAGES", "SERVICE ADHESIONS", "CS 40017", "75999 PARIS CEDEX 99")):
            s.text(115, 50 + 5.2 * i, line, "dejavu", 10.5)
        s.text(15, 90, "Bulletin d'adhésion à la complémentaire santé", "dejavu-bold", 13)
        s.para(15, 104, 178, f"Je soussigné(e) {p.full}, né(e) le {fr(p.born)}, demande mon adhésion à la mutuelle à compter du {fr(v['from_date'])}, formule Confort. J'autorise le prélèvement mensuel de ma cotisation de 61,40 euros et je déclare avoir reçu les statuts de la mutuelle.", "dejavu", 10.5, BLACK, 1.6)
        s.text(120, 170, p.full, "sign-kristi", 26, PEN_BLUE)
    return [s]


def form_back(case, look):
    """The printed back of a form: notes on how to fill it in, part of the same document."""
    s = Sheet()
    s.text(105, 20, "COMMENT REMPLIR CE FORMULAIRE", "sans-bold", 12, (60, 60, 60), "ms")
    y = 32
    for title, text in (("Quand l'envoyer ?", "Dès que possible et dans les délais indiqués au recto. Les envois tardifs peuvent retarder le paiement de vos prestations."),
                        ("À qui l'adresser ?", "À votre organisme d'assurance maladie, à l'adresse figurant sur vos décomptes. Vous pouvez aussi déposer le formulaire à l'accueil."),
                        ("Les pièces à joindre", "Joignez uniquement des photocopies lisibles. Les originaux ne vous seront pas retournés."),
                        ("Informatique et libertés", "La loi rend passible d'amende ou d'emprisonnement quiconque se rend coupable de fraudes ou de fausses déclarations. Vous disposez d'un droit d'accès et de rectification auprès de votre organisme.")):
        s.text(20, y, title, "sans-bold", 10, (60, 60, 60))
        y = s.para(20, y + 6, 170, text, "sans", 9.5, (60, 60, 60), 1.5) + 6
    return [s]


MAKERS = {
    "BACK": form_back,
    "LIBRE": letter("LIBRE"), "RECL": letter("RECL"), "CRA": letter("CRA"), "CV": letter("CV"), "ENVELOPPE": envelope, "RIB": rib,
    "PJ-IMPOT": tax_notice, "PJ-PAIE": pay_slip, "PJ-ID": identity_card, "PJ-CIVIL": birth_certificate, "PJ-DOMICILE": power_bill, "PJ-ORDO": prescription,
    "PJ-FACTURE": bill("FACTURE", ("OPTIQUE DES REMPARTS", (("Monture métal adulte", 1, 89.0), ("Verre unifocal traité", 2, 64.5), ("Étui et entretien", 1, 6.0))), "Facture acquittée par carte bancaire. Merci de votre confiance."),
    "PJ-DEVIS": bill("DEVIS", ("CABINET DENTAIRE SAINT ROCH", (("Couronne céramo-métallique dent 26", 1, 540.0), ("Inlay core", 1, 175.0), ("Provisoire", 1, 60.0))), "Devis établi avant traitement, valable six mois. Bon pour accord, date et signature du patient :"),
    "FACT": supplier, "CHQ": cheque, "NPAI": returned, "AR": receipt, "EUR": foreign, "HORS": misdirected_body,
}
