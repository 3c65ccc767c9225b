import type { DeadLetter } from '@/lib/api/types';
import type { Tone } from '@/ui/badge';

/** The colour that goes with the state of a dead letter. */
export const letterTones: Record<DeadLetter['status'], Tone> = {
  open: 'warning',
  retried: 'good',
  discarded: 'neutral',
};
