import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  rmdirSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As root, or where sudo needs no password, as on machines of CI. */
const PREFIXES: readonly (readonly string[])[] = [[], ['sudo', '-n']];

const FILLING = Buffer.alloc(1024 * 1024, 1);

/** A file system in memory of a fixed size. */
export class SmallDisk {
  private constructor(
    readonly path: string,
    private readonly prefix: readonly string[],
  ) {}

  /** Undefined, and said so, where nobody lets this test mount one. */
  static mount(bytes: number): SmallDisk | undefined {
    const path = mkdtempSync(join(tmpdir(), 'tollgate-disk-'));
    const owner = `uid=${process.getuid?.() ?? 0},gid=${process.getgid?.() ?? 0},mode=700`;
    for (const prefix of PREFIXES) {
      const command = ['mount', '-t', 'tmpfs', '-o', `size=${bytes},${owner}`, 'tmpfs', path];
      if (isDone([...prefix, ...command])) return new SmallDisk(path, prefix);
    }
    rmdirSync(path);
    process.stderr.write('NOT TESTED: no disk can be mounted here; run as root or with sudo\n');
    return undefined;
  }

  /** Takes all space that is left but for some. */
  fill(leftBytes: number): void {
    const file = openSync(this.filler, 'w');
    try {
      for (;;) writeSync(file, FILLING);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
      ftruncateSync(file, Math.max(0, fstatSync(file).size - leftBytes));
    } finally {
      closeSync(file);
    }
  }

  /** Gives back what {@link fill} took. */
  clear(): void {
    rmSync(this.filler);
  }

  forbidWriting(): void {
    this.remount('ro');
  }

  unmount(): void {
    isDone([...this.prefix, 'umount', this.path]);
    rmdirSync(this.path);
  }

  private get filler(): string {
    return join(this.path, 'filler');
  }

  private remount(option: string): void {
    if (isDone([...this.prefix, 'mount', '-o', `remount,${option}`, this.path])) return;
    throw new Error(`${this.path} could not be mounted again with ${option}`);
  }
}

function isDone([command, ...args]: readonly string[]): boolean {
  try {
    execFileSync(command!, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
