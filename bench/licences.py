"""List what feedsette installs at run time, with licences: `python -m bench.licences`."""

import importlib.metadata
from collections import defaultdict

from packaging.requirements import Requirement

GIVEN = {"mergedeep": "MIT"}
"""Licences that a package states in its repository only."""


def installed(name: str, found: dict[str, str]) -> dict[str, str]:
    """Name → licence of a distribution and all that it requires, without extras."""
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return found
    key = distribution.metadata["Name"].lower().replace("_", "-")
    if key not in found:
        found[key] = licence_of(distribution)
        for line in distribution.requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                installed(requirement.name, found)
    return found


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    metadata = distribution.metadata
    words = metadata.get("License-Expression") or metadata.get("License") or ""
    if not words or len(words) > 40 or words == "UNKNOWN":
        lines = metadata.get_all("Classifier") or []
        words = "; ".join(one.split(" :: ")[-1] for one in lines if one.startswith("License"))
    short = words.replace(" License", "").replace(", Version ", " ").strip()
    return short or GIVEN.get(metadata["Name"], "unknown")


def main() -> None:
    names = defaultdict(list)
    for name, licence in sorted(installed("feedsette", {}).items()):
        names[licence].append(name)
    for licence, packages in sorted(names.items()):
        print(f"- {licence}: {', '.join(packages)}")


if __name__ == "__main__":
    main()
