import type { JSX } from 'react';

/** A state word of a run, a golden or a check. Styled by `data-state`. */
export function WordPill({ word }: { readonly word: string }): JSX.Element {
  return (
    <span className="pill" data-state={word.toLowerCase()}>
      {word}
    </span>
  );
}
