import type { NumberCapabilities, NumberTerms } from '@tollgate/domain';
import { flag, micros, recordOf } from './schema-parts';

/** What is fixed when a number is bought, as fields of whatever tells of that. */
export const numberTerms: { readonly [Name in keyof NumberTerms]: object } = {
  capabilities: recordOf<NumberCapabilities>({ sms: flag, voice: flag, mms: flag }, [
    'sms',
    'voice',
    'mms',
  ]),
  monthlyPrice: micros,
  upfrontPrice: micros,
  isFree: flag,
};

export const numberTermNames = ['capabilities', 'monthlyPrice', 'upfrontPrice', 'isFree'] as const;
