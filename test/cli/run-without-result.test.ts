import { join } from 'node:path';
import t from 'tap';
import { NO_RESULT } from '../../lib/store/record-types.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { sampleRun } from '../store/sample-run.js';
import { CliFixture } from './cli-fixture.js';
import { runId } from '../ids.js';

void t.test('a run that failed before its first tick is shown without a result', async (inner) => {
  const cli = new CliFixture(inner.testdir());
  const platform = nodePlatform();
  const store = await openDiskStore({ root: join(cli.directory, 'artefacts'), platform });
  const stager = openStager(store.stager, platform);
  await store.publish(sampleRun(stager, { id: 'broken', name: 'a', state: 'failed', artefacts: {} }));
  await store.publish(sampleRun(stager, { id: 'whole', name: 'a', engine: '0.9.0' }));
  const { result_digest } = (await store.run(runId('whole')))!;
  await store.close();

  inner.match((await cli.aether('store', 'verify')).code, 0, 'the records are consistent');
  const listed = await cli.aether('runs');
  inner.match(listed.out, new RegExp(`^broken .* -$`, 'm'));
  inner.match(listed.out, new RegExp(`^whole .* ${result_digest.slice(0, 12)}$`, 'm'));
  const asked = [['runs'], ['runs', 'broken'], ['inspect', 'broken']];
  for (const args of asked) {
    const shown = [await cli.aether(...args), await cli.aether(...args, '--json')];
    for (const { code, out, err } of shown) {
      inner.equal(code, 0, err);
      inner.notMatch(out, NO_RESULT.slice(0, 12), args.join(' '));
    }
  }
  for (const args of asked.slice(1)) {
    inner.match((await cli.aether(...args)).out, /^result +none$/m);
    inner.equal(JSON.parse((await cli.aether(...args, '--json')).out).result_digest, null);
  }
});
