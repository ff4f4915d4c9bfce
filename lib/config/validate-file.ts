import { basename } from 'node:path';
import type { DocumentFiles } from '../base/ports.js';
import type { Problem } from '../base/problem.js';
import { checkShape } from './check-shape.js';
import { detectKind } from './detect-kind.js';
import { DocumentLibrary, type DocumentPlaces } from './document-library.js';
import { checkGovernance } from './documents/governance.js';
import { DEFAULT_LIMITS, type DocumentLimits } from './limits.js';
import { assemble, resolveAll } from './manifest/load-manifests.js';
import { mergeProblems, problemAt, ProblemList } from './problem-list.js';
import { loadProjectFile } from './project-file/load-project-file.js';
import { PROJECT_FILE } from './project-file/project-settings.js';
import { DOCUMENT_KINDS, DOCUMENT_SCHEMAS, type DocumentKind } from './schemas/index.js';
import type { ParsedDocument } from './source/parsed-document.js';
import { tooLarge } from './source/read-document.js';

/** The kind of a file, and all problems of it and of the documents it refers to. */
export interface FileVerdict {
  /** Undefined if the keys do not identify a kind, or nothing could be read. */
  readonly kind: DocumentKind | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Validates a file of any document kind. RunConfigs, registries and manifests are followed: every document
 * that a cell of one of their scenarios uses is validated as well.
 */
export function validateFile(
  file: string,
  reader: DocumentFiles,
  limits: Partial<DocumentLimits> = {},
  places: DocumentPlaces = {},
): FileVerdict {
  if (basename(file) === PROJECT_FILE) return projectVerdict(file, reader);
  const library = new DocumentLibrary(reader, { ...DEFAULT_LIMITS, ...limits }, places);
  const at = { file, line: 0, column: 0, pointer: '' };
  const refused = library.checkFile(file, library.rootOf(file), () => at);
  if (refused) return { kind: undefined, problems: [refused] };
  const { document, problems } = library.read(file, 'large');
  if (!document) return { kind: undefined, problems };
  const kind = detectKind(document.value);
  // Refused in every use, so it is not checked further here either.
  if (kind !== undefined && !LARGE_KINDS.has(kind) && reader.size(file) > library.limits.small_bytes)
    return { kind, problems: [tooLarge(file, 'small', library.limits)] };
  switch (kind) {
    case undefined:
      return { kind, problems: mergeProblems([problems, [unknownKind(document)]]) };
    case 'TopologyProfile':
      return { kind, problems: mergeProblems([library.topology(file, []).problems]) };
    case 'Profile':
      return { kind, problems: mergeProblems([library.profile(file, []).problems]) };
    case 'PFNA':
      return { kind, problems: mergeProblems([library.pfna(file, []).problems]) };
    case 'SLP':
      return { kind, problems: mergeProblems([library.slp(file, []).problems]) };
    case 'AEON':
      return { kind, problems: mergeProblems([library.aeon(file).problems]) };
    case 'Governance':
      return { kind, problems: mergeProblems([problems, governanceProblems(document, library.limits)]) };
    case 'Project':
      return projectVerdict(file, reader);
    case 'RunConfig':
    case 'ScenarioRegistry':
    case 'BatchManifest': {
      const { registry, problems: own } = assemble([file], library);
      return { kind, problems: mergeProblems([own, resolveAll(registry)]) };
    }
  }
}

/** Kinds of documents with the size limit of a large document. */
const LARGE_KINDS: ReadonlySet<DocumentKind> = new Set(['TopologyProfile', 'PFNA', 'SLP']);

function projectVerdict(file: string, reader: DocumentFiles): FileVerdict {
  const loaded = loadProjectFile(file, reader);
  return { kind: 'Project', problems: loaded.ok ? [] : loaded.problems };
}

function governanceProblems(document: ParsedDocument, limits: DocumentLimits): Problem[] {
  const problems = new ProblemList(limits.problems);
  checkShape(DOCUMENT_SCHEMAS.Governance, document, problems);
  checkGovernance({ view: document, limits, problems }, []);
  return problems.finish();
}

function unknownKind(document: ParsedDocument): Problem {
  const message = 'the kind of the document cannot be derived from its keys';
  const expected = `the keys of one of ${DOCUMENT_KINDS.join(', ')}`;
  return problemAt(document.place([]), { code: 'unknown-kind', message, expected });
}
