import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';

import styles from './button.module.css';
import { classes } from './classes';

export type ButtonLook = {
  /** primary: the one thing to do here. Default: secondary. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  /** As wide as its container. */
  wide?: boolean;
  /** A square with an icon alone; give it an aria-label. */
  icon?: boolean;
};

function look(
  { variant = 'secondary', size = 'medium', wide, icon }: ButtonLook,
  className?: string,
): string {
  return classes(
    styles.button,
    styles[variant],
    size !== 'medium' && styles[size],
    wide && styles.wide,
    icon && styles.icon,
    className,
  );
}

type ButtonProps = ComponentProps<'button'> & ButtonLook & { pending?: boolean; pendingLabel?: string };

/** A button. While pending it stays focusable, does nothing, and tells screen readers that it is busy. */
export function Button({
  variant,
  size,
  wide,
  icon,
  pending = false,
  pendingLabel,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const off = pending || rest['aria-disabled'] === true || rest['aria-disabled'] === 'true';
  return (
    <button
      {...rest}
      type={type}
      className={look({ variant, size, wide, icon }, className)}
      aria-disabled={off || undefined}
      aria-busy={pending || undefined}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {pending && <span className={styles.spinner} aria-hidden="true" />}
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
}

/** A link that looks like a button, for what leads somewhere. */
export function ButtonLink({
  variant,
  size,
  wide,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & ButtonLook & { children: ReactNode }) {
  return (
    <Link {...rest} className={look({ variant, size, wide, icon }, className)}>
      {children}
    </Link>
  );
}
