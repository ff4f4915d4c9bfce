#!/usr/bin/env node
import '../dist/lib/cli/aether.js';
