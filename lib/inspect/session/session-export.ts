import { canonicalJson } from '../../base/canonical-json.js';
import { AetherError } from '../../base/errors.js';
import { isEmpty } from '../../base/is-empty.js';
import type { StoredRecord } from '../artefacts/record-chunk.js';
import type { RunView } from '../run-view.js';
import {
  budgetUsage,
  lifecycleEnvelopes,
  sessionConfig,
  sessionSections,
  type SessionSection,
} from './session-records.js';

/**
 * A completed run in the form of the session snapshots of the reference engine: `config`,
 * `lifecycle_envelopes` and `tick_result`. One JSON document in pieces; what a compact run does not store is
 * derived.
 *
 * @throws AetherError EXPORT_INCOMPLETE for a run that did not complete
 */
export async function* sessionPieces(run: RunView): AsyncGenerator<string> {
  if (run.record.state !== 'completed') {
    const { id, state } = run.record;
    throw new AetherError(
      'EXPORT_INCOMPLETE',
      `run ${id} ended as ${state}; only a completed run is a session`,
    );
  }
  const inputs = await run.inputs();
  yield `{"config":${canonicalJson(sessionConfig(inputs))}\n,"lifecycle_envelopes":[`;
  yield* listed(lifecycleEnvelopes(run));
  yield `]\n,"tick_result":{"run_id":${canonicalJson(inputs.run.run_id)}`;
  for (const section of sessionSections(run, inputs)) yield* sectionPieces(section);
  const usage = await budgetUsage(run);
  if (usage !== undefined) yield `\n,"governance_budget_usage":${canonicalJson(usage)}`;
  yield '}}\n';
}

async function* sectionPieces({ name, key, records }: SessionSection): AsyncGenerator<string> {
  // Only a run with accepted proposals has actions.
  if (name === 'codex_actions' && (await isEmpty(records()))) return;
  yield `\n,${JSON.stringify(name)}:${key === undefined ? '[' : '{'}`;
  yield* listed(records(), key);
  yield key === undefined ? ']' : '}';
}

async function* listed(records: AsyncIterable<StoredRecord>, key?: string): AsyncGenerator<string> {
  let separator = '';
  for await (const record of records) {
    const label = key === undefined ? '' : `${canonicalJson(record[key]!)}:`;
    yield `${separator}${label}${canonicalJson(record)}`;
    separator = '\n,';
  }
}
