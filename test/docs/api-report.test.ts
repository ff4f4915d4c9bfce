import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import t from 'tap';
import { REPO } from '../config/repo.js';

void t.test('docs/aether-sim.api.md describes the current public interface', (t) => {
  const config = ExtractorConfig.loadFileAndPrepare(join(REPO, 'test/tools/api-extractor.json'));
  const said: string[] = [];
  const result = Extractor.invoke(config, {
    localBuild: false,
    messageCallback: (message) => {
      if (message.logLevel === 'error' || message.logLevel === 'warning') said.push(message.text);
      message.handled = true;
    },
  });
  t.notOk(result.apiReportChanged, 'run `npm run api` and check the changes; CHANGELOG.md lists them');
  t.strictSame(said, []);
  t.end();
});
