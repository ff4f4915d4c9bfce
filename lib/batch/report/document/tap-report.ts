import { complaints, isLeft, WHOLE_BATCH, type BatchReport, type Complaint } from '../batch-report.js';

/** TAP version 14: one test point per run in the order of the plan, then goldens without a run and the batch as a whole. */
export function tapReport(report: BatchReport): string {
  const wrong = complaints(report);
  const points: string[] = [];
  const names = new Set<string>();
  for (const run of report.runs) {
    names.add(run.name);
    const complaint = wrong.get(run.name);
    const number = points.length + 1;
    if (isLeft(run)) points.push(`ok ${String(number)} - ${label(run.name)} # SKIP ${run.state}`);
    else if (complaint !== undefined) points.push(failure(number, run.name, complaint));
    else points.push(`ok ${String(number)} - ${label(run.name)}${run.state === 'cached' ? ' (cached)' : ''}`);
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
  // JSON strings are YAML strings.
  const lines = [
    `not ok ${String(number)} - ${label(name)}`,
    '  ---',
    `  code: ${JSON.stringify(first!.code)}`,
    `  message: ${JSON.stringify(first!.message)}`,
    ...(details.length === 0
      ? []
      : ['  details:', ...details.map((line) => `    - ${JSON.stringify(line)}`)]),
    '  ...',
  ];
  return lines.join('\n');
}

/** `#` would begin a directive, and a backslash an escape. */
function label(name: string): string {
  return name.replace(/[\\#]/g, (character) => `\\${character}`).replace(/[\r\n]/g, ' ');
}
