import { forPeople } from '../../../base/printable.js';
import type { BatchPlan } from '../../../batch/plan/batch-plan.js';
import { planLines } from '../../../batch/report/plan-report.js';
import type { BatchArguments } from './options.js';
import type { Terminal } from '../../terminal.js';
import { planJson } from './plan-json.js';

/** Writes a plan for --list or --dry-run, at the speed of the reader. */
export async function showPlan(
  plan: BatchPlan,
  { list, json }: Pick<BatchArguments, 'list' | 'json'>,
  { terminal, jobs }: { readonly terminal: Terminal; readonly jobs: number },
): Promise<void> {
  const pieces =
    list === true
      ? named(plan)
      : json === true
        ? ended(planJson(plan, jobs))
        : ended(planLines(plan, jobs, terminal.outWidth()), '\n');
  for (const text of together(pieces)) {
    // Names and reasons have no colours.
    if (!(await terminal.write(Buffer.from(forPeople(text, false))))) return;
  }
}

function* named({ runs }: BatchPlan): Generator<string> {
  for (const { name } of runs) yield `${name}\n`;
}

/** Pieces with their line ends. */
function* ended(pieces: Iterable<string>, end = ''): Generator<string> {
  for (const piece of pieces) yield piece + end;
  if (end === '') yield '\n';
}

/** Number of pieces that are written at once. */
const AT_ONCE = 1000;

function* together(pieces: Iterable<string>): Generator<string> {
  let held: string[] = [];
  for (const piece of pieces) {
    held.push(piece);
    if (held.length < AT_ONCE) continue;
    yield held.join('');
    held = [];
  }
  if (held.length > 0) yield held.join('');
}
