import { Picture, type PictureSource } from '@/ui/picture';

import { Both } from './both';
import styles from './design.module.css';

// It has no file: what is seen is the blurred self that stands in for it.
const onItsWay: PictureSource = {
  alt_text: 'A lake in the evening',
  width: 1200,
  height: 800,
  blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
  variants: [],
};

/** Photographs, before they are there. */
export function Pictures() {
  return (
    <Both title="Photographs" note="A photograph has its place and its colours before it has come.">
      {() => (
        <>
          <Picture source={onItsWay} sizes="30rem" className={styles.photo} alt="" />
          <Picture source={onItsWay} sizes="30rem" ratio="1 / 1" className={styles.photo} alt="" />
        </>
      )}
    </Both>
  );
}
