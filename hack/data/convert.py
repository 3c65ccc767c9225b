#!/usr/bin/env python3
"""Makes the small extracts in server/seed/data from the pinned public data sets. Run by `make data`, once.

Needs Python 3.11.4 or later, npm, pip, and Debian 12's apt-get and dpkg; installs nothing.
"""

import gzip
import json
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import homes  # noqa: E402
import places  # noqa: E402
import sources  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "server/seed/data"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "rentora/data"


def say(line):
    print(line, file=sys.stderr, flush=True)


def write(name, columns, rows):
    """Writes one table; a name ending in .gz is packed, without a time stamp so that it is the same every time."""
    lines = ["\t".join(columns)] + ["\t".join(str(row.get(c, "")) for c in columns) for row in rows]
    if any(line.count("\t") != len(columns) - 1 for line in lines):
        raise SystemExit(f"{name}: a value holds a tab or a line break")
    body = ("\n".join(lines) + "\n").encode()
    packed = gzip.compress(body, 9, mtime=0) if name.endswith(".gz") else body
    (OUT / name).write_bytes(packed)
    say(f"wrote {name}: {len(lines) - 1:,} rows, {len(packed) / 1e3:,.0f} kB")


def countries(folder):
    """The hand-written markets with their names, each code checked against ISO 3166-1 and ISO 4217."""
    data = folder / "usr/share/iso-codes/json"
    named = {c["alpha_2"]: c for c in json.loads((data / "iso_3166-1.json").read_text("utf-8"))["3166-1"]}
    codes = {c["alpha_3"] for c in json.loads((data / "iso_4217.json").read_text("utf-8"))["4217"]}
    for market in places.authored("markets.tsv"):
        if market["currency"] not in codes:
            raise SystemExit(f"{market['country']}: {market['currency']} is not in ISO 4217")
        country = named[market["country"]]
        yield {**market, "name": country.get("common_name", country["name"])}


def main():
    folders = sources.obtain(CACHE, say)
    write("countries.tsv", ["country", "name", "currency", "per_usd", "price_level", "tax_bps", "style"],
          countries(folders["iso"]))
    world = places.load(folders["cities"])
    say(f"read {len(world):,} places")
    cities = places.popular(world)
    around = [q for city in cities for q in places.quarters(world, city)]
    taken = {id(p) for p in world for c in cities if p["country"] == c["country"] and places.kilometres(c, p) < 12}
    towns = places.spread(world, places.zone_cities(folders["zones"]), taken)
    write("cities.tsv", ["name", "country", "region", "lat", "lng", "weight", "setting"], cities)
    write("places.tsv", ["name", "country", "region", "lat", "lng", "city"], around + towns)
    library = "usr/lib/R/site-library"
    table = homes.rows(folders["spdata"] / library / "spData/data", folders["modeldata"] / library / "modeldata/data")
    write("homes.tsv.gz", homes.COLUMNS, table)


if __name__ == "__main__":
    main()
