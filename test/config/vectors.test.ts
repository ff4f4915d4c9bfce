import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadRunConfigFile, renderProblem, validateFile } from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { REPO } from './repo.js';

const folder = process.env['AETHER_VECTORS'] ?? join(REPO, '../shared/vectors');
const skip = existsSync(folder) ? false : 'no folder of measured vectors (set AETHER_VECTORS)';

void t.test('documents of the Python engine load unchanged', { skip }, async (t) => {
  const cases = readdirSync(folder).filter((name) => name.startsWith('case-'));
  t.ok(cases.length > 0, 'there are cases');
  for (const name of cases) {
    for (const file of readdirSync(join(folder, name))) {
      if (file === 'expected.json') continue;
      const { kind, problems } = validateFile(join(folder, name, file), nodeDocumentFiles);
      t.same(
        problems.map((problem) => renderProblem(problem)),
        [],
        `${name}/${file}`,
      );
      t.not(kind, undefined);
    }
    const loaded = loadRunConfigFile(join(folder, name, 'run.json'), nodeDocumentFiles);
    if (!loaded.ok) {
      t.fail(`${name} does not load`);
      continue;
    }
    const resolved = loaded.value.resolve();
    t.ok(resolved.ok, `${name} resolves`);
  }
});
