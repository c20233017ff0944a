import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * The import rule is only worth something if it fires. Nx skips it without a word when there is no
 * cached project graph, so every forbidden import is planted here and must be reported.
 */
const root = path.resolve(__dirname, '..');

interface Probe {
  readonly name: string;
  readonly filePath: string;
  readonly text: string;
  readonly expected: readonly string[];
}

const boundary = '@nx/enforce-module-boundaries';
const domainFile = 'libs/domain/src/planted.ts';

function importing(specifier: string): string {
  return `import * as planted from '${specifier}';\nexport const used = planted;\n`;
}

function forbids(filePath: string, specifier: string, rule: string): Probe {
  return {
    name: `${filePath} must not import ${specifier}`,
    filePath,
    text: importing(specifier),
    expected: [rule],
  };
}

function permits(filePath: string, specifier: string): Probe {
  return {
    name: `${filePath} may import ${specifier}`,
    filePath,
    text: importing(specifier),
    expected: [],
  };
}

function impure(expression: string, rule: string): Probe {
  return {
    name: `the domain must not use ${expression}`,
    filePath: domainFile,
    text: `export const used = ${expression};\n`,
    expected: [rule],
  };
}

const probes: readonly Probe[] = [
  forbids(domainFile, '@nestjs/common', boundary),
  forbids(domainFile, 'rxjs', boundary),
  forbids(domainFile, '@tollgate/writer', boundary),
  forbids(domainFile, '@tollgate/testing', boundary),
  forbids(domainFile, 'node:fs', 'no-restricted-imports'),
  forbids(domainFile, 'node:fs/promises', 'no-restricted-imports'),
  forbids(domainFile, 'crypto', 'no-restricted-imports'),
  forbids('libs/writer/src/planted.ts', 'node:crypto', 'no-restricted-imports'),
  forbids('libs/delivery/src/planted.ts', 'node:timers', 'no-restricted-imports'),
  forbids('libs/writer/src/planted.ts', '@nestjs/common', boundary),
  forbids('libs/writer/src/planted.ts', '@tollgate/adapter-embedded', boundary),
  forbids('libs/ports/src/planted.ts', '@tollgate/contracts', boundary),
  forbids('libs/adapters/embedded/src/planted.ts', '@tollgate/writer', boundary),
  forbids('libs/adapters/embedded/src/planted.ts', '@tollgate/adapter-in-memory', boundary),
  forbids('libs/adapters/runtime/src/planted.ts', '@tollgate/adapter-in-memory', boundary),
  forbids('libs/platform/src/planted.ts', '@tollgate/writer', boundary),
  forbids('apps/billing/src/planted.ts', '@tollgate/adapter-embedded', boundary),
  forbids('apps/billing/src/planted.ts', '@tollgate/gateway', boundary),
  forbids('apps/standalone/src/planted.ts', '@tollgate/testing', boundary),
  impure('Date.now()', 'no-restricted-properties'),
  impure('Math.random()', 'no-restricted-properties'),
  impure('new Date()', 'no-restricted-syntax'),
  impure('process.pid', 'no-restricted-globals'),
  permits(domainFile, './kernel'),
  permits('libs/ports/src/planted.ts', '@tollgate/domain'),
  permits('libs/writer/src/planted.ts', '@tollgate/ports'),
  permits('libs/adapters/embedded/src/planted.ts', 'node:fs'),
  permits('libs/adapters/embedded/src/planted.ts', '@tollgate/adapter-runtime'),
  permits('apps/billing/src/planted.ts', '@nestjs/common'),
  permits('apps/billing/src/planted.ts', '@tollgate/writer'),
  permits('apps/standalone/src/planted.ts', '@tollgate/billing'),
  permits('apps/standalone/src/planted.ts', '@tollgate/adapter-embedded'),
  permits('libs/domain/src/planted.unit.spec.ts', '@tollgate/testing'),
  permits('libs/domain/src/planted.unit.spec.ts', 'fast-check'),
  permits('libs/writer/src/planted.unit.spec.ts', '@tollgate/adapter-in-memory'),
  permits('libs/writer/src/planted.unit.spec.ts', 'node:fs'),
  permits('test/e2e/planted.e2e.spec.ts', '@tollgate/writer'),
];

function runNode(script: string, args: readonly string[], input = ''): string {
  const result = spawnSync(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false' },
    input,
    encoding: 'utf8',
  });
  expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: '' });
  return result.stdout;
}

describe('the import rule', () => {
  let answers: readonly (readonly string[])[] = [];

  beforeAll(() => {
    runNode('node_modules/nx/dist/bin/nx.js', ['show', 'projects']);
    answers = JSON.parse(runNode('tools/lint-probes.js', [], JSON.stringify(probes)));
  }, 180_000);

  it.each(probes.map((probe, index) => ({ ...probe, index })))('$name', ({ index, expected }) => {
    expect(answers[index]).toEqual(expected);
  });
});
