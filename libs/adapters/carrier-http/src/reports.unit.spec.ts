import fc from 'fast-check';
import { InvalidReports, parseReports } from './reports';

const delivered = { messageId: 'msg_1', providerMessageId: 'p-1', status: 'delivered' };
const failed = { ...delivered, status: 'failed', errorCode: 'off', errorMessage: 'It is off.' };

const parsed = (body: unknown): unknown => parseReports(JSON.stringify(body));

describe('the body of a report', () => {
  it('holds one', () => {
    expect(parsed(delivered)).toEqual([delivered]);
    expect(parseReports(Buffer.from(JSON.stringify(failed)))).toEqual([failed]);
  });

  it('holds up to 100', () => {
    expect(parsed(Array(100).fill(failed))).toHaveLength(100);
    expect(() => parsed(Array(101).fill(failed))).toThrow(InvalidReports);
    expect(() => parsed([])).toThrow(InvalidReports);
  });

  it('needs no reason for a failure, and none for what was delivered', () => {
    expect(parsed({ ...delivered, status: 'failed' })).toEqual([
      { ...delivered, status: 'failed' },
    ]);
    expect(parsed({ ...failed, status: 'delivered' })).toEqual([delivered]);
  });

  it('may say more than anyone asked for', () => {
    expect(parsed({ ...delivered, price: 7, at: 'noon' })).toEqual([delivered]);
  });

  it.each([
    [null],
    [7],
    ['report'],
    [{}],
    [[null]],
    [[delivered, {}]],
    [{ ...delivered, messageId: '' }],
    [{ ...delivered, messageId: 'm'.repeat(65) }],
    [{ ...delivered, messageId: 'msg/../1' }],
    [{ ...delivered, messageId: { toString: 'msg_1' } }],
    [{ ...delivered, providerMessageId: undefined }],
    [{ ...delivered, providerMessageId: 'p'.repeat(201) }],
    [{ ...delivered, status: 'sent' }],
    [{ ...delivered, status: ['delivered'] }],
  ])('is refused as a whole when it is %j', (body) => {
    expect(() => parsed(body)).toThrow(InvalidReports);
  });

  it('is a list of reports or refused, whatever it is', () => {
    const property = fc.property(fc.oneof(fc.json(), fc.string()), (body) => {
      try {
        expect(parseReports(body).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidReports);
      }
    });
    fc.assert(property);
  });

  it('says which report is wrong', () => {
    expect(() => parsed([delivered, { ...delivered, status: 'lost' }])).toThrow('report 1: status');
  });
});
