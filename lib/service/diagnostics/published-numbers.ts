import type { RunDirectory } from '../runs/run-directory.js';
import type { ScenarioCatalogue } from '../scenarios/catalogue.js';
import {
  failed,
  notCompleted,
  passed,
  skipped,
  type CheckTools,
  type CheckVerdict,
} from './diagnostic-check.js';

/** Published values of the GF-01 exam: the chain over eight ticks, and the checks of its two windows. */
const GF01 = {
  scenario: 'gf01',
  chain: [20987847, 356793608, 65491504, 113355772, 927048329, 759821701, 916969047, 588473909],
  checks: [487809945, 869911338],
} as const;

/** Runs the exam and compares it with the published values. */
export async function checkPublished(
  { catalogue, directory }: { readonly catalogue: ScenarioCatalogue; readonly directory: RunDirectory },
  tools: CheckTools,
): Promise<CheckVerdict> {
  if ((await catalogue.current()).get(GF01.scenario) === undefined)
    return skipped(`the registry has no scenario ${GF01.scenario}`);
  const handle = await tools.run(GF01.scenario);
  const bad = notCompleted(handle);
  if (bad !== undefined) return bad;
  const { chain, checks } = await directory.ask('published', handle.id);
  for (const [index, expected] of GF01.chain.entries()) {
    const found = chain[index] ?? 'nothing';
    if (found !== expected)
      return failed(`C_${String(index + 1)} is ${String(found)}, published is ${String(expected)}`);
  }
  for (const expected of GF01.checks)
    if (!checks.includes(expected)) return failed(`no window has the published check ${String(expected)}`);
  return passed(`${GF01.scenario} has its published chain values and checks`);
}
