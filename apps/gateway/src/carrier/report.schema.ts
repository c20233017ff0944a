/** One report, for the OpenAPI document; whoever checks signatures reads bodies as well. */
export const reportBody = {
  type: 'object',
  description: 'One report, or a list of up to 100.',
  required: ['messageId', 'providerMessageId', 'status'],
  properties: {
    messageId: { type: 'string', description: 'Id of the message at Tollgate.' },
    providerMessageId: { type: 'string', description: 'What the carrier called it.' },
    status: { type: 'string', enum: ['delivered', 'failed'] },
    errorCode: { type: 'string', description: 'Of a failed message.' },
    errorMessage: { type: 'string' },
  },
} as const;
