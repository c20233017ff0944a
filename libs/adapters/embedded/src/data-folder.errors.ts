/** Another process works on the folder. */
export class DataFolderLocked extends Error {
  override readonly name = 'DataFolderLocked';

  constructor(
    readonly path: string,
    /** As the holder wrote it; empty when it has not yet. */
    readonly pid: string,
  ) {
    super(`data folder ${path} is in use by process ${pid || '(unknown)'}`);
  }
}

/** The folder was written by a later version, whose format this one does not know. */
export class DataFolderTooNew extends Error {
  override readonly name = 'DataFolderTooNew';

  constructor(path: string, found: number, known: number) {
    super(`data folder ${path} has format ${found}; this version reads up to ${known}: update it`);
  }
}

/** The folder's files are not what was written. Nothing in it was changed. */
export class DataFolderDamaged extends Error {
  override readonly name = 'DataFolderDamaged';

  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`data folder ${path} is damaged: ${problem}`);
  }
}

/** There is no data folder to read. */
export class DataFolderMissing extends Error {
  override readonly name = 'DataFolderMissing';

  constructor(path: string) {
    super(`${path} is not a data folder`);
  }
}
