'use strict';

/**
 * Joins what was compiled into one file per program: `dist/programs/<app>.js`. A program is ready in
 * two thirds of the time, since most of it goes into looking for 1,500 files.
 */
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const dist = path.join(root, 'dist');
const folder = path.join(dist, 'programs');

const programs = ['cli', 'demo', 'devstore', 'distributed', 'stack', 'standalone'];

/** Read at run time from beside the code, by path: whoever runs Tollgate may name others. */
const besideTheCode = ['apps/gateway/src/price-list.json'];

/**
 * Hundreds of files that nobody else loads. All other packages stay where they are: some are native,
 * and some keep a registry that must be there once.
 */
const joined = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/mapped-types',
  '@nestjs/microservices',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
];

/** What it says of its own place is said of the file that it is in now. */
const hereUrl = '__hereUrl';
const banner = `const ${hereUrl} = require('node:url').pathToFileURL(__filename).href;`;

function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const otherPackages = {
  name: 'other-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ kind, path: specifier }) => {
      if (kind === 'entry-point' || joined.includes(packageOf(specifier))) return undefined;
      return { path: specifier, external: true };
    });
  },
};

const inFolder = (file) => path.join(folder, path.basename(file));

function areBundled() {
  const files = [...programs.map((app) => `${app}.js`), ...besideTheCode];
  return files.every((file) => fs.existsSync(inFolder(file)));
}

/** Answers the files, with what is to be in them. */
async function bundle() {
  const entries = programs.map((app) => [app, path.join(dist, 'apps', app, 'src', 'main.js')]);
  const { outputFiles } = await require('esbuild').build({
    entryPoints: Object.fromEntries(entries),
    outdir: folder,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Nest tells providers apart by their classes, and names them in what it logs.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    define: { 'import.meta.url': hereUrl },
    banner: { js: banner },
    plugins: [otherPackages],
  });
  const copies = besideTheCode.map((file) => ({
    path: inFolder(file),
    contents: fs.readFileSync(path.join(dist, file)),
  }));
  return [...outputFiles.map(({ path: file, contents }) => ({ path: file, contents })), ...copies];
}

module.exports = { areBundled, bundle, programs };
