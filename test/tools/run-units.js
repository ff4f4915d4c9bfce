import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastGlob from 'fast-glob';
import t from 'tap';
import { createServer, createServerModuleRunner } from 'vite';

/**
 * Runs the unit tests from their sources, without a build, in one process: those of the rooms that do no I/O, and the memory
 * store. Arguments name files or parts of paths; without one, all but the slow ones run. `--watch` runs them again whenever a
 * source changes.
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

const args = process.argv.slice(2);
if (args.includes('--watch')) watchSources(args.filter((arg) => arg !== '--watch'));
else await runOnce(args);

/** @param {readonly string[]} parts */
async function runOnce(parts) {
  const all = await fastGlob([...ROOMS.map((room) => `test/${room}/**/*.test.ts`), ...FURTHER]);
  const chosen = all.filter((file) =>
    parts.length === 0 ? !SLOW.includes(file) : parts.some((part) => file.includes(part)),
  );
  if (chosen.length === 0) {
    process.stderr.write(`no unit test has ${parts.join(' or ')} in its path\n`);
    process.exitCode = 2;
    return;
  }
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
  // Neither is closed: tests import more while they run, and nothing of them keeps the process alive.
  const { default: ReadableReport } = await runner.import('/test/tools/readable-report.ts');
  t.on('complete', ({ ok }) => {
    if (!ok) process.exitCode = 1;
  });
  t.pipe(new ReadableReport(true)).pipe(process.stdout);
  for (const file of chosen.sort()) await runner.import(`/${file}`);
  t.end();
}

/** A new process for each turn, so that nothing of the former one is left. @param {readonly string[]} parts */
function watchSources(parts) {
  let child;
  let timer;
  const run = () => {
    child?.kill();
    child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...parts], { stdio: 'inherit' });
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
