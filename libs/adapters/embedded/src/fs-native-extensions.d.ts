declare module 'fs-native-extensions' {
  /**
   * Locks a whole file for this descriptor alone, until it is closed or its process ends.
   * False when another descriptor holds the lock.
   */
  export function tryLock(fd: number): boolean;
}
