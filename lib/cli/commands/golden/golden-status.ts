import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { countText } from '../../../base/quantity.js';
import { EVERYTHING } from '../../../batch/expand/select.js';
import { planBatch } from '../../../batch/pipeline.js';
import { AS_WRITTEN } from '../../../batch/plan/plan.js';
import type { PlannedRun } from '../../../batch/plan/planned-run.js';
import type { ScenarioRegistry } from '../../../config/index.js';
import {
  awaiting,
  capturedRun,
  checkGolden,
  describeVerdict,
  goldenComparer,
  goldenDirectory,
  isDamage,
  isPending,
  obsoleteGoldens,
  unreadableDirectories,
  PendingResults,
  askedElsewhere,
  projectReferences,
  renamedGoldens,
  sharedGoldens,
  slotOfSubject,
  type GoldenRecord,
  type GoldenTree,
  type GoldenVerdict,
  type Missing,
  type Renamed,
} from '../../../golden/index.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import { nearNames } from '../../../inspect/find/near-names.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments, NotFound } from '../../command-error.js';
import type { GoldenArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { paged } from '../../inspect/pager.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { openIfThere, withStore } from '../../open-store.js';
import { REMOVE_OBSOLETE } from '../../golden/golden-report.js';
import { goldenTree } from '../../golden/golden-context.js';

/** One golden, or the place of one. unchecked: the store has no result for the current documents. */
interface StatusRow {
  readonly name: string;
  readonly state:
    GoldenVerdict['verdict'] | 'renamed' | 'unchecked' | 'obsolete' | 'unreadable' | 'not asked for';
  /** stale: a result for a golden that no manifest requests any more; the next whole batch removes it. */
  readonly waiting: 'pending' | 'rejected' | 'stale' | null;
  readonly golden: GoldenRecord | null;
  /** The differences or errors, as text. */
  readonly detail: readonly string[];
}

/** Lists every requested golden, and the obsolete ones. */
export async function goldenStatus(args: GoldenArguments, context: CommandContext): Promise<ExitCode> {
  const { registry, files } = await loadScenarios(args.manifests ?? [], args);
  const tree = goldenTree(args.golden);
  const shared = await sharedGoldens(tree, registry);
  if (shared.length > 0) throw new InvalidDocuments(shared);
  return withStore(openIfThere(args.store, context), async (store) => {
    const runs = await plannedRuns(registry, store);
    const elsewhere = askedElsewhere(tree, nodeDocumentFiles);
    const references = await projectReferences(tree, registry, files, elsewhere);
    const obsolete = await obsoleteGoldens(tree, references);
    const planned = await statusRows(runs, registry, { tree, store });
    const missing = await missingRuns(planned, runs, registry, { tree, store });
    const renamed = renamedGoldens(tree, obsolete, missing);
    const rows = planned.map((row) => withFormerName(row, renamed));
    const formerNames = new Set([...renamed.values()].map(({ from }) => from));
    for (const { name, why } of obsolete.filter((golden) => !formerNames.has(golden.name))) {
      rows.push({ name, state: 'obsolete', waiting: null, golden: null, detail: [why] });
    }
    for (const { name, reason } of unreadableDirectories(tree, references)) {
      rows.push({ name, state: 'unreadable', waiting: null, golden: null, detail: [reason] });
    }
    rows.push(...(await otherRows(tree)));
    const chosen = chooseRows(rows, args.names ?? []);
    if (args.json === true) context.terminal.out(`${JSON.stringify(chosen.map(rowJson))}\n`);
    else {
      const lines = [...statusLines(chosen, context), ...elsewhereLines(registry)];
      await paged(context, async (line) => void (await line(lines.join('\n'))));
    }
    return chosen.every(isFine) ? EXIT.ok : EXIT.failed;
  });
}

async function missingRuns(
  rows: readonly StatusRow[],
  runs: readonly PlannedRun[],
  registry: ScenarioRegistry,
  { tree, store }: { readonly tree: GoldenTree; readonly store: ArtefactStore },
): Promise<Missing[]> {
  const names = new Set(rows.filter(({ state }) => state === 'missing').map(({ name }) => name));
  const missing: Missing[] = [];
  for (const { name, scenario, input_key, earlier } of runs) {
    if (!names.has(name)) continue;
    const directory = goldenDirectory(tree, registry.get(scenario)!, name)!;
    const run = earlier === null ? undefined : await store.run(earlier.id);
    missing.push({ name, scenario, directory, input_key, run: run ?? null });
  }
  return missing;
}

function withFormerName(row: StatusRow, renamed: ReadonlyMap<string, Renamed>): StatusRow {
  const found = renamed.get(row.name);
  return found === undefined ? row : { ...row, state: 'renamed', detail: [found.message] };
}

function isFine({ state, waiting }: StatusRow): boolean {
  return ['agrees', 'unchecked', 'not asked for'].includes(state) && waiting !== 'pending';
}

/** Pending results for obsolete goldens, and unreadable files of pending results. */
async function otherRows(tree: GoldenTree): Promise<StatusRow[]> {
  const { stale, problems } = await awaiting(tree, nodeDocumentFiles);
  const rows: StatusRow[] = stale.map(({ pending, why }) => {
    const { name } = pending.golden.record;
    return { name, state: 'not asked for', waiting: 'stale', golden: null, detail: [why] };
  });
  const unreadable: StatusRow[] = problems.map(({ name, message }) => {
    return { name, state: 'unreadable', waiting: null, golden: null, detail: [message] };
  });
  return [...rows, ...unreadable];
}

async function plannedRuns(registry: ScenarioRegistry, store: ArtefactStore): Promise<readonly PlannedRun[]> {
  const scenarios = registry.scenarios.filter(({ golden }) => golden !== false).map(({ id }) => id);
  if (scenarios.length === 0) return [];
  const plan = await planBatch({
    ...AS_WRITTEN,
    registry,
    store,
    selection: { ...EVERYTHING, scenarios },
  });
  if (!plan.ok) throw new InvalidDocuments(plan.problems);
  return plan.value.runs;
}

async function statusRows(
  runs: readonly PlannedRun[],
  registry: ScenarioRegistry,
  { tree, store }: { readonly tree: GoldenTree; readonly store: ArtefactStore },
): Promise<StatusRow[]> {
  const rows: StatusRow[] = [];
  for (const { name, scenario, earlier } of runs) {
    const directory = goldenDirectory(tree, registry.get(scenario)!, name)!;
    const waiting = waitingFor(tree, { name, directory });
    const record = earlier === null ? undefined : await store.run(earlier.id);
    if (record === undefined) {
      rows.push({ name, waiting, ...readGolden(tree, directory) });
      continue;
    }
    const run = capturedRun(store, record);
    const verdict = await checkGolden(tree, directory, run, (golden) => goldenComparer(store)(golden, run));
    const golden = 'golden' in verdict ? verdict.golden : null;
    rows.push({ name, state: verdict.verdict, waiting, golden, detail: describeVerdict(verdict) });
  }
  return rows;
}

/** An unreadable file has a separate row. */
function waitingFor(
  tree: GoldenTree,
  subject: { readonly name: string; readonly directory: string },
): StatusRow['waiting'] {
  try {
    const item = new PendingResults(tree).read(slotOfSubject(tree, subject));
    return item === undefined ? null : isPending(item) ? 'pending' : 'rejected';
  } catch (error) {
    if (!isDamage(error)) throw error;
    return null;
  }
}

/** The state of a golden without a run. */
function readGolden(tree: GoldenTree, directory: string): Pick<StatusRow, 'state' | 'golden' | 'detail'> {
  try {
    const golden = tree.read(directory);
    if (golden === undefined) return { state: 'missing', golden: null, detail: ['there is no golden'] };
    tree.check(directory, golden);
    return { state: 'unchecked', golden, detail: ['no result for the current documents'] };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { state: 'damaged', golden: null, detail: [error.message] };
  }
}

function chooseRows(rows: readonly StatusRow[], names: readonly string[]): readonly StatusRow[] {
  if (names.length === 0) return rows;
  const known = rows.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) throw new NotFound(`there is no golden ${name}`, nearNames(name, known));
  }
  return rows.filter(({ name }) => names.includes(name));
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'run', align: 'left', shrinksTo: 24 },
  { title: 'state', align: 'left' },
  { title: 'result', align: 'left' },
  { title: 'accepted', align: 'left' },
  { title: 'by', align: 'left', shrinksTo: 12, isOptional: true },
  { title: 'why', align: 'left', shrinksTo: 12, isOptional: true },
];

function statusLines(rows: readonly StatusRow[], { terminal }: CommandContext): string[] {
  if (rows.length === 0) return ['no scenario asks for a golden'];
  const colors = terminal.outColors;
  const cells = rows.map(({ name, state, waiting, golden }) => [
    name,
    waiting === null ? state : `${state}, ${waiting}`,
    golden?.result_digest.slice(0, 12) ?? '',
    golden?.accepted?.at.slice(0, 10) ?? '',
    golden?.accepted?.by ?? '',
    golden?.accepted?.why ?? '',
  ]);
  const details = rows.flatMap(({ name, state, detail }) =>
    state === 'agrees' || state === 'missing' || state === 'unchecked'
      ? []
      : ['', colors.bold(name), ...detail.map((line) => `  ${line}`)],
  );
  const hints = [
    ...(rows.some(({ waiting }) => waiting === 'pending')
      ? ['judge what is pending: aether golden review']
      : []),
    ...(rows.some(({ waiting }) => waiting === 'rejected')
      ? ['undo a rejection: aether golden reopen <name>']
      : []),
    ...(rows.some(({ state }) => state === 'obsolete') ? [REMOVE_OBSOLETE] : []),
  ];
  return [
    ...fittedTable(COLUMNS, cells, terminal.outWidth()),
    ...details,
    ...(hints.length > 0 ? ['', ...hints] : []),
  ];
}

/** A line about goldens that are neither listed nor obsolete. */
function elsewhereLines({ scenarios }: ScenarioRegistry): string[] {
  const elsewhere = scenarios.filter(({ golden, goldens }) => golden === false && goldens.length > 0).length;
  if (elsewhere === 0) return [];
  const ask = elsewhere === 1 ? 'scenario asks' : 'scenarios ask';
  return [`${countText(elsewhere)} ${ask} for a golden only under another --profile`];
}

function rowJson({ name, state, waiting, golden, detail }: StatusRow): object {
  const { result_digest = null, accepted = null } = golden ?? {};
  return { name, state, waiting, result_digest, accepted, detail };
}
