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
  useState,
} from 'react';

import { useHydrated } from './hydrated';

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
  const [late] = useState(useHydrated());
  const tell = useEffectEvent(() => {
    const { current: node } = field;
    // What appears when the page lives already holds what its owner gave it, though browsers write its line breaks otherwise.
    if (late || !node || value === undefined || lines(node.value) === lines(String(value))) return;
    // As much of a change as who listens to one looks at.
    onChange?.({ target: node, currentTarget: node } as ChangeEvent<T, T>);
  });
  useLayoutEffect(() => tell(), []);
}

// Lines of text end in one way in a field; in a line of text there are no ends.
function lines(text: string): string {
  return text.replace(/[\r\n]+/g, '');
}
