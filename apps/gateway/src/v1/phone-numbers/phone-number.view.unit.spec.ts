import { availableNumberView, ownedNumberView } from './phone-number.view';

const AT = Date.UTC(2026, 0, 31);
const terms = {
  capabilities: { sms: true, voice: false, mms: true },
  monthlyPrice: 630_000,
  upfrontPrice: 1_250_000,
  isFree: false,
};

describe('a number that can be had', () => {
  it('has its prices in dollars', () => {
    const number = { ...terms, phoneNumber: '+14155550100', countryCode: 'US', locality: 'Here' };
    expect(availableNumberView(number)).toEqual({
      phoneNumber: '+14155550100',
      capabilities: { sms: true, voice: false, mms: true },
      pricing: { monthlyPrice: 0.63, upfrontPrice: 1.25, isFreeEligible: false },
      locality: 'Here',
    });
  });
});

describe('a number that an account owns', () => {
  const row = {
    ...terms,
    id: 'pn_1',
    phoneNumber: '+14155550100',
    name: null,
    senderId: null,
    status: 'active' as const,
    paidUntil: AT,
    createdAt: AT,
    updatedAt: AT,
  };

  it('has its prices in dollars and in cents, and its capabilities as a list', () => {
    const iso = '2026-01-31T00:00:00.000Z';
    expect(ownedNumberView(row)).toEqual({
      id: 'pn_1',
      phoneNumber: '+14155550100',
      capabilities: ['sms', 'mms'],
      status: 'active',
      pricing: { monthlyPrice: 0.63, monthlyCost: 63, upfrontCost: 125, isFreeNumber: false },
      nextRenewalDate: iso,
      createdAt: iso,
      updatedAt: iso,
    });
  });

  it('shows a name, a sender and a renewal where there are some', () => {
    expect(ownedNumberView({ ...row, name: 'Support', senderId: 'snd_1' })).toMatchObject({
      name: 'Support',
      senderId: 'snd_1',
    });
    expect(ownedNumberView({ ...row, paidUntil: null })).not.toHaveProperty('nextRenewalDate');
    expect(ownedNumberView({ ...row, status: 'suspended' })).toMatchObject({
      status: 'suspended',
    });
  });
});
