import { join } from 'node:path';
import { banner } from './banner';

const url = 'http://127.0.0.1:8080';

describe('the banner', () => {
  it('says where the system is and where its data lies', () => {
    const text = banner(url, join(process.cwd(), '.tollgate'), { value: 'secret', isNew: false });
    expect(text).toContain(`Tollgate is ready on ${url}`);
    expect(text).toMatch(/data folder +\.tollgate\n/);
  });

  it('shows the operator key when it was made just now, and never else', () => {
    const dataDir = join(process.cwd(), 'data');
    const shown = banner(url, dataDir, { value: 'tg_operator_1', isNew: true });
    expect(shown).toContain('tg_operator_1');
    expect(shown).toContain(join('data', 'operator-key'));
    expect(banner(url, dataDir, { value: 'tg_operator_1', isNew: false })).not.toContain('tg_op');
  });
});
