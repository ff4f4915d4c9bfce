import { inLine } from '../../base/printable.js';
import type { Colors } from 'picocolors/types.js';
import type { BatchEvent, StopCause } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import { plural } from '../../base/quantity.js';

/** One line for a failed run: name, code, place. */
export function failureHeadline(outcome: RunOutcome, colors: Colors): string {
  const { failure } = outcome;
  const code = failure?.code ?? outcome.state.toUpperCase();
  return `${colors.red('FAILED')}  ${inLine(outcome.name)}  ${colors.bold(code)}${whereText(outcome)}`;
}

/** The headline, the failure, and how to inspect it. */
export function failureLines(outcome: RunOutcome, colors: Colors): string[] {
  const lines = [failureHeadline(outcome, colors)];
  if (outcome.failure !== null) lines.push(`        ${inLine(outcome.failure.message)}`);
  if (outcome.run !== null) {
    const done = `${String(outcome.ticks_completed)} of ${String(outcome.ticks_total)} ticks computed`;
    lines.push(colors.dim(`        ${done}; look: aether runs ${outcome.run}`));
  }
  return lines;
}

function whereText(outcome: RunOutcome): string {
  const { failure } = outcome;
  const where = [
    failure?.tick === null || failure?.tick === undefined ? '' : ` at tick ${String(failure.tick)}`,
    failure?.place === null || failure?.place === undefined ? '' : `, ${inLine(failure.place)}`,
  ];
  return where.join('');
}

const STOPPING: Readonly<Record<StopCause, string>> = {
  interrupted: 'interrupted; interrupt again to exit at once',
  max_failures: 'no more failures are allowed; no more runs are started',
  global_timeout: 'the time limit of the batch is reached',
  store_unusable: 'the store can no longer keep results',
};

/** One line for a batch that starts to stop. */
export function stoppingLine({ because, running }: BatchEvent & { type: 'stopping' }): string {
  if (because === 'max_failures') return STOPPING[because];
  return `${STOPPING[because]}: ${plural(running, 'running run')} to stop at the next tick`;
}
