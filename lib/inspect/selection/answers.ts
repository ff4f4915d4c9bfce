import { scenarioOfName } from '../../base/run-name.js';
import { arrivalOf, byArrival, type Arrival } from '../../store/arrival.js';
import type { BatchRecord } from '../../store/records.js';
import { batchesBackwards, type CatalogueEntry, type RunCatalogue } from './run-catalogue.js';

/** A run under a name, before its facts are read. */
export interface Answer {
  readonly name: string;
  readonly scenario: string;
  readonly batch: string | null;
  readonly entry: CatalogueEntry;
}

/** The run that answers now for every name; `findRun` gives the same one for each name alone. */
export async function standingAnswers(catalogue: RunCatalogue): Promise<readonly Answer[]> {
  const standing = new Map<string, { batch: string; arrived: Arrival; run: string }>();
  for await (const batch of batchesBackwards(catalogue.store)) {
    const arrived = arrivalOf(batch);
    for (const { name, run } of batch.outcomes) {
      if (run !== null && !standing.has(name)) standing.set(name, { batch: batch.id, arrived, run });
    }
  }
  const answers: Answer[] = [];
  for (const name of new Set([...catalogue.executed.keys(), ...standing.keys()])) {
    const [executed, taken] = [catalogue.executed.get(name), standing.get(name)];
    const isLater =
      taken !== undefined && (executed === undefined || byArrival(taken.arrived, executed.arrived) > 0);
    const entry = isLater ? catalogue.runs.get(taken.run) : undefined;
    if (entry !== undefined)
      answers.push({ name, scenario: scenarioOf(name, entry), batch: taken!.batch, entry });
    else if (executed !== undefined) {
      answers.push({ name, scenario: executed.scenario, batch: null, entry: executed });
    }
  }
  return answers;
}

/** Every execution, with the batch that made it. */
export async function everyExecution(catalogue: RunCatalogue): Promise<readonly Answer[]> {
  const batches = new Map<string, string>();
  // An older batch comes later here and replaces those that only took the result.
  for await (const batch of batchesBackwards(catalogue.store)) {
    for (const { run } of batch.outcomes) if (run !== null) batches.set(run, batch.id);
  }
  return [...catalogue.runs.values()].map((entry) => ({
    name: entry.name,
    scenario: entry.scenario,
    batch: batches.get(entry.place.id) ?? null,
    entry,
  }));
}

/** What one batch answered, whatever came later. */
export function answersOfBatch(catalogue: RunCatalogue, batch: BatchRecord): readonly Answer[] {
  return batch.outcomes.flatMap(({ name, run }) => {
    const entry = run === null ? undefined : catalogue.runs.get(run);
    return entry === undefined ? [] : [{ name, scenario: scenarioOf(name, entry), batch: batch.id, entry }];
  });
}

function scenarioOf(name: string, entry: CatalogueEntry): string {
  return entry.name === name ? entry.scenario : scenarioOfName(name);
}
