import { NUMBER_NAME_MAX } from '@tollgate/contracts';
import { NUMBER_TYPES, type NumberType } from '@tollgate/ports';
import { Matches } from 'class-validator';
import {
  ChoiceField,
  CountryField,
  IntegerField,
  PhoneField,
  TextField,
  field,
} from '../../http/fields';
import { ChoiceListField } from '../../http/list-fields';
import { PageQuery } from '../../http/pagination';
import { EmptyIsAbsent, ListInQuery, NumberInQuery } from '../../http/query-fields';

const SENDER_ID_MAX = 300;
export const NUMBERS_FOUND = 10;
const NUMBERS_FOUND_MAX = 50;
const CAPABILITIES = ['sms', 'voice', 'mms'] as const;

export type Capability = (typeof CAPABILITIES)[number];

export class SearchNumbersQuery {
  @CountryField()
  countryCode!: string;

  @EmptyIsAbsent()
  @ChoiceField(NUMBER_TYPES, { optional: true, description: 'Default local.' })
  type?: NumberType;

  @ListInQuery()
  @ChoiceListField(CAPABILITIES, {
    optional: true,
    itemsMax: CAPABILITIES.length,
    description: 'Joined by commas; the number has each of them.',
  })
  capabilities?: Capability[];

  @EmptyIsAbsent()
  @DigitsField()
  contains?: string;

  @NumberInQuery()
  @IntegerField({ min: 1, max: NUMBERS_FOUND_MAX, optional: true, description: 'Default 10.' })
  limit?: number;
}

export class RequirementsQuery {
  @CountryField()
  countryCode!: string;

  @EmptyIsAbsent()
  @ChoiceField(NUMBER_TYPES, { optional: true })
  type?: NumberType;
}

export class PurchaseNumberDto {
  @PhoneField()
  phoneNumber!: string;

  @TextField({ max: NUMBER_NAME_MAX, optional: true })
  name?: string;
}

export class UpdateNumberDto {
  @TextField({
    max: NUMBER_NAME_MAX,
    optional: true,
    nullable: true,
    description: 'Null clears it.',
  })
  name?: string | null;

  @TextField({
    max: SENDER_ID_MAX,
    optional: true,
    nullable: true,
    description: 'Null takes it from its sender.',
  })
  senderId?: string | null;
}

export class ListNumbersQuery extends PageQuery {
  @EmptyIsAbsent()
  @ChoiceField(['active', 'suspended', 'pending'], { optional: true })
  status?: 'active' | 'suspended' | 'pending';
}

/** A part of a phone number. */
function DigitsField(): PropertyDecorator {
  const rule = Matches(/^\d{1,20}$/, { message: 'must be 1 to 20 digits' });
  return field({ optional: true, example: '555' }, { type: String, pattern: '^\\d{1,20}$' }, [
    rule,
  ]);
}
