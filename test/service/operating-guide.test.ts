import { spawnSync } from 'node:child_process';
import t from 'tap';
import { assertOutput, docBlocks, DocDirectory } from '../docs/doc-blocks.js';
import { startService, type ServiceProcess } from './service-process.js';

const PAGE = 'docs/guides/operating.md';
const SHOWN = 'http://127.0.0.1:8787';
const hasTools = ['curl', 'tar', 'sha256sum'].every((tool) => spawnSync(tool, ['--version']).status === 0);

void t.test(
  `every command of ${PAGE} produces the output on the page`,
  { skip: !hasTools && 'curl, tar and sha256sum are needed' },
  async (t) => {
    const started: ServiceProcess[] = [];
    t.teardown(() => started[0]?.kill());
    const place = new DocDirectory(t);
    const [serve, ...blocks] = docBlocks(PAGE).filter(({ language }) => language === 'sh');
    t.equal(serve?.code.trim(), 'aether serve --port 8787');
    t.ok(blocks.length >= 8);
    const service = await startService(place.directory, ['--manifests', 'manifests/reference.yaml']);
    started.push(service);
    for (const { code, line, output } of blocks) {
      const where = `${PAGE}:${String(line)}`;
      const ended = place.shell(code.replaceAll(SHOWN, service.url));
      t.equal(ended.code, 0, `${where} ${ended.err}`);
      if (output !== undefined) assertOutput(t, ended.out, output, where);
    }
  },
);
