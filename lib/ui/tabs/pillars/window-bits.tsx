import type { JSX } from 'react';
import type { ApxManifest, RunStatus, WindowView } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import { whyMissing } from './record-gap.js';
import { ApxiBits } from './apxi-bits.js';
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
