import type { Api } from './api';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Asking {
  /** Who asks. */
  readonly apis: readonly Api[];
  /** What any placeholder in a path may stand for. */
  readonly names: readonly string[];
  /** Paths with a query, asked for as well. */
  readonly queries: readonly string[];
}

export interface Told {
  readonly path: string;
  /** The body, as JSON. */
  readonly text: string;
}

/** The answers to everybody about all that can be read over HTTP. */
export async function everyAnswer({ apis, names, queries }: Asking): Promise<readonly Told[]> {
  const paths = await readablePaths(apis[0]!);
  const asked = [...paths.flatMap((path) => filled(path, names)), ...queries];
  const told: Told[] = [];
  for (const api of apis) {
    const answers = asked.map(async (path) => {
      return { path, text: JSON.stringify((await api.get(path)).body) };
    });
    told.push(...(await Promise.all(answers)));
  }
  return told;
}

async function readablePaths(api: Api): Promise<string[]> {
  const { paths } = await api.expect(200, api.get<OpenApi>('/docs-json'));
  return Object.keys(paths).filter((path) => 'get' in paths[path]!);
}

function filled(path: string, names: readonly string[]): string[] {
  const place = /\{\w+\}/.exec(path)?.[0];
  if (place === undefined) return [path];
  return names.flatMap((name) => filled(path.replace(place, encodeURIComponent(name)), names));
}
