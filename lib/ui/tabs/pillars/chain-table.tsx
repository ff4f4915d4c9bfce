import type { JSX } from 'react';
import type { ChainLink, RunStatus, Series } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { Pager } from './pager.js';
import { useRunRecord } from './run-records.js';
import { ShortHash } from './short-hash.js';
import type { TickChoice } from './use-tick.js';

/** Ticks per page. */
export const CHAIN_PAGE = 24;

/** Ticks of a page with their values and links; ticks with an I-block link to it. */
export function ChainTable({
  run,
  links,
  from,
  goTo,
  tick,
}: {
  readonly run: RunStatus;
  readonly links: readonly ChainLink[];
  readonly from: number;
  readonly goTo: (from: number) => void;
  readonly tick: TickChoice;
}): JSX.Element {
  const C_t = useValues(run, 'C_t', links);
  const s_t = useValues(run, 's_t', links);
  const iBlocks = new Set(links.filter(({ block }) => block === 'I').map((link) => link.tick));
  return (
    <>
      <ScrollTable
        label="Links of the chain"
        className="pillars-chain"
        columns={[{ number: 'tick' }, { number: 's_t' }, { number: 'C_t' }, 'link of the P-block', 'I-block']}
      >
        {links
          .filter(({ block }) => block === 'P')
          .map((link) => (
            <tr key={link.tick} aria-current={link.tick === tick.shown ? 'true' : undefined}>
              <td className="number">{shownNumber(link.tick)}</td>
              <td className="number">{shownNumber(s_t.get(link.tick))}</td>
              <td className="number">{shownNumber(C_t.get(link.tick))}</td>
              <td>
                <ShortHash digest={link.link_hash} />
              </td>
              <td>{iBlocks.has(link.tick) && <IBlockButton at={link.tick} tick={tick} />}</td>
            </tr>
          ))}
      </ScrollTable>
      <Pager what="ticks" from={from} size={CHAIN_PAGE} total={run.ticks_completed ?? 0} onGo={goTo} />
    </>
  );
}

function IBlockButton({ at, tick }: { readonly at: number; readonly tick: TickChoice }): JSX.Element {
  return (
    <button
      type="button"
      className="pillars-small"
      aria-pressed={tick.shown === at}
      aria-label={`I-block of tick ${at}`}
      onClick={() => {
        tick.choose(at);
      }}
    >
      I-block
    </button>
  );
}

/** Values of the ticks of a page, without thinning. */
function useValues(
  run: RunStatus,
  metric: 'C_t' | 's_t',
  links: readonly ChainLink[],
): ReadonlyMap<number, number> {
  const from = links[0]?.tick ?? 1;
  const to = links.at(-1)?.tick ?? from;
  const { data } = useRunRecord<Series>(run, '/series', {
    query: { metric, from, to, points: Math.max(2, to - from + 1) },
    enabled: links.length > 0,
  });
  return new Map((data?.ticks ?? []).map((tick, at) => [tick, data?.values[at] as number]));
}
