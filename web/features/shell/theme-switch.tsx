'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';

import { Button } from '@/ui/button';

import styles from './header.module.css';

const themes = [
  { name: 'system', label: 'Colours of the system', Icon: Monitor },
  { name: 'light', label: 'Light colours', Icon: Sun },
  { name: 'dark', label: 'Dark colours', Icon: Moon },
];

function remember(name: string) {
  const root = document.documentElement;
  if (name === 'system') root.removeAttribute('data-theme');
  else root.setAttribute('data-theme', name);
  const life = name === 'system' ? 0 : 31_536_000;
  document.cookie = `rentora_theme=${name}; path=/; samesite=lax; max-age=${life}`;
}

/** Light, dark or as the system does; a cookie remembers it for a year, so that the first paint is right already. */
export function ThemeSwitch({ theme }: { theme: string }) {
  const [chosen, choose] = useState(theme);
  function set(name: string) {
    choose(name);
    remember(name);
  }
  return (
    <div className={styles.themes} role="group" aria-label="Colours">
      {themes.map(({ name, label, Icon }) => (
        <Button
          key={name}
          size="small"
          icon
          variant={chosen === name ? 'secondary' : 'quiet'}
          aria-pressed={chosen === name}
          aria-label={label}
          onClick={() => set(name)}
        >
          <Icon size={16} aria-hidden="true" />
        </Button>
      ))}
    </div>
  );
}
