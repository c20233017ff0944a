export {
  RECIPIENTS_CONSUMER,
  RecipientKeeper,
  type RecipientKeeperPorts,
} from './recipient-keeper';
