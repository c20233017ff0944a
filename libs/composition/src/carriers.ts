import { HttpCarrier, parseReports, verifyReport } from '@tollgate/adapter-carrier-http';
import { SandboxCarrier } from '@tollgate/adapter-carrier-sandbox';
import { DeliveryReports, carrierByEnvironment, type ReportPorts } from '@tollgate/delivery';
import type { CarrierReports } from '@tollgate/gateway';
import type { MessagingSettings } from '@tollgate/platform';
import type { Carrier } from '@tollgate/ports';

export interface BoundCarrier {
  readonly carrier: Carrier;
  close(): Promise<void>;
}

/** The carrier that settings name, for messages of live keys; the sandbox for all others. */
export function carrierOf({ carrier: settings }: MessagingSettings): BoundCarrier {
  const sandbox = new SandboxCarrier();
  if (settings === undefined) return { carrier: sandbox, close: () => Promise.resolve() };
  const live = new HttpCarrier(settings);
  return {
    carrier: carrierByEnvironment({ live, test: sandbox }),
    close: () => live.close(),
  };
}

/** Undefined where no carrier is configured: nobody may report then. */
export function carrierReportsOf(
  { carrier }: MessagingSettings,
  ports: ReportPorts,
): CarrierReports | undefined {
  if (carrier === undefined) return undefined;
  const reports = new DeliveryReports(ports);
  return {
    verify: (rawBody, header) => verifyReport(rawBody, header, carrier.secret, ports.clock.now()),
    parse: parseReports,
    record: (report) => reports.record(report),
  };
}
