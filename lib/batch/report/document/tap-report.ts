import { forPeople, inLine } from '../../../base/printable.js';
import { type BatchReport } from '../batch-report.js';
import { isLeft } from '../complaints.js';
import { complaints } from '../complaints.js';
import { WHOLE_BATCH } from '../complaints.js';
import { type Complaint } from '../complaints.js';

/**
 * TAP version 14: one test point per run in the order of the plan, then goldens without a run and the batch
 * as a whole.
 */
export function tapReport(report: BatchReport): string {
  const wrong = complaints(report);
  const points: string[] = [];
  const names = new Set<string>();
  for (const run of report.runs) {
    names.add(run.name);
    const complaint = wrong.get(run.name);
    const number = points.length + 1;
    if (isLeft(run)) points.push(`ok ${String(number)} - ${tapLabel(run.name)} # SKIP ${run.state}`);
    else if (complaint !== undefined) points.push(failure(number, run.name, complaint));
    else
      points.push(`ok ${String(number)} - ${tapLabel(run.name)}${run.state === 'cached' ? ' (cached)' : ''}`);
  }
  for (const [name, complaint] of wrong) {
    if (names.has(name)) continue;
    const what = name === WHOLE_BATCH ? 'batch' : `golden ${name}`;
    points.push(failure(points.length + 1, what, complaint));
  }
  return `TAP version 14\n1..${String(points.length)}\n${points.join('\n')}\n`;
}

function failure(number: number, name: string, wrong: readonly Complaint[]): string {
  const [first] = wrong;
  const details = wrong.flatMap((complaint, n) =>
    n === 0 ? complaint.details : [`${complaint.code}: ${complaint.message}`, ...complaint.details],
  );
  const lines = [
    `not ok ${String(number)} - ${tapLabel(name)}`,
    '  ---',
    `  code: ${quoted(first!.code)}`,
    `  message: ${quoted(first!.message)}`,
    ...(details.length === 0 ? [] : ['  details:', ...details.map((line) => `    - ${quoted(line)}`)]),
    '  ...',
  ];
  return lines.join('\n');
}

/**
 * A JSON string, which is a YAML string, without terminal control characters and commands of build services.
 */
function quoted(text: string): string {
  return forPeople(JSON.stringify(text), false);
}

/** The name of a run in a test point. `#` would start a directive, and a backslash an escape. */
export function tapLabel(name: string): string {
  return inLine(name).replace(/[\\#]/g, (character) => `\\${character}`);
}
