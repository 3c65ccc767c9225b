'use client';

import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';

import { classes } from '../classes';
import styles from './chart.module.css';
import { labelled, placeAt, ticks } from './scale';

/** Numbers along an axis, under one name. */
export type ChartSeries = { name: string; values: number[] };

/** A place on the axis: its full name, and a short one for the axis itself. */
export type ChartPlace = { name: string; short: string };

const numbers = new Intl.NumberFormat('en');
const looks = [styles.first, styles.second, styles.third];

/**
 * A small chart of whole numbers over time, as bars or lines, at most three series. Pointing at it, or the arrow keys while it has
 * the focus, tell the values of a place; without, the sums stand there. A table says the same.
 */
export function Chart({
  title,
  kind,
  places,
  series,
  level = 3,
}: {
  title: ReactNode;
  kind: 'bar' | 'line';
  places: ChartPlace[];
  series: ChartSeries[];
  level?: 2 | 3;
}) {
  const [chosen, choose] = useState<number | null>(null);
  const Heading = `h${level}` as const;
  const marks = ticks(Math.max(0, ...series.flatMap(({ values }) => values)));
  const top = marks.at(-1) ?? 1;
  const many = places.length > 10; // then the last label would stand out of the frame
  const name = typeof title === 'string' ? title : 'Chart';
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <Heading>{title}</Heading>
        <span className={styles.when}>{chosen === null ? 'In all' : places[chosen]?.name}</span>
        <Legend kind={kind} series={series} chosen={chosen} />
      </figcaption>
      <div className={styles.frame}>
        <div className={styles.marks} aria-hidden="true">
          {marks.map((mark) => (
            <span key={mark} style={{ insetBlockEnd: `${(mark / top) * 100}%` }}>
              {numbers.format(mark)}
            </span>
          ))}
        </div>
        <Plot {...{ name, kind, places, series, marks, top, chosen, choose }} />
        <div className={styles.places} aria-hidden="true">
          {labelled(places.length, 5).map((place) => (
            <span
              key={place}
              className={classes(many && place === places.length - 1 && styles.last)}
              style={{ insetInlineStart: `${((place + 0.5) / places.length) * 100}%` }}
            >
              {places[place]?.short}
            </span>
          ))}
        </div>
      </div>
      <Numbers name={name} places={places} series={series} />
    </figure>
  );
}

function Legend({
  kind,
  series,
  chosen,
}: {
  kind: 'bar' | 'line';
  series: ChartSeries[];
  chosen: number | null;
}) {
  return (
    <ul role="list" className={styles.legend}>
      {series.map(({ name, values }, index) => (
        <li key={name}>
          <span
            className={classes(styles.swatch, looks[index], kind === 'line' && styles.stroke)}
            aria-hidden="true"
          />
          {name} <strong>{numbers.format(chosen === null ? sum(values) : (values[chosen] ?? 0))}</strong>
        </li>
      ))}
    </ul>
  );
}

function sum(values: number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

function Plot({
  name,
  kind,
  places,
  series,
  marks,
  top,
  chosen,
  choose,
}: {
  name: string;
  kind: 'bar' | 'line';
  places: ChartPlace[];
  series: ChartSeries[];
  marks: number[];
  top: number;
  chosen: number | null;
  choose: (place: number | null) => void;
}) {
  const count = places.length;
  const now = chosen ?? count - 1;

  function point(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    choose(placeAt(mirrored(event.currentTarget) ? 1 - share : share, count));
  }
  function key(event: KeyboardEvent<HTMLDivElement>) {
    const forward = mirrored(event.currentTarget) ? 'ArrowLeft' : 'ArrowRight';
    const steps: Record<string, number> = {
      ArrowUp: now + 1,
      ArrowDown: now - 1,
      ArrowRight: forward === 'ArrowRight' ? now + 1 : now - 1,
      ArrowLeft: forward === 'ArrowLeft' ? now + 1 : now - 1,
      Home: 0,
      End: count - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(Math.min(count - 1, Math.max(0, to)));
  }

  return (
    <div
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={`${name}: choose a day`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={now}
      aria-valuetext={`${places[now]?.name ?? ''}: ${series.map(({ name: what, values }) => `${what} ${values[now] ?? 0}`).join(', ')}`}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => choose(null)}
      onFocus={() => chosen === null && choose(count - 1)}
      onBlur={() => choose(null)}
      onKeyDown={key}
    >
      <svg viewBox={`0 0 ${Math.max(1, count)} ${top}`} preserveAspectRatio="none" aria-hidden="true">
        {chosen !== null && <rect className={styles.band} x={chosen} y={0} width={1} height={top} />}
        {marks.map((mark) => (
          <line key={mark} className={styles.grid} x1={0} x2={count} y1={top - mark} y2={top - mark} />
        ))}
        {kind === 'bar' ? <Bars series={series} top={top} /> : <Lines series={series} top={top} />}
      </svg>
      {kind === 'line' && chosen !== null && <Dots series={series} top={top} chosen={chosen} count={count} />}
    </div>
  );
}

function mirrored(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

function Bars({ series, top }: { series: ChartSeries[]; top: number }) {
  const width = 0.72 / series.length;
  return series.map(({ name, values }, index) => (
    <g key={name} className={looks[index]}>
      {values.map((value, place) => (
        <rect key={place} x={place + 0.14 + index * width} y={top - value} width={width} height={value} />
      ))}
    </g>
  ));
}

function Lines({ series, top }: { series: ChartSeries[]; top: number }) {
  return series.map(({ name, values }, index) => (
    <polyline
      key={name}
      className={classes(styles.line, looks[index])}
      points={values.map((value, place) => `${place + 0.5},${top - value}`).join(' ')}
    />
  ));
}

function Dots({
  series,
  top,
  chosen,
  count,
}: {
  series: ChartSeries[];
  top: number;
  chosen: number;
  count: number;
}) {
  return series.map(({ name, values }, index) => {
    const style: CSSProperties = {
      insetInlineStart: `${((chosen + 0.5) / count) * 100}%`,
      insetBlockEnd: `${((values[chosen] ?? 0) / top) * 100}%`,
    };
    return <span key={name} className={classes(styles.dot, looks[index])} style={style} />;
  });
}

function Numbers({ name, places, series }: { name: string; places: ChartPlace[]; series: ChartSeries[] }) {
  return (
    <details className={styles.numbers}>
      <summary>As a table</summary>
      <div className={styles.scroll} role="region" aria-label={`${name}, as a table`} tabIndex={0}>
        <table>
          <caption className="visually-hidden">{name}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {series.map((one) => (
                <th key={one.name} scope="col">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place, index) => (
              <tr key={index}>
                <th scope="row">{place.name}</th>
                {series.map((one) => (
                  <td key={one.name}>{numbers.format(one.values[index] ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
