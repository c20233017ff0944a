import { placesIn, relisted, type ListedParts } from '@tollgate/adapter-runtime';
import type { Place, ReadModelWrite, Row } from '@tollgate/ports';
import { placeText } from './place-keys';

/** Reads what is as it was before some changes. */
export interface StoredReadModels {
  row(key: string): Row | undefined;
  /** Where the parts of a row are listed. */
  parts(key: string): ListedParts | undefined;
  /** Key of the row that is listed at a place. */
  keyAt(place: string): string | undefined;
}

/**
 * What many writes come to: one value per row and per place, however often they were written, so
 * that two thousand charges of one account cost one write of its totals. Undefined is what is not
 * there any more.
 */
export class ReadModelChanges {
  readonly rows = new Map<string, Row | undefined>();
  readonly parts = new Map<string, ListedParts | undefined>();
  /** Keys of rows by place, see `placeText`. */
  readonly places = new Map<string, string | undefined>();

  constructor(private readonly stored: StoredReadModels) {}

  add(write: ReadModelWrite): void {
    switch (write.kind) {
      case 'put':
        this.rows.set(write.key, write.row);
        return;
      case 'merge':
        this.rows.set(write.key, { ...this.row(write.key), ...write.fields });
        return;
      case 'list':
        this.places.set(placeText(write), write.key);
        return;
      case 'relist':
        return this.relist(write);
      case 'remove':
        return this.remove(write.key);
    }
  }

  private relist({ key, part, places }: Extract<ReadModelWrite, { kind: 'relist' }>): void {
    const { parts, left } = relisted(this.partsOf(key), part, places);
    this.parts.set(key, parts);
    this.unlist(key, left);
    for (const place of places) this.places.set(placeText(place), key);
  }

  private remove(key: string): void {
    this.unlist(key, placesIn(this.partsOf(key)));
    this.parts.set(key, undefined);
    this.rows.set(key, undefined);
  }

  /** Another row may be listed by now where this one was. */
  private unlist(key: string, places: readonly Place[]): void {
    for (const place of places) {
      const text = placeText(place);
      if (this.keyAt(text) === key) this.places.set(text, undefined);
    }
  }

  private row(key: string): Row | undefined {
    return this.rows.has(key) ? this.rows.get(key) : this.stored.row(key);
  }

  private partsOf(key: string): ListedParts | undefined {
    return this.parts.has(key) ? this.parts.get(key) : this.stored.parts(key);
  }

  private keyAt(place: string): string | undefined {
    return this.places.has(place) ? this.places.get(place) : this.stored.keyAt(place);
  }
}
