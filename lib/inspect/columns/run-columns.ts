import type { Json } from '../../base/canonical-json.js';
import { durationOf, resultOf } from '../../store/record-types.js';
import { plainColumn, type Column } from './column.js';
import { valueOf } from './value.js';

/** Columns that identify the row, before the axes. */
export const HEAD_COLUMNS: readonly Column[] = [
  plainColumn('run', 'text', ({ name }) => name),
  plainColumn('scenario', 'text', ({ scenario }) => scenario),
  plainColumn('id', 'text', ({ run }) => run.id),
  plainColumn('state', 'text', ({ run }) => run.state),
];

/** Requested ticks; an axis of this name has the same values. */
export const TICKS_COLUMN: Column = plainColumn('ticks', 'integer', ({ run }) => run.ticks_total);

const METRICS = [
  ['total_ticks', 'integer'],
  ['window_count', 'integer'],
  ['nap_total', 'integer'],
  ['nap_ingress', 'integer'],
  ['nap_data', 'integer'],
  ['nap_egress', 'integer'],
  ['uledger_entries', 'integer'],
  ['uledger_last_hash', 'text'],
  ['apx_manifests', 'integer'],
  ['apxi_views', 'integer'],
] as const;

/** The metrics record (engine contract, section 9); null if a run has none. */
export const METRIC_COLUMNS: readonly Column[] = METRICS.map(([name, type]) =>
  plainColumn(name, type, ({ run }) => valueOf(metricsOf(run.metrics)[name])),
);

/** Number of motifs of one pattern type in the Codex. */
export function motifColumn(pattern: string): Column {
  return plainColumn(`codex_motif_counts.${pattern}`, 'integer', ({ run }) => {
    const counts = metricsOf(run.metrics)['codex_motif_counts'] as Record<string, Json> | undefined;
    return valueOf(counts?.[pattern]);
  });
}

/** A label; null if a run has none with this key. */
export function labelColumn(key: string): Column {
  return plainColumn(`label.${key}`, 'text', ({ remarks }) => remarks.labels[key] ?? null);
}

/** Columns that distinguish executions, after the results. */
export const TAIL_COLUMNS: readonly Column[] = [
  plainColumn('result_digest', 'text', ({ run }) => resultOf(run)),
  plainColumn('duration_ms', 'integer', ({ run }) => durationOf(run)),
  plainColumn('batch', 'text', ({ batch }) => batch),
  plainColumn('started_at', 'text', ({ run }) => run.started_at),
];

/** Columns that are only shown on request. */
export const FURTHER_COLUMNS: readonly Column[] = [
  plainColumn('notes', 'integer', ({ remarks }) => remarks.notes.length),
  plainColumn('ticks_completed', 'integer', ({ run }) => run.ticks_completed),
  plainColumn('code', 'text', ({ run }) => run.failure?.code ?? null),
  plainColumn('failure', 'text', ({ run }) => run.failure?.message ?? null),
  plainColumn('gid', 'text', ({ run }) => run.gid),
  plainColumn('run_id', 'text', ({ run }) => run.run_id),
  plainColumn('executed_as', 'text', ({ run }) => run.name),
  plainColumn('input_key', 'text', ({ run }) => run.input_key),
  plainColumn('engine', 'text', ({ run }) => run.engine.version),
  plainColumn('commit', 'text', ({ run }) => run.engine.commit),
  plainColumn('node', 'text', ({ run }) => run.engine.node),
  plainColumn('retain', 'text', ({ run }) => run.retain),
  plainColumn('expected', 'boolean', ({ run }) => run.expected ?? null),
  plainColumn('ended_at', 'text', ({ run }) => run.ended_at),
  plainColumn('loom_tip', 'text', ({ run }) => run.loom.tip),
  plainColumn('i_blocks', 'integer', ({ run }) => run.loom.i_blocks),
];

function metricsOf(metrics: Json): Readonly<Record<string, Json>> {
  return (metrics ?? {}) as Readonly<Record<string, Json>>;
}
