import type { JSX } from 'react';

/** The beginning of a digest; the whole of it on hover and to assistive technology. */
export function ShortHash({ digest }: { readonly digest: string | null | undefined }): JSX.Element {
  if (digest === null || digest === undefined) return <span className="muted">–</span>;
  return (
    <code className="pillars-hash" title={digest}>
      <span aria-hidden="true">{digest.slice(0, 12)}</span>
      <span className="visually-hidden">{digest}</span>
    </code>
  );
}
