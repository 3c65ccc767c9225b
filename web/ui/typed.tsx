'use client';

import {
  type ChangeEvent,
  type ComponentProps,
  type Ref,
  type RefObject,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** An input that says what was typed before the page's scripts had come; without, the first change of anything would put it back. */
export function TypedInput({ ref, ...props }: ComponentProps<'input'>) {
  const field = useRef<HTMLInputElement>(null);
  useTyped(field, ref, props.value, props.onChange);
  return <input {...props} ref={field} />;
}

/** The same for lines of text. */
export function TypedTextArea({ ref, ...props }: ComponentProps<'textarea'>) {
  const field = useRef<HTMLTextAreaElement>(null);
  useTyped(field, ref, props.value, props.onChange);
  return <textarea {...props} ref={field} />;
}

function useTyped<T extends Field>(
  field: RefObject<T | null>,
  given: Ref<T> | undefined,
  value: ComponentProps<'input'>['value'],
  onChange: ((event: ChangeEvent<T, T>) => void) | undefined,
): void {
  useImperativeHandle<T | null, T | null>(given, () => field.current);
  const tell = useEffectEvent(() => {
    const { current: node } = field;
    if (!node || value === undefined || node.value === String(value)) return;
    // As much of a change as who listens to one looks at.
    onChange?.({ target: node, currentTarget: node } as ChangeEvent<T, T>);
  });
  useLayoutEffect(() => tell(), []);
}
