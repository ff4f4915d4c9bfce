import t from 'tap';
import { assertOutput, docBlocks, DocDirectory } from './doc-blocks.js';

void t.test('every example of docs/api.md runs and prints what the page shows', (t) => {
  const place = new DocDirectory(t);
  const blocks = docBlocks('docs/api.md');
  t.ok(blocks.filter(({ language }) => language === 'js').length >= 6);
  for (const { language, code, line, output } of blocks) {
    const where = `docs/api.md:${String(line)}`;
    const ended = language === 'sh' ? place.shell(code) : place.module(code, `example-${String(line)}`);
    t.equal(ended.code, 0, `${where} ${ended.err}`);
    if (output !== undefined) assertOutput(t, ended.out, output, where);
  }
  t.end();
});
