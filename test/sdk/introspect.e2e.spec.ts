import type Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { accountOn, strangerOn } from './support/accounts';
import { expectInvalid, expectRefused, unauthorized } from './support/refusals';
import { expectShape } from './support/shape';
import { phoneAnswer } from './support/shapes';

jest.setTimeout(120_000);

describe('phone numbers that the official client has looked at', () => {
  let system: System;
  let own: Zavudev;

  beforeAll(async () => {
    system = await System.start();
    ({ own } = await accountOn(system));
  });

  afterAll(() => system.end());

  it.each([
    ['+14155550100', '+14155550100', 'US', '(415) 555-0100'],
    ['+1 (415) 555-0100', '+14155550100', 'US', '(415) 555-0100'],
    ['+49 1512 3456789', '+4915123456789', 'DE', '01512 3456789'],
  ])('%s can be sent to', async (written, phoneNumber, countryCode, nationalFormat) => {
    const asked = own.introspect.validatePhone({ phoneNumber: written });
    const { data, response } = await asked.withResponse();
    expect(response.status).toBe(200);
    expect(expectShape(data, phoneAnswer)).toMatchObject({
      phoneNumber,
      countryCode,
      validNumber: true,
      nationalFormat,
      availableChannels: ['sms', 'sms_oneway', 'whatsapp', 'voice'],
    });
  });

  it.each([
    ['+4915123456789', 'mobile'],
    ['+442079460000', 'landline'],
    ['+18005550100', 'toll_free'],
  ])('%s is a number of its kind: %s', async (phoneNumber, lineType) => {
    expect((await own.introspect.validatePhone({ phoneNumber })).lineType).toBe(lineType);
  });

  it.each([
    ['+14155', ''],
    ['+569123456', 'CL'],
    ['+10', ''],
  ])('%s is no number of a plan', async (phoneNumber, countryCode) => {
    const answer = await own.introspect.validatePhone({ phoneNumber });
    expect(expectShape(answer, phoneAnswer)).toStrictEqual({
      phoneNumber,
      countryCode,
      validNumber: false,
    });
  });

  it('400 for what is no phone number at all, 401 for a key that nobody has', async () => {
    for (const phoneNumber of ['4155550100', 'nobody', '', 7]) {
      const body = { phoneNumber } as Zavudev.IntrospectValidatePhoneParams;
      await expectInvalid(own.introspect.validatePhone(body), 'phoneNumber');
    }
    const asked = strangerOn(system).introspect.validatePhone({ phoneNumber: '+14155550100' });
    await expectRefused(asked, unauthorized);
  });
});
