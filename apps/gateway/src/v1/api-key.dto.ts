import { ChoiceField, TextField, TextListField } from '../http/fields';

export class IssueApiKeyDto {
  @TextField({ max: 200, description: 'A name to know the key by.' })
  name!: string;

  @ChoiceField(['live', 'test'], { optional: true, description: 'Default live.' })
  environment?: 'live' | 'test';

  @TextListField({
    optional: true,
    itemsMax: 50,
    max: 100,
    description: 'Stored and shown; a key without permissions has full access.',
  })
  permissions?: string[];
}
