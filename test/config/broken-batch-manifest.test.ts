import t from 'tap';
import { checkBroken } from './broken.js';
import { BATCH_MANIFEST_CASES } from './cases/batch-manifest.js';

checkBroken(t, 'm.yaml', BATCH_MANIFEST_CASES);
