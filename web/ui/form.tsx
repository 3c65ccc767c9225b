'use client';

import { type RefObject, useEffect } from 'react';

/**
 * Puts the focus on the first field of a form that is wrong, or else on the message about the whole, each time errors changes to
 * something that is there.
 */
export function useFocusFirstError(form: RefObject<HTMLElement | null>, errors: unknown): void {
  useEffect(() => {
    if (!errors) return;
    const wrong =
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      form.current?.querySelector<HTMLElement>('[role="alert"]');
    if (!wrong) return;
    if (wrong.tabIndex < 0 && !wrong.matches('input, textarea, select, button')) wrong.tabIndex = -1;
    wrong.focus();
  }, [form, errors]);
}
