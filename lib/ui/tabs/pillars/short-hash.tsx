import type { JSX } from 'react';

/** The start of a digest; the full one on hover and for screen readers. */
export function ShortHash({ digest }: { readonly digest: string | null | undefined }): JSX.Element {
  if (digest === null || digest === undefined) return <span className="muted">–</span>;
  return (
    <code className="pillars-hash" title={digest}>
      <span aria-hidden="true">{digest.slice(0, 12)}</span>
      <span className="visually-hidden">{digest}</span>
    </code>
  );
}
