import { Both } from './both';
import styles from './design.module.css';

const colours = [
  'paper',
  'surface',
  'sunken',
  'hover',
  'line',
  'line-strong',
  'ink',
  'ink-soft',
  'accent',
  'accent-strong',
  'accent-soft',
  'on-accent',
  'danger',
  'danger-soft',
  'on-danger',
  'warning',
  'warning-soft',
  'info',
  'info-soft',
];
const sizes = ['xs', 's', 'm', 'l', 'xl', '2xl', '3xl'];
const spaces = [1, 2, 3, 4, 5, 6, 7, 8];
const radii = ['s', 'm', 'l', 'full'];

/** Colours, type, spaces and corners. */
export function Tokens() {
  return (
    <>
      <Both
        title="Colours"
        note="Text has a contrast of at least 4.5 to what is under it, controls and icons 3."
      >
        {() => (
          <div className={styles.swatches}>
            {colours.map((name) => (
              <div key={name} className={styles.swatch}>
                <span className={styles.colour} style={{ background: `var(--${name})` }} />
                {name}
              </div>
            ))}
          </div>
        )}
      </Both>
      <Both title="Type">
        {() => (
          <>
            {sizes.map((size) => (
              <p key={size} style={{ fontSize: `var(--text-${size})`, lineHeight: 'var(--leading-tight)' }}>
                A night at the lake
              </p>
            ))}
            <p>
              Text that is read runs at <a href="#type">a calm size</a>, with <strong>strong</strong> words
              where they help, and <span className="numeric">1,234.50</span> in figures of one width.
            </p>
          </>
        )}
      </Both>
      <Both title="Spaces and corners">
        {() => (
          <>
            {spaces.map((space) => (
              <div key={space} className={styles.space}>
                <span>space-{space}</span>
                <span className={styles.bar} style={{ inlineSize: `var(--space-${space})` }} />
              </div>
            ))}
            <div className={styles.swatches}>
              {radii.map((radius) => (
                <div key={radius} className={styles.swatch}>
                  <span
                    className={styles.colour}
                    style={{ borderRadius: `var(--radius-${radius})`, background: 'var(--accent-soft)' }}
                  />
                  radius-{radius}
                </div>
              ))}
            </div>
          </>
        )}
      </Both>
    </>
  );
}
