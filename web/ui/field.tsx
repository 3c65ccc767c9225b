import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';

import { classes } from './classes';
import styles from './field.module.css';
import { TypedInput, TypedTextArea } from './typed';

type FieldParts = {
  label: ReactNode;
  /** What helps to fill it in. */
  hint?: ReactNode;
  /** What is wrong, in a sentence; it stands beside the field and is read with it. */
  error?: string | null;
  /** Says "optional" beside the label: most fields are not. */
  optional?: boolean;
  /** Only for screen readers, where the place says it to everybody else. */
  labelHidden?: boolean;
};

function useParts({ hint, error }: FieldParts, id?: string) {
  const own = useId();
  const field = id ?? own;
  const ids = [hint && `${field}-hint`, error && `${field}-error`].filter(Boolean).join(' ');
  return { field, described: ids || undefined };
}

function Frame({
  field,
  label,
  hint,
  error,
  optional,
  labelHidden,
  children,
}: FieldParts & { field: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={field} className={labelHidden ? 'visually-hidden' : styles.label}>
        {label}
        {optional && <span className={styles.optional}> · optional</span>}
      </label>
      {hint && (
        <p id={`${field}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {children}
      <FieldError id={`${field}-error`}>{error}</FieldError>
    </div>
  );
}

/** What is wrong with a field, in a sentence. */
export function FieldError({ id, children }: { id?: string; children?: string | null }) {
  if (!children) return null;
  return (
    <p id={id} className={styles.error}>
      <CircleAlert size={16} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

/** A line of text, with its label, hint and error. start and end stand inside of its frame: a currency, a button. */
export function TextField({
  label,
  hint,
  error,
  optional,
  labelHidden,
  id,
  className,
  start,
  end,
  ...rest
}: FieldParts & Omit<ComponentProps<'input'>, 'children'> & { start?: ReactNode; end?: ReactNode }) {
  const parts = { label, hint, error, optional, labelHidden };
  const { field, described } = useParts(parts, id);
  const input = (
    <TypedInput
      {...rest}
      id={field}
      className={classes(styles.input, className)}
      aria-invalid={error ? true : undefined}
      aria-describedby={described}
    />
  );
  return (
    <Frame {...parts} field={field}>
      {start || end ? (
        <div className={styles.affixed}>
          {start && <span className={styles.start}>{start}</span>}
          {input}
          {end && <span className={styles.end}>{end}</span>}
        </div>
      ) : (
        input
      )}
    </Frame>
  );
}

/** Lines of text; it grows with them. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  labelHidden,
  id,
  className,
  ...rest
}: FieldParts & Omit<ComponentProps<'textarea'>, 'children'>) {
  const parts = { label, hint, error, optional, labelHidden };
  const { field, described } = useParts(parts, id);
  return (
    <Frame {...parts} field={field}>
      <TypedTextArea
        {...rest}
        id={field}
        className={classes(styles.input, className)}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
      />
    </Frame>
  );
}

/** One of a short list, by the system's own picker. Children are <option>s. */
export function SelectField({
  label,
  hint,
  error,
  optional,
  labelHidden,
  id,
  className,
  children,
  ...rest
}: FieldParts & ComponentProps<'select'>) {
  const parts = { label, hint, error, optional, labelHidden };
  const { field, described } = useParts(parts, id);
  return (
    <Frame {...parts} field={field}>
      <select
        {...rest}
        id={field}
        className={classes(styles.input, className)}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
      >
        {children}
      </select>
    </Frame>
  );
}

/** A box to tick, with what it means. */
export function Checkbox({
  children,
  className,
  ...rest
}: ComponentProps<'input'> & { children: ReactNode }) {
  return (
    <label className={classes(styles.check, className)}>
      <input {...rest} type="checkbox" />
      <span>{children}</span>
    </label>
  );
}

/** Pills of which one (radio) or several (checkbox) are chosen; they belong into a <Choices>. */
export function Choice({
  children,
  type = 'radio',
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { type?: 'radio' | 'checkbox'; children: ReactNode }) {
  return (
    <label className={styles.choice}>
      <input {...rest} type={type} />
      <span>{children}</span>
    </label>
  );
}

/** A named group of choices. */
export function Choices({
  label,
  labelHidden,
  error,
  children,
}: {
  label: ReactNode;
  labelHidden?: boolean;
  error?: string | null;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className={styles.field} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={labelHidden ? 'visually-hidden' : styles.label}>{label}</legend>
      <div className={styles.choices}>{children}</div>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </fieldset>
  );
}
