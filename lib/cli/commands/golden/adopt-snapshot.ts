import { basename } from 'node:path';
import { errorCode } from '../../../base/errors.js';
import { nodeDocumentFiles } from '../../../platform/index.js';
import { captureGolden, capturedRun, goldenDirectory, portablePath } from '../../../golden/index.js';
import { compareSession, type SessionComparison } from '../../../inspect/session/compare-session.js';
import { openRun } from '../../../inspect/open-run.js';
import { shortJson } from '../../../golden/compare/short-json.js';
import { scenarioOfName } from '../../../base/run-name.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr, UsageError } from '../../command-error.js';
import type { GoldenArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { goldenTree } from '../../golden/golden-context.js';
import { judgementBy } from './judge-pending.js';
import { refuseInCI } from '../../golden/read-only.js';

/**
 * Compares a stored run with a session snapshot of the reference engine, record by record. If all records
 * agree, the run becomes the golden of its scenario, with the file as the reason.
 */
export async function adoptSnapshot(args: GoldenArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal, env } = context;
  refuseInCI(env, 'golden adopt');
  const [file, ref, ...others] = args.names ?? [];
  if (file === undefined || ref === undefined || others.length > 0) {
    throw new UsageError(
      'golden adopt needs a snapshot file and a scenario',
      'golden adopt snapshot.json gf01',
    );
  }
  const snapshot = readSnapshot(file);
  return withStore(openForReading(args.store), async (store) => {
    const run = foundOr(await openRun(store, ref));
    const comparison = await compareSession(run, snapshot);
    if (!comparison.equal) {
      show({ comparison, file, directory: null }, args, context);
      return EXIT.failed;
    }
    const { name } = run.record;
    const tree = goldenTree(args.golden);
    const { registry } = await loadScenarios(args.manifests ?? [], {
      profile: args.profile,
      root: args.root,
    });
    const scenario = registry.get(scenarioOfName(name));
    const asked = scenario === undefined ? undefined : goldenDirectory(tree, scenario, name);
    const directory = asked ?? tree.directoryOf(name);
    const golden = await captureGolden(capturedRun(store, run.record), {
      name,
      scenario: run.record.scenario,
      manifest: scenario === undefined ? null : portablePath(tree.root, scenario.source.file),
      accepted: await judgementBy(args, env, `adopted from ${basename(file)}`),
    });
    await tree.exclusive(() => tree.write(directory, golden));
    show({ comparison, file, directory }, args, context);
    if (asked === undefined)
      terminal.err(`no loaded manifest asks for a golden of ${name}: write golden: true in its scenario\n`);
    return EXIT.ok;
  });
}

function readSnapshot(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(nodeDocumentFiles.read(file)));
  } catch (error) {
    const why = errorCode(error) ?? (error instanceof Error ? error.message : String(error));
    throw new UsageError(`${file} is not a session snapshot: ${why}`);
  }
}

interface Adoption {
  readonly comparison: SessionComparison;
  readonly file: string;
  readonly directory: string | null;
}

function show(
  { comparison, file, directory }: Adoption,
  { json }: GoldenArguments,
  { terminal }: CommandContext,
): void {
  if (json === true) {
    terminal.out(`${JSON.stringify({ ...comparison, adopted: directory !== null, directory })}\n`);
    return;
  }
  const { name, run, first, compared, passed_over } = comparison;
  const lines = [`${name}  run ${run}`, ''];
  for (const [section, count] of Object.entries(compared))
    lines.push(`${String(count).padStart(8)}  ${section}`);
  for (const [field, why] of Object.entries(passed_over))
    lines.push(`          not compared: ${field} (${why})`);
  if (first === null) lines.push('', `every record agrees; adopted from ${basename(file)}`);
  else {
    const when = first.tick === null ? 'whole run' : `tick ${String(first.tick)}`;
    const field = first.pointer === '' ? '' : `, ${first.pointer}`;
    lines.push(
      '',
      `first difference: ${when}, ${first.section}${field}`,
      `  snapshot  ${shortJson(first.snapshot)}`,
      `  run       ${shortJson(first.run)}`,
      'not adopted',
    );
  }
  terminal.out(`${lines.join('\n')}\n`);
}
