'use client';

import { useState } from 'react';

import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Row } from '@/ui/layout';
import { toast } from '@/ui/toast';

const shapes = ['dialog', 'wide', 'sheet'] as const;

/** Opens each kind of window, and shows each kind of toast. */
export function Windows() {
  const [open, setOpen] = useState<(typeof shapes)[number] | 'alert' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Row>
        {shapes.map((shape) => (
          <Button key={shape} onClick={() => setOpen(shape)}>
            Open a {shape}
          </Button>
        ))}
        <Button onClick={() => setOpen('alert')}>Ask a question</Button>
      </Row>
      <Row>
        <Button onClick={() => toast('Your changes are saved.')}>A toast</Button>
        <Button
          onClick={() => toast('The photograph is removed.', { action: { label: 'Undo', run: close } })}
        >
          A toast with a way back
        </Button>
        <Button onClick={() => toast('That did not work. Please try again.', { tone: 'bad' })}>
          A bad toast
        </Button>
      </Row>
      <Dialog
        open={open !== null && open !== 'alert'}
        onClose={close}
        shape={open === 'alert' ? 'dialog' : (open ?? 'dialog')}
        title="Where do you want to go?"
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Show stays
            </Button>
          </>
        }
      >
        <TextField label="Destination" />
      </Dialog>
      <Dialog
        alert
        open={open === 'alert'}
        onClose={close}
        title="Cancel this trip?"
        footer={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button variant="danger" onClick={close}>
              Cancel the trip
            </Button>
          </>
        }
      >
        <p>You get back €240 of €320.</p>
      </Dialog>
    </>
  );
}
