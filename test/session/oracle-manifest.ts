import type { Profile, RunWindow, StreamSource } from '../../lib/engine/inputs.js';
import type { Exact } from './oracle-json.js';
import { mathMod } from './oracle-loom.js';
import { candidates, choose, lengthOf, type Description, type Rows } from './oracle-press.js';
import type { RangeWatch } from './oracle-range.js';

const LIMIT = 2n ** 53n - 1n;

/** A window that closes, and the rows of a source over its ticks. */
export interface Closing {
  readonly gid: string;
  readonly profile: Profile;
  readonly window: RunWindow;
  readonly rowsOf: (source: StreamSource) => Rows;
}

/** The manifest record of a window that closes at `tick`. */
export function manifestRecord(
  { gid, profile, window, rowsOf }: Closing,
  watch: RangeWatch,
): Record<string, Exact> {
  const streams = window.streams.map(({ name, source, description, scheme_hint }) => {
    const chosen = choose(rowsOf(source), profile.press_defaults, scheme_hint);
    const L_total = chosen.L_model + chosen.L_residual;
    for (const length of [chosen.L_model, chosen.L_residual, L_total]) {
      watch.check(`window ${window.window_id} stream ${name}`, length);
    }
    return { stream_id: name, description, ...chosen, L_total };
  });
  const manifest_check = checkOf({ window, profile, streams });
  return {
    apx_name: window.apx_name,
    profile: profile.name,
    manifest_check,
    gid,
    window_id: window.window_id,
    streams,
  };
}

/** The candidate table of a window; a total beyond the range of records is text. */
export function candidateRecord({ gid, profile, window, rowsOf }: Closing): Exact {
  const press = profile.press_defaults;
  const streams = window.streams.map(({ name, source, scheme_hint }) => {
    const rows = rowsOf(source);
    return {
      stream_id: name,
      values: BigInt(rows.flat().length),
      chosen: choose(rows, press, scheme_hint).scheme,
      candidates: candidates(rows, press).map((d) => {
        const total = lengthOf(d);
        return { scheme: d.scheme, params: d.params, L_total: total > LIMIT ? total.toString() : total };
      }),
    };
  });
  return {
    apx_name: window.apx_name,
    gid,
    window_id: window.window_id,
    accounting: press.accounting,
    streams,
  };
}

interface Checked {
  readonly window: RunWindow;
  readonly profile: Profile;
  readonly streams: readonly (Description & { stream_id: string; description: string; L_total: bigint })[];
}

function checkOf({ window, profile, streams }: Checked): bigint {
  const M = BigInt(profile.modulus_M);
  const old = profile.press_defaults.accounting === 'varint-v1';
  let acc = mathMod(2166136261n, M);
  const mix = (value: bigint): void => {
    acc = mathMod((acc ^ mathMod(value, M)) * 16777619n, M);
  };
  const mixText = (text: string): void => {
    for (const character of text) mix(BigInt(character.codePointAt(0)!));
  };
  mixText(window.apx_name);
  mixText(profile.name);
  mix(BigInt(streams.length));
  for (const s of streams) {
    mixText(s.stream_id);
    if (old) mixText(s.description);
    mixText(s.scheme);
    mixText(s.params.toString());
    for (const length of [s.L_model, s.L_residual, s.L_total]) mix(length);
  }
  const [b1, b0] = old ? [25239686n, 282668257n] : [98527384n, 89870451n];
  return mathMod(b1 * acc + b0, M);
}
