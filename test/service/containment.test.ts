import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { ApiClient } from './api-client.js';
import { MANIFEST } from './service-documents.js';
import { openService } from './service-in-process.js';

const SECRET = 'secret-of-somebody-else';

/** Documents that become hostile in a running service, each by one change. */
const CHANGES: Readonly<Record<string, (secret: string) => string>> = {
  'an absolute path': (secret) => MANIFEST.replace('topology_path: ring.yaml', `topology_path: ${secret}`),
  'a path to a parent directory': () => MANIFEST.replace('ring.yaml', '../../../../../../etc/passwd'),
  'a link': () => MANIFEST.replace('profile_path: profile.yaml', 'profile_path: link.yaml'),
  'a link to a directory': () => MANIFEST.replace('ring.yaml', 'link-dir/secret.yaml'),
  'a device': () => MANIFEST.replace('ring.yaml', '/dev/zero'),
  'a pipe': () => MANIFEST.replace('ring.yaml', 'fifo'),
  'a log file outside of the project': (secret) =>
    MANIFEST.replace('level: info }', `level: info, destination: file, file_path: ${secret} }`),
  'a log file in a parent directory': () =>
    MANIFEST.replace('level: info }', 'level: info, destination: file, file_path: ../x.log }'),
  'a golden outside of the project': (secret) => MANIFEST.replace('runtime_hint: tiny', `golden: ${secret}`),
};

void t.test('no request makes the service read or write outside of the project', async (t) => {
  const { service, directory } = await openService(t);
  const outside = mkdtempSync(join(tmpdir(), 'aether-'));
  t.teardown(() => {
    rmSync(outside, { recursive: true, force: true });
  });
  const secret = join(outside, 'secret.yaml');
  writeFileSync(secret, `${SECRET}: [`);
  symlinkSync(secret, join(directory, 'link.yaml'));
  symlinkSync(outside, join(directory, 'link-dir'));
  execFileSync('mkfifo', [join(directory, 'fifo')]);
  const api = await ApiClient.open(service.url);
  const manifest = join(directory, 'manifest.yaml');
  for (const [what, change] of Object.entries(CHANGES)) {
    const sound = await api.get('/scenarios/quick');
    const match = { 'if-match': sound.headers.get('etag')! };
    const text = change(secret);
    t.not(text, MANIFEST, what);
    writeFileSync(manifest, text);
    const answers = [
      await api.post('/scenarios/quick', { name: 'Other' }, match),
      await api.post('/scenarios/quick/clone', { id: 'copy' }, match),
      await api.post('/batches', { scenarios: ['quick'] }),
      await api.post('/runs', { scenario: 'quick' }),
    ];
    for (const answer of answers) {
      t.ok(answer.status >= 400 && answer.status < 500, `${what}: refused`, { answer });
      t.notOk(answer.text.includes(SECRET), `${what}: the content is not quoted`);
    }
    t.equal(readFileSync(manifest, 'utf8'), text, `${what}: the document is unchanged`);
    writeFileSync(manifest, MANIFEST);
  }
  // A manifest that is replaced by a link is neither shown nor written through.
  renameSync(manifest, join(directory, 'kept.yaml'));
  symlinkSync(secret, manifest);
  const shown = await api.get('/scenarios/quick/source');
  t.ok(shown.status >= 400 && shown.status < 500, 'the source behind a link');
  t.notOk(shown.text.includes(SECRET), 'is not shown');
  const edited = await api.post('/scenarios/quick', { name: 'Other' }, { 'if-match': '"any"' });
  t.ok(edited.status >= 400 && edited.status < 500, 'nor edited');
  t.same(readdirSync(outside), ['secret.yaml'], 'no file was written outside');
  t.equal(readFileSync(secret, 'utf8'), `${SECRET}: [`);
});
