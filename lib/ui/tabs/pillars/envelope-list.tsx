import { useId, type JSX } from 'react';
import type { Envelope, RunStatus } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { useAddress } from './address.js';
import { RecordGap, whyMissing } from './record-gap.js';
import { isLive, useRunRecord } from './run-records.js';
import { TickScrubber } from './tick-scrubber.js';
import { useTick } from './use-tick.js';

const LAYERS = ['INGRESS', 'DATA', 'CTRL', 'EGRESS', 'GOV'] as const;
/** Maximum number of shown envelopes of one tick; a governed run sends some hundreds at its end. */
const MOST = 100;

/** The NAP envelopes of the chosen tick, of all layers or one. */
export function EnvelopeList({ run }: { readonly run: RunStatus }): JSX.Element {
  const last = run.ticks_completed ?? 0;
  const tick = useTick(last);
  const named = useAddress().params.get('layer');
  const layer = LAYERS.find((name) => name === named);
  const envelopes = useRunRecord<readonly Envelope[]>(run, '/envelopes', {
    query: { tick: tick.settled, layer },
    keep: true,
  });
  const isShown = !isLive(run) && last > 0;
  // An empty list of the previous tick does not mean that this one is empty.
  const isOfOtherTick = envelopes.isPlaceholderData && envelopes.data?.length === 0;
  return (
    <Card title="Envelopes" actions={isShown && <LayerChoice layer={layer} />}>
      {isShown && (
        <TickScrubber
          tick={tick}
          last={last}
          isThere={envelopes.error !== null || (envelopes.data !== undefined && !envelopes.isPlaceholderData)}
        />
      )}
      <div className="pillars-envelopes">
        {!isShown || envelopes.data === undefined || isOfOtherTick ? (
          <RecordGap run={run} result={envelopes} what="envelopes" lines={4} />
        ) : envelopes.data.length === 0 ? (
          <EmptyState title={`No ${layer ?? ''} envelopes at tick ${tick.settled}`.replace('  ', ' ')}>
            <p>
              {layer === undefined ? whyMissing(run) : 'Other layers may have some; choose all layers above.'}
            </p>
          </EmptyState>
        ) : (
          <EnvelopeTable envelopes={envelopes.data} />
        )}
      </div>
    </Card>
  );
}

function LayerChoice({ layer }: { readonly layer: string | undefined }): JSX.Element {
  const { change } = useAddress();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Layer</label>
      <select
        id={id}
        value={layer ?? ''}
        onChange={({ target }) => change({ layer: target.value === '' ? null : target.value })}
      >
        <option value="">all</option>
        {LAYERS.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </>
  );
}

function EnvelopeTable({ envelopes }: { readonly envelopes: readonly Envelope[] }): JSX.Element {
  return (
    <>
      <ScrollTable
        label="Envelopes of the tick"
        columns={[
          'layer',
          'mode',
          { number: 'seq' },
          'nid',
          { number: 'payload_ref' },
          { number: 'prev_chain' },
          'meta',
        ]}
      >
        {envelopes.slice(0, MOST).map((envelope, at) => (
          <tr key={at}>
            <td>{envelope.layer}</td>
            <td>{envelope.mode}</td>
            <td className="number">{envelope.seq}</td>
            <td>{envelope.nid}</td>
            <td className="number">{envelope.payload_ref}</td>
            <td className="number">{envelope.prev_chain}</td>
            <td>
              <Meta meta={envelope.meta} />
            </td>
          </tr>
        ))}
      </ScrollTable>
      {envelopes.length > MOST && (
        <p className="muted">
          The first {MOST} of {shownNumber(envelopes.length)} envelopes of this tick; choose a layer to see
          fewer.
        </p>
      )}
    </>
  );
}

/** The event, or the kind of audit; the full meta on demand. */
function Meta({ meta }: { readonly meta: Envelope['meta'] }): JSX.Element {
  const names = Object.keys(meta);
  if (names.length === 0) return <span className="muted">–</span>;
  const title = typeof meta['event'] === 'string' ? meta['event'] : names.join(', ');
  return (
    <details>
      <summary>{title}</summary>
      <pre className="block pillars-meta" role="region" aria-label={`Meta of ${title}`} tabIndex={0}>
        {JSON.stringify(meta, null, 2)}
      </pre>
    </details>
  );
}
