"""The report as a person reads it."""

from reading import OURS, TESSERACT


def characters(report):
    lines = ["", f"{'characters read wrongly':38}{'pages':>6}{'signs':>8}{'pleiade':>10}{'tesseract':>11}{'ratio':>7}   {'lines found anywhere':>27}{'ratio':>7}"]
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


def shown(ratio):
    return f"{ratio:7.3f}" if ratio is not None else f"{'-':>7}"
