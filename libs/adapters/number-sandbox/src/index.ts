export {
  DEFAULT_NUMBER_PRICES,
  SandboxNumbers,
  type NumberPrice,
  type NumberPrices,
} from './sandbox-numbers';
