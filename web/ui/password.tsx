'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';

import { Button } from './button';
import { TextField } from './field';

/** A password, which can be looked at while it is typed. */
export function PasswordField(props: Omit<ComponentProps<typeof TextField>, 'type' | 'end'>) {
  const [shown, show] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      end={
        <Button
          variant="quiet"
          size="small"
          icon
          aria-label="Show the password"
          aria-pressed={shown}
          onClick={() => show(!shown)}
        >
          <Icon size={20} aria-hidden="true" />
        </Button>
      }
    />
  );
}
