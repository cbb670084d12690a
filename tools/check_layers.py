#!/usr/bin/env python3
"""Checks that no module includes what it may not: run by ctest as "layering"."""

import re
import sys
from pathlib import Path

# Arrows only as drawn in docs/architecture.md.
MAY_USE = {
    "core": [],
    "scanner-drivers": ["core"],
    "capture": ["core"],
    "capture/image": ["core", "capture"],
    "ocr": ["core"],
    "classify": ["core"],
    "ged-export": ["core"],
    "store": ["core"],
    "app/config": ["core"],
    "app/wire": ["core"],
    "app/reader": ["core", "app/wire", "capture", "capture/image", "ocr", "classify"],
    "app/learning": ["core", "app/config", "app/wire", "classify"],
    "app/device": ["core", "app/wire", "scanner-drivers"],
    "app/pipeline": ["core", "store", "app/config", "app/wire", "capture", "ged-export"],
    "app/station": ["core", "app/config", "app/wire"],
    "app/line": ["core", "store", "app/config", "app/wire"],
    "app/web": ["core", "store", "app/config"],
    "app/cli": ["core", "store", "app/config", "app/wire", "app/pipeline", "app/learning", "app/station", "app/line",
                "app/web"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def module_of(path: str) -> str | None:
    """The longest listed module that `path` lies in."""
    owners = [m for m in MAY_USE if path.startswith(m + "/")]
    return max(owners, key=len, default=None)


def complaints(root: Path):
    for file in sorted(p for m in MAY_USE for p in (root / m).rglob("*.[hc]*")):
        name = file.relative_to(root).as_posix()
        user = module_of(name)                      # the longest key that is a prefix
        for number, line in enumerate(file.read_text().splitlines(), 1):
            match = INCLUDE.match(line)             # ^\s*#\s*include\s*"([^"]+)"
            if not match:
                continue
            used = module_of(match[1])
            if used is None:
                yield f"{name}:{number}: write the path from the repository root: {match[1]}"
            elif used != user and used not in MAY_USE[user]:
                yield f"{name}:{number}: {user} may not use {used}"
            elif used != user and "/" in match[1].removeprefix(used + "/"):
                yield f"{name}:{number}: {match[1]} is private to {used}"


if __name__ == "__main__":
    found = list(complaints(Path(sys.argv[1])))
    print("\n".join(found) or "layers: clean")
    sys.exit(bool(found))
