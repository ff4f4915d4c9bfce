import t from 'tap';
import { checkBroken } from './broken.js';
import { PFNA_CASES } from './cases/pfna.js';

checkBroken(t, 'f.yaml', PFNA_CASES);
