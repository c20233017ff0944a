import { setTimeout as delay } from 'node:timers/promises';
import { freePort, isFreePort } from '@tollgate/testing';

export interface WantedPort {
  /** The setting that names another. */
  readonly variable: string;
  /** 0 takes any free port. */
  readonly number: number;
  /** False when another will do. */
  readonly isFixed: boolean;
}

export interface SettledPorts<Name extends string> {
  readonly ports: Readonly<Record<Name, number>>;
  /** What had to go elsewhere: `kafka: port 9092 is taken, so it is on 40123`. */
  readonly notes: readonly string[];
}

/** What was killed a moment ago lets go of its ports within this time. */
const RELEASE_MS_MAX = 2_000;
const POLL_MS = 100;

/** Finds a port for everyone. @throws Error one that has to be free is taken. */
export async function settlePorts<Name extends string>(
  wanted: Readonly<Record<Name, WantedPort>>,
): Promise<SettledPorts<Name>> {
  const ports = {} as Record<Name, number>;
  const notes: string[] = [];
  const deadline = Date.now() + RELEASE_MS_MAX;
  for (const [name, want] of Object.entries<WantedPort>(wanted)) {
    const number = await settled(name, want, deadline);
    if (want.number !== 0 && number !== want.number) {
      notes.push(`${name}: port ${want.number} is taken, so it is on ${number}`);
    }
    ports[name as Name] = number;
  }
  return { ports, notes };
}

async function settled(name: string, want: WantedPort, deadline: number): Promise<number> {
  const { number, variable, isFixed } = want;
  if (number === 0) return freePort();
  while (!(await isFreePort(number))) {
    if (Date.now() < deadline) await delay(POLL_MS);
    else if (isFixed) throw new Error(`${name}: port ${number} is taken; set ${variable}`);
    else return freePort();
  }
  return number;
}
