import { NAME_MAX, PERMISSIONS_MAX, PERMISSION_MAX } from '@tollgate/contracts';
import { ChoiceField, TextField } from '../http/fields';
import { TextListField } from '../http/list-fields';

export class IssueApiKeyDto {
  @TextField({ max: NAME_MAX, description: 'A name to know the key by.' })
  name!: string;

  @ChoiceField(['live', 'test'], { optional: true, description: 'Default live.' })
  environment?: 'live' | 'test';

  @TextListField({
    optional: true,
    itemsMax: PERMISSIONS_MAX,
    max: PERMISSION_MAX,
    description: 'Stored and shown; a key without permissions has full access.',
  })
  permissions?: string[];
}
