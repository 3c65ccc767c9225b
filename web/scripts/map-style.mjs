// Makes the offline map in public/map: land, borders and the names of countries from Natural Earth (public domain, by the npm
// package world-atlas), and a MapLibre style for light and one for dark surroundings. Run it after a change:
//
//   node scripts/map-style.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { feature, merge, mesh } from 'topojson-client';

const out = new URL('../public/map/', import.meta.url);
const topology = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('world-atlas/countries-10m.json'), 'utf8'),
);

// How far a simplified line may be from the true one, in degrees of latitude: the whole world in less than 0.8 MB. Where few people
// stay it may be further, in fjords and among thousands of islets, which would be half of the file.
const wild = ([lng, lat]) => lng < -50 && (lat > 49 || lat < -41);
const tolerance = (at) => {
  const from = Math.abs(at[1]);
  if (at[1] < -60) return 0.4;
  if (from > 66) return 0.15;
  return from > 58 || wild(at) ? 0.08 : 0.025;
};
const smallest = (at) => (Math.abs(at[1]) > 58 || wild(at) ? 0.03 : 0.0015); // of an island, square degrees

const shared = arcsOfTwo();
topology.arcs = topology.arcs.map(simplified);
delete topology.transform;

const round = (value) => Math.round(value * 100) / 100; // finer than the lines are true
const rounded = (line) =>
  line
    .map(([lng, lat]) => [round(lng), round(lat)])
    .filter((point, at, all) => at === 0 || point[0] !== all[at - 1][0] || point[1] !== all[at - 1][1]);

const countries = topology.objects.countries;
const features = [...land(), ...borders(), ...names()];

mkdirSync(out, { recursive: true });
writeFileSync(new URL('world.json', out), JSON.stringify({ type: 'FeatureCollection', features }) + '\n');
for (const [name, colours] of Object.entries({
  style: {
    water: '#dce8ec',
    land: '#f6f4ee',
    coast: '#bccdd0',
    border: '#cfc9ba',
    name: '#6b6d63',
    halo: '#f6f4ee',
  },
  'style-dark': {
    water: '#0d1416',
    land: '#20241f',
    coast: '#33403f',
    border: '#434a41',
    name: '#a5ab9d',
    halo: '#20241f',
  },
})) {
  writeFileSync(new URL(`${name}.json`, out), JSON.stringify(style(colours), null, 1) + '\n');
}

// The arcs between two countries: nobody looks for a beach along them.
function arcsOfTwo() {
  const seen = new Map();
  const count = (arcs) => {
    if (Array.isArray(arcs)) arcs.forEach(count);
    else seen.set(arcs < 0 ? ~arcs : arcs, (seen.get(arcs < 0 ? ~arcs : arcs) ?? 0) + 1);
  };
  for (const geometry of topology.objects.countries.geometries) count(geometry.arcs ?? []);
  return new Set([...seen].filter(([, times]) => times > 1).map(([arc]) => arc));
}

function simplified(arc, index) {
  let x = 0;
  let y = 0;
  const { scale, translate } = topology.transform;
  const line = arc.map(([dx, dy]) => [
    (x += dx) * scale[0] + translate[0],
    (y += dy) * scale[1] + translate[1],
  ]);
  return douglasPeucker(line, tolerance(line[line.length >> 1]) * (shared.has(index) ? 2.5 : 1));
}

// Keeps the points without which the line would be further away than allowed. A ring is cut at its farthest point first.
function douglasPeucker(line, allowed) {
  const keep = new Set([0, line.length - 1]);
  const parts = [[0, line.length - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part;
    const [at, far] = farthest(line, from, to);
    const ring = line[from][0] === line[to][0] && line[from][1] === line[to][1];
    if (at < 0 || (far <= allowed && !ring)) continue;
    keep.add(at);
    parts.push([from, at], [at, to]);
  }
  return line.filter((_, at) => keep.has(at));
}

function farthest(line, from, to) {
  const narrower = Math.cos((line[from][1] * Math.PI) / 180);
  const [dx, dy] = [(line[to][0] - line[from][0]) * narrower, line[to][1] - line[from][1]];
  const length = dx * dx + dy * dy;
  let [at, most] = [-1, 0];
  for (let i = from + 1; i < to; i++) {
    const [px, py] = [(line[i][0] - line[from][0]) * narrower, line[i][1] - line[from][1]];
    const along = length ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
    const distance = Math.hypot(px - along * dx, py - along * dy);
    if (distance > most) [at, most] = [i, distance];
  }
  return [at, most];
}

function land() {
  return merge(topology, countries.geometries)
    .coordinates.flatMap((polygon) => cut(polygon))
    .map((polygon) => polygon.map(rounded).filter((ring) => ring.length > 3))
    .filter((polygon) => polygon[0] && area(polygon[0]) > smallest(polygon[0][0]))
    .map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }));
}

// On the globe Russia, Fiji and Antarctica go on beyond 180°; on a flat map they end there and begin again on the other side.
function cut(polygon) {
  const rings = polygon.map(unwrapped);
  if (least(rings[0].map(([lng]) => lng)) >= -180 && least(rings[0].map(([lng]) => -lng)) >= -180)
    return [rings];
  return [-360, 0, 360].flatMap((shift) => {
    const moved = rings.map((ring) => ring.map(([lng, lat]) => [lng + shift, lat]));
    const clipped = moved
      .map((ring) => beside(beside(ring, -180, 1), 180, -1))
      .filter((ring) => ring.length > 3);
    return clipped.length > 0 ? [clipped] : [];
  });
}

// The ring without jumps from one side of the map to the other; one around a pole goes along the map's edge.
function unwrapped(ring) {
  let turn = 0;
  const line = ring.map(([lng, lat], at) => {
    const step = at > 0 ? lng - ring[at - 1][0] : 0;
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lng + turn, lat];
  });
  const [first, last] = [line[0], line[line.length - 1]];
  if (Math.abs(first[0] - last[0]) < 180) return line;
  const edge = first[1] < 0 ? -85 : 85;
  return [...line, [last[0], edge], [first[0], edge], first];
}

// The part of a ring on one side of a meridian (Sutherland and Hodgman).
function beside(ring, meridian, side) {
  const inside = ([lng]) => (lng - meridian) * side >= 0;
  const out = [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (inside(a) !== inside(b)) {
      out.push([meridian, a[1] + ((b[1] - a[1]) * (meridian - a[0])) / (b[0] - a[0])]);
    }
    if (inside(b)) out.push(b);
  }
  return out.length > 0 ? [...out, out[0]] : out;
}

function borders() {
  return mesh(topology, countries, (a, b) => a !== b)
    .coordinates.flatMap((line) => pieces(line))
    .map((line) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: rounded(line) },
    }));
}

// A line in parts that do not jump from one side of the map to the other.
function pieces(line) {
  const parts = [[line[0]]];
  for (let i = 1; i < line.length; i++) {
    if (Math.abs(line[i][0] - line[i - 1][0]) > 180) parts.push([]);
    parts[parts.length - 1].push(line[i]);
  }
  return parts.filter((part) => part.length > 1);
}

// A name stands in the middle of the country's largest part; rank 1 are the largest countries.
function names() {
  return countries.geometries.flatMap((geometry) => {
    const { geometry: shape } = feature(topology, geometry);
    const parts = shape.type === 'Polygon' ? [shape.coordinates] : (shape.coordinates ?? []);
    const largest = parts.map(([ring]) => unwrapped(ring)).sort((a, b) => area(b) - area(a))[0];
    if (!largest || !geometry.properties.name) return [];
    const size = area(largest);
    const rank = size > 150 ? 1 : size > 25 ? 2 : size > 3 ? 3 : 4;
    const [lng, lat] = middle(largest);
    const coordinates = [round(lng < -180 ? lng + 360 : lng > 180 ? lng - 360 : lng), round(lat)];
    return [
      {
        type: 'Feature',
        properties: { name: geometry.properties.name, rank },
        geometry: { type: 'Point', coordinates },
      },
    ];
  });
}

function area(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return Math.abs(sum / 2) * Math.cos((ring[0][1] * Math.PI) / 180);
}

// The point of a grid that is deepest inside of the ring.
function middle(ring) {
  const [xs, ys] = [ring.map((point) => point[0]), ring.map((point) => point[1])];
  const [west, east, south, north] = [
    least(xs),
    -least(xs.map((x) => -x)),
    least(ys),
    -least(ys.map((y) => -y)),
  ];
  let best = [(west + east) / 2, (south + north) / 2];
  let depth = -Infinity;
  for (let i = 1; i < 24; i++) {
    for (let j = 1; j < 24; j++) {
      const point = [west + ((east - west) * i) / 24, south + ((north - south) * j) / 24];
      const here = inside(ring, point) ? distance(ring, point) : -1;
      if (here > depth) [best, depth] = [point, here];
    }
  }
  return best;
}

function least(numbers) {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}

function inside(ring, [x, y]) {
  let odd = false;
  for (let i = 1; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

function distance(ring, [x, y]) {
  return least(ring.map(([px, py]) => Math.hypot(px - x, py - y)));
}

function style({ water, land: ground, coast, border, name, halo }) {
  const label = (rank, from) => ({
    id: `name-${rank}`,
    type: 'symbol',
    source: 'world',
    minzoom: from,
    maxzoom: 8,
    filter: ['==', ['get', 'rank'], rank],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': ['sans-serif'],
      'text-size': ['interpolate', ['linear'], ['zoom'], from, 11, 7, 15],
      'text-max-width': 8,
      'text-letter-spacing': 0.04,
    },
    paint: { 'text-color': name, 'text-halo-color': halo, 'text-halo-width': 1.2 },
  });
  return {
    version: 8,
    name: 'Rentora offline',
    sources: {
      world: {
        type: 'geojson',
        data: '/map/world.json',
        maxzoom: 9,
        buffer: 32,
        attribution: 'Natural Earth',
      },
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': water } },
      {
        id: 'land',
        type: 'fill',
        source: 'world',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': ground },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'world',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'line-color': coast, 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.4, 10, 1.4] },
      },
      {
        id: 'border',
        type: 'line',
        source: 'world',
        filter: ['==', ['geometry-type'], 'LineString'],
        paint: {
          'line-color': border,
          'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.4, 10, 1.6],
          'line-dasharray': [3, 2],
        },
      },
      label(4, 5),
      label(3, 4),
      label(2, 3),
      label(1, 1.5),
    ],
  };
}
