import { sha256, type Digest } from '../base/digest.js';
import { YieldTimer } from '../platform/yield-timer.js';
import type { RunInputs } from '../engine/inputs.js';
import type { BlobStager } from '../store/port.js';
import type { RunRecord } from '../store/record-types.js';
import { ControlBlock } from '../execution/control-block.js';
import { RunExecution } from '../execution/run-execution.js';

/** Derived bytes do not depend on the wall clock. */
const NO_CLOCK = { now: () => 0, monotonic: () => 0 };

/**
 * Computes a recorded run again, exactly as for the store but in memory, and passes each wanted chunk to
 * `found`. Nothing else is kept, so memory does not grow with ticks. A log is never among them: it contains
 * times.
 *
 * @param found called with a wanted digest and its bytes, which are only valid during the call
 */
export async function rederiveBlobs(
  inputs: RunInputs,
  record: RunRecord,
  wanted: ReadonlySet<Digest>,
  found: (digest: Digest, bytes: Uint8Array) => void,
): Promise<void> {
  const stager: BlobStager = {
    put(bytes) {
      const digest = sha256(bytes);
      if (wanted.has(digest)) found(digest, bytes);
      return { at: 'memory', digest, size: bytes.length, bytes: NOTHING };
    },
  };
  const control = new ControlBlock();
  const job = {
    id: record.id,
    inputs,
    stager: { at: 'memory' },
    retain: record.retain,
    chunk_bytes: null,
    control: control.buffer,
  } as const;
  const run = new RunExecution(job, { stager, clock: NO_CLOCK, openLog: () => null });
  const isCut = record.state === 'cancelled' || record.state === 'timed_out';
  const yieldTimer = new YieldTimer();
  do {
    if (isCut && control.ticksCompleted >= record.ticks_completed) control.requestStop();
    if (yieldTimer.isDue) await yieldTimer.yield();
  } while (run.advance());
  run.finish();
}

const NOTHING = new Uint8Array(0);
