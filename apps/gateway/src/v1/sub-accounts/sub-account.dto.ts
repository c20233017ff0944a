import { METADATA_BYTES_MAX, NAME_MAX, REFERENCE_MAX } from '@tollgate/contracts';
import { CENTS_MAX, ChoiceField, IntegerField, JsonField, TextField } from '../../http/fields';

export class CreateSubAccountDto {
  @TextField({ max: NAME_MAX })
  name!: string;

  @TextField({
    max: REFERENCE_MAX,
    optional: true,
    description: 'Your reference; unique in the team.',
  })
  externalId?: string;

  @IntegerField({
    min: 0,
    max: CENTS_MAX,
    optional: true,
    nullable: true,
    description: 'Spending cap in cents; 0, null or none means no cap.',
  })
  creditLimit?: number | null;

  @JsonField({ bytesMax: METADATA_BYTES_MAX, optional: true })
  metadata?: Record<string, unknown>;
}

export class UpdateSubAccountDto {
  @TextField({ max: NAME_MAX, optional: true })
  name?: string;

  @TextField({ max: REFERENCE_MAX, optional: true })
  externalId?: string;

  @IntegerField({
    min: 0,
    max: CENTS_MAX,
    optional: true,
    nullable: true,
    description: 'Cents; 0 or null removes the cap.',
  })
  creditLimit?: number | null;

  @JsonField({ bytesMax: METADATA_BYTES_MAX, optional: true, description: 'Replaces the old.' })
  metadata?: Record<string, unknown>;

  @ChoiceField(['active', 'inactive'], { optional: true })
  status?: 'active' | 'inactive';
}
