import type { JSX } from 'react';
import type { GovernancePreview, GovernanceSnapshot } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { limitOf } from './governance-in-force.js';
import { KNOBS } from './knobs.js';

/** Effect of the edits, computed by the service; a preview of earlier edits is not shown. */
export function GovernancePreviewCard({
  preview,
}: {
  readonly preview: GovernancePreview | null;
}): JSX.Element {
  return (
    <Card title="Preview">
      <div className="governance-preview" aria-live="polite">
        {preview === null ? (
          <EmptyState title="Nothing to preview">
            Change a knob and press Preview to see the values before and after, and which goldens would
            change. A preview applies nothing.
          </EmptyState>
        ) : (
          <>
            <Comparison before={preview.before} after={preview.after} />
            <Goldens goldens={preview.goldens} />
          </>
        )}
      </div>
    </Card>
  );
}

function Comparison({
  before,
  after,
}: {
  readonly before: GovernanceSnapshot;
  readonly after: GovernanceSnapshot;
}): JSX.Element {
  return (
    <ScrollTable label="Before and after" columns={['Knob', 'Before', 'After']}>
      {rowsOf(before, after).map(([name, from, to]) => (
        <tr key={name} className={from === to ? 'muted' : 'governance-differs'}>
          <th scope="row">{name}</th>
          <td>{from}</td>
          <td>{to}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}

type Row = readonly [name: string, from: string, to: string];

function rowsOf(before: GovernanceSnapshot, after: GovernanceSnapshot): Row[] {
  return [
    ['Mode', modeOf(before), modeOf(after)],
    ['Codex action mode', before.codex_action_mode, after.codex_action_mode],
    ...KNOBS.map(({ knob, label }): Row => [
      label,
      limitOf(before.budget_knobs[knob]),
      limitOf(after.budget_knobs[knob]),
    ]),
    ['Policy set hash', shortHash(before), shortHash(after)],
  ];
}

function modeOf({ mode, set }: GovernanceSnapshot): string {
  return set.includes('mode') ? mode : `${mode} (not set)`;
}

function shortHash({ policy_set_hash }: GovernanceSnapshot): string {
  return `${policy_set_hash.slice(0, 10)}…`;
}

function Goldens({ goldens }: { readonly goldens: GovernancePreview['goldens'] }): JSX.Element {
  const changed = goldens.filter(({ changes }) => changes);
  if (goldens.length === 0) return <p className="muted">No scenario has a golden.</p>;
  return (
    <>
      <h3>
        Goldens that would change: {changed.length} of {goldens.length}
      </h3>
      <p className="field-hint">
        Runs of their scenarios would no longer have the accepted inputs. The goldens are kept.
      </p>
      <ul className="governance-goldens" aria-label="Goldens">
        {[...goldens]
          .sort((a, b) => Number(b.changes) - Number(a.changes))
          .map(({ name, changes }) => (
            <li key={name}>
              <code>{name}</code>
              <span className={changes ? 'governance-golden-changes' : 'muted'}>
                {changes ? 'would change' : 'stays'}
              </span>
            </li>
          ))}
      </ul>
    </>
  );
}
