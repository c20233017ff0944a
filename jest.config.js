'use strict';

const { availableParallelism } = require('node:os');
const swcConfig = require('./tools/swc.config.js');

/** Packages published as ES modules only; SWC turns them into CommonJS for Jest. */
const esmPackages = [
  '@nestjs',
  'file-type',
  'load-esm',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
];

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  roots: ['libs', 'apps', 'test', 'tools'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  testEnvironment: '<rootDir>/libs/adapters/embedded/test/jest-environment.js',
  testSequencer: '<rootDir>/tools/test-sequencer.js',
  testTimeout: 30_000,
  // Most of the time goes to waiting for processes, so that two are never one too many.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // A worker that ran very many specs took up to ten times as long for one: it is replaced before.
  workerIdleMemoryLimit: '500MB',
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', swcConfig] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`, '<rootDir>/dist/'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  modulePathIgnorePatterns: ['dist', '.nx', '.tollgate', '.stack'].map(
    (name) => `<rootDir>/${name}`,
  ),
};
