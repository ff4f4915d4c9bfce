import type { ManifestStream } from './records.js';
import { MAX_INT } from '../../base/integers.js';
import { intRangeFault } from '../fault.js';
import type { Profile, RunWindow, WindowStream } from '../inputs.js';
import { apxiViewRef } from './apxi-view.js';
import type { Candidate, StreamAccount } from './candidate.js';
import { manifestCheck } from './manifest-check.js';
import type { ApxCandidates, ApxManifest } from './records.js';

/** Properties of a window besides the accounts of its streams. */
export interface ManifestContext {
  readonly tick: number;
  readonly gid: string;
  readonly profile: Profile;
  readonly window: RunWindow;
}

/**
 * Closes a window.
 * @throws EngineFault INT_RANGE when the chosen lengths cannot be stored.
 */
export function closeWindow(
  context: ManifestContext,
  accounts: readonly StreamAccount[],
): { manifest: ApxManifest; candidates: ApxCandidates } {
  const { window, profile, gid } = context;
  const rows = window.streams.map((stream, s) => {
    const candidates = accounts[s]!.candidates();
    const chosen = accounts[s]!.choose(candidates);
    return { stream, candidates, chosen, values: accounts[s]!.count };
  });
  const streams = rows.map(({ stream, chosen }) => manifestStream(context, stream, chosen));
  const accounting = profile.press_defaults.accounting;
  const named = { apx_name: window.apx_name, profile: profile.name, streams };
  return {
    manifest: {
      ...named,
      manifest_check: manifestCheck(named, accounting, profile.modulus_M),
      gid,
      window_id: window.window_id,
      ...(window.apxi === undefined ? {} : { apxi_view_ref: apxiViewRef(window) }),
    },
    candidates: {
      apx_name: window.apx_name,
      gid,
      window_id: window.window_id,
      accounting,
      streams: rows.map(({ stream, candidates, chosen, values }) => ({
        stream_id: stream.name,
        values,
        chosen: chosen.scheme,
        candidates: candidates.map((c) => ({
          scheme: c.scheme,
          params: c.params,
          L_total: typeof c.L_total === 'bigint' ? String(c.L_total) : c.L_total,
        })),
      })),
    },
  };
}

function manifestStream(context: ManifestContext, stream: WindowStream, chosen: Candidate): ManifestStream {
  const bits = (value: number | bigint, field: string): number => {
    if (typeof value === 'number' && value <= MAX_INT) return value;
    const place = `window ${context.window.window_id} stream ${stream.name}`;
    throw intRangeFault(context.tick, place, field);
  };
  return {
    stream_id: stream.name,
    description: stream.description,
    scheme: chosen.scheme,
    params: chosen.params,
    L_model: bits(chosen.L_model, 'L_model'),
    L_residual: bits(chosen.L_residual, 'L_residual'),
    L_total: bits(chosen.L_total, 'L_total'),
  };
}
