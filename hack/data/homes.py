"""Turns the four sets of sold homes into one table with one unit per column."""

import rlazy
from projection import greek_grid, ohio_north

COLUMNS = (
    "source lat lng kind beds baths area year price floors wall garage fireplaces air heating pool deck lot "
    "metro place"
).split()
SQUARE_FOOT = 0.09290304
WALLS = {"wood": "wood", "partbrk": "part brick", "metlvnyl": "metal or vinyl", "stucdrvt": "stucco", "brick": "brick",
         "ccbtile": "concrete block", "stone": "stone"}
CLADDING = {"VinylSd": "vinyl", "MetalSd": "metal", "HdBoard": "hardboard", "Wd Sdng": "wood", "Plywood": "plywood",
            "CemntBd": "fibre cement", "BrkFace": "brick", "WdShing": "wood shingle", "Stucco": "stucco",
            "BrkComm": "brick", "Stone": "stone"}
FLOORS = {"one": "1", "one+half": "1.5", "two": "2", "two+half": "2.5", "three": "3",
           "One_Story": "1", "One_and_Half_Fin": "1.5", "Two_Story": "2", "Two_and_Half_Fin": "2.5"}
GARAGES = {"attached": "attached", "detached": "detached", "carport": "carport", "basement": "basement",
           "Attchd": "attached", "Detchd": "detached", "BuiltIn": "built-in", "Basment": "basement", "CarPort": "carport"}
KINDS = {"OneFam": "house", "TwoFmCon": "house", "Duplex": "duplex", "Twnhs": "townhouse", "TwnhsE": "townhouse"}
HEATING = {"GasA": "gas warm air", "GasW": "gas hot water"}


def rows(spdata, modeldata):
    """Every usable home as a dict of COLUMNS; absent facts are empty."""
    return [*lucas(spdata), *athens(spdata), *ames(modeldata), *sacramento(modeldata)]


def records(frame):
    columns = rlazy.columns(frame)
    return [dict(zip(columns, values)) for values in zip(*columns.values())]


def square_metres(feet):
    return str(round(feet * SQUARE_FOOT))


def degrees(pair):
    return f"{pair[0]:.5f}", f"{pair[1]:.5f}"


def number(value):
    return f"{value:g}"


def lucas(folder):
    """Lucas County, Ohio, sold 1993 to 1998. Rows without bedrooms or bathrooms or under 10,000 USD are left out."""
    houses = rlazy.read(folder, "house")
    flat = houses.attributes["coords"].data
    norths = flat[len(flat) // 2 :]
    for east, north, house in zip(flat, norths, records(houses.attributes["data"])):
        if house["beds"] < 1 or house["baths"] < 1 or house["price"] < 10_000:
            continue
        lat, lng = degrees(ohio_north(east, north))
        yield {"source": "lucas", "lat": lat, "lng": lng, "kind": "house", "beds": number(house["beds"]),
               "baths": number(house["baths"] + house["halfbaths"] / 2), "area": square_metres(house["TLA"]),
               "year": str(house["yrbuilt"]), "price": str(house["price"]), "floors": FLOORS.get(house["stories"], ""),
               "wall": WALLS[house["wall"]], "garage": GARAGES.get(house["garage"], ""),
               "lot": square_metres(house["lotsize"])}


def athens(folder):
    """Apartments offered in Athens in 2017: size, asking price, age in 2017 and metres to the next station."""
    for flat in records(rlazy.read(folder, "properties")):
        lat, lng = degrees(greek_grid(*flat["geometry"].data))
        yield {"source": "athens", "lat": lat, "lng": lng, "kind": "apartment", "area": number(flat["size"]),
               "year": str(2017 - round(flat["age"])), "price": str(flat["price"]), "metro": str(round(flat["dist_metro"]))}


def ames(folder):
    """Ames, Iowa, sold 2006 to 2010; homes without a bedroom or full bathroom above ground are left out."""
    for house in records(rlazy.read(folder, "ames")):
        if house["Bedroom_AbvGr"] < 1 or house["Full_Bath"] < 1:
            continue
        lat, lng = degrees((house["Latitude"], house["Longitude"]))
        outside = house["Wood_Deck_SF"] + house["Open_Porch_SF"] + house["Screen_Porch"]
        yield {"source": "ames", "lat": lat, "lng": lng, "kind": KINDS[house["Bldg_Type"]],
               "beds": str(house["Bedroom_AbvGr"]), "baths": number(house["Full_Bath"] + house["Half_Bath"] / 2),
               "area": square_metres(house["Gr_Liv_Area"]), "year": str(house["Year_Built"]),
               "price": str(house["Sale_Price"]), "floors": FLOORS.get(house["House_Style"], ""),
               "wall": CLADDING.get(house["Exterior_1st"], ""), "garage": GARAGES.get(house["Garage_Type"], ""),
               "fireplaces": str(house["Fireplaces"]), "air": "y" if house["Central_Air"] == "Y" else "n",
               "heating": HEATING.get(house["Heating"], ""), "pool": "y" if house["Pool_Area"] else "n",
               "deck": square_metres(outside), "lot": square_metres(house["Lot_Area"]),
               "place": house["Neighborhood"].replace("_", " ")}


def sacramento(folder):
    """The Sacramento area, sold within five days of 2008."""
    kinds = {"Residential": "house", "Condo": "apartment", "Multi_Family": "duplex"}
    for house in records(rlazy.read(folder, "Sacramento")):
        lat, lng = degrees((house["latitude"], house["longitude"]))
        yield {"source": "sacramento", "lat": lat, "lng": lng, "kind": kinds[house["type"]], "beds": str(house["beds"]),
               "baths": number(house["baths"]), "area": square_metres(house["sqft"]), "price": str(house["price"]),
               "place": house["city"].replace("_", " ").title()}
