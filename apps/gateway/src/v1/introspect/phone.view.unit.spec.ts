import { phoneView } from './phone.view';

const CHANNELS = ['sms', 'whatsapp'];

describe('what is told of a phone number', () => {
  it.each([
    ['+4915112345678', 'DE', 'mobile', '01511 2345678'],
    ['+442071230002', 'GB', 'landline', '020 7123 0002'],
    ['+18005550199', 'US', 'toll_free', '(800) 555-0199'],
    ['+14155552671', 'US', 'unknown', '(415) 555-2671'],
    // In no range that was given out, and the example of the mirrored API.
    ['+56912345678', 'CL', 'unknown', '912345678'],
  ])('is its country and its line: %s', (phoneNumber, countryCode, lineType, nationalFormat) => {
    expect(phoneView(phoneNumber, CHANNELS)).toEqual({
      phoneNumber,
      countryCode,
      validNumber: true,
      nationalFormat,
      lineType,
      availableChannels: CHANNELS,
    });
  });

  it.each([' +49 1511 2345678 ', '+49 (1511) 234-5678', '+49.1511.2345678'])(
    'does not depend on how it is written: %s',
    (written) => {
      expect(phoneView(written, CHANNELS)).toMatchObject({
        phoneNumber: '+4915112345678',
        validNumber: true,
      });
    },
  );

  it('is little for a number that nobody can have', () => {
    expect(phoneView('+1555', CHANNELS)).toEqual({
      phoneNumber: '+1555',
      countryCode: '',
      validNumber: false,
    });
    expect(phoneView('+12', CHANNELS)).toMatchObject({ countryCode: '', validNumber: false });
    expect(phoneView('+0', CHANNELS)).toMatchObject({ phoneNumber: '+0', validNumber: false });
  });
});
