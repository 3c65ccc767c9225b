import styles from './design.module.css';

const house = <path d="M8 15.5 16 8l8 7.5V24a1 1 0 0 1-1 1h-4.5v-6h-5v6H9a1 1 0 0 1-1-1z" fill="#fff" />;

/**
 * The pictures that stand for Rentora elsewhere, in their true sizes. app/opengraph-image.png and app/apple-icon.png are screenshots
 * of #share-picture and #touch-icon.
 */
export function SharePicture() {
  return (
    <section aria-labelledby="elsewhere" className={styles.section}>
      <h2 id="elsewhere">Elsewhere</h2>
      <p className={styles.note}>The picture of shared links, and the icon of a home screen.</p>
      <div className={styles.share} role="region" aria-label="Pictures for elsewhere" tabIndex={0}>
        <div id="share-picture" className={styles.card}>
          <svg width="1200" height="360" viewBox="0 0 1200 360" aria-hidden="true">
            <circle cx="930" cy="80" r="52" fill="#f3d9a4" />
            <path fill="#d3e8dd" d="M400 240 620 90 760 180 940 60 1200 210V360H400z" />
            <path fill="#8fc0a9" d="M180 330C380 230 560 190 760 230S1040 190 1200 220V360H180z" />
            <path fill="#4a9176" d="M0 360C240 300 520 280 760 300S1080 250 1200 250V360z" />
            <path fill="#ffffff" d="M858 206h112v88H858z" />
            <path fill="#0d3b2c" d="M844 212 914 150l70 62z" />
            <path fill="#e9b95b" d="M878 228h26v28h-26zM926 228h24v66h-24z" />
            <path fill="#1d6b52" d="M0 360C300 330 520 310 800 318S1100 300 1200 290V360z" />
          </svg>
          <p className={styles.brand}>
            <svg width="64" height="64" viewBox="0 0 32 32" aria-hidden="true">
              <rect width="32" height="32" rx="8" fill="#1d6b52" />
              {house}
            </svg>
            Rentora
          </p>
          <p className={styles.claim}>Places to stay, never booked twice.</p>
        </div>
        <div id="touch-icon" className={styles.touch}>
          <svg width="180" height="180" viewBox="0 0 32 32" aria-hidden="true">
            {house}
          </svg>
        </div>
      </div>
    </section>
  );
}
