'use strict';

/** Programs of the machine, run to their end. */
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const OUTPUT_MAX = 16 * 1024 * 1024;

/** Resolves with what the program wrote. @throws Error with its output when it fails. */
function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const done = (error, stdout, stderr) => {
      if (!error) return resolve(`${stdout}${stderr}`);
      const output = `${stdout}${stderr}`.trim() || error.message;
      reject(new Error(`${file} ${args.join(' ')}\n${output}`, { cause: error }));
    };
    execFile(file, args, { maxBuffer: OUTPUT_MAX, encoding: 'utf8', ...options }, done);
  });
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Where a program is on PATH; undefined when it isn't there. */
function findOnPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

module.exports = { findOnPath, isProgram, run };
