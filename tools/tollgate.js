#!/usr/bin/env node
'use strict';

require('./run.js').main('cli', process.argv.slice(2));
