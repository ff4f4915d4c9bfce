import { existsSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { load } from 'js-yaml';
import { nodeDocumentFiles } from '../../platform/document-files.js';

/** A scenario in its manifest. */
interface ScenarioWord {
  readonly id: string;
  readonly describe: string;
  readonly tags: readonly string[];
  /** The whole entry as written. */
  readonly entry: Map;
}

/** Words from manifests. */
export interface ManifestWords {
  readonly scenarios: readonly ScenarioWord[];
  readonly profiles: readonly string[];
}

/** Maximum size of a document: larger ones would make completion slow. */
const MAX_BYTES = 1 << 20;

/** The words of the manifests of globs. Documents are not validated: an unreadable one has no words. */
export async function manifestWords(globs: readonly string[]): Promise<ManifestWords> {
  const files: string[] = [];
  for (const glob of globs) {
    files.push(...(existsSync(glob) ? [glob] : (await fastGlob(glob, { onlyFiles: true })).sort()));
  }
  const documents = [...new Set(files)].map(readQuietly);
  return {
    scenarios: documents.flatMap((document) => entriesOf(document['scenarios']).flatMap(scenarioWord)),
    profiles: [...new Set(documents.flatMap((document) => Object.keys(mapOf(document['profiles']))))],
  };
}

type Map = Readonly<Record<string, unknown>>;

function readQuietly(file: string): Map {
  try {
    if (nodeDocumentFiles.size(file) > MAX_BYTES) return {};
    return mapOf(load(Buffer.from(nodeDocumentFiles.read(file)).toString('utf8')));
  } catch {
    return {};
  }
}

function mapOf(value: unknown): Map {
  return typeof value === 'object' && value !== null ? (value as Map) : {};
}

function entriesOf(value: unknown): readonly Map[] {
  return Array.isArray(value) ? value.map(mapOf) : [];
}

function scenarioWord(entry: Map): ScenarioWord[] {
  const id = entry['id'] ?? entry['scenario_id'];
  if (typeof id !== 'string') return [];
  const describe = [entry['description'], entry['name']].find((text) => typeof text === 'string') ?? '';
  const tags = Array.isArray(entry['tags']) ? entry['tags'].filter((tag) => typeof tag === 'string') : [];
  return [{ id, describe, tags, entry }];
}
