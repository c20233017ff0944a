'use strict';

/** Writes the generated parts of README.md: what stands between `<!-- name -->` and its end. */
const fs = require('node:fs');
const path = require('node:path');

const readme = path.resolve(__dirname, '..', 'README.md');

/** README text with the part `name` replaced. */
function withPart(text, name, content) {
  const part = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- end ${name} -->)`);
  if (!part.test(text)) throw new Error(`README.md has no part "${name}"`);
  return text.replace(part, (_, begin, end) => `${begin}\n${content}\n${end}`);
}

async function main() {
  await require('./build.js').build();
  const { errorTable } = require('../dist/libs/contracts/src');
  const text = fs.readFileSync(readme, 'utf8');
  fs.writeFileSync(readme, withPart(text, 'errors', errorTable()));
}

module.exports = { readme, withPart };

if (require.main === module) void main();
