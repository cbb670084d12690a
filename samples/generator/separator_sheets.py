"""Separator sheets as `pleiade separators` prints them: words for hands, Code 128 and QR for machines; or Patch T bars.

The text of the code: spec: capture/separator_code.h of this repository.
"""

import codes
from paper import DPI, Sheet

WORDS = {"lot": "DÉBUT DE LOT", "pli": "NOUVEAU PLI", "document": "NOUVEAU DOCUMENT", "patch-t": "NOUVEAU PLI"}


def check_characters(text):
    """Two hexadecimal digits: CRC-8H2F of the AUTOSAR CRC library, as capture/separator/code.cpp."""
    remainder = 0xFF
    for byte in text.encode():
        remainder ^= byte
        for _ in range(8):
            remainder = (remainder << 1 ^ (0x2F if remainder & 0x80 else 0)) & 0xFF
    return f"{remainder ^ 0xFF:02X}"


def code_text(kind, caisse, label):
    body = {"lot": f"PLEIADE1;LOT;{caisse};{label};", "pli": "PLEIADE1;PLI;", "document": "PLEIADE1;DOC;"}[kind]
    return body + check_characters(body)


def sheet(kind, caisse, label):
    s = Sheet()
    s.kind, s.separator = "separator", kind
    s.rounded(12, 60, 186, 226, 4, (60, 60, 60), 0.6)
    s.text(105, 90, WORDS[kind], "sans-bold", 34, anchor="ms")
    if kind == "patch-t":
        s.paste(codes.patch_t(DPI), 45, 10)
        s.marks.append({"format": "PatchT", "text": "T"})
        s.text(105, 110, "Intercalaire : à placer devant chaque pli", "sans", 14, anchor="ms")
        return s
    text = code_text(kind, caisse, label)
    if kind == "lot":
        s.text(105, 106, f"Caisse {caisse}", "sans-bold", 26, anchor="ms")
        s.text(105, 118, label, "sans", 16, anchor="ms")
    s.text(105, 132, "Intercalaire : ne pas agrafer, à réutiliser", "sans", 12, anchor="ms")
    width = codes.modules("Code128", text).width * 3 * 25.4 / DPI
    s.mark("Code128", text, 105 - width / 2, 20, 3, 22)
    side = codes.modules("QRCode", text).width * 18 * 25.4 / DPI
    s.mark("QRCode", text, 105 - side / 2, 150, 18)
    s.text(105, 276, text, "mono", 10, anchor="ms")
    return s
