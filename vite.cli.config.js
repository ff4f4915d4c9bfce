import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { defineConfig } from 'vite';

/**
 * Puts validators of the document schemas in the place of lib/config/level-validators.ts that are compiled now and not by
 * each process. They are made from dist/lib, which the build writes first.
 */
function compiledValidators() {
  return {
    name: 'compiled-validators',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('/lib/config/level-validators.ts')) return null;
      const { schemaLevels } = await import('./dist/lib/config/shape.js');
      const { createAjv } = await import('./dist/lib/config/level-validators.js');
      const ajv = createAjv(true);
      const levels = schemaLevels();
      const names = levels.map(([place, level], n) => {
        ajv.addSchema({ ...level, $id: place });
        return [`level${n}`, place];
      });
      const requires = [];
      const code = standaloneCode(ajv, Object.fromEntries(names)).replaceAll(
        /require\("([^"]+)"\)\.default/g,
        (_, path) => `required${requires.push(path) - 1}.default`,
      );
      return [
        ...requires.map((path, n) => `import required${n} from '${path}.js';`),
        code.replaceAll(/^export (const|default) /gm, (_, word) => (word === 'const' ? 'const ' : '')),
        `const VALIDATORS = { ${names.map(([name, place]) => `${JSON.stringify(place)}: ${name}`).join(', ')} };`,
        'export function levelValidator(place) { return VALIDATORS[place]; }',
      ].join('\n');
    },
  };
}

/** Marks the folder of the bundle, within a package of ES modules, as one of CommonJS. */
function commonjsFolder() {
  return {
    name: 'commonjs-folder',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
    },
  };
}

/** Commands whose functions are compiled ahead: the others share most of their code. */
const COMPILED_AHEAD = [
  'aether --help',
  'aether --version',
  'aether-batch --manifests manifests/reference.yaml --no-golden',
  'aether-batch --manifests manifests/reference.yaml --json',
  'aether validate manifests/reference.yaml',
  'aether runs',
  'aether inspect latest',
  'aether inspect latest --tick 1 --json',
  'aether table --format csv',
  'aether store verify',
];

/**
 * Runs commands with the programs just built, which save what V8 compiled of them: see lib/cli/code-cache.ts. Results are
 * for the tests to judge: a build succeeds whether goldens agree or not.
 */
function compiledCode() {
  return {
    name: 'compiled-code',
    closeBundle() {
      const work = mkdtempSync(join(tmpdir(), 'aether-build-'));
      // V8 accepts compiled code only under the options it was compiled with: those of a plain start.
      const others = Object.entries(process.env).filter(([name]) => !/^(?:AETHER|NODE)_/.test(name));
      const env = {
        ...Object.fromEntries(others),
        AETHER_SAVE_COMPILED_CODE: '1',
        AETHER_STORE: join(work, 'store'),
      };
      try {
        for (const command of COMPILED_AHEAD) {
          const [program, ...args] = command.split(' ');
          const { status, stderr } = spawnSync(process.execPath, [`bin/${program}.js`, ...args], { env });
          if (status !== 0) this.warn(`${command} exits with ${status}: ${stderr}`);
        }
      } finally {
        rmSync(work, { recursive: true });
      }
    },
  };
}

/** Parts of the programs that are loaded as a whole, by the file that imports the rest of the part. */
const PARTS = {
  program: ['lib/cli/aether.ts', 'lib/cli/aether-batch.ts', 'lib/cli/project/apply-settings.ts'],
  selection: ['lib/inspect/selection/index.ts'],
  store: ['lib/cli/open-store.ts', 'lib/store/disk-store.ts'],
  worker: ['lib/cli/worker/worker.ts'],
};

/**
 * Chunks by the parts that need a module: to open a file takes about as long as to run what is in it. What no part needs
 * is split by its importers. An entry keeps a chunk to itself, which waits for its command.
 */
function partChunks(entries) {
  const starts = new Set(entries.map((entry) => resolve(entry)));
  let needed;
  return (id, build) => {
    needed ??= Object.entries(PARTS).map(([part, files]) => {
      const found = new Set(files.map((file) => resolve(file)));
      for (const one of found)
        for (const imported of build.getModuleInfo(one)?.importedIds ?? []) found.add(imported);
      return { part, found };
    });
    if (starts.has(id)) return null;
    const parts = needed.filter(({ found }) => found.has(id)).map(({ part }) => part);
    return parts.length === 0 ? null : `part-${parts.join('-')}`;
  };
}

const ENTRIES = {
  'code-cache': 'lib/cli/code-cache.ts',
  aether: 'lib/cli/aether.ts',
  'aether-batch': 'lib/cli/aether-batch.ts',
  'document-worker': 'lib/cli/commands/serve/document-worker.ts',
  'records-worker': 'lib/cli/commands/serve/records-worker.ts',
  'run-round': 'lib/cli/audit/run-round.ts',
  'serve-worker': 'lib/cli/commands/serve/serve-worker.ts',
  worker: 'lib/cli/worker/worker.ts',
};

/**
 * Bundles the programs of lib/cli into dist/cli: they start in half the time when Node opens a few files instead of some
 * two hundred. What loads files of its own beside itself (piscina), or only long-lived calls need, stays a package.
 */
export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  plugins: [compiledValidators(), commonjsFolder(), compiledCode()],
  resolve: {
    // string-width builds an Intl.Segmenter as it is loaded, which alone takes 20 ms; this one counts the same columns.
    alias: { 'string-width': 'fast-string-width' },
  },
  ssr: {
    noExternal: true,
    external: ['express', 'piscina', 'prom-client', 'tar-stream', 'ws', 'yauzl', 'yazl'],
  },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: ENTRIES,
      // That of yargs is for configuration files that extend others, which the programs do not have.
      checks: { emptyImportMeta: false },
      // One flat folder: entries find each other beside themselves, as they do unbundled.
      output: {
        // Node starts with files of this format sooner, and lets a program load them with code compiled before.
        format: 'cjs',
        // Compiled code cannot import modules, but all packages that are left outside can be required.
        dynamicImportInCjs: false,
        banner: ({ isEntry, name }) =>
          isEntry && name !== 'code-cache' ? "require('./code-cache.js');" : '',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: partChunks(Object.values(ENTRIES)), debugName: 'parts' }],
        },
      },
    },
  },
});
