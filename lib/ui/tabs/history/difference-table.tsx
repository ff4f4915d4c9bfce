import type { JSX } from 'react';
import type { Difference, InputDifference } from '../../../service/wire/index.js';
import { exactText } from './value-text.js';

/** Places that differ, with both values. */
export function DifferenceTable({
  title,
  differences,
}: {
  readonly title: string;
  readonly differences: readonly (Difference | InputDifference)[];
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
          {differences.map(({ pointer, a, b, ...named }) => {
            const place = `${'document' in named ? named.document : ''}${pointer}`;
            return (
              <tr key={place}>
                <td className="mono">{place}</td>
                <td className="mono">{exactText(a)}</td>
                <td className="mono">{exactText(b)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
