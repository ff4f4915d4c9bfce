import { expandCells } from '../batch/expand.js';
import type { ManifestScenario, ScenarioRegistry } from '../config/index.js';
import {
  captureGolden,
  checkGolden,
  describeVerdict,
  portablePath,
  recordDiff,
  type GoldenRecord,
  type GoldenTree,
  type GoldenVerdict,
} from '../golden/index.js';
import { AetherError } from '../base/errors.js';
import { systemClock } from '../platform/clock.js';
import { Refusal, type GoldenDesk, type GoldenState, type GoldenStatus } from '../service/index.js';
import type { ArtefactStore } from '../store/port.js';
import type { RunRecord } from '../store/records.js';
import { capturedRun, goldenComparer, goldenDirectory, goldenTree } from './golden/golden-context.js';
import { isCI } from './golden/read-only.js';

/** A run that has, or should have, a golden. */
interface Place {
  readonly name: string;
  readonly scenario: ManifestScenario | null;
  readonly directory: string;
}

/** Goldens as the service shows them: the latest run of each name against the accepted one. */
export function serviceGoldens(parts: {
  readonly directory: string;
  readonly store: ArtefactStore;
  readonly env: NodeJS.ProcessEnv;
}): { readonly goldens: GoldenDesk } {
  const { store, env } = parts;
  const tree = goldenTree(parts.directory);
  const find = (registry: ScenarioRegistry, name: string): Place | undefined =>
    placesOf(tree, registry).find((place) => place.name === name) ?? placeOfRun(tree, registry, name);
  return {
    goldens: {
      list: async (registry) => {
        const list: GoldenStatus[] = [];
        for (const place of placesOf(tree, registry)) list.push(await statusOf(tree, place, store));
        return list;
      },
      diff: async (registry, name) => {
        const place = find(registry, name);
        if (place === undefined) return undefined;
        const record = await store.latestRun(name);
        const { golden, state } = read(tree, place);
        if (record === undefined && golden === null) return undefined;
        if (record === undefined)
          return {
            name,
            state,
            run_id: null,
            summary: 'There is no run to compare.',
            diff: '',
            details: null,
          };
        return difference(await verdictOf(tree, place, record, store), name, record);
      },
      accept: async (registry, name, by) => {
        if (isCI(env)) throw new Refusal('golden-not-comparable', 'Goldens are read-only because CI is set');
        const place = find(registry, name);
        const record = await store.latestRun(name);
        if (place === undefined || record === undefined) return undefined;
        await accept(tree, place, record, { ...by, store });
        return statusOf(tree, place, store);
      },
      inputKeys: (registry) => {
        const keys = placesOf(tree, registry).flatMap((place): [string, string][] => {
          const { golden } = read(tree, place);
          return golden === null ? [] : [[place.name, golden.input_key]];
        });
        return Promise.resolve(new Map(keys));
      },
    },
  };
}

/** Every run name that should have a golden, and every golden there is, ascending. */
function placesOf(tree: GoldenTree, registry: ScenarioRegistry): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { name, directory } of tree.directories()) places.set(name, { name, scenario: null, directory });
  for (const scenario of registry.scenarios) {
    if (scenario.golden === false) continue;
    for (const { name } of expandCells(scenario.id, scenario)) {
      places.set(name, { name, scenario, directory: goldenDirectory(tree, scenario, name)! });
    }
  }
  return [...places.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The place of a run that no manifest asks a golden for yet. */
function placeOfRun(tree: GoldenTree, registry: ScenarioRegistry, name: string): Place | undefined {
  const scenario = registry.get(name.replace(/\[.*$/s, ''));
  return scenario === undefined ? undefined : { name, scenario, directory: tree.directoryOf(name) };
}

/** The golden itself; `state` is what can be said without a run. */
function read(
  tree: GoldenTree,
  { directory, scenario }: Place,
): { readonly golden: GoldenRecord | null; readonly state: GoldenState } {
  try {
    const golden = tree.read(directory) ?? null;
    return { golden, state: golden === null ? 'missing' : scenario === null ? 'obsolete' : 'unchecked' };
  } catch (error) {
    if (!(error instanceof AetherError) || error.code !== 'GOLDEN_DAMAGED') throw error;
    return { golden: null, state: 'differs' };
  }
}

async function statusOf(tree: GoldenTree, place: Place, store: ArtefactStore): Promise<GoldenStatus> {
  const record = await store.latestRun(place.name);
  const { golden, state } = read(tree, place);
  const isJudged = record !== undefined && golden !== null && place.scenario !== null;
  const agrees = isJudged && record.result_digest === golden.result_digest && record.state === golden.state;
  const accepted = golden?.accepted ?? null;
  return {
    name: place.name,
    scenario_id: place.scenario?.id ?? null,
    state: isJudged ? (agrees ? 'agrees' : 'differs') : state,
    run_id: record?.id ?? null,
    result_digest: golden?.result_digest ?? null,
    accepted_at: accepted?.at ?? null,
    accepted_by: accepted?.by ?? null,
    reason: accepted?.why ?? null,
  };
}

function verdictOf(
  tree: GoldenTree,
  { directory }: Place,
  record: RunRecord,
  store: ArtefactStore,
): Promise<GoldenVerdict> {
  const run = capturedRun(store, record);
  return checkGolden(tree, directory, run, (golden) => goldenComparer(store)(golden, run));
}

const STATES: Readonly<Record<GoldenVerdict['verdict'], GoldenState>> = {
  agrees: 'agrees',
  missing: 'missing',
  damaged: 'differs',
  changed: 'differs',
};

function difference(verdict: GoldenVerdict, name: string, record: RunRecord) {
  const lines = describeVerdict(verdict);
  const isChanged = verdict.verdict === 'changed';
  return {
    name,
    state: STATES[verdict.verdict],
    run_id: record.id,
    summary: lines.length === 0 ? 'The run agrees with its golden.' : lines.join('\n'),
    diff: isChanged ? recordDiff(verdict.difference) : '',
    details: isChanged ? { cause: verdict.cause, ending: verdict.ending, ...verdict.difference } : null,
  };
}

async function accept(
  tree: GoldenTree,
  { name, scenario, directory }: Place,
  record: RunRecord,
  by: { readonly reason: string; readonly who: string; readonly store: ArtefactStore },
): Promise<void> {
  const expected = scenario?.expect === 'completed' || scenario === null ? 'completed' : 'faulted';
  if (record.state !== expected) {
    throw new Refusal(
      'golden-not-comparable',
      `The latest run of ${name} ended as ${record.state}; only one that ${expected} can be a golden`,
    );
  }
  const manifest = scenario === null ? null : portablePath(tree.root, scenario.source.file);
  const accepted = { by: by.who, at: new Date(systemClock.now()).toISOString(), why: by.reason };
  const captured = await captureGolden(capturedRun(by.store, record), {
    name,
    scenario: record.scenario,
    manifest,
    accepted,
  });
  await tree.write(directory, captured);
}
