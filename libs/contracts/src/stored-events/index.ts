export * from './chain-verifier';
export * from './codec';
export * from './hash-chain';
export * from './metadata';
export * from './streams';
export * from './upcasters';
