import { useEffect, useRef, type RefObject } from 'react';

/** Focuses the first field with an error in the answer. Attach it to the form. */
export function useFocusOnInvalid(error: unknown): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error === null || error === undefined) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return form;
}
