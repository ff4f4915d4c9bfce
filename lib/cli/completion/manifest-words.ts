import { existsSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { load } from 'js-yaml';
import { nodeDocumentFiles } from '../../platform/document-files.js';

/** A scenario as its manifest introduces it. */
interface ScenarioWord {
  readonly id: string;
  readonly describe: string;
  readonly tags: readonly string[];
  /** The whole entry, as written. */
  readonly entry: Map;
}

/** Words that manifests bring in. */
export interface ManifestWords {
  readonly scenarios: readonly ScenarioWord[];
  readonly profiles: readonly string[];
}

/** Larger documents would keep a person waiting. */
const MAX_BYTES = 1 << 20;

/**
 * The words of the manifests that globs name. Documents are read for their words alone and not checked: one that cannot
 * be read has none.
 */
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
