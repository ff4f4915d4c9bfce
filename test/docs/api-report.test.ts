import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import t from 'tap';
import { REPO } from '../config/repo.js';

void t.test('docs/aether-sim.api.md shows the public interface as it is', (t) => {
  const config = ExtractorConfig.loadFileAndPrepare(join(REPO, 'test/tools/api-extractor.json'));
  const said: string[] = [];
  const result = Extractor.invoke(config, {
    localBuild: false,
    messageCallback: (message) => {
      if (message.logLevel === 'error' || message.logLevel === 'warning') said.push(message.text);
      message.handled = true;
    },
  });
  t.notOk(result.apiReportChanged, 'run `npm run api` and look at what changed; CHANGELOG.md lists it');
  t.strictSame(said, []);
  t.end();
});
