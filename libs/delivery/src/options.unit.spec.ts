import { compileOptions } from './options';

describe('the options', () => {
  it('have defaults', () => {
    expect(compileOptions({})).toMatchObject({
      consumer: 'messaging',
      messagesMax: 1_000,
      checkpointMs: 200,
      retryMs: 100,
      retryMsMax: 30_000,
      stopMs: 5_000,
    });
  });

  it.each([{ messagesMax: 0 }, { messagesMax: 1.5 }, { retryMs: -1 }, { stopMs: Number.NaN }])(
    'refuse %j',
    (options) => expect(() => compileOptions(options)).toThrow(RangeError),
  );
});
