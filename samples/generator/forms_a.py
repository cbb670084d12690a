"""The forms of lots 1 to 7: what is printed on them, as rows that `layout_a` draws.

Titles, numbers and section names: the printed anchors of the real forms. Everything else was written for the samples.
"""

from rows import C, D, Form, K, L, N, P, R, S, T

BROWN, BLUE, VIOLET, GREEN, PINK = (120, 70, 20), (20, 70, 160), (95, 40, 130), (0, 95, 70), (175, 50, 95)

INSURED = (N("N° d'immatriculation de l'assuré(e)"), T("Nom et prénom", "full"), R(D("Date de naissance", "birth_date"), T("Téléphone", "phone")),
           T("Adresse", "address"))
DOCTOR = (R(T("Nom du praticien", "doctor"), C("Identifiant RPPS", "rpps", 11)), R(T("Adresse", "doctor_street"), C("N° structure (FINESS)", "finess", 9)))
EMPLOYER = (T("Nom ou raison sociale", "firm"), C("N° SIRET", "siret", 14), T("Adresse", "firm_street"), T("Code postal et ville", "firm_town"))

FORMS = {
    "AAT": Form(("avis d'arrêt de travail",), "10170*07", "S3116i", BROWN, (
        ("l'assuré(e)", INSURED + (R(T("Code de l'organisme de rattachement", "organisme"), T("Code d'accès de la résidence", "=B4582")),
                                   T("Adresse où le malade peut être visité", "address"))),
        ("l'employeur", (T("Nom, prénom ou dénomination sociale", "firm"), T("Adresse", "firm_town"), R(T("Courriel", "=paie@exemple.invalid"), T("Emploi occupé", "job")))),
        ("les renseignements médicaux", (
            K("Cet avis est", ("initial", "de prolongation")), D("Arrêt de travail du", "from_date"), D("jusqu'au inclus", "to_date"),
            K("en rapport avec", ("une maladie", "un accident du travail", "une affection de longue durée", "la grossesse")),
            K("Sorties autorisées", ("oui", "non", "sans restriction d'horaires")),
            L("Éléments d'ordre médical", "Lombalgie aiguë, repos nécessaire, soins de kinésithérapie prescrits", 2))),
        ("identification du praticien", DOCTOR + (D("Date", "sent_date"), S("Signature de l'assuré(e)", "Signature et cachet du praticien")))),
        "Articles L. 162-4-1, L. 321-1, L. 323-6, R. 321-2, D. 323-2 du Code de la sécurité sociale", "Volet 1",
        "Volets 1 et 2 à adresser sous 48 heures, au service médical de votre organisme d'assurance maladie."),
    "FSP": Form(("feuille de soins - médecin",), "12541*02", "S3110e", BROWN, (
        ("PERSONNE RECEVANT LES SOINS ET ASSURÉ(E)", (T("Bénéficiaire - nom et prénom", "full"), D("Date de naissance du bénéficiaire", "birth_date"),
                                                    N("Numéro d'immatriculation de l'assuré(e)"), T("Adresse de l'assuré(e)", "address"))),
        ("MÉDECIN ET STRUCTURE DE SOINS", (R(T("Médecin", "doctor"), C("Identifiant", "rpps", 11)), T("Adresse du cabinet", "doctor_town"))),
        ("CONDITIONS DE PRISE EN CHARGE DES SOINS", (K("", ("maladie", "maternité", "accident du travail, maladie professionnelle")), K("Le patient est adressé par le médecin traitant", ("oui", "non")))),
        ("ACTES EFFECTUÉS", (("TABLE", ("dates des actes", "codes des actes", "C, CS, V", "montant des honoraires", "frais de déplacement"),
                             (("act_date", "=G", "=1", "amount", "="), ("=", "=", "=", "=", "="), ("=", "=", "=", "=", "="))),
                            T("MONTANT TOTAL en euros", "amount"))),
        ("PAIEMENT", (K("", ("l'assuré(e) a payé la part obligatoire", "l'assuré(e) a payé la part complémentaire")), D("Fait le", "sent_date"), S("Signature du médecin", "Signature de l'assuré(e)")))),
        "à adresser à votre organisme d'assurance maladie"),
    "FSP-AUX": Form(("feuille de soins", "auxiliaires médicaux"), "11389*04", "S3125d", BROWN, (
        ("PERSONNE RECEVANT LES SOINS ET ASSURÉ(E)", (T("Nom et prénom du bénéficiaire", "full"), D("Date de naissance", "birth_date"), N("Numéro d'immatriculation de l'assuré(e)"), T("Adresse", "address"))),
        ("AUXILIAIRE MÉDICAL", (R(T("Nom du masseur-kinésithérapeute", "=KINE DES LAUZES"), C("Identifiant", "rpps", 11)), T("Adresse", "doctor_town"))),
        ("PRESCRIPTION MÉDICALE", (D("Date de la prescription", "act_date"), T("Prescripteur", "doctor"))),
        ("ACTES EFFECTUÉS", (("TABLE", ("dates", "lettre clé", "coefficient", "honoraires"), (("act_date", "=AMK", "=7,6", "=16,34"), ("sent_date", "=AMK", "=7,6", "=16,34"), ("=", "=", "=", "="))),
                            T("MONTANT TOTAL en euros", "=32,68"), D("Fait le", "sent_date"), S("Signature de l'auxiliaire", "Signature de l'assuré(e)"))))),
    "AS-MAL": Form(("ATTESTATION DE SALAIRE POUR LE PAIEMENT", "DES INDEMNITÉS JOURNALIÈRES"), "11135*04", "S3201n", VIOLET, (
        ("L'EMPLOYEUR", EMPLOYER), ("L'ASSURÉ(E)", (N("N° d'immatriculation"), T("Nom, prénom", "full"), T("Adresse", "address"), T("Emploi", "job"))),
        ("MOTIF DE L'ARRÊT", (K("", ("Maladie", "Maternité", "Paternité", "Adoption")), D("Date du dernier jour de travail", "last_worked_date"), K("Reprise d'activité", ("oui", "non"), 1))),
        ("RENSEIGNEMENTS PERMETTANT L'ÉTUDE DES DROITS", (("TABLE", ("période de référence du", "au", "salaire brut", "heures"), (
            ("=01/12/2025", "=31/12/2025", "wage", "=151,67"), ("=01/01/2026", "=31/01/2026", "wage", "=151,67"), ("=01/02/2026", "=28/02/2026", "wage", "=151,67"))),)),
        ("DEMANDE DE SUBROGATION EN CAS DE MAINTIEN DE SALAIRE", (K("", ("oui", "non")), T("IBAN de l'employeur", "iban"))),
        ("SIGNATURE", (D("Fait le", "sent_date"), S("Nom et qualité du signataire", "Cachet de l'établissement")))),
        "maladie - maternité - paternité (articles R. 323-10 et R. 331-5 du Code de la sécurité sociale)"),
    "AS-6M": Form(("ATTESTATION DE SALAIRE", "ARRÊT DE TRAVAIL SUPÉRIEUR À SIX MOIS"), "11136*05", "S3202k", VIOLET, (
        ("L'EMPLOYEUR", EMPLOYER), ("L'ASSURÉ(E)", (N("N° d'immatriculation"), T("Nom, prénom", "full"), D("Date d'embauche", "hire_date"))),
        ("L'ARRÊT DE TRAVAIL", (D("Date du dernier jour de travail", "last_worked_date"), K("", ("Maladie", "Paternité")))),
        ("SALAIRES DES DOUZE MOIS CIVILS PRÉCÉDENTS", (("TABLE", ("du", "au", "montant brut", "heures"), (
            ("=01/09/2025", "=30/11/2025", "wage", "=455"), ("=01/12/2025", "=28/02/2026", "wage", "=455"))),)),
        ("SIGNATURE", (D("Fait le", "sent_date"), S("Signataire", "Cachet de l'établissement"))))),
    "AS-AT": Form(("ATTESTATION DE SALAIRE", "ACCIDENT DU TRAVAIL OU MALADIE PROFESSIONNELLE"), "11137*04", "S6202o", BLUE, (
        ("L'EMPLOYEUR", EMPLOYER), ("LA VICTIME", (N("N° d'immatriculation"), T("Nom, prénom", "full"), T("Adresse", "address"), D("Date d'embauche", "hire_date"), T("Profession", "job"))),
        ("RENSEIGNEMENTS RELATIFS À L'ACCIDENT OU À LA MALADIE", (D("Date de l'accident", "accident_date"), D("Dernier jour de travail", "last_worked_date"), K("Cas de l'arrêt", ("accident du travail", "accident de trajet", "maladie professionnelle")))),
        ("SALAIRE DE RÉFÉRENCE", (("TABLE", ("du", "au", "salaire brut", "indemnités"), (("=01/02/2026", "=28/02/2026", "wage", "=0,00"), ("=", "=", "=", "="))), T("IBAN en cas de subrogation", "iban"))),
        ("SIGNATURE", (D("Fait le", "sent_date"), S("Nom du signataire", "Cachet"))))),
    "DAT": Form(("DÉCLARATION", "D'ACCIDENT DU TRAVAIL   D'ACCIDENT DE TRAJET"), "14463*03", "S6200i", BLUE, (
        ("L'EMPLOYEUR (établissement d'attache permanent de la victime)", EMPLOYER),
        ("LA VICTIME", (N("N° d'immatriculation"), T("Nom et prénom", "full"), T("Adresse", "address"), R(D("Date d'embauche", "hire_date"), T("Profession", "job")), K("Contrat de travail", ("CDI", "CDD", "Apprenti/Élève", "Intérimaire")))),
        ("LES INFORMATIONS RELATIVES À L'ACCIDENT", (
            R(D("Date", "accident_date"), C("heure", "accident_time", 4)), T("Lieu de l'accident", "firm_street"), K("", ("Lieu de travail habituel", "Lieu occasionnel", "Au cours du trajet")),
            L("Activité de la victime lors de l'accident", "Manutention de cartons dans la réserve, chute de la marche", 2), T("Siège des lésions", "=cheville droite"), T("Nature des lésions", "=entorse"),
            K("Conséquences", ("SANS ARRÊT DE TRAVAIL", "AVEC ARRÊT DE TRAVAIL", "DÉCÈS"), 1))),
        ("LE TÉMOIN ou LA PREMIÈRE PERSONNE AVISÉE", (T("Nom et prénom", "other_full"),)),
        ("LE TIERS", (K("L'accident a-t-il été causé par un tiers ?", ("OUI", "NON"), 1), R(D("Fait le", "sent_date"), T("Qualité", "=responsable RH")), S("Nom du signataire", "Signature")))),
        "(Articles L. 441-1 à L. 441-4 et R. 441-1 à R. 441-11 du Code de la sécurité sociale)", "DAT-PRE"),
    "FAT": Form(("FEUILLE D'ACCIDENT DU TRAVAIL", "OU DE MALADIE PROFESSIONNELLE"), "11383*02", "S6201c", BLUE, (
        ("LA VICTIME", INSURED), ("L'EMPLOYEUR", EMPLOYER[:2]), ("L'ACCIDENT DU TRAVAIL OU LA MALADIE PROFESSIONNELLE", (D("Date de l'accident", "accident_date"), K("", ("accident du travail", "accident de trajet", "maladie professionnelle")))),
        ("ACTES DES PRATICIENS ET AUXILIAIRES", (("TABLE", ("date", "désignation des actes", "honoraires", "signature"), (("act_date", "=G", "=30,00", "="), ("=", "=", "=", "="), ("=", "=", "=", "="), ("=", "=", "=", "="))),)),
        ("CACHET", (D("Délivrée le", "sent_date"), S("Signature de l'employeur", "Cachet de la caisse")))),
        "À présenter à chaque praticien : la victime ne fait pas l'avance des frais"),
    "CM-AT": Form(("CERTIFICAT MÉDICAL", "ACCIDENT DU TRAVAIL - MALADIE PROFESSIONNELLE"), "11138*06", "S6909e", VIOLET, (
        ("", (K("", ("INITIAL", "DE PROLONGATION", "FINAL", "DE RECHUTE"), 1),)),
        ("LA VICTIME", INSURED), ("L'EMPLOYEUR", (T("Nom, prénom ou dénomination sociale", "firm"), T("Adresse", "firm_town"))),
        ("LES RENSEIGNEMENTS MÉDICAUX", (D("Date de l'accident ou de la première constatation", "accident_date"), L("Constatations détaillées", "Entorse du genou droit, douleur à la marche, épanchement modéré", 3),
                                        D("Soins jusqu'au", "to_date"), K("Conclusions", ("guérison apparente", "consolidation avec séquelles")))),
        ("LE PRATICIEN", DOCTOR + (D("Date", "sent_date"), S("Signature de la victime", "Signature et cachet du praticien")))),
        "(Art. L. 433-1, L. 441-6, L. 443-1, R. 433-17 du Code de la sécurité sociale)", "Volet 1"),
    "DMP": Form(("DÉCLARATION DE MALADIE PROFESSIONNELLE",), "16130*01", "S6100b", BLUE, (
        ("LA VICTIME", INSURED), ("LA MALADIE", (T("Nature de la maladie", "=Épaule : tendinopathie de la coiffe des rotateurs"), D("Date de la première constatation", "act_date"))),
        ("LE DERNIER EMPLOYEUR", EMPLOYER[:2] + (T("Adresse", "firm_town"),)),
        ("EMPLOIS ANTÉRIEURS AYANT EXPOSÉ LA VICTIME AU RISQUE", (("TABLE", ("employeur", "poste occupé", "durée d'exposition"), (("firm", "job", "=6 ans"), ("=", "=", "="), ("=", "=", "="))),)),
        ("SIGNATURE", (P("J'atteste sur l'honneur l'exactitude des renseignements portés ci-dessus et joins le certificat médical initial."), D("Fait le", "sent_date"), S("Signature de la victime")))),
        "(articles L. 461-1 et suivants, R. 461-5 du Code de la sécurité sociale)"),
    "PSC": Form(("protocole pour soins après consolidation",), "", "", VIOLET, (
        ("la victime", INSURED), ("l'accident du travail ou la maladie professionnelle", (D("Date de l'accident", "accident_date"), D("Date de consolidation", "act_date"), T("Séquelles", "=raideur du poignet gauche"))),
        ("les soins proposés", (L("Nature et fréquence des soins", "Rééducation fonctionnelle, deux séances par semaine, antalgiques de palier 1", 3), D("jusqu'au", "end_date"))),
        ("le médecin", DOCTOR + (D("Date", "sent_date"), S("Signature du médecin", "Signature de la victime")))),
        "accident du travail - maladie professionnelle (article L. 432-4-1 du Code de la sécurité sociale)"),
    "ALD": Form(("protocole de soins",), "11626*03", "S3501c", BROWN, (
        ("identification du bénéficiaire", INSURED), ("le médecin traitant", DOCTOR),
        ("informations concernant la maladie", (L("Diagnostic de l'affection de longue durée", "Diabète de type 2 non insulinodépendant équilibré sous traitement", 2), K("", ("ALD 30 (liste)", "ALD hors liste", "polypathologies")),
                                               L("Arguments cliniques", "Hémoglobine glyquée 7,4 % au dernier contrôle, suivi ophtalmologique annuel", 2))),
        ("actes et prestations concernant la maladie", (L("Spécialités, biologie, dispositifs", "Endocrinologue, cardiologue, bandelettes, HbA1c trimestrielle", 2), D("Durée prévisible des soins jusqu'au", "end_date"))),
        ("", (D("Date", "sent_date"), S("Signature du médecin traitant", "Le médecin conseil")))),
        "(articles L. 324-1 et L. 322-3 3° et 4° du Code de la sécurité sociale)", "volet médical 1 à conserver par le médecin conseil"),
    "DAP": Form(("demande d'entente préalable",), "12040*01", "S3108c", BROWN, (
        ("PARTIE À REMPLIR PAR L'ASSURÉ(E)", INSURED), ("PARTIE À REMPLIR PAR LE PRATICIEN", (
            T("Bénéficiaire des soins", "full"), L("Nature des actes", "Rééducation du rachis lombaire, trente séances", 2), T("Cotation proposée", "=AMK 7,6 x 30"), D("Date de la prescription", "act_date"))),
        ("LE PRATICIEN", DOCTOR + (D("Date", "sent_date"), S("Signature du praticien"))), ("AVIS DU SERVICE MÉDICAL", (K("", ("accord", "refus", "urgence"), -1), S("Le médecin-conseil")))),
        "L'absence de réponse dans un délai de quinze jours vaut accord"),
    "PMT": Form(("prescription médicale de transport",), "11574*06", "S3138f", BROWN, (
        ("le bénéficiaire", INSURED), ("la prescription de transport", (K("Situation", ("hospitalisation", "ALD", "accident du travail", "convocation"), 1), T("Trajet du domicile vers", "=CLINIQUE DES PINS, 2 RUE DU STADE"),
         K("Mode de transport", ("ambulance", "transport assis professionnalisé", "véhicule personnel"), 1), R(K("", ("aller", "retour", "aller-retour"), 2), D("Date du transport", "act_date")),
         L("Éléments d'ordre médical", "Mobilité réduite, accompagnement nécessaire", 2))),
        ("le prescripteur", DOCTOR + (D("Date", "sent_date"), S("Signature et cachet du prescripteur")))),
        "(articles L. 322-5, R. 322-10 et suivants du Code de la sécurité sociale)", "Volet 2"),
    "DAP-T": Form(("demande d'accord préalable", "prescription médicale de transport"), "11575*05", "S3139d", BROWN, (
        ("le bénéficiaire", INSURED), ("le transport soumis à accord préalable", (K("Motif", ("transport de plus de 150 km", "transports en série", "avion ou bateau")), T("Vers", "=CENTRE DE RÉÉDUCATION LES EMBRUNS"), T("Nombre de transports", "=12"),
         K("", ("Urgence attestée par le médecin prescripteur",), -1), L("Justification médicale", "Rééducation en centre spécialisé après intervention de la hanche", 2))),
        ("le prescripteur", DOCTOR + (D("Date", "sent_date"), S("Signature du prescripteur"))), ("avis du médecin-conseil", (K("", ("favorable", "défavorable"), -1),))),
        "Volets 1 et 2 à adresser à M. le médecin-conseil, service médical", "Volet 1"),
    "TR-FRAIS": Form(("ÉTAT DE FRAIS", "demande de remboursement de transport"), "11162*03", "S3140c", GREEN, (
        ("L'ASSURÉ(E)", INSURED), ("TRANSPORTS EFFECTUÉS EN VÉHICULE PERSONNEL OU TRANSPORT EN COMMUN", (("TABLE", ("date", "lieu de départ", "lieu d'arrivée", "km ou prix du billet"), (
            ("act_date", "=domicile", "=hôpital", "=64 km"), ("sent_date", "=domicile", "=hôpital", "=64 km"), ("=", "=", "=", "="))), T("Péages et stationnement", "=11,40"))),
        ("ATTESTATION", (P("Je certifie l'exactitude des renseignements portés ci-dessus. Joindre la prescription médicale de transport et les justificatifs."), D("Fait le", "sent_date"), S("Signature de l'assuré(e)"))))),
    "CURE": Form(("DEMANDE DE PRISE EN CHARGE", "CURE THERMALE"), "11139*02", "S3185c", GREEN, (
        ("questionnaire de prise en charge", INSURED), ("déclaration de ressources", (P("Ressources de l'année civile précédente de l'assuré(e) et de son conjoint, avant abattement"), T("Salaires et pensions", "=18 420 €"), T("Autres revenus", "=0 €"))),
        ("prescription médicale", (T("Station thermale", "=GRÉOUX LES BAINS"), T("Orientation", "=rhumatologie"), K("", ("soins externes", "cure avec hospitalisation")))),
        ("", (D("Fait le", "sent_date"), S("Signature de l'assuré(e)", "Cachet du médecin")))),
        "valable pour l'année civile"),
    "C2S": Form(("Demande de Complémentaire santé solidaire",), "12504*10", "S3711m", BLUE, (
        ("VOUS - LE DEMANDEUR", INSURED + (K("Situation", ("célibataire", "marié(e)", "pacsé(e)", "séparé(e)")),)),
        ("LES AUTRES PERSONNES DE VOTRE FOYER", (T("Nom et prénom", "child_full"), D("Date de naissance", "child_birth_date"))),
        ("LES RESSOURCES DE VOTRE FOYER - 12 DERNIERS MOIS", (("TABLE", ("nature", "vous", "conjoint", "enfants"), (("=Salaires", "=9 840 €", "=0", "=0"), ("=Indemnités chômage", "=1 210 €", "=0", "=0"), ("=Pensions alimentaires", "=0", "=0", "=0"))),)),
        ("CHOIX DE L'ORGANISME COMPLÉMENTAIRE", (K("", ("votre caisse d'assurance maladie", "un organisme complémentaire")),)),
        ("ENGAGEMENT", (P("Je déclare sur l'honneur que les renseignements fournis sont exacts et m'engage à signaler tout changement."), D("Fait le", "sent_date"), S("Signature du demandeur")))),
        "(articles L. 861-1 et suivants du Code de la sécurité sociale)"),
    "DMT": Form(("DÉCLARATION DE CHOIX DU MÉDECIN TRAITANT",), "12485*03", "S3704c", BLUE, (
        ("À REMPLIR PAR LE BÉNÉFICIAIRE", INSURED), ("DÉCLARATION CONJOINTE", (P("Je déclare choisir le médecin ci-dessous comme médecin traitant à compter de la date de signature."), T("Médecin choisi", "doctor"), C("N° d'identification", "rpps", 11), T("Adresse du cabinet", "doctor_town"))),
        ("SIGNATURES", (D("Date", "sent_date"), S("Signature du bénéficiaire", "Signature et cachet du médecin")))),
        "(art. L. 162-5-3 du Code de la sécurité sociale)"),
    "RATT": Form(("DEMANDE DE RATTACHEMENT DES ENFANTS", "À L'UN OU AUX DEUX PARENTS ASSURÉS"), "14445*02", "S3705a", BLUE, (
        ("LE PREMIER PARENT", (N("Numéro de sécurité sociale"), T("Nom et prénom", "full"), T("Adresse", "address"))), ("LE SECOND PARENT", (N("Numéro de sécurité sociale", "other_nir"), T("Nom et prénom", "other_full"))),
        ("LES ENFANTS À RATTACHER", (T("Nom et prénom", "child_full"), D("Date de naissance", "child_birth_date"), K("Rattachement", ("au premier parent", "au second parent", "aux deux parents"), 2))),
        ("SIGNATURES", (P("Joindre une photocopie du livret de famille ou un acte de naissance."), D("Fait le", "sent_date"), S("Premier parent", "Second parent")))),
        "(art. L. 161-15-3 et R. 161-8 du Code de la sécurité sociale)"),
    "OUVDR": Form(("DEMANDE D'OUVERTURE DES DROITS", "À L'ASSURANCE MALADIE"), "15763*02", "S1106b", GREEN, (
        ("IDENTITÉ DU DEMANDEUR", INSURED + (T("Nationalité", "=française"),)), ("RÉSIDENCE EN FRANCE", (K("Vous résidez en France de façon stable", ("depuis plus de 3 mois", "depuis moins de 3 mois")), D("Date d'arrivée", "hire_date"))),
        ("SITUATION", (K("", ("sans activité", "étudiant", "travailleur frontalier", "retour de l'étranger"), 3),)), ("VERSEMENT DE VOS REMBOURSEMENTS", (T("IBAN", "iban"),)),
        ("ATTESTATION SUR L'HONNEUR", (D("Fait le", "sent_date"), S("Signature du demandeur")))),
        "(art. L. 111-1, L. 160-1 et D. 160-2 du Code de la sécurité sociale)"),
    "INV": Form(("demande de pension d'invalidité",), "11174*05", "S4150e", VIOLET, (
        ("VOTRE IDENTITÉ", INSURED), ("VOTRE SITUATION PROFESSIONNELLE", (T("Dernier employeur", "firm"), T("Profession exercée", "job"), D("Date de cessation d'activité", "last_worked_date"), K("Indemnités journalières perçues", ("oui", "non")))),
        ("VOS RESSOURCES", (("TABLE", ("nature", "mois 1", "mois 2", "mois 3"), (("=Salaires", "wage", "wage", "wage"), ("=Pensions et rentes", "=0", "=0", "=0"))),)),
        ("VERSEMENT", (T("IBAN", "iban"),)), ("SIGNATURE", (D("Fait le", "sent_date"), S("Signature de l'assuré(e)")))),
        "(articles L. 341-1 à L. 341-16 et R. 341-8 du Code de la sécurité sociale)"),
    "GROS": Form(("Vous attendez un enfant", "premier examen médical prénatal"), "10112*05", "S4110g", PINK, (
        ("L'ASSURÉ(E) ET LA FUTURE MÈRE", (N("Numéro de sécurité sociale"), T("Nom et prénom", "full"), D("Date de naissance", "birth_date"), T("Adresse", "address"))),
        ("DÉCLARATION DU PRATICIEN", (P("Je certifie avoir procédé à l'examen prénatal et prescrit les examens obligatoires."), D("Date présumée de début de grossesse", "pregnancy_date"), D("Date de l'examen", "act_date"))),
        ("LE PRATICIEN", DOCTOR + (D("Fait le", "sent_date"), S("Signature de l'assurée", "Signature et cachet du praticien")))),
        "à envoyer avant la fin du troisième mois de grossesse", "volet rose - CPAM"),
}
