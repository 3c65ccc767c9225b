"""Turns the two plane grids of the geocoded data sets back into WGS 84 degrees."""

from math import atan, atan2, cos, degrees, log, pi, radians, sin, sqrt, tan

# GRS 1980
A, F = 6378137.0, 1 / 298.257222101
E2 = F * (2 - F)
E = sqrt(E2)


def conformal(phi):
    s = E * sin(phi)
    return tan(pi / 4 - phi / 2) / ((1 - s) / (1 + s)) ** (E / 2)


def latitude_of(t):
    phi = pi / 2 - 2 * atan(t)
    for _ in range(8):
        s = E * sin(phi)
        phi = pi / 2 - 2 * atan(t * ((1 - s) / (1 + s)) ** (E / 2))
    return phi


def ohio_north(east, north):
    """Ohio State Plane North in metres (Lambert conformal conic, NAD 83: within a metre or two of WGS 84)."""
    lat0, lon0, lat1, lat2 = (radians(d) for d in (39.6666666666667, -82.5, 41.7, 40.4333333333333))
    m1, m2 = (cos(p) / sqrt(1 - E2 * sin(p) ** 2) for p in (lat1, lat2))
    t0, t1, t2 = (conformal(p) for p in (lat0, lat1, lat2))
    n = log(m1 / m2) / log(t1 / t2)
    f = m1 / (n * t1**n)
    x, y = east - 600000.0, A * f * t0**n - north
    t = (sqrt(x * x + y * y) / (A * f)) ** (1 / n)
    return degrees(latitude_of(t)), degrees(lon0 + atan2(x, y) / n)


def greek_grid(east, north):
    """GGRS 87 / Greek Grid (transverse Mercator), shifted to WGS 84 by the datum's three published metres."""
    phi, lam = inverse_mercator((east - 500000.0) / 0.9996, north / 0.9996, radians(24.0))
    return shift(phi, lam, -199.87, 74.79, 246.62)


def inverse_mercator(x, m, lon0):
    mu = m / (A * (1 - E2 / 4 - 3 * E2**2 / 64 - 5 * E2**3 / 256))
    e1 = (1 - sqrt(1 - E2)) / (1 + sqrt(1 - E2))
    phi1 = (
        mu
        + (3 * e1 / 2 - 27 * e1**3 / 32) * sin(2 * mu)
        + (21 * e1**2 / 16 - 55 * e1**4 / 32) * sin(4 * mu)
        + 151 * e1**3 / 96 * sin(6 * mu)
    )
    ep2 = E2 / (1 - E2)
    c, t = ep2 * cos(phi1) ** 2, tan(phi1) ** 2
    w = 1 - E2 * sin(phi1) ** 2
    nu, rho = A / sqrt(w), A * (1 - E2) / w**1.5
    d = x / nu
    phi = phi1 - nu * tan(phi1) / rho * (
        d**2 / 2 - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep2) * d**4 / 24
    )
    lam = lon0 + (d - (1 + 2 * t + c) * d**3 / 6) / cos(phi1)
    return phi, lam


def shift(phi, lam, dx, dy, dz):
    nu = A / sqrt(1 - E2 * sin(phi) ** 2)
    x = nu * cos(phi) * cos(lam) + dx
    y = nu * cos(phi) * sin(lam) + dy
    z = nu * (1 - E2) * sin(phi) + dz
    p = sqrt(x * x + y * y)
    lat = atan2(z, p * (1 - E2))
    for _ in range(5):
        lat = atan2(z + E2 * A / sqrt(1 - E2 * sin(lat) ** 2) * sin(lat), p)
    return degrees(lat), degrees(atan2(y, x))
