import type { Json } from '../../base/canonical-json.js';
import type { Checked } from '../../base/problem.js';
import type { ScenarioRegistry } from '../../config/index.js';
import { Refusal } from '../refusal.js';
import { documentErrors } from '../scenarios/document-errors.js';
import { copyItem, NotEditable, setInDocument } from '../scenarios/edit-document.js';
import { fieldOf, filesOf, type FieldEdit } from '../scenarios/field-edits.js';
import { sourceTree } from '../scenarios/source-tree.js';

/** Texts of documents by file. */
export type Texts = ReadonlyMap<string, string>;

/** Changes of fields of a scenario. Plain data. */
export interface FieldChanges {
  readonly id: string;
  /** The current text of every document that an edit names. */
  readonly texts: Texts;
  readonly edits: readonly FieldEdit[];
}

/** A copy of a scenario, to be inserted after it. Plain data. */
export interface ScenarioCopy {
  readonly id: string;
  readonly name?: string | undefined;
  readonly file: string;
  readonly text: string;
  /** Position of the scenario in its document. */
  readonly list: string;
  readonly index: number;
}

/** @throws Refusal scenario-not-editable */
export function withChanges({ texts, edits }: FieldChanges): Texts {
  const edited = new Map(texts);
  for (const { file, path, value } of edits)
    edited.set(
      file,
      attempt(() => setInDocument({ file, text: edited.get(file)! }, path, value)),
    );
  return edited;
}

/** @throws Refusal scenario-not-editable */
export function withCopy({ id, name, file, text, list, index }: ScenarioCopy): Texts {
  return attempt(() => {
    let copied = copyItem({ file, text }, [list], index);
    const set = (key: string, value: Json): void => {
      copied = setInDocument({ file, text: copied }, [list, index + 1, key], value);
    };
    set(idKey(text, list, index), id);
    if (name !== undefined) set('name', name);
    return new Map([[file, copied]]);
  });
}

/** Scenario registries and manifests use different keys for the id of a scenario. */
function idKey(text: string, list: string, index: number): 'id' | 'scenario_id' {
  const root = sourceTree(text);
  const items = root?.kind === 'map' ? root.entries.find(({ key }) => key === list)?.value : undefined;
  const item = items?.kind === 'list' ? items.items[index] : undefined;
  const isEntry = item?.kind === 'map' && item.entries.some(({ key }) => key === 'scenario_id');
  return isEntry ? 'scenario_id' : 'id';
}

/** Input of the validation of new texts. */
export interface EditCheck {
  readonly id: string;
  readonly texts: Texts;
  readonly edits: readonly FieldEdit[];
  readonly before: Checked<ScenarioRegistry>;
  readonly after: Checked<ScenarioRegistry>;
}

/** The new documents must be valid for every scenario in them. @throws Refusal invalid-document */
export function requireValid({ id, texts, edits, before, after }: EditCheck): void {
  const problems = after.ok ? [] : [...after.problems];
  const held = (other: string): boolean => before.ok && before.value.resolve(other).ok;
  if (after.ok) {
    const touched = after.value.scenarios.filter(
      (other) => other.id === id || filesOf(other).some((file) => texts.has(file)),
    );
    for (const scenario of touched) {
      const resolved = after.value.resolve(scenario.id);
      if (!resolved.ok && (scenario.id === id || held(scenario.id))) problems.push(...resolved.problems);
    }
  }
  if (problems.length === 0) return;
  const errors = documentErrors(problems, (problem) => fieldOf(problem, edits));
  throw new Refusal('invalid-document', `The change was not made: ${errors[0]!.detail}`, { errors });
}

function attempt<T>(edit: () => T): T {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof NotEditable)) throw error;
    throw new Refusal('scenario-not-editable', `The document cannot be edited in place: ${error.message}`);
  }
}
