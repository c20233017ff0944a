export { channelAnswer, contact, contactChannel } from './contacts';
export { phoneAnswer } from './introspect';
export { attachments, message, messageAnswer } from './messages';
export { availableNumber, availableNumbers, numberAnswer, ownedNumber } from './phone-numbers';
export { secretAnswer, sender, senderWithSecret } from './senders';
