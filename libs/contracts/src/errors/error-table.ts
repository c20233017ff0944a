import { errorCatalogue, type CatalogueEntry } from './catalogue';

/** The catalogue as a Markdown table, for the README. */
export function errorTable(): string {
  const entries = Object.entries<CatalogueEntry>(errorCatalogue);
  const rows = entries.map(([code, { status, meaning, details = [], isRetryable }]) => {
    const fields = details.map((name) => `\`${name}\``).join(', ');
    return `| ${status} | \`${code}\` | ${meaning} | ${fields} | ${isRetryable ? 'yes' : 'no'} |`;
  });
  return [
    '| status | code | meaning | details | retry as is |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
