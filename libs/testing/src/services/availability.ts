import type { ServiceKind } from './service-kinds';
import type { Source } from './sources';

/** Looks for a source of the service. @throws Error that says why there is none. */
export type Find = (service: ServiceKind) => Source;

/**
 * The source that was found; without one, says loudly which suite is skipped and why.
 * @throws Error in CI, where no promise may go untested.
 */
export function findOrSayWhyNot(
  service: ServiceKind,
  find: Find,
  suite: string,
): Source | undefined {
  try {
    return find(service);
  } catch (error) {
    const lines = [`no ${service.name} for "${suite}": ${messageOf(error)}`, howToHave(service)];
    if (process.env.CI === 'true') throw new Error(lines.join('\n'), { cause: error });
    process.stderr.write(`\nSKIPPED, ${lines.join('\n')}\n\n`);
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function howToHave({ name, variable, image }: ServiceKind): string {
  return `To have ${name}: set ${variable}, or pull ${image}, or see libs/testing/README.md.`;
}
