/** Where an event stands. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

const GENERATION_MAX = 65_536;

/**
 * The ids of the latest events. It recognises a repeated append that expects no exact revision, as
 * far back as it goes; one that does is held against the stream itself.
 */
export class RecentIds {
  private young = new Map<string, EventPlace>();
  private old = new Map<string, EventPlace>();

  add(id: string, place: EventPlace): void {
    this.young.set(id, place);
    if (this.young.size < GENERATION_MAX) return;
    this.old = this.young;
    this.young = new Map();
  }

  find(id: string): EventPlace | undefined {
    return this.young.get(id) ?? this.old.get(id);
  }
}
