"""One `pleiade run` over all sample lots, with what it delivered, what it said, and the truth: made once per program."""

import atexit
import concurrent.futures
import functools
import json
from dataclasses import dataclass, field
from pathlib import Path

from pleiade_program import LOTS, Home, Outcome, pleiade, sources_of

READERS = 2  # chosen: the two cores every machine that runs the tests has


@dataclass
class TrueDocument:
    type: str
    pages: list  # (file, 0-based page)
    nirs: list
    fields: dict
    lot: str


@dataclass
class TruePli:
    lot: str
    name: str
    caisse: str
    family: str
    outcome: str
    unclear: bool  # drawn to be doubtful: a person may be asked
    documents: list
    pages: list


@dataclass
class SampleRun:
    home: Home
    outcome: Outcome
    reconcile: Outcome
    status: Outcome
    plis: list
    page_truth: dict  # (lot, file, page) -> what the generator says of that side
    delivered: dict = field(default_factory=dict)  # (lot, file, page) -> index of the document it went into
    documents: list = field(default_factory=list)

    def indexes_of(self, pli):
        """The delivered documents of a pli, each once."""
        found = {id(index): index for page in pli.pages if (index := self.delivered.get((pli.lot, *page)))}
        return list(found.values())

    @functools.cached_property
    def inspected(self):
        """(lot, file, page) -> what `pleiade inspect --json` says of every page of every lot."""
        files = sorted({LOTS / lot / file for lot, file, _ in self.page_truth})
        shares = [files[i::READERS] for i in range(READERS)]
        with concurrent.futures.ThreadPoolExecutor(READERS) as pool:
            outcomes = list(pool.map(lambda share: pleiade("inspect", "--json", *share, timeout=600), shares))
        pages = {}
        for outcome in outcomes:
            assert outcome.code == 0, f"inspect of the sample lots: {outcome}"
            for page in outcome.lines():
                path = Path(page["file"])
                pages[path.parent.name, path.name, page["page_number"] - 1] = page
        return pages


def truth():
    """All plis of all lots, and all sides."""
    plis, sides = [], {}
    for path in sorted(LOTS.glob("*.truth.json")):
        said = json.loads(path.read_text())
        lot = said["lot"]["folder"]
        for pli in said["plis"]:
            documents = [
                TrueDocument(d["type"], [tuple(page) for page in d["pages"]], d["nirs"], d["fields"], lot) for d in pli["documents"]
            ]
            pages = [page for document in documents for page in document.pages] + [tuple(page) for page in pli["blank_pages"]]
            plis.append(TruePli(
                lot, pli["name"], pli["caisse"], said["lot"]["family"], pli["outcome"], pli["may_be_to_verify"], documents, pages
            ))
        for side in said["pages"]:
            sides[lot, side["file"], side["index"]] = side
    return plis, sides


def lot_of(index):
    """The folder of the lot: its label may carry more than that."""
    return index["lot"].rsplit("/", 1)[-1]


@functools.lru_cache(maxsize=None)
def the_sample_run():
    home = Home()
    atexit.register(home.__exit__, None, None, None)
    outcome = home.run(LOTS, timeout=900, workers=READERS)
    plis, sides = truth()
    run = SampleRun(home, outcome, home.reconcile(), home.status(), plis, sides)
    run.documents = home.documents()
    for index in run.documents:
        for file, page in sources_of(index):
            run.delivered[lot_of(index), file, page] = index
    return run
