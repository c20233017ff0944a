import { join, relative } from 'node:path';
import type { KeptSecret } from '@tollgate/platform';

/** What a first look at the terminal should answer: where it is, and what to try next. */
export function banner(url: string, dataDir: string, operatorKey: KeptSecret): string {
  const folder = relative(process.cwd(), dataDir) || dataDir;
  const lines = [`Tollgate is ready on ${url}`, `  data folder    ${folder}`];
  if (operatorKey.isNew) {
    lines.push(`  operator key   ${operatorKey.value}`);
    lines.push(`                 (shown this once; kept in ${join(folder, 'operator-key')})`);
  }
  lines.push(
    '',
    'Try next, in another terminal:',
    '  npx tollgate teams create "Acme" --opening-balance 50.00',
    '  npm run demo',
    `  open ${url}/docs`,
    '',
  );
  return `${lines.join('\n')}\n`;
}
