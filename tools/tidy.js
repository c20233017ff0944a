'use strict';

/** House rules that no other tool checks. Prints every fault as `path:line rule`; plain Node. */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const lineLengthMax = 100;
const fileLinesMax = 250;

/** Spelled in two halves, so that this file passes its own check. */
const openTask = new RegExp(`\\b(${'TO'}DO|${'FIX'}ME)\\b(?!.*#\\d)`);
const partialRun = /\b(describe|it|test)(\.\w+)*\.(only|skip)\b|\b(fit|fdescribe|xit|xdescribe)\(/;
const comment = /^\s*(\/\/|\/?\*)/;

/** A line rule has a name, the files it reads, and the fault it looks for in one line. */
const lineRules = [
  {
    name: `line-over-${lineLengthMax}-columns`,
    reads: /\.ts$/,
    isFault: (line) => [...line].length > lineLengthMax,
  },
  {
    name: 'open-task-without-issue-number',
    reads: /\.(ts|js|mjs)$/,
    isFault: (line) => openTask.test(line),
  },
  {
    name: 'only-or-skip-in-spec',
    reads: /\.spec\.ts$/,
    isFault: (line) => partialRun.test(line),
  },
  {
    name: 'registry-address-in-lockfile',
    reads: /(^|\/)package-lock\.json$/,
    isFault: (line) => line.includes('"resolved": "http'),
  },
];

function listFiles() {
  const args = ['ls-files', '-co', '--exclude-standard', '-z'];
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 });
  return output.split('\0').filter((file) => file && fs.existsSync(path.join(root, file)));
}

function lineFaults(file, lines) {
  const rules = lineRules.filter((rule) => rule.reads.test(file));
  return rules.flatMap((rule) =>
    lines.flatMap((line, index) =>
      rule.isFault(line) ? [`${file}:${index + 1} ${rule.name}`] : [],
    ),
  );
}

function sizeFaults(file, lines) {
  if (!/\.(ts|js|mjs)$/.test(file)) return [];
  const codeLines = lines.filter((line) => line.trim() !== '' && !comment.test(line)).length;
  return codeLines > fileLinesMax ? [`${file}:1 file-over-${fileLinesMax}-lines`] : [];
}

function titleFaults(file, lines) {
  if (!file.endsWith('.md')) return [];
  let isFenced = false;
  const titles = lines.filter((line) => {
    if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
    return !isFenced && line.startsWith('# ');
  });
  return titles.length === 1 ? [] : [`${file}:1 not-exactly-one-title`];
}

function readmeFaults(files) {
  const known = new Set(files);
  const libs = files.filter((file) => /^libs\/.*project\.json$/.test(file)).map(path.posix.dirname);
  return libs
    .filter((lib) => !known.has(`${lib}/README.md`))
    .map((lib) => `${lib}/project.json:1 lib-without-readme`);
}

const isText = (file) => /\.(ts|js|mjs|md|json)$/.test(file);

function fileFaults(file) {
  const lines = fs.readFileSync(path.join(root, file), 'utf8').split('\n');
  return [...lineFaults(file, lines), ...sizeFaults(file, lines), ...titleFaults(file, lines)];
}

const files = listFiles();
const faults = [...files.filter(isText).flatMap(fileFaults), ...readmeFaults(files)];
faults.forEach((fault) => console.error(fault));
console.log(`tidy: ${files.length} files, ${faults.length} fault(s)`);
process.exitCode = faults.length === 0 ? 0 : 1;
