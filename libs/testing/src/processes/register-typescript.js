'use strict';

/** Lets a process of Node load TypeScript sources, translated as in the build. */
const fs = require('node:fs');
const swc = require('@swc/core');
const options = require('../../../../tools/swc.config.js');

require.extensions['.ts'] = (module, filename) => {
  const source = fs.readFileSync(filename, 'utf8');
  const { code } = swc.transformSync(source, { ...options, filename, sourceMaps: 'inline' });
  module._compile(code, filename);
};
