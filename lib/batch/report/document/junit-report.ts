import { type BatchReport, type ReportedRun } from '../batch-report.js';
import { isLeft } from '../complaints.js';
import { complaints } from '../complaints.js';
import { WHOLE_BATCH } from '../complaints.js';
import { type Complaint } from '../complaints.js';
import { escaped } from '../../../base/xml-text.js';

/**
 * JUnit XML: one suite per scenario, one case per run. Failures of the environment (a dead worker, the store)
 * are errors, all others are failures, runs that are left are skipped.
 */
export function junitReport(report: BatchReport): string {
  const wrong = complaints(report);
  const suites = new Map<string, ReportedRun[]>();
  for (const run of report.runs) {
    const known = suites.get(run.scenario);
    if (known === undefined) suites.set(run.scenario, [run]);
    else known.push(run);
  }
  const names = new Set(report.runs.map(({ name }) => name));
  const orphans = [...wrong].filter(([name]) => !names.has(name));
  const bodies = [...suites].map(([scenario, runs]) => suite(scenario, runs, wrong));
  const isWhole = ([name]: Orphan): boolean => name === WHOLE_BATCH;
  bodies.push(
    ...orphanSuite(
      'goldens',
      orphans.filter((orphan) => !isWhole(orphan)),
    ),
    ...orphanSuite('batch', orphans.filter(isWhole)),
  );
  const head = `<testsuites name="aether-batch" time="${seconds(report.duration_ms)}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${bodies.join('')}</testsuites>\n`;
}

function suite(
  scenario: string,
  runs: readonly ReportedRun[],
  wrong: ReadonlyMap<string, readonly Complaint[]>,
): string {
  const bad = runs.flatMap((run) => wrong.get(run.name)?.slice(0, 1) ?? []);
  const counts = [
    `tests="${String(runs.length)}"`,
    `failures="${String(bad.filter((complaint) => !isError(complaint)).length)}"`,
    `errors="${String(bad.filter(isError).length)}"`,
    `skipped="${String(runs.filter(isLeft).length)}"`,
    `time="${seconds(runs.reduce((sum, run) => sum + run.duration_ms, 0))}"`,
  ].join(' ');
  const cases = runs.map((run) => testCase(run, wrong.get(run.name) ?? [])).join('');
  return `  <testsuite name="${escaped(scenario)}" ${counts}>\n${cases}  </testsuite>\n`;
}

function testCase(run: ReportedRun, wrong: readonly Complaint[]): string {
  const head = `    <testcase name="${escaped(run.name)}" classname="${escaped(run.scenario)}" time="${seconds(run.duration_ms)}"`;
  if (isLeft(run)) return `${head}>\n      <skipped message="${run.state}"/>\n    </testcase>\n`;
  if (wrong.length === 0) return `${head}/>\n`;
  // Readers expect at most one of them per case.
  return `${head}>\n${element(wrong)}    </testcase>\n`;
}

/** A failure without a run: a golden without a run, or the batch as a whole. */
type Orphan = readonly [name: string, wrong: readonly Complaint[]];

function orphanSuite(suiteName: string, orphans: readonly Orphan[]): string[] {
  if (orphans.length === 0) return [];
  const count = String(orphans.length);
  const errors = orphans.filter(([, wrong]) => isError(wrong[0]!)).length;
  const cases = orphans.map(
    ([name, wrong]) =>
      `    <testcase name="${escaped(name)}" classname="${suiteName}" time="0.000">\n${element(wrong)}    </testcase>\n`,
  );
  const failures = String(orphans.length - errors);
  const head = `  <testsuite name="${suiteName}" tests="${count}" failures="${failures}" errors="${String(errors)}" skipped="0" time="0.000">`;
  return [`${head}\n${cases.join('')}  </testsuite>\n`];
}

function element(wrong: readonly Complaint[]): string {
  const [first] = wrong;
  const tag = isError(first!) ? 'error' : 'failure';
  const text = wrong.flatMap(({ code, message, details }) => [`${code}: ${message}`, ...details]).join('\n');
  const attributes = `type="${escaped(first!.code)}" message="${escaped(first!.message)}"`;
  return `      <${tag} ${attributes}>${escaped(text)}</${tag}>\n`;
}

function isError({ code }: Complaint): boolean {
  return code.startsWith('WORKER_') || code.startsWith('STORE_');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
