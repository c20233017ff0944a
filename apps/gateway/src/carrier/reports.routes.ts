import { ApiError, invalidRequest } from '@tollgate/contracts';
import type { DeliveryReport, ReportOutcome } from '@tollgate/delivery';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CarrierReports } from '../options';

export const REPORTS_PATH = '/carrier/v1/reports';
const SIGNATURE_HEADER = 'x-tollgate-signature';

interface ReportResult {
  readonly messageId: string;
  readonly status: ReportOutcome;
}

/**
 * Where carriers tell what became of messages. A signature covers bytes, not what they mean: the
 * body is kept as it came, and nothing of it is read before the signature was checked.
 */
export function reportRoutes(server: FastifyInstance, reports: CarrierReports): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, bytes, done) => {
    done(null, bytes);
  });

  server.post(REPORTS_PATH, async (request): Promise<{ results: ReportResult[] }> => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!reports.verify(body, signatureOf(request))) throw unsigned();
    const told = parsed(body, reports);
    const outcomes = await recordAll(told, reports);
    const results = told.map(({ messageId }, place) => ({ messageId, status: outcomes[place]! }));
    return { results };
  });
}

function signatureOf({ headers }: FastifyRequest): string | undefined {
  return headers[SIGNATURE_HEADER] as string | undefined;
}

function unsigned(): ApiError {
  return new ApiError('unauthorized', 'Invalid or missing signature.');
}

/** @throws ApiError invalid_request */
function parsed(body: Buffer, reports: CarrierReports): readonly DeliveryReport[] {
  try {
    return reports.parse(body);
  } catch (fault) {
    if (!(fault instanceof Error) || fault.name !== 'InvalidReports') throw fault;
    throw invalidRequest([{ path: ['body'], message: fault.message }]);
  }
}

/** Reports of one message in their order, those of others beside them. */
function recordAll(
  told: readonly DeliveryReport[],
  reports: CarrierReports,
): Promise<ReportOutcome[]> {
  const latest = new Map<string, Promise<ReportOutcome>>();
  const recording = told.map(async (report) => {
    const before = latest.get(report.messageId);
    const recorded = Promise.resolve(before).then(() => reports.record(report));
    latest.set(report.messageId, recorded);
    return recorded;
  });
  return Promise.all(recording);
}
