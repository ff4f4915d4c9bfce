import type { JSX } from 'react';
import { exactText } from './value-text.js';

/** One place where two documents or records differ; a side without a value is omitted. */
export interface Difference {
  readonly document?: string;
  readonly pointer: string;
  readonly a?: unknown;
  readonly b?: unknown;
}

/** Places that differ, with both values. */
export function DifferenceTable({
  title,
  differences,
}: {
  readonly title: string;
  readonly differences: readonly Difference[];
}): JSX.Element {
  return (
    <div
      className="table-scroll history-differences"
      tabIndex={0}
      role="region"
      aria-label={`Table: ${title}`}
    >
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ document = '', pointer, a, b }) => (
            <tr key={`${document} ${pointer}`}>
              <td className="mono">{`${document}${pointer}`}</td>
              <td className="mono">{exactText(a)}</td>
              <td className="mono">{exactText(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
