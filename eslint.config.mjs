import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const libs = path.join(import.meta.dirname, 'libs');

function readTags(projectFile) {
  return JSON.parse(readFileSync(path.join(libs, projectFile), 'utf8')).tags ?? [];
}

/** Which layer may import which. Read: a layer on the left may import the layers on the right. */
const layers = {
  domain: [],
  ports: ['domain'],
  contracts: ['domain'],
  application: ['application', 'ports', 'contracts', 'domain'],
  runtime: ['ports', 'contracts', 'domain'],
  adapter: ['runtime', 'ports', 'contracts', 'domain'],
  platform: ['ports', 'contracts', 'domain'],
  service: ['platform', 'application', 'ports', 'contracts', 'domain'],
  /** Adapters bound to what settings say, the same in every program. */
  composition: [
    'service',
    'platform',
    'adapter',
    'runtime',
    'application',
    'ports',
    'contracts',
    'domain',
  ],
  app: [
    'composition',
    'service',
    'platform',
    'adapter',
    'runtime',
    'application',
    'ports',
    'contracts',
    'domain',
  ],
  testing: [
    'service',
    'platform',
    'adapter',
    'runtime',
    'application',
    'ports',
    'contracts',
    'domain',
  ],
  /** Programs for developers, such as the bench: they start the others as processes. */
  tool: ['testing', 'platform', 'adapter', 'runtime', 'application', 'contracts', 'domain'],
};
const coreLayers = ['domain', 'ports', 'contracts', 'application'];
const coreFiles = readdirSync(libs, { recursive: true })
  .filter((file) => path.basename(file) === 'project.json')
  .filter((file) => coreLayers.some((layer) => readTags(file).includes(`layer:${layer}`)))
  .map((file) => `libs/${path.dirname(file)}/src/**/*.ts`);
const frameworks = ['@nestjs/*', 'kafkajs', 'ioredis', '@eventstore/*', 'rxjs'];
const specFiles = ['**/*.spec.ts', '**/spec/**/*.ts'];

/** Specs may also use the test kit, and adapters that need nothing but the process. */
const specTags = [
  'layer:testing',
  ...['in-memory', 'sealing', 'number-sandbox', 'carrier-http'].map((name) => `adapter:${name}`),
];

/**
 * The layers have no cycles, but a spec may close one (domain spec -> testing -> domain), and the
 * project graph cannot tell a spec from the code beside it.
 */
const specCycles = [
  ...Object.keys(layers)
    .filter((layer) => layer !== 'testing')
    .map((layer) => ['testing', `tag:layer:${layer}`]),
  ...coreLayers.map((layer) => ['adapter-in-memory', `tag:layer:${layer}`]),
];

function moduleBoundaries(extraTags) {
  const constraints = Object.entries(layers).map(([layer, allowed]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: [...allowed.map((name) => `layer:${name}`), ...extraTags],
    ...(coreLayers.includes(layer) ? { bannedExternalImports: frameworks } : {}),
  }));
  const options = {
    allow: [],
    depConstraints: [...constraints, { sourceTag: 'layer:test', onlyDependOnLibsWithTags: ['*'] }],
    enforceBuildableLibDependency: false,
    ignoredCircularDependencies: specCycles,
  };
  return { '@nx/enforce-module-boundaries': ['error', options] };
}

const builtinNames = builtinModules.filter((name) => !name.startsWith('_')).join('|');
const noBuiltins = {
  regex: `^(node:|(${builtinNames})(/|$))`,
  message: 'The core does no I/O: ask for it through a port.',
};

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '**/.nx', '**/.tollgate', '**/coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A default may hand the rest of a union to a function that takes just that rest.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      ...moduleBoundaries([]),
    },
  },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs'],
    rules: {
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        clearInterval: false,
        console: false,
        module: true,
        process: false,
        require: false,
        setInterval: false,
        __dirname: false,
      },
    },
  },
  { files: ['**/*.mjs'], languageOptions: { sourceType: 'module' } },
  {
    // Nest reads these classes at run time, so a type-only import would erase what it looks for.
    files: ['apps/**/*.dto.ts', 'apps/**/*.controller.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: coreFiles,
    ignores: specFiles,
    rules: { 'no-restricted-imports': ['error', { patterns: [noBuiltins] }] },
  },
  {
    // No clock, no chance, no I/O: identifiers and the time come with the command.
    files: ['libs/domain/src/**/*.ts'],
    ignores: specFiles,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'performance', 'crypto', 'fetch'],
        ...['setTimeout', 'setInterval', 'setImmediate'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time comes with the command.' },
        { object: 'Math', property: 'random', message: 'Identifiers come with the command.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The time comes with the command.',
        },
        {
          selector: "CallExpression[callee.name='Date']",
          message: 'The time comes with the command.',
        },
      ],
    },
  },
  {
    files: specFiles,
    rules: { 'max-lines-per-function': 'off', ...moduleBoundaries(specTags) },
  },
  {
    // Suites that every adapter's specs run: one describe() per file, as long as its tests.
    files: ['libs/testing/src/**/*.contract.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  prettier,
);
