/**
 * Broken documents of every kind: the commands report every problem with its place, exit with 2 and create no
 * store.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import t from 'tap';
import type { BrokenCase } from '../config/broken.js';
import { BATCH_MANIFEST_CASES } from '../config/cases/batch-manifest.js';
import { GOVERNANCE_CASES } from '../config/cases/governance.js';
import { PFNA_CASES } from '../config/cases/pfna.js';
import { PROFILE_CASES } from '../config/cases/profile.js';
import { RUN_CONFIG_CASES } from '../config/cases/run-config.js';
import { SCENARIO_REGISTRY_CASES } from '../config/cases/scenario-registry.js';
import { TOPOLOGY_CASES } from '../config/cases/topology.js';
import { SAMPLES } from '../config/sample-documents.js';
import { CliFixture } from './cli-fixture.js';

/** Cases of each kind for the real binaries; test/config checks all of them. */
const EACH = 6;

/** The document, its cases, and the document with which a batch reads it; null if it is only validated. */
const KINDS: readonly (readonly [file: string, cases: readonly BrokenCase[], batch: string | null])[] = [
  ['t.yaml', TOPOLOGY_CASES, 'r.yaml'],
  ['p.yaml', PROFILE_CASES, 'r.yaml'],
  ['r.yaml', RUN_CONFIG_CASES, 'r.yaml'],
  ['f.yaml', PFNA_CASES, 'r.yaml'],
  ['g.yaml', GOVERNANCE_CASES, null],
  ['s.yaml', SCENARIO_REGISTRY_CASES, 's.yaml'],
  ['m.yaml', BATCH_MANIFEST_CASES, 'm.yaml'],
];

const oneAtATime = pLimit(1);

for (const [file, cases, batch] of KINDS) {
  for (const [from, to, problems] of cases.slice(0, EACH)) {
    void t.test(`${file}: ${JSON.stringify(from)} replaced by ${JSON.stringify(to)} is reported`, (inner) =>
      oneAtATime(async () => {
        const cli = new CliFixture(inner.testdir());
        for (const [name, text] of Object.entries(SAMPLES)) {
          cli.write(name, name === file ? text.replace(from, to) : text);
        }
        cli.write('folder/placeholder', '');
        const ended = batch === null ? await cli.aether('validate', file) : await cli.batch(batch);
        inner.equal(ended.code, 2, ended.err);
        const said = ended.out + ended.err;
        for (const problem of problems) {
          const { code, place, in: where } = parseProblem(problem, file);
          inner.match(said, new RegExp(`${where}:${place}: ${code}: `), problem);
        }
        inner.notOk(existsSync(join(cli.directory, 'artefacts')), 'no store was created');
      }),
    );
  }
}

function parseProblem(text: string, file: string): { code: string; place: string; in: string } {
  const words = text.split(' ');
  const named = words[0]!.includes('.');
  const [code, place] = named ? words.slice(1) : words;
  return { code: code!, place: place!, in: named ? words[0]! : file };
}
