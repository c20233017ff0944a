import { Api, type Answer } from '../../e2e/support/api';

/** Sends each request to one of several gateways, as a load balancer without a memory does. */
export class BothGateways extends Api {
  constructor(
    private readonly gateways: readonly Api[],
    private readonly choose: () => number,
  ) {
    super('', gateways[0]!.key);
  }

  override as(key: string): BothGateways {
    return new BothGateways(
      this.gateways.map((gateway) => gateway.as(key)),
      this.choose,
    );
  }

  /** The same key at one gateway only. */
  at(place: number): Api {
    return this.gateways[place]!;
  }

  override get<Body>(path: string): Promise<Answer<Body>> {
    return this.any.get<Body>(path);
  }

  override post<Body>(...sent: Parameters<Api['post']>): Promise<Answer<Body>> {
    return this.any.post<Body>(...sent);
  }

  override patch<Body>(path: string, body: object): Promise<Answer<Body>> {
    return this.any.patch<Body>(path, body);
  }

  override delete<Body>(path: string): Promise<Answer<Body>> {
    return this.any.delete<Body>(path);
  }

  override close(): void {
    for (const gateway of this.gateways) gateway.close();
  }

  private get any(): Api {
    return this.gateways[Math.floor(this.choose() * this.gateways.length)]!;
  }
}
