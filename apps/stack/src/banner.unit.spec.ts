import { join } from 'node:path';
import { addressesOf } from './addresses';
import { backendsBanner, banner } from './banner';

const ports = {
  ...{ gateway: 8080, kafka: 9092, controller: 9093, redis: 6379, eventStore: 2113 },
  ...{ gatewayHealth: 9464, billingHealth: 9465, messagingHealth: 9466, projectionHealth: 9467 },
};
const place = { folder: join(process.cwd(), '.stack'), ports, addresses: addressesOf(ports) };
const key = { value: 'tg_operator_1', isNew: true };

describe('the banner of a stack', () => {
  it('says what runs where', () => {
    const text = banner({ ...place, notes: ['redis: elsewhere'], operatorKey: key });
    expect(text).toContain('Tollgate is ready on http://127.0.0.1:8080');
    expect(text).toMatch(/data folder +\.stack\n/);
    for (const port of Object.values({ ...ports, controller: 8080 })) {
      expect(text).toContain(String(port));
    }
    expect(text).toContain('redis: elsewhere');
  });

  it('shows the operator key when it was made just now, and never else', () => {
    expect(banner({ ...place, notes: [], operatorKey: key })).toContain('tg_operator_1');
    const known = { ...key, isNew: false };
    expect(banner({ ...place, notes: [], operatorKey: known })).not.toContain('tg_operator_1');
  });

  it('says how services elsewhere find the backends', () => {
    const text = backendsBanner({ ...place, notes: [] });
    expect(text).toContain('TOLLGATE_KAFKA_BROKERS=127.0.0.1:9092');
    expect(text).toContain('TOLLGATE_EVENTSTOREDB=esdb://127.0.0.1:2113?tls=false');
  });
});
