export { CachedVault, type CachedVaultOptions } from './cached-vault';
export { VaultSealing } from './vault-sealing';
