'use strict';

/**
 * Lints texts that are not on disk as if they were. Reads `[{ filePath, text }]` as JSON on stdin,
 * writes the rule ids each one broke as JSON on stdout. A process of its own, because ESLint loads
 * its configuration with import(), which Jest's sandbox cannot do on Node 20.
 */
const fs = require('node:fs');
const path = require('node:path');
const { ESLint } = require('eslint');
const tseslint = require('typescript-eslint');

const root = path.resolve(__dirname, '..');

/** A file that is not on disk belongs to no TypeScript program. */
const overrideConfig = [
  { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked },
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
];

async function main() {
  const eslint = new ESLint({ cwd: root, overrideConfig });
  const probes = JSON.parse(fs.readFileSync(0, 'utf8'));
  const answers = [];
  for (const { filePath, text } of probes) {
    const [result] = await eslint.lintText(text, { filePath: path.join(root, filePath) });
    answers.push(result.messages.map((message) => message.ruleId ?? message.message));
  }
  process.stdout.write(JSON.stringify(answers));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
