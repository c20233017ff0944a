'use strict';

const team = 'tm_01JZ8Q4T0M3V6X9RB2C5D8E1FG';
const account = 'sub_01JZ8Q5A7N4W1Y0SC3D6E9F2GH';
const id = '01JZ8QCB0K5T7W9XA2C4E6G8JM';
const instance = 'gateway.1';
const correlationId = '1f0c9a34-7c1e-4b0e-9d55-0b7c2f6a8e11/7';

const channel = {
  channelId: 'chn_01JZ8QC4V6D1F8H3KMN5P7QRSA',
  channel: 'sms',
  fingerprint: 'rcp_3H8K0M5P7R9T2V4X6Z1B3D5F7H',
  isPrimary: true,
  verified: false,
  address: 'what only the key of the contact opens',
};
const contact = { contactId: 'con_01JZ8QC4V6D1F8H3KMN5P7QRS9', channels: [channel] };

const createContact = {
  version: 1,
  type: 'CreateContact',
  id,
  teamId: team,
  accountId: account,
  at: Date.UTC(2026, 0, 5, 9),
  data: contact,
};

const phoneNumber = '+14155550100';
const claimNumber = {
  version: 1,
  type: 'ClaimNumber',
  id: '01JZ8QD2N8R0T3V5X7Z9B1D4F6',
  teamId: team,
  data: {
    numberId: 'pn_01JZ8QD2N8R0T3V5X7Z9B1D4F6',
    phoneNumber,
    accountId: account,
    teamId: team,
    capabilities: { sms: true, voice: true, mms: false },
    monthlyPrice: 1_250_000,
    upfrontPrice: 0,
    isFree: false,
  },
};

const replies = {
  accepted: {
    status: 'accepted',
    commandId: id,
    at: createContact.at,
    streamRevision: 12,
    isRepeat: false,
    events: [{ type: 'ContactCreated', data: contact }],
  },
  refused: {
    status: 'refused',
    streamRevision: 12,
    rejection: { code: 'identifier_taken', channel: 'sms' },
  },
  taken: { status: 'refused', streamRevision: 0, rejection: { code: 'number_taken', phoneNumber } },
};

/** Examples of messaging as an AsyncAPI document has them, with the headers of this release. */
function from(contracts) {
  const asked = {
    [contracts.REPLY_TO]: contracts.replyTopic(instance),
    [contracts.CORRELATION_ID]: correlationId,
  };
  const why = {
    [contracts.DEAD_LETTER_REASON]: 'teamId must be string',
    [contracts.DEAD_LETTER_SOURCE]: `${contracts.MESSAGING_COMMANDS}/3/88`,
  };
  const kinds = {
    command: [
      { name: 'contact', headers: asked, payload: createContact },
      { name: 'claim', headers: asked, payload: claimNumber },
    ],
    deadLetter: [
      {
        name: 'broken',
        headers: { ...asked, ...why },
        payload: { ...createContact, teamId: null },
      },
    ],
    reply: Object.entries(replies).map(([name, reply]) => ({
      name,
      headers: { [contracts.CORRELATION_ID]: correlationId },
      payload: JSON.parse(contracts.encodeReply(reply)),
    })),
  };
  return (kind) => kinds[kind];
}

module.exports = { from };
