/**
 * What events have in common, given to LZ4 as if it stood before each append, so that small
 * appends compress as well. Part of the folder's format: a changed byte makes every compressed
 * append unreadable.
 */
const COMMON_TEXT = [
  'TeamOpened{"teamId":"tm_01K","name":"","currency":"usd","mainAccountId":"acc_01K"}',
  'BalanceToppedUp{"topUpId":"top_01K","amount":1000000,"balanceAfter":1000000,"reference":""}',
  'SubAccountCreated{"accountId":"sub_01K","name":"","creditLimit":null,"externalId":""}',
  'ApiKeyIssued{"keyId":"key_01K","accountId":"sub_01K","name":"Default","secretHash":"',
  '","prefix":"tg_live_sub_","environment":"live","permissions":[""]}',
  'ChargeRefunded{"refundId":"ref_00000","chargeId":"chg_00000","accountId":"sub_01K","amount":',
  ',"refundedAfter":0,"balanceAfter":0,"totalSpentAfter":0,"reason":""}',
  '{"messageId":"msg_01K","accountId":"sub_01K","teamId":"tm_01K","providerMessageId":""}',
  'MessageSentMessageDeliveredMessageFailed","errorCode":"","errorMessage":""}',
  ',"content":{"text":""},"senderId":"","segments":1}}',
  '","correlation":"","causation":"","trace":"00-0000000000000000-00000000-01"}',
  'AccountCharged{"chargeId":"chg_00000","accountId":"sub_01K","amount":10000,"balanceAfter":',
  '0000,"totalSpentAfter":0000,"item":{"type":"custom","reference":"","description":""}}',
  '"item":{"type":"message","id":"msg_01K","to":"+1","channel":"sms","messageType":"text",',
  '"environment":"live","content":{"text":"',
  '{"at":17,"command":"01K","key":"key_01K","body":0,"retry":"","link":"',
  'message-msg_01Kteam-tm_01K',
].join('');

export const COMPRESSION_DICTIONARY: Buffer = Buffer.from(COMMON_TEXT);
