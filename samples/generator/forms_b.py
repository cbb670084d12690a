"""The forms of lots 8 to 14, held out: the same real titles and numbers, other wording and order, drawn by `layout_b`."""

from rows import C, D, Form, K, L, N, P, S, T, TABLE

WINE, NAVY, SLATE, OLIVE, ROSE = (130, 30, 60), (10, 45, 120), (60, 60, 75), (80, 90, 10), (190, 40, 90)

WHO = (T("Nom de famille, prénom", "full"), D("Né(e) le", "birth_date"), N("Numéro de sécurité sociale"), T("Demeurant", "street"), T("Code postal, commune", "town"))
CARER = (T("Le praticien", "doctor"), C("RPPS", "rpps", 11), T("Cabinet", "doctor_town"))
FIRM = (T("Entreprise", "firm"), C("SIRET de l'établissement", "siret", 14), T("Voie", "firm_street"), T("Commune", "firm_town"))
END = (D("Établi le", "sent_date"),)

FORMS = {
    "AAT": Form(("avis d'arrêt de travail",), "10170*07", "S3116j", WINE, (
        ("Le patient", (N("Immatriculation de l'assuré(e)"), T("Nom, prénom", "full"), D("Date de naissance", "birth_date"), T("Adresse où le malade peut être visité", "street"), T("Commune", "town"), T("code de l'organisme de rattachement", "organisme"))),
        ("Son employeur", (T("Dénomination", "firm"), T("Commune", "firm_town"))),
        ("les renseignements médicaux", (K("Nature de l'avis :", ("initial", "de prolongation"), 1), D("Du", "from_date"), D("au", "to_date"), L("éléments d'ordre médical", "Syndrome grippal avec fièvre et asthénie importante", 2), K("Sorties", ("autorisées", "interdites")))),
        ("Le praticien", CARER + END + (S("Signature et cachet",),))), "volets 1 et 2 : au service médical de l'assurance maladie, sous 48 heures", "volet 1"),
    "FSP": Form(("feuille de soins", "médecin"), "12541*03", "S3110f", WINE, (
        ("La personne soignée", (T("Le bénéficiaire des soins", "full"), D("né(e) le", "birth_date"), N("immatriculation de l'assuré(e)"))),
        ("Le médecin", CARER), ("Les actes", (TABLE(("actes", "date", "montant", "dépassement"), ("=CS", "act_date", "amount", "="), ("=MPC", "=", "=", "="), ("=", "=", "=", "=")), T("montant total facturé", "amount"))),
        ("Le règlement", (K("", ("honoraires payés par l'assuré", "tiers payant")), *END, S("Le médecin", "L'assuré(e)")))), "cette feuille est à envoyer à la caisse du bénéficiaire"),
    "FSP-AUX": Form(("feuille de soins", "auxiliaires médicaux"), "11389*05", "S3125e", WINE, (
        ("Le malade", WHO), ("L'auxiliaire médical", (T("Infirmière libérale", "=Cabinet infirmier des Genêts"), C("Identifiant", "rpps", 11))),
        ("Les soins", (TABLE(("date", "cotation", "coefficient", "honoraires"), ("act_date", "=AMI", "=4", "=12,60"), ("sent_date", "=AMI", "=4", "=12,60"), ("=", "=", "=", "=")), T("montant total", "=25,20"))), ("Fin", END + (S("L'auxiliaire", "L'assuré(e)"),))), ""),
    "AS-MAL": Form(("attestation de salaire", "pour le paiement des indemnités journalières"), "11135*04", "S3201p", NAVY, (
        ("L'établissement", FIRM), ("Le salarié ou la salariée", (N("Immatriculation"), T("Nom, prénom", "full"), T("Poste", "job"), D("Entrée dans l'entreprise", "hire_date"))),
        ("L'arrêt", (K("Risque", ("maladie", "maternité", "paternité", "adoption"), 1), D("Dernier jour travaillé", "last_worked_date"))),
        ("Les salaires rétablis", (TABLE(("du", "au", "brut soumis"), ("=01/12/2025", "=31/12/2025", "wage"), ("=01/01/2026", "=31/01/2026", "wage"), ("=01/02/2026", "=28/02/2026", "wage")),)),
        ("Subrogation", (K("", ("demandée", "non demandée")), T("IBAN", "iban"), *END, S("Pour l'employeur")))), "maladie - maternité - paternité"),
    "AS-6M": Form(("attestation de salaire", "arrêt de travail de plus de 6 mois"), "11136*05", "S3202m", NAVY, (
        ("L'établissement", FIRM[:2]), ("Le salarié", (N("Immatriculation"), T("Nom, prénom", "full"), D("Dernier jour travaillé", "last_worked_date"))),
        ("Douze derniers mois", (TABLE(("période", "brut", "heures"), ("=mars à août 2025", "wage", "=910"), ("=septembre 2025 à février 2026", "wage", "=910")),)), ("Cadre de signature", END + (S("Pour l'employeur"),))), ""),
    "AS-AT": Form(("attestation de salaire", "accident du travail ou maladie professionnelle"), "11137*05", "S6202p", NAVY, (
        ("La victime", (T("Nom, prénom", "full"), N("Immatriculation"), D("Jour de l'accident", "accident_date"), D("Dernier jour travaillé", "last_worked_date"))), ("L'employeur", FIRM),
        ("Les salaires", (TABLE(("échéance", "brut", "primes"), ("=février 2026", "wage", "=0"), ("=", "=", "=")), T("IBAN", "iban"))), ("Cadre de signature", END + (S("Pour l'employeur"),))), ""),
    "DAT": Form(("DÉCLARATION D'ACCIDENT DU TRAVAIL", "ou d'accident de trajet"), "14463*03", "S6200i", SLATE, (
        ("LA VICTIME", (N("Immatriculation"), T("Nom, prénom", "full"), D("Embauche", "hire_date"), T("Métier", "job"))), ("L'EMPLOYEUR", FIRM),
        ("L'ACCIDENT", (D("Survenu le", "accident_date"), C("à (h, min)", "accident_time", 4), K("Où ?", ("lieu habituel", "trajet", "autre lieu"), 2), L("Circonstances détaillées", "La salariée a glissé sur le carrelage mouillé de la cuisine", 2), T("Siège des lésions", "=poignet droit"), T("Nature", "=fracture"), K("Suite", ("avec arrêt", "sans arrêt")))),
        ("LE TEMOIN", (T("Nom du témoin", "other_full"),)), ("LE TIERS", (K("Tiers en cause ?", ("oui", "non"), 1), *END, S("L'employeur ou son préposé")))), "à envoyer par l'employeur dans les 48 heures, par lettre recommandée", "DAT-PRE"),
    "FAT": Form(("feuille d'accident du travail", "ou de maladie professionnelle"), "11383*03", "S6201d", SLATE, (
        ("La victime", WHO), ("L'événement", (D("Accident du", "accident_date"), T("Employeur", "firm"))), ("Soins reçus", (TABLE(("le", "acte", "praticien"), ("act_date", "=consultation", "doctor"), ("=", "=", "="), ("=", "=", "="), ("=", "=", "="))  ,)), ("Remise", END + (S("Cachet de l'employeur"),))), "dispense d'avance des frais sur présentation de cette feuille"),
    "CM-AT": Form(("certificat médical", "accident du travail ou maladie professionnelle"), "11138*07", "S6909f", WINE, (
        ("Type de certificat", (K("", ("initial", "prolongation", "final", "rechute"), 2),)), ("La victime", WHO), ("Les constatations", (D("Accident ou maladie du", "accident_date"), L("Lésions et séquelles", "Fracture du scaphoïde consolidée, gêne résiduelle modérée", 3), D("Consolidation le", "act_date"))), ("Le praticien", CARER + END + (S("Signature"),))), "à adresser par le praticien dans les 24 heures", "volet 2"),
    "DMP": Form(("déclaration de maladie professionnelle",), "16130*01", "S6100b", SLATE, (
        ("La personne malade", WHO), ("La maladie professionnelle", (T("Désignation", "=Surdité de perception bilatérale"), D("Constatée le", "act_date"))), ("L'exposition au risque", (TABLE(("entreprise", "poste", "durée d'exposition"), ("firm", "job", "=11 ans"), ("=", "=", "=")),)), ("Déclaration", (P("Je certifie l'exactitude des informations données."), *END, S("La victime")))), ""),
    "PSC": Form(("protocole pour soins après consolidation",), "", "", WINE, (
        ("Le blessé", WHO), ("Le dossier", (D("Accident du", "accident_date"), D("Consolidé le", "act_date"))), ("Les soins demandés", (L("Description", "Infiltrations trimestrielles et antalgiques, suivi en centre antidouleur", 3), D("Jusqu'au", "end_date"))), ("Le médecin", CARER + END + (S("Médecin", "Victime"),))), "risques professionnels"),
    "ALD": Form(("protocole de soins",), "11626*06", "S3501h", WINE, (
        ("Le patient", WHO), ("La maladie", (K("", ("ALD 30 (liste)", "ALD 31 hors liste", "ALD 32"), 0), L("Diagnostic", "Insuffisance cardiaque stade II suivie depuis 2021", 2), L("Examens et traitements", "Échographie annuelle, bêtabloquant, rééducation cardiaque", 2))), ("Le médecin", CARER + END + (S("Le médecin traitant", "Le médecin conseil"),))), "affection de longue durée", "volet médical 1 à conserver par le médecin conseil"),
    "DAP": Form(("demande d'entente préalable",), "12040*01", "S3108c", WINE, (
        ("L'assuré(e)", WHO), ("L'acte demandé", (L("Acte ou appareillage", "Orthèse plantaire sur mesure, paire", 2), D("Prescrit le", "act_date"))), ("Le prescripteur", CARER + END + (S("Signature"),)), ("Réservé au service médical", (K("", ("avis favorable", "avis défavorable"), -1),))), "sans réponse sous 15 jours, l'accord est acquis"),
    "PMT": Form(("prescription médicale de transport",), "11574*06", "S3138g", OLIVE, (
        ("La personne transportée", WHO), ("Le trajet", (T("Départ", "=domicile"), T("Arrivée", "=Hôpital du Haut Vallon, service néphrologie"), D("Le", "act_date"), K("Par", ("ambulance", "VSL ou taxi", "voiture particulière"), 1), K("", ("aller simple", "aller et retour"), 1), L("Motif médical", "Dialyse trois fois par semaine", 1))), ("Le prescripteur", CARER + END + (S("Signature et cachet"),))), ""),
    "DAP-T": Form(("demande d'accord préalable", "pour un transport"), "11575*05", "S3139e", OLIVE, (
        ("La personne transportée", WHO), ("Le transport", (K("Pourquoi un accord ?", ("longue distance", "série de transports", "avion"), 1), T("Arrivée", "=Centre hospitalier de la Côte Blanche"), K("", ("Urgence attestée",), 0))), ("Le prescripteur", CARER + END + (S("Signature"),)), ("Réservé à M. le médecin-conseil", (K("", ("accord", "refus"), -1),))), "prescription médicale de transport - volets 1 et 2 au médecin-conseil"),
    "TR-FRAIS": Form(("état de frais de transport",), "11162*04", "S3140d", OLIVE, (
        ("L'assuré(e)", WHO), ("Les trajets remboursables", (TABLE(("le", "de", "à", "distance ou prix"), ("act_date", "=domicile", "=clinique", "=38 km"), ("sent_date", "=clinique", "=domicile", "=38 km"), ("=", "=", "=", "=")), T("Total demandé", "amount"))), ("Signature", END + (S("L'assuré(e)"),))), "joindre la prescription et les billets"),
    "CURE": Form(("cure thermale", "questionnaire de prise en charge"), "11139*02", "S3185d", OLIVE, (
        ("Le curiste", WHO), ("La cure", (T("Station", "=Amélie les Bains"), T("Orientation", "=voies respiratoires"), D("Prescrite le", "act_date"))), ("déclaration de ressources", (TABLE(("revenus 2025", "vous", "conjoint"), ("=salaires", "=14 200 €", "=0 €"), ("=pensions", "=0 €", "=9 870 €")),)), ("Signature", END + (S("Le curiste"),))), ""),
    "C2S": Form(("Complémentaire santé solidaire", "formulaire de demande"), "12504*10", "S3711n", ROSE, (
        ("Vous", WHO), ("Votre foyer", (T("Enfant ou conjoint", "child_full"), D("né(e) le", "child_birth_date"))), ("Vos revenus sur 12 mois", (TABLE(("type de revenu", "montant"), ("=salaires", "=11 020 €"), ("=allocations", "=1 430 €"), ("=autres", "=0 €")),)), ("Votre choix", (K("Gestionnaire", ("ma caisse d'assurance maladie", "une mutuelle"), 0), P("Toute fausse déclaration est punie par la loi."), *END, S("Votre signature")))), "une demande par foyer"),
    "DMT": Form(("déclaration de choix du médecin traitant",), "12485*03", "S3704d", NAVY, (
        ("Le patient", WHO), ("Le médecin choisi", (T("Je choisis", "doctor"), C("identifiant", "rpps", 11), T("cabinet à", "doctor_town"))), ("Signatures", END + (S("Le patient", "Le médecin"),))), "(art. L. 162-5-3 du Code de la sécurité sociale)"),
    "RATT": Form(("rattachement des enfants", "à l'un ou aux deux parents"), "14445*02", "S3705a", NAVY, (
        ("Parent 1", (T("Nom, prénom", "full"), N("Immatriculation"))), ("Parent 2", (T("Nom, prénom", "other_full"), N("Immatriculation", "other_nir"))), ("Enfant", (T("Nom, prénom", "child_full"), D("né(e) le", "child_birth_date"), K("à rattacher", ("aux deux parents", "au parent 1", "au parent 2")))), ("Signatures", END + (S("Parent 1", "Parent 2"),))), ""),
    "OUVDR": Form(("demande d'ouverture de droits", "à l'assurance maladie"), "15763*02", "S1106c", NAVY, (
        ("Votre état civil", WHO + (T("Nationalité", "=italienne"),)), ("Votre résidence", (D("En France depuis le", "hire_date"), K("", ("plus de trois mois", "moins de trois mois")))), ("Vos coordonnées bancaires", (T("IBAN", "iban"),)), ("Signature", END + (S("Le demandeur"),))), ""),
    "INV": Form(("demande de pension d'invalidité",), "11174*06", "S4150f", NAVY, (
        ("L'assuré(e)", WHO), ("Activité", (T("Métier", "job"), T("Entreprise", "firm"), D("Cessation le", "last_worked_date"))), ("Ressources du trimestre", (TABLE(("nature", "montant mensuel"), ("=salaire", "wage"), ("=rente", "=0")),)), ("Paiement", (T("IBAN", "iban"), *END, S("L'assuré(e)")))), ""),
    "GROS": Form(("Vous attendez un enfant", "déclaration de grossesse"), "10112*06", "S4110h", ROSE, (
        ("La future mère", WHO), ("L'examen prénatal", (D("Début de grossesse estimé au", "pregnancy_date"), D("Examen pratiqué le", "act_date"), P("Premier examen médical prénatal effectué ; examens de laboratoire prescrits."))), ("Le praticien ou la sage-femme", CARER + END + (S("Signature"),))), "feuillet à retourner avant la fin du 3e mois", "volet rose pour la CPAM"),
}
