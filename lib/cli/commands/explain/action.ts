import { scenarioOfName } from '../../../base/run-name.js';
import { unpackInputs } from '../../../execution/job-inputs.js';
import { expandCells } from '../../../batch/expand/expand.js';
import { fixedValues } from '../../../batch/expand/fixed-values.js';
import { standingFailure } from '../../../batch/outcome.js';
import { planBatch } from '../../../batch/pipeline.js';
import { AS_WRITTEN } from '../../../batch/plan/plan.js';
import type { PlannedRun } from '../../../batch/plan/planned-run.js';
import { inputLines } from '../../../golden/index.js';
import { explainRun, type Explanation } from '../../../inspect/explain.js';
import { nearNames } from '../../../inspect/find/near-names.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments, NotFound } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { openIfThere, withStore } from '../../open-store.js';
import { parseOverrides } from '../../scenarios/parse-overrides.js';
import { factLines } from '../../inspect/facts.js';
import { paged } from '../../inspect/pager.js';
import type { ExplainArguments } from './options.js';

/** Compares the current documents with those of the last run of a name. */
export async function explainName(args: ExplainArguments, context: CommandContext): Promise<ExitCode> {
  return withStore(openIfThere(args.store, context), async (store) => {
    const run = await plannedNow(store, args);
    const explanation = await explainRun(store, args.name, unpackInputs(await run.inputs()), run.retain);
    const failure = standingFailure(run);
    if (args.json === true) context.terminal.out(`${JSON.stringify({ ...explanation, failure })}\n`);
    else {
      const { red } = context.terminal.outColors;
      const fails = failure === null ? [] : [red(`this result fails the run: ${failure.message}`)];
      const lines = [...explanationLines(explanation, context), ...fails];
      await paged(context, async (line) => void (await line(lines.join('\n'))));
    }
    return EXIT.ok;
  });
}

/** The run with the name in the current manifests; only this cell of a sweep is resolved. */
async function plannedNow(store: ArtefactStore, args: ExplainArguments): Promise<PlannedRun> {
  const overrides = parseOverrides(args.set ?? []);
  const { registry } = await loadScenarios(args.manifests ?? [], args);
  const id = scenarioOfName(args.name);
  const scenario = registry.get(id);
  if (scenario === undefined) throw new NotFound(`there is no scenario ${id}`, registry.nearest(id));
  const plan = await planBatch({
    ...AS_WRITTEN,
    registry,
    store,
    overrides,
    selection: { grep: exactly(args.name), tags: [], scenarios: [id] },
  });
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  const [run] = plan.value.runs;
  if (run !== undefined) return run;
  const cells = [...expandCells(id, scenario, fixedValues(scenario, overrides).values)];
  const names = cells.map(({ name }) => name);
  const near = nearNames(args.name, names);
  throw new NotFound(`the manifests have no run ${args.name}`, near.length > 0 ? near : names.slice(0, 5));
}

function exactly(name: string): RegExp {
  return new RegExp(`^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
}

function explanationLines(explanation: Explanation, { terminal }: CommandContext): string[] {
  const { name, last, cached, verdict, input_key } = explanation;
  const colors = terminal.outColors;
  const facts: [string, string][] = [
    ['run', colors.bold(name)],
    ['input key', input_key],
    ['last run', last === null ? 'none' : `${last.run}, ${last.state}`],
  ];
  if (last !== null && last.input_key !== input_key) facts.push(['its key', last.input_key]);
  if (cached !== null && cached !== last?.run) facts.push(['same inputs', cached]);
  return [
    ...factLines(facts),
    '',
    VERDICTS[verdict],
    ...changeLines(explanation).map((line) => `  ${colors.yellow(line)}`),
  ];
}

const VERDICTS: Readonly<Record<Explanation['verdict'], string>> = {
  same: 'nothing changed: the batch takes the stored result from the cache',
  dropped: 'the stored result is compact, but full artefacts are requested: the batch runs it again',
  unfinished: 'nothing changed, but the last run did not end as expected: the batch runs it again',
  cached:
    'changed since the last run, but the new result is stored as well: the batch takes it from the cache:',
  changed: 'changed since the last run:',
  new: 'there is no run of this name and no result for these inputs: the batch runs it',
};

function changeLines(explanation: Explanation): readonly string[] {
  const { last, input_key, engine } = explanation;
  if (last === null || last.input_key === input_key) return [];
  const versions = engine === null ? [] : [`engine version: ${engine.then} -> ${engine.now}`];
  const lines = [...versions, ...inputLines(explanation, Infinity)];
  return lines.length > 0
    ? lines
    : ['the inputs of the last run are not stored, so the changed field is unknown'];
}
