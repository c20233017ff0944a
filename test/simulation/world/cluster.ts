import type { TeamCommand } from '@tollgate/domain';
import type { Weather } from './conditions';
import { turns } from './turns';
import { WriterProcess, type Answer, type WriterSurroundings } from './writer-process';

const PROCESSES_MAX = 4;

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

  /** Crashes and fail-overs, until the weather is calm. */
  async trouble(): Promise<void> {
    const { random } = this.weather;
    while (!this.weather.isCalm) {
      const { crash, failOver } = this.weather.now;
      if (random.isLucky(crash)) this.crash();
      if (random.isLucky(failOver)) await this.failOver();
      await turns(random.integer(1, 12));
    }
  }

  /** Ends with one writer that nobody competes with. */
  async settle(): Promise<void> {
    for (const process of this.replaced.splice(0)) await process.close();
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
    const all = [this.current, ...this.replaced];
    const victim = this.weather.random.of(all);
    victim.kill();
    if (victim === this.current) this.current = new WriterProcess(this.surroundings);
    else this.replaced.splice(this.replaced.indexOf(victim), 1);
  }

  private async failOver(): Promise<void> {
    this.failOvers += 1;
    this.replaced.push(this.current);
    this.current = new WriterProcess(this.surroundings);
    if (this.replaced.length > PROCESSES_MAX) await this.replaced.shift()!.close();
  }
}
