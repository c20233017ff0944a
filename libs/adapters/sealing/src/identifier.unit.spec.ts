import { normalIdentifier } from './identifier';

describe('an identifier', () => {
  it.each([
    ['+14155550123', '+14155550123'],
    [' +1 (415) 555-0123\n', '+14155550123'],
    ['+44/20.7946 0958', '+442079460958'],
    ['Jane.Doe@Example.COM ', 'jane.doe@example.com'],
    ['+tag@Example.com', '+tag@example.com'],
    ['@JaneDoe', '@janedoe'],
    [' 14155550123 ', '14155550123'],
    ['US.13491208655302741918', 'US.13491208655302741918'],
    ['+12 is not a number', '+12 is not a number'],
    ['', ''],
  ])('%j reads %j', (identifier, normal) => {
    expect(normalIdentifier(identifier)).toBe(normal);
    expect(normalIdentifier(normal)).toBe(normal);
  });
});
