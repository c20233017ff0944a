export { CommandedNumberOrders, type NumberOrdersPorts } from './number-orders';
export { NUMBERS_CONSUMER, NumberKeeper, type NumberKeeperPorts } from './number-keeper';
