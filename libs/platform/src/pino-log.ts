import type { Log } from '@tollgate/ports';
import pino from 'pino';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LEVELS)[number];

export function isLogLevel(text: string): text is LogLevel {
  return (LEVELS as readonly string[]).includes(text);
}

/** Fields that could hold a secret are never written, whoever logs them. */
const REDACTED = ['authorization', 'key', 'secret', 'apiKey', 'operatorKey', 'keySecret'].flatMap(
  (field) => [field, `*.${field}`, `*.*.${field}`],
);

/** Structured logs, one JSON object a line, on standard error. */
export function pinoLog(level: LogLevel): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '[redacted]' },
      serializers: { fault: pino.stdSerializers.err },
    },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}
