import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENGINE_VERSION } from '../session/input-key.js';
import type { EngineStamp } from '../store/record-types.js';

/** The version in the nearest package.json that has one, above this file. */
export function packageVersion(): string {
  return (
    readNearest('package.json', (text) => (JSON.parse(text) as { version?: string }).version) ?? 'unknown'
  );
}

/** The dashboard built by `npm run build`; undefined if it was not built. */
export function dashboardDirectory(): string | undefined {
  return readNearest('dist/ui/index.html', (_, at) => fileURLToPath(new URL('.', at)));
}

/** Version and commit of the engine: recorded with every run, so that a result can be traced to its code. */
export function engineStamp(env: NodeJS.ProcessEnv): EngineStamp {
  return {
    version: ENGINE_VERSION,
    commit: env['AETHER_COMMIT'] ?? commitOf() ?? null,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}

/** Commit of the checkout of this file; undefined for an installed package. */
function commitOf(): string | undefined {
  return readNearest('.git/HEAD', (head, at) => {
    const ref = /^ref: (.+)$/m.exec(head)?.[1];
    const text = ref === undefined ? head : tryRead(new URL(ref, at));
    return /^[0-9a-f]{40}/.exec(text ?? '')?.[0];
  });
}

/** Maximum levels between this file and the root of the package, for any build. */
const LEVELS = 5;

function readNearest<T>(path: string, use: (text: string, at: URL) => T | undefined): T | undefined {
  let directory = new URL('.', import.meta.url);
  for (let level = 0; level < LEVELS; level++) {
    const at = new URL(path, directory);
    const text = tryRead(at);
    const used = text === undefined ? undefined : use(text, at);
    if (used !== undefined) return used;
    directory = new URL('..', directory);
  }
  return undefined;
}

function tryRead(at: URL): string | undefined {
  try {
    return readFileSync(at, 'utf8');
  } catch {
    return undefined;
  }
}
