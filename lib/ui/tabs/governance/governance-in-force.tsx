import type { JSX } from 'react';
import type { GovernanceSnapshot } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { shownNumber } from '../../parts/numbers.js';
import { KNOBS } from './knobs.js';

/** The base governance of future runs, and its hash in their ledgers. */
export function GovernanceInForce({ snapshot }: { readonly snapshot: GovernanceSnapshot }): JSX.Element {
  const isModeSet = snapshot.set.includes('mode');
  return (
    <Card title="In force now">
      <dl className="facts">
        <dt>Mode</dt>
        <dd>
          {snapshot.mode} {!isModeSet && <span className="muted">(not set: scenarios keep their own)</span>}
        </dd>
        <dt>Codex action mode</dt>
        <dd>{snapshot.codex_action_mode}</dd>
        {KNOBS.flatMap(({ knob, label }) => [
          <dt key={`${knob} name`}>{label}</dt>,
          <dd key={knob}>{limitOf(snapshot.budget_knobs[knob])}</dd>,
        ])}
        <dt>Policy set hash</dt>
        <dd>
          <code>{snapshot.policy_set_hash}</code>
        </dd>
      </dl>
      <p className="field-hint governance-hash-note">
        This hash is in the U-ledger of runs whose scenario sets no governance.
      </p>
    </Card>
  );
}

/** The text of a limit; an absent one is unlimited. */
export function limitOf(limit: number | null | undefined): string {
  return limit === null || limit === undefined ? 'not limited' : shownNumber(limit);
}
