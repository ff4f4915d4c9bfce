import fc from 'fast-check';
import t from 'tap';
import { transformValue } from '../../lib/config/documents/pfna-transform.js';
import { loadRunConfigFile } from '../../lib/config/index.js';
import { problemsOf } from './broken.js';
import { memoryFiles } from './memory-files.js';
import { resolved } from './resolved.js';
import { PFNA, RUN, SAMPLES } from './sample-documents.js';

void t.test('PFNA entries are sorted by tick and code unit, and transformed exactly', (t) => {
  const text =
    PFNA.replace(/entries:[^]*$/, '') +
    `transform: {scale: -3, origin: 5, clamp_max: 6}
entries:
  - {pfna_id: b, tick: 2, values: [-5, 0]}
  - {pfna_id: B, tick: 2, values: [-10, 1]}
  - {pfna_id: z, tick: 0, values: [9007199254740, -5]}
  - {pfna_id: a, tick: 99, values: [0, 0]}
`;
  const { pfna } = resolved({ 'f.yaml': text });
  t.same(
    pfna?.entries.map(({ pfna_id, tick, values }) => [tick, pfna_id, values]),
    [
      [0, 'z', [-27021597764235, 0]],
      [2, 'B', [6, -18]],
      [2, 'b', [0, -15]],
      [99, 'a', [-15, -15]],
    ],
  );
  t.strictSame(pfna?.entries[1]?.audit, [
    { index: 0, raw: '-10', shifted: '-5.000000', scaled: '15.000000', rounded: 15, clamped: 6 },
    { index: 1, raw: '1', shifted: '6.000000', scaled: '-18.000000', rounded: -18, clamped: -18 },
  ]);
  t.notOk(Object.is(pfna?.entries[0]?.values[1], -0), 'no negative zero');
  t.end();
});

void t.test('intermediate values may exceed 2^53, results may not', (t) => {
  const text = (origin: string): string =>
    PFNA.replace('entries:', `transform: {scale: 1, origin: ${origin}}\nentries:`);
  t.same(problemsOf('r.yaml', RUN), []);
  const large = text('9007199254740988').replace('[3, 4]', '[-9007199254740991, 3]');
  const { pfna } = resolved({ 'f.yaml': large });
  t.same(pfna?.entries[1]?.values, [-3, 9007199254740991]);
  const loaded = loadRunConfigFile('r.yaml', memoryFiles({ ...SAMPLES, 'f.yaml': text('9007199254740988') }));
  const result = loaded.ok ? loaded.value.resolve() : loaded;
  t.notOk(result.ok);
  if (!result.ok)
    t.match(result.problems, [
      {
        code: 'transform-range',
        file: 'f.yaml',
        pointer: '/entries/1/values/1',
        message: /9007199254740992/,
      },
    ]);
  t.end();
});

void t.test('the transform is exact for operands of any size', (t) => {
  const any = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -1000, max: 1000 }), fc.integer());
  fc.assert(
    fc.property(any, any, any, (raw, origin, scale) => {
      const exact = (BigInt(raw) + BigInt(origin)) * BigInt(scale);
      const result = transformValue(raw + 0, 3, { scale, origin, clamp_min: null, clamp_max: null });
      const limit = BigInt(Number.MAX_SAFE_INTEGER);
      if (exact > limit || exact < -limit) {
        if (!('tooLarge' in result) || result.tooLarge !== exact) throw new Error(`${exact} is not refused`);
        return;
      }
      if (!('audit' in result)) throw new Error(`${exact} is refused`);
      const { shifted, scaled, rounded, clamped } = result.audit;
      const wanted = [
        `${BigInt(raw) + BigInt(origin)}.000000`,
        `${exact}.000000`,
        Number(exact),
        Number(exact),
      ];
      if ([shifted, scaled, rounded, clamped].some((value, i) => !Object.is(value, wanted[i])))
        throw new Error(JSON.stringify([result.audit, wanted.map(String)]));
    }),
    { numRuns: 2000 },
  );
  t.pass('all agree with exact arithmetic');
  t.end();
});
