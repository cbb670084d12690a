"""The report as a person reads it."""

import machine
from reading import OURS, TESSERACT


PARTS = {"readers": "readers", "program": "program: queue, delivery, PDF", "database": "database, not counted above"}


def characters(report):
    heading = f"{'characters read wrongly':38}{'pages':>6}{'signs':>8}{OURS:>10}{TESSERACT:>11}{'ratio':>7}"
    lines = ["", f"{heading}   {'lines found anywhere':>27}{'ratio':>7}"]
    for name, family in sorted(report["families"].items()):
        plain, anywhere = family["cer"], family["cer_lines_anywhere"]
        lines.append(
            f"{name:38}{family['pages']:6}{family['characters']:8}{plain[OURS]:10.2%}{plain[TESSERACT]:11.2%}{shown(plain['ratio'])}   "
            f"{anywhere[OURS]:13.2%} /{anywhere[TESSERACT]:12.2%}{shown(anywhere['ratio'])}"
        )
    worst = [page for page in report["pages"] if page["more_errors_than_tesseract"] > 0][:8]
    if worst:
        lines += ["", "pages where ours has most errors more than tesseract"]
        lines += [f"{page['page']:52}{page['more_errors_than_tesseract']:+6}{page['cer'][OURS]:10.2%}{page['cer'][TESSERACT]:11.2%}" for page in worst]
    cpu = report["cpu_seconds_per_page"]
    lines += ["", "CPU s/page while reading: " + ", ".join(f"{program} {seconds:.2f}" for program, seconds in cpu.items())]
    return "\n".join(lines)


def speed(report):
    found = report["speed"]
    heading = f"{found['pages']} pages, {found['rounds']} round{'s' * (found['rounds'] > 1)}"
    lines = ["", f"{heading:46}{'CPU s/page':>12}{'wall s/page':>13}{'others busy':>13}"]
    for name, row in found["rows"].items():
        lines.append(f"{name:46}{row['cpu']:12.3f}{row['wall']:13.3f}{row['others']:13.0%}")
        if "readers" in row:
            lines += [f"  {words:44}{row[part]:12.3f}" for part, words in PARTS.items()]
    lines += ["", f"two processes of tesseract against one: {found['two_tesseracts_over_one']} times as fast (what this machine allows)",
              f"documents delivered: {found['documents_delivered']} of {found['pages']} pages; the others wait for a person, without a PDF"]
    return "\n".join(lines)


def steps(millis):
    return "\n".join(["", f"{'our reading of a page, by step':46}{'ms/page':>12}", *(f"  {step:44}{value:12.0f}" for step, value in millis.items())])


def pdf(report):
    lines = ["", f"{'bytes of a page in the PDF (median)':46}{'pages':>12}{'bytes':>13}"]
    for kind, of_programs in report["pdf"].items():
        lines += [f"{program + ', ' + kind:46}{found['pages']:12}{found['median_bytes']:13}" for program, found in of_programs.items()]
    return "\n".join(lines)


def busy(report):
    share = report["cpu_share_of_others"]
    said = f"\nload before: {report['load_before']}; other people's processes used {share:.0%} of the processors meanwhile"
    return said + (": seconds are too high and ratios less sure; measure again on a quiet machine" if share > machine.BUSY else "")


def shown(ratio):
    return f"{ratio:7.3f}" if ratio is not None else f"{'-':>7}"
