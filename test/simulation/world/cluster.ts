import type { TeamCommand } from '@tollgate/domain';
import type { Weather } from './conditions';
import { turns } from './turns';
import { WriterProcess, type Answer, type WriterSurroundings } from './writer-process';

const REPLACED_MAX = 4;

/**
 * Writer processes, one of which commands are meant for. The others were replaced and do not know
 * it: some commands still reach them, and they go on with what they have.
 */
export class Cluster {
  private readonly replaced: WriterProcess[] = [];
  private current: WriterProcess;
  private readonly weather: Weather;
  crashes = 0;
  failOvers = 0;

  constructor(private readonly surroundings: WriterSurroundings) {
    this.weather = surroundings.log.weather;
    this.current = new WriterProcess(surroundings);
  }

  submit(teamId: string, commands: readonly TeamCommand[]): Promise<Answer> {
    return this.draw().submit(teamId, commands);
  }

  /** So much time passes that no append is on its way any more. */
  endLate(): void {
    for (const process of [this.current, ...this.replaced]) process.endLate();
  }

  /** Crashes and fail-overs, until the weather is calm. */
  async trouble(): Promise<void> {
    const { random } = this.weather;
    while (!this.weather.isCalm) {
      const { crash, failOver } = this.weather.now;
      if (random.isLucky(crash)) this.crash();
      if (random.isLucky(failOver)) this.failOver();
      else if (random.isLucky(0.15)) await this.closeReplaced();
      await turns(random.integer(1, 12));
    }
  }

  /** Ends with one writer that nobody competes with. */
  async settle(): Promise<void> {
    await this.closeReplaced();
    this.current.kill();
    this.current = new WriterProcess(this.surroundings);
  }

  private draw(): WriterProcess {
    const { random } = this.weather;
    const isLost = this.replaced.length > 0 && random.isLucky(0.3);
    return isLost ? random.of(this.replaced) : this.current;
  }

  private crash(): void {
    this.crashes += 1;
    const victim = this.weather.random.of([this.current, ...this.replaced]);
    victim.kill();
    if (victim === this.current) this.current = new WriterProcess(this.surroundings);
    else this.forget(victim);
  }

  private failOver(): void {
    if (this.replaced.length === REPLACED_MAX) return;
    this.failOvers += 1;
    this.endLate();
    this.replaced.push(this.current);
    this.surroundings.log.isContested = true;
    this.current = new WriterProcess(this.surroundings);
  }

  private async closeReplaced(): Promise<void> {
    for (const process of [...this.replaced]) {
      await process.close();
      this.forget(process);
    }
  }

  private forget(process: WriterProcess): void {
    const place = this.replaced.indexOf(process);
    if (place >= 0) this.replaced.splice(place, 1);
    this.surroundings.log.isContested = this.replaced.length > 0;
  }
}
