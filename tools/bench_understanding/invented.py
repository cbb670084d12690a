"""Everything one pli may say, drawn once: people, firms and numbers are invented (samples/generator/people.py)."""

from datetime import date, timedelta

import people

KINDS = {"nir": "nir", "other_nir": "nir", "siret": "siret", "rpps": "rpps", "finess": "finess", "iban": "iban", "amount": "amount"}  # others are dates or words


def values_of(rng, caisse, words):
    """Values by name: dates as dates, amounts as 1234.56, numbers without blanks."""
    people.SURNAMES, people.STREETS = words.SURNAMES, words.STREETS  # a process paints one split
    received = date(2024, 9, 1) + timedelta(days=rng.randrange(560))
    kind = rng.choices(("usual", "abroad", "overseas", "corsica", "nia"), (84, 6, 4, 4, 2))[0]
    case = people.Case(caisse, rng, kind, received)
    v, p = dict(case.values), case.insured
    amount = f"{rng.choice((rng.randrange(15, 100), rng.randrange(100, 1000), rng.randrange(1000, 2600)))}.{rng.randrange(100):02d}"
    wage = v["wage"]
    iban = v["iban"]
    v.update({
        "name": f"{p.last.upper()} {p.first}" if rng.random() < 0.6 else f"{p.first} {p.last.upper()}", "formal": p.formal, "first": p.first, "last": p.last.upper(), "full": f"{p.first} {p.last}",
        "amount": amount, "wage0": wage.split(",")[0].replace(" ", "") + "0", "firm_address": f"{v['firm_street']} {v['firm_town']}",
        "doctor_address": f"{v['doctor_street']} {v['doctor_town']}", "doctor_name": v["doctor"][3:], "other_name": v["other_full"], "other_birth": v["other_birth_date"],
        "child_name": v["child_full"], "child_birth": v["child_birth_date"], "holder": p.formal.upper() if rng.random() < 0.5 else f"{p.last.upper()} {p.first}",
        "bic": f"{rng.choice(('TVAL', 'REMP', 'LEVA'))}FRPP{rng.choice(('XXX', '061', '830'))}", "aat_number": f"{rng.randrange(10**9, 10**10)}{rng.choice('ABCDEFGH')}",
        "consolidation_date": v["accident_date"] + timedelta(days=rng.randrange(200, 400)), "stop_date": received - timedelta(days=rng.randrange(40, 400)),
        "decision_date": received - timedelta(days=rng.randrange(20, 60)), "issue_date": received - timedelta(days=rng.randrange(5, 80)),
        "invoice_date": received - timedelta(days=rng.randrange(3, 60)), "delivered_date": received - timedelta(days=rng.randrange(1, 20)),
        "tax_number": f"{rng.randrange(10, 35)}{rng.randrange(10**10, 10**11)}", "supplier_lot": f"{rng.randrange(100, 9999)}", "tracking": people.la_poste(rng, rng.choice(("1A", "2C", "1E"))),
        "caisse": caisse, "bank": iban[4:9], "branch": iban[9:14], "account": iban[14:25], "ribkey": iban[25:27], "number": f"{rng.randrange(10**4, 10**7)}", "ref": v["letter_ref"],
        "address": f"{p.street} {p.town}",
    })
    v["from_date"] = received - timedelta(days=rng.randrange(1, 12))
    v["to_date"] = v["from_date"] + timedelta(days=rng.randrange(2, 45))
    v["accident_date"] = v["from_date"] - timedelta(days=rng.randrange(0, 40))
    v["consolidation_date"] = v["accident_date"] + timedelta(days=rng.randrange(1, 30))
    v["received"] = received
    return v, p


def normalised(name, value):
    """As the product writes it."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def slots(rng, v, words):
    """What stands in braces in the stocks."""
    fr, long = people.fr, people.fr_long
    filled = {name: str(v[name]) for name in ("full", "formal", "doctor", "doctor_name", "doctor_address", "rpps", "address", "town", "firm", "job", "wage", "wage0", "phone", "caisse", "bank", "branch", "account", "ribkey", "number", "ref", "other_full")}
    filled |= {"act": fr(v["act_date"]), "sent": fr(v["sent_date"]), "end": fr(v["end_date"]), "decision": fr(v["decision_date"]), "born_long": long(v["birth_date"]), "child": v["child_full"],
               "child_born": fr(v["child_birth_date"]), "due": fr(v["pregnancy_date"] + timedelta(days=280)), "amount": v["amount"].replace(".", ",")}
    return filled | {name: rng.choice(stock) for name, stock in words.STOCK.items()}
