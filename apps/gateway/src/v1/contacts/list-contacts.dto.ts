import { NAME_MAX, RECIPIENT_MAX } from '@tollgate/contracts';
import { ValidateBy } from 'class-validator';
import { field, TextField } from '../../http/fields';
import { PageQuery } from '../../http/pagination';
import { EmptyIsAbsent, ListInQuery, PlusInQuery } from '../../http/query-fields';

export class ListContactsQuery extends PageQuery {
  @PlusInQuery()
  @TextField({ max: RECIPIENT_MAX, optional: true, description: 'Their primary phone, exactly.' })
  phoneNumber?: string;

  @EmptyIsAbsent()
  @TextField({
    max: NAME_MAX,
    optional: true,
    description: 'Words of names and addresses, or the end of a phone number; best first.',
  })
  search?: string;

  @ListInQuery()
  @TagsField()
  tag?: never;
}

/** Tags have no API, here or there: no contact has one, and an unknown tag is an error. */
function TagsField(): PropertyDecorator {
  const schema = { type: 'array' as const, items: { type: 'string' as const } };
  const rule = ValidateBy({
    name: 'isKnownTag',
    validator: { validate: () => false, defaultMessage: () => 'there is no such tag' },
  });
  return field({ optional: true, description: 'No tag is known.' }, schema, [rule]);
}
