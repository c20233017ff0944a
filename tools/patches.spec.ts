import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Patches {
  applyPatches(root: string): boolean;
  arePatchesApplied(root: string): boolean;
}

const { applyPatches, arePatchesApplied } = jest.requireActual<Patches>('./patches.js');

const workspace = join(__dirname, '..');
const patch = 'patches/kafkajs+2.2.4.patch';
const patched = 'node_modules/kafkajs/src/network/requestQueue/index.js';
const correction = 'Patched for Tollgate';

describe('the patches of dependencies', () => {
  let root: string;

  const read = (file: string): string => readFileSync(join(root, file), 'utf8');

  /** A workspace with the packages that matter here, installed before there were patches. */
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tollgate-patches-'));
    writeFileSync(join(root, 'package.json'), '{"name":"workspace"}');
    for (const file of [patch, patched, 'node_modules/kafkajs/package.json']) {
      cpSync(join(workspace, file), join(root, file));
    }
    const program = 'node_modules/patch-package';
    symlinkSync(join(workspace, program), join(root, program));
    spawnSync(process.execPath, [join(root, program, 'index.js'), '--reverse'], { cwd: root });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('are missed in an install that is older than they are', () => {
    expect(read(patched)).not.toContain(correction);
    expect(arePatchesApplied(root)).toBe(false);
  });

  it('are applied without another install', () => {
    expect(applyPatches(root)).toBe(true);
    expect(read(patched)).toContain(correction);
    expect(arePatchesApplied(root)).toBe(true);
  });

  it('are applied once, however often they are asked for', () => {
    applyPatches(root);
    const once = read(patched);
    expect(applyPatches(root)).toBe(true);
    expect(read(patched)).toBe(once);
  });

  it('need a fresh install when one of them has changed', () => {
    applyPatches(root);
    writeFileSync(join(root, patch), read(patch).replace('=== 0) return', '< 1) return'));
    expect(arePatchesApplied(root)).toBe(false);
    expect(applyPatches(root)).toBe(false);
  });
});
