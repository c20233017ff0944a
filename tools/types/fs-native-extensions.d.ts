/** The package ships no types. Declared here: advisory file locks, which is all we use. */
declare module 'fs-native-extensions' {
  export interface LockOptions {
    /** A read lock instead of a write lock. @default false */
    readonly shared?: boolean;
  }

  /** Takes a lock on the whole file; false when another file descriptor holds one. */
  export function tryLock(fd: number, options?: LockOptions): boolean;

  /** Resolves when the lock is granted. */
  export function waitForLock(fd: number, options?: LockOptions): Promise<void>;

  export function unlock(fd: number): void;
}
