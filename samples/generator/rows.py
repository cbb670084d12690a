"""What forms are made of. Rows: T text, N social security number, D date, C comb of n cells, K check boxes, L free lines,
P small print, R side by side, S signatures, TABLE. The last member of a field is the key of its value in `Case.values`
("=..." is the value itself)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    title: tuple
    cerfa: str
    s_number: str
    ink: tuple
    sections: tuple
    legal: str = ""
    leaf: str = ""
    foot: str = ""


def T(label, key): return ("T", label, key)
def N(label, key="nir"): return ("N", label, key)
def D(label, key): return ("D", label, key)
def C(label, key, cells): return ("C", label, key, cells)
def K(label, options, chosen=0): return ("K", label, options, chosen)
def L(label, text, lines=2): return ("L", label, text, lines)
def P(text): return ("P", text)
def R(*rows): return ("R", rows)
def S(*labels): return ("S", labels)
def TABLE(titles, *lines): return ("TABLE", titles, lines)
