import type { JSX } from 'react';
import type { StoredRun } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { valueText } from './value-text.js';

/** The record of a run beyond its status: digests, engine, artefacts. */
export function RunRecordFacts({ record }: { readonly record: StoredRun }): JSX.Element {
  const { result_digest, input_key, inputs, engine, retain, artefacts } = record;
  return (
    <>
      <section aria-label="Digests">
        <h3>Digests</h3>
        <dl className="facts">
          <dt>Result</dt>
          <dd className="mono">{valueText(result_digest)}</dd>
          <dt>Inputs</dt>
          <dd className="mono">{input_key}</dd>
          {Object.entries(inputs).map(([document, digest]) => (
            <div key={document} className="history-fact">
              <dt>{document}</dt>
              <dd className="mono">{valueText(digest)}</dd>
            </div>
          ))}
          <dt>Engine</dt>
          <dd>{Object.values(engine).filter(Boolean).map(valueText).join(', ')}</dd>
          <dt>Kept</dt>
          <dd>{retain}</dd>
        </dl>
      </section>
      <Artefacts artefacts={artefacts} />
    </>
  );
}

function Artefacts({ artefacts }: Pick<StoredRun, 'artefacts'>): JSX.Element | null {
  if (artefacts.length === 0) return null;
  return (
    <section aria-label="Artefacts">
      <h3>Artefacts</h3>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of artefacts">
        <table>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col" className="number">
                Records
              </th>
              <th scope="col" className="number">
                Bytes
              </th>
              <th scope="col">Digest</th>
            </tr>
          </thead>
          <tbody>
            {artefacts.map(({ kind, records, size, digest, stored }) => (
              <tr key={kind}>
                <td>{kind}</td>
                <td className="number">{shownNumber(records)}</td>
                <td className="number">{stored ? shownNumber(size) : 'not kept'}</td>
                <td className="mono" title={digest}>
                  {digest.slice(0, 10)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
