"""Which type was taken for which, as an SVG picture: no library, readable without colours."""

from html import escape

CELL, LEFT, TOP = 17, 110, 96
INK, RIGHT, WRONG = "#1a1a1a", "0,114,178", "179,89,0"  # told apart by the colour-blind


def svg(report):
    counts = {tuple(pair.split()): count for pair, count in report["confusions"].items()}
    codes = sorted({code for pair in counts for code in pair})
    totals = {code: sum(count for (wanted, _), count in counts.items() if wanted == code) for code in codes}
    width, height = LEFT + CELL * len(codes) + 20, TOP + CELL * len(codes) + 40
    parts = []
    for at, code in enumerate(codes):
        middle = CELL * at + CELL / 2
        parts.append(f'<text x="{LEFT - 6}" y="{TOP + middle + 4}" text-anchor="end">{escape(code)}</text>')
        parts.append(f'<text transform="translate({LEFT + middle + 4},{TOP - 6}) rotate(-90)">{escape(code)}</text>')
    for (wanted, got), count in counts.items():
        x, y = LEFT + CELL * codes.index(got), TOP + CELL * codes.index(wanted)
        part = count / max(1, totals[wanted])
        colour = RIGHT if wanted == got else WRONG
        parts.append(f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="rgba({colour},{0.15 + 0.85 * part:.2f})"><title>{escape(f"{wanted} taken for {got}: {count}")}</title></rect>')
        if wanted != got:
            parts.append(f'<text x="{x + CELL / 2}" y="{y + CELL - 5}" text-anchor="middle" font-size="9">{count}</text>')
    lines = "".join(f'<path d="M{LEFT} {TOP + CELL * at}h{CELL * len(codes)}M{LEFT + CELL * at} {TOP}v{CELL * len(codes)}" stroke="#ddd"/>' for at in range(len(codes) + 1))
    said = f"{report['documents']} documents of mail never seen before: type right {report['type']['share']:.2%}; row = what it is, column = what it was taken for"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title" font-family="Liberation Sans, Arial, sans-serif" font-size="11" fill="{INK}">',
        f'<title id="title">{escape(said)}</title>', f'<rect width="{width}" height="{height}" fill="white"/>', lines, *parts, f'<text x="10" y="{height - 14}" font-size="12">{escape(said)}</text>', "</svg>", ""])
