import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { REPO } from '../config/repo.js';

/** A path of a source file or folder in a text. */
const SOURCE = /`((?:lib|test|bin)\/[\w./-]+)`/g;
/** A file of a room, as the design pages name it. */
const IN_ROOM = /`([a-z]+\/[\w./-]+\.ts)`/g;

void t.test('source files named by the documentation exist', (t) => {
  const pages = readdirSync(join(REPO, 'docs'), { recursive: true, encoding: 'utf8' })
    // Decisions name files that are gone.
    .filter((path) => path.endsWith('.md') && path !== 'decisions.md')
    .map((path) => `docs/${path}`);
  const missing: string[] = [];
  let count = 0;
  const look = (page: string, pattern: RegExp, below: string): void => {
    for (const [, path] of readFileSync(join(REPO, page), 'utf8').matchAll(pattern)) {
      count++;
      if (!existsSync(join(REPO, below, path!))) missing.push(`${page}: ${path!}`);
    }
  };
  for (const page of ['CONTRIBUTING.md', 'README.md', ...pages]) look(page, SOURCE, '');
  look('docs/design/life-of-a-run.md', IN_ROOM, 'lib');
  t.strictSame(missing, []);
  t.ok(count > 60, 'paths are found');
  t.end();
});
