import { Stage } from '../../../spec/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});

afterAll(() => stage.stop());

const validate = (body: object, status = 200): Promise<unknown> =>
  stage.got(status, 'POST', '/v1/introspect/phone', { body });

describe('a phone number', () => {
  it('is told apart from what is none, with the channels that are on the price list', async () => {
    expect(await validate({ phoneNumber: '+56912345678' })).toMatchObject({
      phoneNumber: '+56912345678',
      countryCode: 'CL',
      validNumber: true,
      lineType: 'unknown',
      availableChannels: ['sms', 'sms_oneway', 'whatsapp'],
    });
    expect(await validate({ phoneNumber: '+1555' })).toMatchObject({ validNumber: false });
  });

  it.each(['hello', '', '4155550123', '+', '+1a', `+${'1'.repeat(50)}`, 12, null, ['+1415']])(
    'begins with a plus sign: %s',
    async (phoneNumber) => {
      expect(await validate({ phoneNumber }, 400)).toMatchObject({
        code: 'invalid_request',
        details: { errors: [{ path: ['phoneNumber'] }] },
      });
    },
  );
});
