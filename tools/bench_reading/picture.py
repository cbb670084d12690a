"""Where the time goes, as an SVG picture: no library, readable without colours."""

from html import escape

from speed import OCRMYPDF, ONE, TESSERACT

WORDS = {
    "decode": "open the picture", "clean": "straighten, clean, blank or not", "marks": "barcodes", "text": "text",
    "identifiers": "numbers in cells, identifiers", "encode": "picture for the PDF", "preview": "small picture for screens",
    "understand": "type, caisse, fields",
}
TITLES = {ONE: "pleiade, whole pipeline", TESSERACT: "tesseract, text only", OCRMYPDF: "ocrmypdf, searchable PDF"}
BLUE, ORANGE, GREEN, GREY, INK = "#0072b2", "#b35900", "#00735a", "#6b6b6b", "#1a1a1a"  # told apart by the colour-blind; 4.5:1 on white
WIDTH, LEFT, BAR, STEP = 900, 270, 26, 40
LEGEND = (0, 90, 255, 460)  # where its words begin
ROOM = WIDTH - LEFT - 110  # for bars; the figure stands behind them


def svg(report):
    bars, y = [], 46
    y = programs(report.get("speed", {}).get("rows", {}), bars, y)
    y = steps(report.get("millis_per_page_by_step", {}), bars, y + 24)
    rounds = report.get("speed", {}).get("rounds", 1)
    said = f"Measured {report['when']}" + (f", medians of {rounds} rounds" if rounds > 1 else "")
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 20}" viewBox="0 0 {WIDTH} {y + 20}" role="img" '
        'aria-labelledby="title desc" font-family="Liberation Sans, Arial, sans-serif" font-size="15">',
        '<title id="title">Where the time of reading a page goes</title>', f'<desc id="desc">{escape(description(report))}</desc>',
        f'<rect width="{WIDTH}" height="{y + 20}" fill="white"/>', *bars, words(LEFT, y + 8, said, 12, GREY), "</svg>", ""])


def programs(rows, bars, y):
    """One bar a program; ours in three parts."""
    shown = [(name, title) for name, title in TITLES.items() if name in rows]
    if not shown:
        return y - 24
    bars.append(words(20, y - 18, "CPU seconds for one page", 18, INK, bold=True))
    unit = ROOM / max(sum(part for _, part, _ in parts(rows[name])) for name, _ in shown)
    for name, title in shown:
        bars.append(words(LEFT - 10, y + 18, title, 15, INK, "end"))
        x = LEFT
        for what, seconds, colour in parts(rows[name]):
            bars.append(rectangle(x, y, seconds * unit, colour, f"{what}: {seconds:.2f} s"))
            x += seconds * unit
        bars.append(words(x + 8, y + 18, f"{rows[name]['cpu']:.2f} s", 15, INK))
        y += STEP
    legend = (("reading", BLUE), ("queue, delivery, PDF", ORANGE), ("database, not in the figure", GREY), ("other programs", GREEN))
    for place, (what, colour) in enumerate(legend):
        bars.append(f'<rect x="{LEFT + LEGEND[place]}" y="{y}" width="12" height="12" fill="{colour}"/>')
        bars.append(words(LEFT + LEGEND[place] + 18, y + 11, what, 13, INK))
    return y + 50


def parts(row):
    if "readers" in row:
        return [("reading", row["readers"], BLUE), ("queue, delivery, PDF", row["program"], ORANGE), ("database", row["database"], GREY)]
    return [("all", row["cpu"], GREEN)]


def steps(millis, bars, y):
    if not millis:
        return y
    bars.append(words(20, y, "Our reading of one page, step by step (milliseconds)", 18, INK, bold=True))
    y += 18
    unit = ROOM / max(millis.values())
    for step, value in millis.items():
        bars.append(words(LEFT - 10, y + 18, WORDS.get(step, step), 15, INK, "end"))
        bars.append(rectangle(LEFT, y, value * unit, BLUE, f"{step}: {value:.0f} ms"))
        bars.append(words(LEFT + value * unit + 8, y + 18, f"{value:.0f}", 15, INK))
        y += STEP - 6
    return y + 10


def description(report):
    rows = report.get("speed", {}).get("rows", {})
    said = [f"{name}: {row['cpu']:.2f} CPU seconds a page" for name, row in rows.items()]
    return "; ".join(said + [f"{WORDS.get(step, step)}: {value:.0f} milliseconds" for step, value in report.get("millis_per_page_by_step", {}).items()])


def rectangle(x, y, width, colour, hint):
    return f'<rect x="{x:.1f}" y="{y}" width="{max(width, 1):.1f}" height="{BAR}" fill="{colour}" stroke="white"><title>{escape(hint)}</title></rect>'


def words(x, y, text, size, colour, anchor="start", bold=False):
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
