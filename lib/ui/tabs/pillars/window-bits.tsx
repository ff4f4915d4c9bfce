import type { JSX } from 'react';
import type { ApxManifest, RunStatus, WindowView, ApxiView } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { whyMissing } from './record-gap.js';
import { StreamBits } from './stream-bits.js';

/** Bits of the streams of a window, for the chosen and the other schemes. */
export function WindowBits({
  run,
  window,
}: {
  readonly run: RunStatus;
  readonly window: WindowView;
}): JSX.Element {
  const manifest = window.manifest;
  const candidates = window.candidates;
  return (
    <Card title={`Bits of ${window.window_id}`}>
      {manifest === null ? (
        <EmptyState title="This window was not closed">
          <p>
            {(run.ticks_completed ?? 0) < window.end_tick
              ? `It ends at tick ${window.end_tick}; the run ended after tick ${run.ticks_completed ?? 0}.`
              : whyMissing(run)}
          </p>
        </EmptyState>
      ) : (
        <>
          <p className="pillars-facts">
            <span>
              {shownNumber(bitsOf(manifest))} bits, {shownNumber(bitsOf(manifest) / ticksOf(window))} per tick
            </span>
            <span>profile {manifest.profile}</span>
            {candidates !== null && <span>accounting {candidates.accounting}</span>}
          </p>
          <div className="pillars-streams">
            {manifest.streams.map((stream) => (
              <StreamBits
                key={stream.stream_id}
                stream={stream}
                weighed={candidates?.streams.find(({ stream_id }) => stream_id === stream.stream_id)}
              />
            ))}
          </div>
          {window.apxi_view !== null && <ApxiBits view={window.apxi_view} />}
        </>
      )}
    </Card>
  );
}

/** Bits of all streams of a window. */
export function bitsOf({ streams }: ApxManifest): number {
  return streams.reduce((sum, { L_total }) => sum + L_total, 0);
}

function ticksOf({ start_tick, end_tick }: WindowView): number {
  return end_tick - start_tick + 1;
}

/** Bits of the descriptors of the streams of a window. */
function ApxiBits({ view }: { readonly view: ApxiView }): JSX.Element {
  const rows = Object.entries(view.descriptors_by_stream).flatMap(([stream, list]) =>
    list.map((item) => ({ stream, ...item })),
  );
  return (
    <section className="pillars-apxi">
      <h3>APXi view</h3>
      {rows.length === 0 ? (
        <p className="muted">The view of the window has no descriptors.</p>
      ) : (
        <ScrollTable
          label="Bits per descriptor"
          caption={<>Bits per descriptor; residuals are coded with {view.residual_scheme}</>}
          columns={[
            'stream',
            'descriptor',
            'type',
            'params',
            { number: 'model' },
            { number: 'residual' },
            { number: 'total' },
          ]}
        >
          {rows.map(({ stream, descriptor, L_model, L_residual, L_total }, at) => (
            <tr key={at}>
              <td>{stream}</td>
              <td>{descriptor.descriptor_id}</td>
              <td>{descriptor.descriptor_type}</td>
              <td>
                <code>{paramsText(descriptor.params)}</code>
              </td>
              <td className="number">{shownNumber(L_model)}</td>
              <td className="number">{shownNumber(L_residual)}</td>
              <td className="number">
                <strong>{shownNumber(L_total)}</strong>
              </td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </section>
  );
}

function paramsText(params: object): string {
  return Object.entries(params)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
}
