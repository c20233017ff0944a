import { readFileSync } from 'node:fs';
import { errorTable } from '@tollgate/contracts';

interface ReadmeTool {
  readonly readme: string;
  withPart(text: string, name: string, content: string): string;
}

describe('the README', () => {
  it('shows the error table as the catalogue has it', () => {
    const { readme, withPart } = jest.requireActual<ReadmeTool>('../../tools/readme.js');
    const text = readFileSync(readme, 'utf8');
    expect(text).toBe(withPart(text, 'errors', errorTable()));
  });
});
