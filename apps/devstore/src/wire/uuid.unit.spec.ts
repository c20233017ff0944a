import { fromStructured, normalUuid, toStructured } from './uuid';

describe('UUIDs', () => {
  it.each([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    '01234567-89ab-cdef-0123-456789abcdef',
  ])('given %s, then two numbers stand for it', (uuid) => {
    expect(fromStructured(toStructured(uuid))).toBe(uuid);
  });

  it('given a text, then it is one in lower case, or none', () => {
    const id = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';

    expect(normalUuid(id.toUpperCase())).toBe(id);
    expect(normalUuid('team-1')).toBeUndefined();
    expect(normalUuid(`${id}0`)).toBeUndefined();
  });
});
