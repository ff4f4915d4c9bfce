import {
  LAYERS,
  SCHEMES,
  STREAM_SOURCES,
  type Diagnostics,
  type Pfna,
  type PfnaEntry,
  type Profile,
  type RunConfig,
  type RunWindow,
  type Topology,
  type WindowStream,
} from '../../lib/engine/inputs.js';
import { DEFAULT_STREAMS } from '../engine/toy-run.js';
import type { Draw } from './draw.js';
import { byCodeUnit } from './oracle-json.js';
import type { Reach } from './random-inputs.js';
import { configRunId } from '../ids.js';

/** The values that a RunConfig depends on. */
export interface Around {
  readonly reach: Reach;
  readonly topology: Topology;
  readonly profile: Profile;
}

/** A RunConfig of up to a dozen ticks with overlapping windows. */
export function randomRun(draw: Draw, { reach, topology, profile }: Around): RunConfig {
  const ticks = draw.int(1, 12);
  const windows = randomWindows(draw, ticks);
  const own = draw.oneIn(4);
  return {
    v: 1,
    gid: topology.gid,
    run_id: configRunId(draw.text('run')),
    nid: draw.text('nid'),
    ticks,
    initial_state: randomState(draw, reach, topology.N),
    windows,
    primary_window_id: draw.pick(windows).window_id,
    nap: own ? { v: draw.int(0, 9), layer: draw.pick(LAYERS), mode: draw.text('M') } : profile.nap_defaults,
    enable_codex: false,
    enable_pfna: draw.oneIn(2),
    diagnostics: draw.rarely(5, () => randomDiagnostics(draw, reach)),
    logging: {
      enabled: false,
      level: 'info',
      destination: 'memory',
      file_path: null,
      include_ticks: false,
      include_windows: false,
    },
    metrics_enabled: !draw.oneIn(5),
  };
}

/** Arbitrary values, or few different ones, so that neighbours are equal and fluxes repeat. */
function randomState(draw: Draw, { state }: Reach, N: number): number[] {
  const any = (): number => draw.wide(-state, state);
  if (draw.oneIn(2)) return Array.from({ length: N }, any);
  const few = [any(), any()];
  return Array.from({ length: N }, () => draw.pick(few));
}

/** Diagnostics that never end the run. */
function randomDiagnostics(draw: Draw, { state }: Reach): Diagnostics {
  return {
    check_conservation: draw.oneIn(2),
    allow_negative: draw.pick([null, true, false]),
    overflow_limit: draw.rarely(2, () => draw.wide(0, state)),
    enforce_causal_radius: draw.oneIn(2),
    enforce_epsilon_cap: draw.oneIn(2),
    kill_on_violation: false,
  };
}

function randomWindows(draw: Draw, ticks: number): RunWindow[] {
  const spans = draw.list(0, 3, () => {
    const start = draw.int(1, ticks);
    return { start, end: draw.int(start, ticks) };
  });
  const missing = Array.from({ length: ticks }, (_, at) => at + 1).filter((tick) =>
    spans.every(({ start, end }) => tick < start || tick > end),
  );
  if (missing.length > 0) {
    const cut = draw.oneIn(2) ? draw.int(missing[0]!, missing.at(-1)!) : missing.at(-1)!;
    spans.push({ start: missing[0]!, end: cut });
    if (cut < missing.at(-1)!) spans.push({ start: cut + 1, end: missing.at(-1)! });
  }
  return draw.shuffled(spans).map(({ start, end }, at) => ({
    window_id: draw.text(`W${String(at)}`),
    apx_name: draw.text(`APX${String(at)}`),
    start_tick: start,
    end_tick: end,
    streams: draw.oneIn(3) ? DEFAULT_STREAMS : draw.list(1, 3, (s) => randomStream(draw, s)),
    aeon_window_id: null,
  }));
}

function randomStream(draw: Draw, at: number): WindowStream {
  return {
    name: draw.text(`S${String(at + 1)}`),
    source: draw.pick(STREAM_SOURCES),
    scheme_hint: draw.rarely(3, () => draw.pick(SCHEMES)),
    description: draw.text('about'),
  };
}

/** PFNA entries from tick 0 to beyond the end, in the loader's order. */
export function randomPfna(
  draw: Draw,
  { state }: Reach,
  { topology, run }: { topology: Topology; run: RunConfig },
): Pfna {
  const seen = new Set<string>();
  const entries: PfnaEntry[] = [];
  for (let n = draw.int(0, 6); n > 0; n--) {
    const tick = draw.int(0, run.ticks + 2);
    const pfna_id = draw.text(draw.pick(['in', 'In', 'in_2']));
    if (seen.has(JSON.stringify([tick, pfna_id]))) continue;
    seen.add(JSON.stringify([tick, pfna_id]));
    const values = topology.nodes.map(() => (draw.oneIn(3) ? 0 : draw.wide(-state, state)));
    const audit = values.map((value, index) => ({
      index,
      raw: String(value),
      shifted: `${String(value)}.000000`,
      scaled: `${String(value)}.000000`,
      rounded: value,
      clamped: value,
    }));
    entries.push({ pfna_id, tick, values, audit });
  }
  entries.sort((a, b) => a.tick - b.tick || byCodeUnit(a.pfna_id, b.pfna_id));
  return { pfna_id: 'bundle', gid: run.gid, run_id: run.run_id, nid: run.nid, entries };
}
