import { useEffect, useRef, type RefObject } from 'react';

/** Leads to the first field that an answer found fault with. Belongs on the form. */
export function useFocusOnInvalid(error: unknown): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error === null || error === undefined) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return form;
}
