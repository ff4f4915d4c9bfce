import type { RunInputs } from '../engine/inputs.js';
import type { ArtefactKind } from './records.js';
import { RecordStream, type StreamTarget } from './record-stream.js';

/** One stream per artefact of a run; null if the documents do not require it. */
export interface RunStreams {
  readonly inputs: RecordStream;
  readonly umx_ledger: RecordStream;
  readonly loom_p_blocks: RecordStream;
  readonly loom_i_blocks: RecordStream;
  readonly loom_chain: RecordStream;
  readonly apx_manifests: RecordStream;
  readonly apx_candidates: RecordStream;
  readonly apxi_views: RecordStream | null;
  readonly nap_envelopes: RecordStream;
  readonly u_ledger: RecordStream;
  readonly metrics: RecordStream | null;
  readonly pfna: RecordStream | null;
  readonly slp: RecordStream | null;
  readonly diagnostics: RecordStream | null;
  readonly governance: RecordStream | null;
  readonly codex_motifs: RecordStream | null;
  readonly codex_proposals: RecordStream | null;
  readonly state_checkpoints: RecordStream | null;
  /** Writes the rest of every stream to the sink; nothing may be written afterwards. */
  close(): void;
}

/** Opens the streams required by the documents, in the order of a run record. */
export function openStreams(inputs: RunInputs, target: StreamTarget, checkpoints: boolean): RunStreams {
  const { run, pfna, governance } = inputs;
  const all: RecordStream[] = [];
  const open = (kind: ArtefactKind): RecordStream => {
    const stream = new RecordStream(kind, target);
    all.push(stream);
    return stream;
  };
  const when = (condition: boolean, kind: ArtefactKind): RecordStream | null =>
    condition ? open(kind) : null;
  const governed = governance.governance_mode !== 'OFF';
  const policies =
    governance.topology_policies.length +
    governance.budget_policies.length +
    governance.safety_policies.length;
  return {
    inputs: open('inputs'),
    umx_ledger: open('umx_ledger'),
    loom_p_blocks: open('loom_p_blocks'),
    loom_i_blocks: open('loom_i_blocks'),
    loom_chain: open('loom_chain'),
    apx_manifests: open('apx_manifests'),
    apx_candidates: open('apx_candidates'),
    apxi_views: when(
      run.windows.some(({ apxi }) => apxi !== undefined),
      'apxi_views',
    ),
    nap_envelopes: open('nap_envelopes'),
    u_ledger: open('u_ledger'),
    metrics: when(run.metrics_enabled, 'metrics'),
    pfna: when(pfna !== null, 'pfna'),
    slp: when(inputs.slp !== undefined, 'slp'),
    diagnostics: when(run.diagnostics !== null, 'diagnostics'),
    governance: when(governed || policies > 0, 'governance'),
    codex_motifs: when(governed, 'codex_motifs'),
    codex_proposals: when(governed, 'codex_proposals'),
    state_checkpoints: when(checkpoints, 'state_checkpoints'),
    close: () => {
      for (const stream of all) stream.close();
    },
  };
}
