'use client';

import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Checkbox } from '@/ui/field';

import { useKeysOn } from './keys';
import styles from './verifications.module.css';

const keys: [string, string][] = [
  ['J', 'Next in the queue'],
  ['K', 'Previous in the queue'],
  ['A', 'Approve: asks once, Enter confirms'],
  ['R', 'Send back, with a reason and notes'],
  ['?', 'Show these keys'],
  ['Esc', 'Close what is open'],
];

/** Which keys act in the queue, and the switch that turns them off. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useKeysOn();
  return (
    <Dialog open onClose={onClose} title="Keys" footer={<Button onClick={onClose}>Done</Button>}>
      <dl className={styles.keys}>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Checkbox checked={on} onChange={(event) => setOn(event.target.checked)}>
        Use single keys in this browser. They never act while you type.
      </Checkbox>
    </Dialog>
  );
}
