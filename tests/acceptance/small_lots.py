"""Two lots small enough to be run again and again: a few sample plis, copied."""

import json
import shutil

from pleiade_program import LOTS

# Short pages and long ones, several formats, an attachment, a pli of two pages.
ONE_PER_PLI = ("041-digne", ("pli-0003.tif", "pli-0008.jpg"))
WITH_SEPARATORS = ("061-nice", 5)  # the first files of a lot cut by separator sheets


def make(folder):
    """The folders of the two lots; made as `folder`/digne and `folder`/nice."""
    digne, nice = folder / "digne", folder / "nice"
    digne.mkdir(parents=True)
    nice.mkdir()
    name, files = ONE_PER_PLI
    for file in files:
        shutil.copy(LOTS / name / file, digne / file)
    (digne / "lot.json").write_text(json.dumps({"caisse": name[:3], "received": "2026-03-16", "expected_files": len(files)}))
    name, count = WITH_SEPARATORS
    for file in sorted((LOTS / name).glob("page-*"))[:count]:
        shutil.copy(file, nice / file.name)
    (nice / "lot.json").write_text(json.dumps({"received": "2026-03-16", "expected_files": count}))
    return [digne, nice]
