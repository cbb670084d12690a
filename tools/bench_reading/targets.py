"""What the reading is to reach, and what was measured."""

import machine
from reading import OURS
from speed import ONE, TWO


def table(report):
    """[{what, measured, target, met}]; met is None where this run has no figure, or one that the machine was too busy for."""
    speed, families, pdf = report.get("speed", {}), (report.get("characters") or {}).get("families", {}), report.get("pdf", {})
    rows = [
        row("CPU a page, of tesseract's", speed.get("cpu_over_tesseract"), most=1.0, aim=0.8),
        row("pages per CPU second, of ocrmypdf's", speed.get("pages_per_cpu_second_over_ocrmypdf"), least=8.0),
        row("two workers on two cores, of one", speed.get("two_workers_over_one"), least=1.9),
        row("character errors on french-scans, of tesseract's", ratio(families, "french-scans"), most=0.95, aim=0.9),
        row("character errors on degraded samples, of tesseract's", ratio(families, "degraded"), most=0.75),
        row("PDF of a bitonal A4 page, KB", kilobytes(pdf, "bitonal"), most=45.0),
        row("PDF of a grey or colour A4 page, KB", kilobytes(pdf, "grey or colour"), most=90.0),
        row("memory of a worker, MB", speed.get("worker_peak_mb"), most=350.0),
    ]
    if busy(speed):
        rows[2]["met"] = None
    return rows


def busy(speed):
    """Two workers cannot be twice as fast where somebody else uses the second core."""
    return any(speed.get("rows", {}).get(name, {}).get("others", 0.0) > machine.BUSY for name in (ONE, TWO))


def row(what, measured, most=None, least=None, aim=None):
    met = None if measured is None else measured <= most if most is not None else measured >= least
    target = f"at most {most:g}" if most is not None else f"at least {least:g}"
    return {"what": what, "measured": measured, "target": target + (f" (aim {aim:g})" if aim else ""), "met": met}


def ratio(families, name):
    return families.get(name, {}).get("cer", {}).get("ratio")


def kilobytes(pdf, kind):
    found = pdf.get(kind, {}).get(OURS)
    return round(found["median_bytes"] / 1000, 1) if found else None


def text(rows):
    lines = ["", f"{'target':56}{'measured':>10}   {'to reach':24}met"]
    for one in rows:
        measured = f"{one['measured']:10.2f}" if one["measured"] is not None else f"{'-':>10}"
        unknown = "not measured" if one["measured"] is None else "machine too busy to tell"
        lines.append(f"{one['what']:56}{measured}   {one['target']:24}{ {None: unknown, True: 'yes', False: 'no'}[one['met']] }")
    return "\n".join(lines)
