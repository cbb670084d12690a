"""What decisions are worth, against the truth: plain counts, and the upper bound of an error that was seen k times in n."""

import math
from collections import Counter, defaultdict
from statistics import median

import mail

NEVER = ("HORS", "INCONNU")  # spec: never automatic
WANTED_ERROR = 0.001  # spec: among automatic documents


def upper_bound(wrong, of, confidence=0.95):
    """Clopper-Pearson, one-sided: the largest error rate with which `wrong` or fewer of `of` still come once in twenty times."""
    if of == 0 or wrong >= of:
        return 1.0
    low, high = wrong / of, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(wrong, of, middle) > 1 - confidence else (low, middle)
    return high


def at_most(wrong, of, rate):
    """Probability of `wrong` or fewer of `of`."""
    if rate in (0.0, 1.0):
        return 1.0 - rate
    terms = [math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * math.log(rate) + (of - k) * math.log1p(-rate) for k in range(wrong + 1)]
    largest = max(terms)
    return min(1.0, math.exp(largest) * sum(math.exp(term - largest) for term in terms))


def judged(plis):
    """One judgement a true document."""
    found = []
    for truth, decision, _ in plis:
        proposed = decision["documents"] if decision else []
        # a scan-only caisse is given everything, to be looked at by its own people: only what is sure counts there
        automatic = bool(proposed) and not decision["to_verify"] and all(one["type"]["automatic"] for one in proposed)
        for document in truth["documents"]:
            got = next((one for one in proposed if document["pages"][0] in one["page_indexes"]), None)
            found.append({
                "pli": truth["pli"], "hand": document["hand"], "several": len(truth["documents"]) > 1, "type": document["type"], "got": got["type"]["code"] if got else "-",
                "confidence": got["type"]["confidence"] if got else 0.0, "sure": bool(got and got["type"]["automatic"]), "automatic": bool(got) and automatic,
                "pages_right": bool(got) and got["page_indexes"] == document["pages"], "truth": wanted_fields(document), "fields": {field["name"]: field["value"] for field in got["fields"]} if got else {},
            })
    return found


def wanted_fields(document):
    """What types.toml asks of the type and the paper says."""
    said = {**document["fields"], **{name: str(document[name]) for name in ("volet", "motif", "nature") if document[name]}}
    return {name: value for name, value in said.items() if name in mail.known_types().get(document["type"], ())}


def right(one):
    return one["type"] == one["got"] and one["pages_right"]


def share(good, of):
    return {"right": good, "of": of, "share": round(good / of, 5) if of else None}


def automation(found):
    """Documents that no person sees, and those of them that are wrong: type or pages."""
    may_be = [one for one in found if one["type"] not in NEVER]
    automatic = [one for one in found if one["automatic"]]
    wrong = [one for one in automatic if not right(one)]
    return {
        "documents": len(found), "automatic": len(automatic), "share_of_known_types": round(sum(one["automatic"] for one in may_be) / max(1, len(may_be)), 5), "wrong": len(wrong),
        "error": round(len(wrong) / max(1, len(automatic)), 6), "error_at_most_95": round(upper_bound(len(wrong), len(automatic)), 6),
        "wrong_plis": [{"pli": one["pli"], "type": one["type"], "got": one["got"]} for one in wrong][:40],
    }


def best_automation(found):
    """How many documents of known types could be automatic at the wanted error, were one threshold of confidence set on these very documents."""
    ordered, wrong, best = sorted(found, key=lambda one: -one["confidence"]), 0, (0, 1.0)
    known = sum(one["type"] not in NEVER for one in found)
    for count, one in enumerate(ordered, 1):
        wrong += not right(one)
        last_of_its_confidence = count == len(ordered) or ordered[count]["confidence"] < one["confidence"]
        if last_of_its_confidence and wrong <= WANTED_ERROR * count:
            best = (sum(other["type"] not in NEVER for other in ordered[:count]), one["confidence"])
    return {"share_of_known_types": round(best[0] / max(1, known), 5), "threshold": best[1]}


def same(name, wanted, got):
    if name == "amount":
        return wanted == got.replace(",", ".").replace(" ", "")
    if name == "tax_number":
        return wanted == got.replace(" ", "")
    if name in ("holder", "subject"):
        return " ".join(wanted.split()).casefold().replace("’", "'") == " ".join(got.split()).casefold().replace("’", "'")
    return wanted == got


def fields(found):
    """Per field name: there, right, wrong value, nothing. Printed ones only, of documents whose type is right."""
    counts = defaultdict(Counter)
    for one in found:
        if one["hand"] or one["type"] != one["got"]:
            continue
        for name, wanted in one["truth"].items():
            got = one["fields"].get(name)
            counts[name]["nothing" if got is None else "right" if same(name, wanted, got) else "wrong"] += 1
    return {name: {"of": sum(count.values()), **{word: count[word] for word in ("right", "wrong", "nothing")}} for name, count in sorted(counts.items())}


def report(plis, cpu):
    found = judged(plis)
    by_type = defaultdict(list)
    for one in found:
        by_type[one["type"]].append(one)
    cut = [one for one in found if one["type"] not in NEVER]  # where nonsense ends is nobody's business
    several = [one for one in cut if one["several"]]
    pages = sum(truth["pages"] for truth, _, _ in plis)
    of_fields = fields(found)
    return {
        "plis": len(plis), "pages": pages, "documents": len(found),
        "type": share(sum(one["type"] == one["got"] for one in found), len(found)),
        "per_type": {code: {**share(sum(one["type"] == one["got"] for one in ones), len(ones)), "automatic": sum(one["automatic"] for one in ones), "automatic_wrong": sum(one["automatic"] and not right(one) for one in ones)} for code, ones in sorted(by_type.items())},
        "automation": automation(found), "automation_at_wanted_error": best_automation(found),
        "never_automatic_but_were": sum(one["automatic"] and one["type"] in NEVER for one in found),
        "boundaries": share(sum(one["pages_right"] for one in cut), len(cut)), "boundaries_in_plis_of_several": share(sum(one["pages_right"] for one in several), len(several)),
        "fields": of_fields, "fields_right": share(sum(count["right"] for count in of_fields.values()), sum(count["of"] for count in of_fields.values())),
        "fields_wrong": sum(count["wrong"] for count in of_fields.values()),
        "confusions": {f"{wanted} {got}": count for (wanted, got), count in Counter((one["type"], one["got"]) for one in found).most_common()},
        "millis_per_page": {"median": round(median(millis / truth["pages"] for truth, _, millis in plis), 2), "cpu": round(1000 * cpu / max(1, pages), 2)},
    }
