import type { NumberCommand, NumberOrder } from '@tollgate/domain';
import * as limits from '../../limits';
import { numberTermNames, numberTerms } from '../number-terms.schemas';
import * as part from '../schema-parts';

/** The data of each type of command about who may have a phone number. */
export const numberData: Readonly<Record<NumberCommand['type'], object>> = {
  ClaimNumber: part.recordOf<NumberOrder>(
    {
      numberId: part.ownId,
      phoneNumber: part.phoneNumber,
      accountId: part.ownId,
      teamId: part.ownId,
      keyId: part.text(64),
      name: part.label(limits.NUMBER_NAME_MAX),
      ...numberTerms,
    },
    ['numberId', 'phoneNumber', 'accountId', 'teamId', ...numberTermNames],
  ),
  ReleaseNumberClaim: part.record({ phoneNumber: part.phoneNumber, numberId: part.ownId }, [
    'phoneNumber',
    'numberId',
  ]),
};
