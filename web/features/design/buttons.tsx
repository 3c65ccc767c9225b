'use client';

import { Heart, Plus } from 'lucide-react';

import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { Row } from '@/ui/layout';

import { Both } from './both';

const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;
const sizes = ['small', 'medium', 'large'] as const;

/** Buttons, and links that look like them. */
export function Buttons() {
  return (
    <Both
      title="Buttons"
      note="One primary button in a place. While pending, a button keeps the focus and does nothing."
    >
      {() => (
        <>
          {sizes.map((size) => (
            <Row key={size}>
              {variants.map((variant) => (
                <Button key={variant} variant={variant} size={size}>
                  {variant}
                </Button>
              ))}
            </Row>
          ))}
          <Row>
            <Button variant="primary">
              <Plus size={18} aria-hidden="true" /> With an icon
            </Button>
            <Button icon aria-label="Keep">
              <Heart size={20} aria-hidden="true" />
            </Button>
            <Button icon size="small" variant="quiet" aria-label="Keep, small">
              <Heart size={18} aria-hidden="true" />
            </Button>
          </Row>
          <Row>
            <Button variant="primary" pending pendingLabel="Saving…">
              Save
            </Button>
            <Button pending>Pending</Button>
            <Button aria-disabled="true">Not now</Button>
            <ButtonLink href={paths.design()}>A link</ButtonLink>
          </Row>
          <Button variant="primary" size="large" wide>
            As wide as its place
          </Button>
        </>
      )}
    </Both>
  );
}
