import type { GoldenService } from '../goldens/golden-service.js';
import { operation, type Operation } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY, pageByKey } from '../http/paging.js';
import { Refusal } from '../refusal.js';
import type { ServiceContext } from '../service-context.js';
import { GOLDEN_DIFF, GOLDEN_STATUS, JUDGE_GOLDEN } from '../wire/golden.js';
import { id, list } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'goldens';
const NAME = { name: id('Run name.') };

/** Accepted results and the state of the latest runs. */
export function goldenRoutes(context: ServiceContext): Operation[] {
  return [listGoldens(context), diffGolden(context), acceptGolden(context), rejectGolden(context)];
}

function listGoldens(context: ServiceContext): Operation {
  return operation({
    id: 'listGoldens',
    method: 'get',
    path: '/goldens',
    tag: TAG,
    summary: 'Goldens and the verdicts of their latest runs',
    query: PAGE_QUERY,
    success: {
      status: 200,
      description: 'Ascending by name.',
      schema: list(ref(GOLDEN_STATUS), 'Goldens.'),
      headers: NEXT_LINK,
    },
    problems: ['not-available', 'invalid-cursor'],
    handle: async ({ query, url }) => {
      const places = await goldensOf(context).places(await context.catalogue.current());
      const page = pageByKey(places, query, { key: ({ name }) => name, order: 'ascending', url });
      return { body: await goldensOf(context).statuses(page.items), headers: page.headers };
    },
  });
}

function diffGolden(context: ServiceContext): Operation {
  return operation({
    id: 'diffGolden',
    method: 'get',
    path: '/goldens/{name}/diff',
    tag: TAG,
    summary: 'First difference of the latest run from its golden',
    params: NAME,
    success: {
      status: 200,
      description: 'The difference.',
      schema: ref(GOLDEN_DIFF),
      headers: { etag: 'Identifies the compared golden and run; send it as If-Match with a judgement.' },
    },
    problems: ['not-available', 'unknown-golden'],
    handle: async ({ params: { name } }) => {
      const { diff, etag } = known(
        await goldensOf(context).diff(await context.catalogue.current(), name),
        name,
      );
      return { body: diff, headers: { etag } };
    },
  });
}

function acceptGolden(context: ServiceContext): Operation {
  return judgement(context, {
    id: 'acceptGolden',
    verb: 'accept',
    summary: 'Accept the viewed run as the golden',
    description: 'Refused if the name now has another run, or if the golden already agrees.',
  });
}

function rejectGolden(context: ServiceContext): Operation {
  return judgement(context, {
    id: 'rejectGolden',
    verb: 'reject',
    summary: 'Reject the viewed result',
    description: 'The golden is unchanged; `aether golden reopen` undoes a rejection.',
  });
}

interface JudgementParts {
  readonly id: string;
  readonly verb: 'accept' | 'reject';
  readonly summary: string;
  readonly description: string;
}

function judgement(context: ServiceContext, { verb, ...about }: JudgementParts): Operation {
  return operation({
    ...about,
    method: 'post',
    path: `/goldens/{name}/${verb}`,
    tag: TAG,
    params: NAME,
    editable: true,
    body: { schema: JUDGE_GOLDEN, required: true },
    success: { status: 200, description: 'The golden.', schema: ref(GOLDEN_STATUS) },
    problems: [
      'not-available',
      'unknown-golden',
      'golden-not-comparable',
      'golden-run-differs',
      'golden-agrees',
    ],
    handle: async ({ params: { name }, body, if_match, who }) => {
      const scenarios = await context.catalogue.current();
      const status = known(await goldensOf(context)[verb](scenarios, name, { ...body, if_match, who }), name);
      const message = `${who} ${verb}ed the result of run ${String(status.run_id)} for golden ${name}: ${body.reason}`;
      context.log.say('INFO', `golden_${verb}ed`, message);
      return { body: status };
    },
  });
}

function goldensOf({ goldens }: ServiceContext): GoldenService {
  if (goldens === null) throw new Refusal('not-available', 'This service was started without goldens');
  return goldens;
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined)
    throw new Refusal('unknown-golden', `There is no golden or run with the name ${name}`);
  return value;
}
