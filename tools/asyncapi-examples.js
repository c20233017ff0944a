'use strict';

const team = 'tm_01JZ8Q4T0M3V6X9RB2C5D8E1FG';
const account = 'sub_01JZ8Q5A7N4W1Y0SC3D6E9F2GH';
const id = '01JZ8Q6C8P5X2Z1TD4E7F0G3HJ';
/** Of revision 5: ids of charges end as their team's does. */
const charge = 'chg_0000000055D8E1FG';
const topic = 'invoicing.replies';

/** Amounts are micros: 250,000 are 25 cents. */
const chargeData = {
  accountId: account,
  amount: 250_000,
  item: { type: 'custom', reference: 'invoice 1' },
};
const chargeCommand = { version: 1, type: 'Charge', id, teamId: team, data: chargeData };

const charged = {
  type: 'AccountCharged',
  data: { chargeId: charge, ...chargeData, balanceAfter: 650_000, totalSpentAfter: 250_000 },
};

const refundCommand = {
  version: 1,
  type: 'Refund',
  id: '01JZ8QBG2T9B6D5XH8K1M4P7QS',
  teamId: team,
  data: { accountId: account, chargeId: charge, amount: 50_000, reason: 'two units too many' },
};

const replies = {
  accepted: {
    status: 'accepted',
    commandId: id,
    at: Date.UTC(2026, 0, 5, 9),
    streamRevision: 5,
    isRepeat: false,
    events: [charged],
  },
  refused: {
    status: 'refused',
    streamRevision: 7,
    rejection: { code: 'insufficient_balance', required: 250_000, available: 150_000 },
  },
  unknown: { status: 'unknown', commandId: id },
  invalid: { status: 'invalid', reason: 'at must be integer' },
};

/** Examples of billing as an AsyncAPI document has them, with the headers of this release. */
function from(contracts) {
  const asked = { [contracts.REPLY_TO]: topic, [contracts.CORRELATION_ID]: id };
  const why = {
    [contracts.DEAD_LETTER_REASON]: replies.invalid.reason,
    [contracts.DEAD_LETTER_SOURCE]: `${contracts.BILLING_COMMANDS}/7/1024`,
  };
  const kinds = {
    command: [
      { name: 'charge', headers: asked, payload: chargeCommand },
      { name: 'refund', summary: 'Nobody wants to hear of it.', payload: refundCommand },
    ],
    deadLetter: [
      {
        name: 'broken',
        headers: { ...asked, ...why },
        payload: { ...chargeCommand, at: 'now' },
      },
    ],
    reply: Object.entries(replies).map(([name, reply]) => ({
      name,
      headers: { [contracts.CORRELATION_ID]: id },
      payload: JSON.parse(contracts.encodeReply(reply)),
    })),
  };
  return (kind) => kinds[kind];
}

module.exports = { from };
