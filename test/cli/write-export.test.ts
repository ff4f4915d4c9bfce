import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { EXPORT_FORMATS } from '../../lib/cli/commands/store/export/options.js';
import { writeExport } from '../../lib/cli/commands/store/export/write-export.js';
import { MemoryStore, exportRun, openStager, type RunExport } from '../../lib/store/index.js';
import { sampleRun } from '../store/sample-run.js';
import { signalled } from './signalled.js';
import { runId } from '../ids.js';

async function exported(): Promise<RunExport> {
  const store = new MemoryStore();
  await store.publish(sampleRun(openStager(store.stager), { id: 'r1' }));
  return exportRun(store, runId('r1'));
}

/** The same export, with an event in its middle. */
function halfway(
  { run, members }: RunExport,
  format: (typeof EXPORT_FORMATS)[number],
  happens: () => Promise<void>,
): RunExport {
  const [first, second, ...rest] = members;
  if (format === 'session') {
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      yield* first!.pieces();
      await happens();
      yield* second!.pieces();
    };
    return { run, members: [{ ...first!, pieces }] };
  }
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    await happens();
    yield* second!.pieces();
  };
  return { run, members: [first!, { ...second!, pieces }, ...rest] };
}

for (const format of EXPORT_FORMATS) {
  void t.test(`${format}: a signal removes the partial export`, async (inner) => {
    const directory = inner.testdir();
    const output = join(directory, 'out');
    const stopped = halfway(await exported(), format, async () => {
      inner.not(readdirSync(directory).length, 0, 'it has begun');
      await signalled();
    });
    await inner.rejects(writeExport(output, stopped, format), { name: 'Interrupted' });
    inner.strictSame(readdirSync(directory), []);
    await writeExport(output, await exported(), format);
    inner.strictSame(readdirSync(directory), ['out'], 'the export can be repeated');
  });

  void t.test(`${format}: a failure removes the partial export and keeps existing files`, async (inner) => {
    const directory = inner.testdir({ mine: 'mine' });
    const failing = halfway(await exported(), format, () => Promise.reject(new Error('no more')));
    await inner.rejects(writeExport(join(directory, 'out'), failing, format), { code: 'EXPORT_FAILED' });
    await inner.rejects(writeExport(join(directory, 'mine'), failing, format), { name: 'UsageError' });
    inner.strictSame(readdirSync(directory), ['mine']);
  });
}
