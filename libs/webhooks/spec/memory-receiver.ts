import type { WebhookAnswer, WebhookCall, WebhookClient } from '@tollgate/ports';

/** A webhook as a receiver reads it. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly timestamp: number;
  readonly senderId: string;
  readonly projectId: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly messageId: string };
}

/** All receivers there are, which outlive whoever calls them. */
export class MemoryReceiver implements WebhookClient {
  readonly calls: WebhookCall[] = [];
  /** Calls now, and the most there were at once. */
  current = 0;
  highest = 0;
  answer: (call: WebhookCall) => WebhookAnswer | Promise<WebhookAnswer> = () => taken;

  async post(call: WebhookCall): Promise<WebhookAnswer> {
    this.calls.push(call);
    this.current += 1;
    this.highest = Math.max(this.highest, this.current);
    try {
      return await this.answer(call);
    } finally {
      this.current -= 1;
    }
  }

  get told(): readonly Told[] {
    return this.calls.map(toldIn);
  }

  /** What came, in short: `msg_1 sent`. */
  get story(): readonly string[] {
    return this.told.map(({ type, data }) => `${data.messageId} ${type.split('.')[1]!}`);
  }
}

export const taken: WebhookAnswer = { isDelivered: true };
export const refused: WebhookAnswer = { isDelivered: false, reason: 'status 500' };

export function toldIn({ body }: WebhookCall): Told {
  return JSON.parse(body) as Told;
}
