import type { JSX } from 'react';
import type { Comparison, WireDivergence, Difference, InputDifference } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { exactText } from './value-text.js';

/** Result of comparing two runs. */
export function ComparisonFacts({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const { equal, summary, divergence, inputs, more_inputs, documents } = comparison;
  return (
    <div className="stack">
      <div className={equal ? 'notice notice-ok' : 'notice notice-warn'} role="status">
        <p>{summary}</p>
      </div>
      {divergence !== null && <DivergenceFacts divergence={divergence} />}
      <section aria-label="Differences of the inputs">
        <h3>Inputs</h3>
        {inputs.length === 0 ? (
          <p className="muted">
            {documents.length === 0
              ? 'The documents of both runs are the same.'
              : `They differ (${documents.join(', ')}), but the documents of one run are no longer stored.`}
          </p>
        ) : (
          <>
            <DifferenceTable title="Differences of the inputs" differences={inputs} />
            {more_inputs && (
              <p className="muted">
                These are the first {shownNumber(inputs.length)} differences of at least{' '}
                {shownNumber(inputs.length + 1)}; at most 100 of each document are listed.
              </p>
            )}
          </>
        )}
      </section>
    </div>
  );
}

function DivergenceFacts({ divergence }: { readonly divergence: WireDivergence }): JSX.Element {
  const { tick, tick_to, artefact, pointer, a, b, record, fields, more_fields: isCapped } = divergence;
  const last = tick_to !== null && tick_to !== tick ? ` to ${tick_to}` : '';
  return (
    <section aria-label="First divergence">
      <h3>First divergence</h3>
      <dl className="facts">
        <dt>Tick</dt>
        <dd>{tick !== null ? `${tick}${last}` : 'of the whole run'}</dd>
        <dt>Artefact</dt>
        <dd>
          {artefact}
          {record !== null ? `, record ${record}` : ''}
        </dd>
        <dt>Field</dt>
        <dd className="mono">{pointer === '' ? 'the whole record' : pointer}</dd>
        <dt>Value in A</dt>
        <dd className="mono">{exactText(a)}</dd>
        <dt>Value in B</dt>
        <dd className="mono">{exactText(b)}</dd>
      </dl>
      {fields.length > 1 && (
        <details>
          <summary>
            {isCapped
              ? `The first ${fields.length} of at least ${fields.length + 1} differing fields of this record`
              : `All ${fields.length} differing fields of this record`}
          </summary>
          <DifferenceTable title="Differing fields" differences={fields} />
        </details>
      )}
    </section>
  );
}

/** Places that differ, with both values. */
function DifferenceTable({
  title,
  differences,
}: {
  readonly title: string;
  readonly differences: readonly (Difference | InputDifference)[];
}): JSX.Element {
  return (
    <ScrollTable
      label={`Table: ${title}`}
      className="history-differences"
      table={{ 'aria-label': title }}
      columns={['Field', 'A', 'B']}
    >
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
    </ScrollTable>
  );
}
