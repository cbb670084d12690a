"""Character errors: how a text is normalised, and how far what was read is from what stands there."""

import unicodedata

# One sign for signs that differ in looks only. NFKC after it does ligatures (fi), long s, superscripts and no-break blanks.
FOLDED = str.maketrans({
    **dict.fromkeys("‘’‚‛´`′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−¬­", "-"),
    "º": "°", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE",
})


def normalised(text):
    """NFKC, quotes and dashes folded, every run of white space one blank; case, accents and hyphenation stay."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(FOLDED)).split())


def distance(truth, read):
    """Levenshtein distance: characters to insert, delete or replace."""
    return _walk(truth, read, anywhere=False)


def distance_anywhere(line, read):
    """Levenshtein distance of `line` to that part of `read` which is nearest to it, wherever that stands."""
    return _walk(line, read, anywhere=True)


def _walk(pattern, text, anywhere):
    """Source: G. Myers, A fast bit-vector algorithm for approximate string matching, 1999; columns are Python's integers."""
    if not pattern:
        return 0 if anywhere else len(text)
    places = {}
    for index, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << index
    full, last = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    up, down, score = full, 0, len(pattern)
    best, start = score, 0 if anywhere else 1
    for character in text:
        equal = places.get(character, 0)
        diagonal = equal | down
        across = (((equal & up) + up) ^ up) | equal
        more, less = down | (full & ~(across | up)), up & across
        score += bool(more & last) - bool(less & last)
        best = min(best, score)
        more, less = more << 1 | start, less << 1
        up, down = (less | ~(diagonal | more)) & full, more & diagonal
    return best if anywhere else score


class Errors:
    """Of one page or many: errors in reading order, errors of lines found anywhere, and characters that stand there."""

    def __init__(self, plain=0, anywhere=0, length=0):
        self.plain, self.anywhere, self.length = plain, anywhere, length

    def __add__(self, other):
        return Errors(self.plain + other.plain, self.anywhere + other.anywhere, self.length + other.length)

    @property
    def rate(self):
        return self.plain / self.length if self.length else 0.0

    @property
    def rate_anywhere(self):
        return self.anywhere / self.length if self.length else 0.0


def errors(lines, read):
    """lines: of the page from top to bottom, a tab between columns."""
    truth, read = normalised(" ".join(lines)), normalised(read)
    pieces = [normalised(part) for line in lines for part in line.split("\t")]
    return Errors(distance(truth, read), sum(distance_anywhere(part, read) for part in pieces if part), len(truth))
