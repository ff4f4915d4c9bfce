import t from 'tap';
import { checkBroken } from './broken.js';
import { APXI_CASES } from './cases/apxi.js';

checkBroken(t, 'v.yaml', APXI_CASES);
