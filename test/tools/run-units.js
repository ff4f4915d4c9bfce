import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import fastGlob from 'fast-glob';
import { build } from 'vite';

/**
 * Runs the unit tests from their sources, without the compiler: those of the rooms that do no I/O, and the memory store.
 * Types are removed, and a few processes share the files. Arguments name files or parts of paths; without one, all but the
 * slow ones run. `--watch` runs them again whenever a source changes.
 */
const ROOMS = ['base', 'config', 'engine', 'session', 'telemetry'];
const FURTHER = [
  'test/audit/audit.test.ts',
  'test/batch/expand.test.ts',
  'test/conformance/memory-store.test.ts',
];
/** Thousands of random runs: part of the whole test only. */
const SLOW = ['test/session/oracle.test.ts'];
/** Editors write a file in several steps. */
const SETTLE_MS = 100;
const MOST_PROCESSES = 4;
/** A process for fewer files than this does not repay its start. */
const FILES_PER_PROCESS = 10;
const REPORT = 'test/tools/readable-report.ts';

const SELF = fileURLToPath(import.meta.url);
const REPO = join(SELF, '../../..');
const OUT = join(REPO, 'dist/units');
/** @param {string} source */
const plain = (source) => source.replace(/ts$/, 'js');

const args = process.argv.slice(2);
if (args.includes('--watch')) watchSources(args.filter((arg) => arg !== '--watch'));
else await runOnce(args);

/** @param {readonly string[]} parts */
async function runOnce(parts) {
  process.once('SIGTERM', () => process.exit(1));
  const started = performance.now();
  const all = await fastGlob([...ROOMS.map((room) => `test/${room}/**/*.test.ts`), ...FURTHER]);
  const chosen = all.filter((file) =>
    parts.length === 0 ? !SLOW.includes(file) : parts.some((part) => file.includes(part)),
  );
  if (chosen.length === 0) {
    process.stderr.write(`no unit test has ${parts.join(' or ')} in its path\n`);
    process.exitCode = 2;
    return;
  }
  await removeTypes([...chosen, REPORT]);
  const shares = sharesOf(chosen.sort()).map((files, index) => runShare(index + 1, files));
  const { default: ReadableReport } = await import(join(OUT, plain(REPORT)));
  const report = new ReadableReport();
  report.pipe(process.stdout);
  for (const share of shares) report.write(await share);
  report.end(`1..${shares.length}\n# time=${performance.now() - started}ms\n`);
}

/** The files of each process, dealt in turn. @param {readonly string[]} files */
function sharesOf(files) {
  const most = Math.min(availableParallelism(), MOST_PROCESSES);
  const count = Math.min(most, Math.ceil(files.length / FILES_PER_PROCESS));
  return Array.from({ length: count }, (_, share) => files.filter((_, index) => index % count === share));
}

/** Writes each source that the files import to the folder of the same name. @param {readonly string[]} files */
async function removeTypes(files) {
  await build({
    root: REPO,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: true,
      outDir: OUT,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: files,
        output: { preserveModules: true, preserveModulesRoot: REPO, entryFileNames: '[name].js' },
      },
    },
  });
}

/**
 * Runs files in a process, and returns its TAP as one test.
 *
 * @param {number} number
 * @param {readonly string[]} files
 */
async function runShare(number, files) {
  const script = join(OUT, `process-${number}.js`);
  writeFileSync(script, files.map((file) => `import './${plain(file)}';\n`).join(''));
  const started = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill());
  const closed = once(child, 'close');
  const tap = await text(child.stdout);
  const [exitCode, signal] = await closed;
  if (exitCode !== 0) process.exitCode = 1;
  const [result, name] = [exitCode === 0 ? 'ok' : 'not ok', `process ${number}`];
  const time = `# time=${performance.now() - started}ms`;
  return [
    `# Subtest: ${name}`,
    tap.replace(/^/gm, '    '),
    `${result} ${number} - ${name} ${time}`,
    `  ---\n  ${JSON.stringify({ exitCode, signal })}\n  ...\n`,
  ].join('\n');
}

/** A new process for each turn, so that nothing of the former one is left. @param {readonly string[]} parts */
function watchSources(parts) {
  let child;
  let timer;
  const run = () => {
    child?.kill();
    child = spawn(process.execPath, [SELF, ...parts], { stdio: 'inherit' });
    child.on('exit', () => {
      process.stdout.write('\nwaiting for changes in lib/ and test/; Ctrl-C ends\n');
    });
  };
  for (const directory of ['lib', 'test']) {
    watch(directory, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(run, SETTLE_MS);
    });
  }
  run();
}
