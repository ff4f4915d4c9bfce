import { operation, type Operation } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY, pageByKey } from '../http/paging.js';
import { SCENARIO_ID } from '../http/path-params.js';
import { Refusal } from '../refusal.js';
import { scenarioSummary } from '../scenarios/scenario-views.js';
import type { ServiceContext } from '../service-context.js';
import { shownFile } from '../shown-text.js';
import {
  SCENARIO_SOURCE,
  SCENARIO_PATCH,
  SCENARIO_SUMMARY,
  SCENARIO_DETAIL,
  CLONE_SCENARIO,
} from '../wire/scenario.js';
import { list, text } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'scenarios';
const DETAIL = {
  status: 200,
  description: 'The scenario.',
  schema: ref(SCENARIO_DETAIL),
  headers: { etag: 'Send it as If-Match with a change.' },
};

/** The registry: reading, editing in place, activating. */
export function scenarioRoutes(context: ServiceContext): Operation[] {
  return [
    listScenarios(context),
    readScenario(context),
    editScenario(context),
    activate(context),
    readSource(context),
    clone(context),
  ];
}

function listScenarios({ catalogue }: ServiceContext): Operation {
  return operation({
    id: 'listScenarios',
    method: 'get',
    path: '/scenarios',
    tag: TAG,
    summary: 'Scenarios of the registry',
    query: {
      ...PAGE_QUERY,
      q: text('Only scenarios whose id, name or description contains this text.', { maxLength: 200 }),
      tag: text('Only scenarios with this tag.', { maxLength: 100 }),
    },
    success: {
      status: 200,
      description: 'Ascending by id.',
      schema: list(ref(SCENARIO_SUMMARY), 'Scenarios.'),
      headers: NEXT_LINK,
    },
    problems: ['invalid-cursor'],
    handle: async ({ query, url }) => {
      const wanted = (query.q ?? '').toLowerCase();
      const { scenarios } = await catalogue.current();
      const all = scenarios.filter(
        ({ id, name, description, tags }) =>
          (query.tag === undefined || tags.includes(query.tag)) &&
          [id, name, description].some((words) => words.toLowerCase().includes(wanted)),
      );
      const limit = query.limit ?? 1000;
      const page = pageByKey(all, { ...query, limit }, { key: ({ id }) => id, order: 'ascending', url });
      return { body: page.items.map(scenarioSummary), headers: page.headers };
    },
  });
}

async function detailReply({ catalogue, editor }: ServiceContext, id: string) {
  const { list, value } = await catalogue.ask('detail', id);
  return { json: value, headers: { etag: editor.etag(list.get(id)!) } };
}

function readScenario(context: ServiceContext): Operation {
  return operation({
    id: 'getScenario',
    method: 'get',
    path: '/scenarios/{id}',
    tag: TAG,
    summary: 'A scenario with its editable fields',
    params: SCENARIO_ID,
    success: DETAIL,
    problems: ['unknown-scenario', 'invalid-document'],
    handle: ({ params }) => detailReply(context, params.id),
  });
}

function editScenario(context: ServiceContext): Operation {
  return operation({
    id: 'editScenario',
    method: 'post',
    path: '/scenarios/{id}',
    tag: TAG,
    summary: 'Change fields of a scenario',
    description:
      'Changes the document of the scenario in place and keeps its comments and order. Nothing is written unless the changed document is valid.',
    params: SCENARIO_ID,
    body: { schema: ref(SCENARIO_PATCH), required: true },
    editable: true,
    success: DETAIL,
    problems: ['unknown-scenario', 'invalid-document', 'scenario-not-editable'],
    handle: async ({ params, body, if_match, who }) => {
      await context.editor.patch(params.id, body, if_match);
      context.stateVersion++;
      const message = `${who} changed scenario ${params.id}`;
      context.log.add({ level: 'INFO', event_type: 'scenario_edited', message, payload: { ...body } });
      return detailReply(context, params.id);
    },
  });
}

function activate(context: ServiceContext): Operation {
  return operation({
    id: 'activateScenario',
    method: 'post',
    path: '/scenarios/{id}/activate',
    tag: TAG,
    summary: 'Activate a scenario',
    params: SCENARIO_ID,
    success: { status: 200, description: 'The active scenario.', schema: ref(SCENARIO_SUMMARY) },
    problems: ['unknown-scenario', 'invalid-document'],
    handle: async ({ params }) => {
      const scenario = await context.catalogue.require(params.id);
      await context.active.activate(params.id);
      context.stateVersion++;
      return { body: scenarioSummary(scenario) };
    },
  });
}

/** Maximum size of a document that is sent whole. */
const SOURCE_LIMIT = 1024 * 1024;

function readSource({ catalogue, editor }: ServiceContext): Operation {
  return operation({
    id: 'getScenarioSource',
    method: 'get',
    path: '/scenarios/{id}/source',
    tag: TAG,
    summary: 'The document that contains a scenario',
    params: SCENARIO_ID,
    success: { ...DETAIL, description: 'The document.', schema: ref(SCENARIO_SOURCE) },
    problems: ['unknown-scenario', 'invalid-document', 'body-too-large'],
    handle: async ({ params }) => {
      const scenario = await catalogue.require(params.id);
      const yaml = editor.text(scenario.source.file);
      if (yaml.length > SOURCE_LIMIT)
        throw new Refusal('body-too-large', 'The document is too large to be shown');
      const { file, line } = scenario.source;
      return { body: { file: shownFile(file), line, yaml }, headers: { etag: editor.etag(scenario) } };
    },
  });
}

function clone(context: ServiceContext): Operation {
  return operation({
    id: 'cloneScenario',
    method: 'post',
    path: '/scenarios/{id}/clone',
    tag: TAG,
    summary: 'Insert a copy of a scenario after it',
    params: SCENARIO_ID,
    body: { schema: CLONE_SCENARIO, required: true },
    editable: true,
    success: { ...DETAIL, status: 201, description: 'The copy.' },
    problems: ['unknown-scenario', 'scenario-exists', 'scenario-not-editable', 'invalid-document'],
    handle: async ({ params, body, if_match, who }) => {
      await context.editor.clone(params.id, body, if_match);
      context.stateVersion++;
      context.log.say('INFO', 'scenario_cloned', `${who} copied scenario ${params.id} to ${body.id}`);
      return detailReply(context, body.id);
    },
  });
}
