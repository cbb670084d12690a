"""What stands on a sheet in print, line by line, as a person would copy it: the truth for character errors."""

from paper import DPI, font

SAME_LINE_MM = 1.3  # chosen: what is drawn on one line differs by less, two lines of the smallest print by more
SAME_NUMBER_MM = 7.0  # chosen: two cells of a comb stand closer, its groups too
COLUMN_MM = 3.0  # chosen: wider than a blank of the largest print


def lines(sheet, defects):
    """The printed lines, top to bottom and then left to right, a tab where a wide gap parts two columns or a label and
    its value; None when more stands there than print.

    That is handwriting, and stamps, whose words are drawn askew. Signatures are no text."""
    if "stamp" in defects or sum(kind == "picture" for kind, *_ in sheet.strokes) > len(sheet.marks):
        return None
    words = [values for kind, *values in sheet.strokes if kind == "text"]
    if any(name.startswith("hand") for _, _, _, name, *_ in words):
        return None
    pieces = [piece(*values) for values in words if not values[3].startswith("sign")]
    return [joined(row) for row in rows(pieces)]


def piece(x, y, text, name, points, ink, anchor):
    width = font(name, points).getlength(text) * 25.4 / DPI
    left = x - {"l": 0, "m": width / 2, "r": width}[anchor[0]]
    return y, left, left + width, " ".join(text.split())


def rows(pieces):
    found = []
    for one in sorted(pieces):
        if not one[3]:
            continue
        if not found or one[0] - found[-1][0][0] > SAME_LINE_MM:
            found.append([])
        found[-1].append(one)
    return [sorted(row, key=lambda one: one[1]) for row in found]


def joined(row):
    """The pieces of one row as a line; single characters in neighbouring cells are one number."""
    line, before = "", None
    for one in row:
        gap = one[1] - before[2] if before else 0.0
        if before and not (len(one[3]) == len(before[3]) == 1 and gap < SAME_NUMBER_MM):
            line += "\t" if gap > COLUMN_MM else " "
        line, before = line + one[3], one
    return line
