import type { BatchRun } from '../../../service/wire/index.js';

const WORDS: Readonly<Record<string, (reason: Readonly<Record<string, unknown>>) => string>> = {
  new: () => 'Never run before',
  inputs_changed: ({ documents }) => `Inputs changed: ${listed(documents)}`,
  not_finished: ({ last, expected }) => {
    if (last === 'completed' && typeof expected !== 'string')
      return 'The last run differs from another of the same inputs, or was not fully repeated';
    const ended = `The last run ended as ${String(last)}`;
    return typeof expected === 'string' ? `${ended}, not with the fault ${expected}` : ended;
  },
  forced: () => 'Forced',
  repeated: ({ times }) => `Repeated ${String(times)} times`,
  artefacts_dropped: () => 'The artefacts of its last run are not stored',
  cached: () => 'The store has its result',
  same_inputs: ({ as }) => `Same inputs as ${String(as)}`,
};

/** Why the plan executes a run or not, as text. */
export function reasonText(reason: BatchRun['reason']): string {
  if (reason === null) return '–';
  return WORDS[String(reason['why'])]?.(reason) ?? JSON.stringify(reason);
}

function listed(documents: unknown): string {
  return Array.isArray(documents) ? documents.join(', ') : String(documents);
}
