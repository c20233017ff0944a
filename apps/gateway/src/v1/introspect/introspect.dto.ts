import { Matches } from 'class-validator';
import { field } from '../../http/fields';

export class ValidatePhoneDto {
  @WrittenPhoneField()
  phoneNumber!: string;
}

/** A phone number as people write it, with the country code. */
function WrittenPhoneField(): PropertyDecorator {
  const written = /^\s*\+[\d\s().-]{1,48}$/;
  const rule = Matches(written, { message: 'must be a phone number that begins with +' });
  return field({ example: '+14155550123' }, { type: String, maxLength: 50 }, [rule]);
}
