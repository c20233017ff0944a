import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keySecretIn, operatorKeyIn } from './secrets';

describe('a secret of the data folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-secrets-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([operatorKeyIn, keySecretIn])('is made once and then kept', (secretIn) => {
    const made = secretIn(folder);
    expect(made.isNew).toBe(true);
    expect(made.value.length).toBeGreaterThanOrEqual(48);
    expect(secretIn(folder)).toEqual({ value: made.value, isNew: false });
  });

  it('is another one in every folder', () => {
    const other = mkdtempSync(join(tmpdir(), 'tollgate-secrets-'));
    expect(keySecretIn(folder).value).not.toBe(keySecretIn(other).value);
    rmSync(other, { recursive: true });
  });

  it('is for its user alone, whatever lay there before', () => {
    writeFileSync(join(folder, 'operator-key.new'), 'half', { mode: 0o644 });
    operatorKeyIn(folder);
    keySecretIn(folder);
    expect(readdirSync(folder).sort()).toEqual(['key-secret', 'operator-key']);
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('that the user wrote may end in a line feed, but not be empty', () => {
    const file = join(folder, 'operator-key');
    writeFileSync(file, 'chosen-by-hand\n');
    expect(operatorKeyIn(folder)).toEqual({ value: 'chosen-by-hand', isNew: false });
    writeFileSync(file, '\n');
    expect(() => operatorKeyIn(folder)).toThrow(file);
  });
});
