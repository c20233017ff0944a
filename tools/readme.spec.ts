import { readFileSync } from 'node:fs';
import { errorTable } from '@tollgate/contracts';

const { readme, withPart } = require('./readme.js') as {
  readme: string;
  withPart: (text: string, name: string, content: string) => string;
};

describe('README', () => {
  it('shows the error table as the catalogue has it', () => {
    const text = readFileSync(readme, 'utf8');
    expect(text).toBe(withPart(text, 'errors', errorTable()));
  });
});
