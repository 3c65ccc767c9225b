import { type Map as MapLibre, Marker } from 'maplibre-gl';

import { withRoom } from './geometry';
import styles from './map.module.css';
import type { MapMarker } from './types';

type Handlers = { select: (id: string) => void; hover: (id: string | null) => void };
type Pin = { marker: Marker; element: HTMLElement; button: HTMLButtonElement; of: MapMarker };

const height = 34; // px of a pin with its tip
const gap = 6; // px between pins, so that each can be hit

/**
 * The pins of a map: buttons with a text, kept over updates so that the focus stays where it is. Where there is no room for all,
 * the first ones and those that are selected have it; the others are dots until the map is closer.
 */
export class Pins {
  private readonly pins = new Map<string, Pin>();

  constructor(
    private readonly map: MapLibre,
    private readonly handlers: Handlers,
  ) {
    map.on('moveend', () => this.arrange());
    map.on('resize', () => this.arrange());
  }

  show(markers: MapMarker[]): void {
    const wanted = new Set(markers.map(({ id }) => id));
    for (const [id, { marker }] of this.pins) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.pins.delete(id);
    }
    for (const one of markers) this.put(one);
    this.arrange();
  }

  private put(one: MapMarker): void {
    const pin = this.pins.get(one.id) ?? this.made(one);
    pin.of = one;
    pin.marker.setLngLat([one.lng, one.lat]);
    if (pin.button.textContent !== one.label) pin.button.textContent = one.label;
    pin.button.setAttribute('aria-label', one.description ?? one.label);
    pin.button.setAttribute('aria-pressed', String(Boolean(one.selected)));
    pin.element.toggleAttribute('data-selected', Boolean(one.selected));
  }

  private made(one: MapMarker): Pin {
    const element = document.createElement('div');
    element.className = styles.marker ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = styles.pin ?? '';
    element.append(button);
    const { select, hover } = this.handlers;
    button.addEventListener('click', (event) => {
      event.stopPropagation();
      select(one.id);
    });
    button.addEventListener('pointerenter', () => hover(one.id));
    button.addEventListener('pointerleave', () => hover(null));
    button.addEventListener('focus', () => hover(one.id));
    button.addEventListener('blur', () => hover(null));
    const marker = new Marker({ element, anchor: 'bottom' }).setLngLat([one.lng, one.lat]).addTo(this.map);
    const pin = { marker, element, button, of: one };
    this.pins.set(one.id, pin);
    return pin;
  }

  private arrange(): void {
    const first = (pin: Pin) => (pin.button === document.activeElement ? 2 : pin.of.selected ? 1 : 0);
    const order = [...this.pins.values()].sort((a, b) => first(b) - first(a));
    const boxes = order.map(({ of, button }) => {
      const { x, y } = this.map.project([of.lng, of.lat]);
      const width = button.offsetWidth || 24 + of.label.length * 8;
      return {
        left: x - width / 2 - gap / 2,
        top: y - height - gap / 2,
        width: width + gap,
        height: height + gap,
      };
    });
    const room = withRoom(boxes);
    order.forEach(({ element }, index) => element.toggleAttribute('data-dot', !room[index]));
  }
}
