import { TERM_LENGTH_MAX, WORDS_MAX, termsOf, termsOfQuery } from './search-terms';

describe('the terms that a contact is found by', () => {
  it.each([
    ['Zoë Müller', ['=:zoe muller', 'w:zoe', 'w:muller']],
    ['ŁUKASZ Ørsted', ['=:lukasz orsted', 'w:lukasz', 'w:orsted']],
    ['Straße', ['=:strasse', 'w:strasse']],
    ['Ἀλέξανδρος ΠΑΠΠΆΣ', ['=:αλεξανδροσ παππασ', 'w:αλεξανδροσ', 'w:παππασ']],
    ['İlknur IŞIK', ['=:ilknur isik', 'w:ilknur', 'w:isik']],
    ["O'Brien-Smith, Ann", ["=:o'brien-smith, ann", 'w:o', 'w:brien', 'w:smith', 'w:ann']],
    ['ann ANN Ann', ['=:ann ann ann', 'w:ann']],
    ['山田 太郎', ['=:山田 太郎', 'w:山田', 'w:太郎']],
    ['Zoë\u0001 \n Lee', ['=:zoe lee', 'w:zoe', 'w:lee']],
    ['  ', []],
    ['!?', []],
    ['', []],
  ])('given the name %p, then all of it, and its words, folded', (name, terms) => {
    expect(termsOf(name)).toEqual(terms);
  });

  it.each(['+1 (415) 555-0100', '14155550100', '+14155550100'])(
    'given the phone number %p, then its digits in reverse',
    (number) => expect(termsOf(number)).toEqual(['p:00105555141']),
  );

  it('given an e-mail address, then it is a term as it is, and so are its words', () => {
    expect(termsOf('Ann.Lee@Mail.example.com')).toEqual([
      ...['w:ann.lee@mail.example.com', 'w:ann', 'w:lee', 'w:mail', 'w:example', 'w:com'],
    ]);
  });

  it('given an id on another channel, then its words, and the ends of numbers in it', () => {
    expect(termsOf('@Ann_Lee.007')).toEqual(['=:ann_lee.007', 'w:ann', 'w:lee', 'w:007', 'p:700']);
    expect(termsOf('123456789')).toEqual(['p:987654321']);
    expect(termsOf('12')).toEqual(['=:12', 'w:12']);
  });

  it('given a text without end, then so many words of such a length, and all of it', () => {
    const many = termsOf(Array.from({ length: 99 }, (_, n) => `word${n}`).join(' '));
    const [long] = termsOf('x'.repeat(200));

    expect([many.length, long!.length]).toEqual([WORDS_MAX + 1, TERM_LENGTH_MAX]);
    expect(termsOf('9'.repeat(200))[0]).toHaveLength(TERM_LENGTH_MAX);
  });

  it('given a character of two halves where a term ends, then it is left out whole', () => {
    const long = 'x'.repeat(61);

    expect(termsOf(`${long}𠮷𠮷`)).toEqual([`=:${long}`, `w:${long}`]);
  });
});

describe('what somebody looks for', () => {
  it.each([
    ['0100', 'p:0010'],
    ['555-01 00', 'p:0010555'],
    ['+1 (415) 555-0100', 'p:00105555141'],
  ])('given %p, then the end of a phone number', (search, prefix) => {
    expect(termsOfQuery(search)).toMatchObject({
      kind: 'phone',
      wholeTerm: prefix,
      prefixes: [prefix],
    });
  });

  it('given words, then each of them, and the longest is looked up first', () => {
    expect(termsOfQuery('  Zoë  MÜLLER, zoe ')).toEqual({
      kind: 'words',
      words: ['zoe', 'muller'],
      whole: 'zoe muller, zoe',
      wholeTerm: '=:zoe muller, zoe',
      prefixes: ['w:muller', 'w:zoe'],
    });
  });

  it('given an e-mail address or the beginning of one, then it stays in one piece', () => {
    expect(termsOfQuery('<Ann.Lee@exam> lee')).toMatchObject({
      words: ['ann.lee@exam', 'lee'],
      wholeTerm: '=:ann.lee@exam> lee',
      prefixes: ['w:ann.lee@exam', 'w:lee'],
    });
    expect(termsOfQuery('Ann@example.com').wholeTerm).toBe('w:ann@example.com');
    expect(termsOfQuery('@ann_lee')).toMatchObject({ words: ['ann', 'lee'] });
  });

  it('given too few digits, then they are a word', () => {
    expect(termsOfQuery('+1 2')).toMatchObject({ kind: 'words', words: ['1', '2'] });
  });

  it('given nothing that is a word, then there is nothing to look up', () => {
    for (const search of ['', '  ', '?!', '@']) {
      expect(termsOfQuery(search)).toMatchObject({ words: [], prefixes: [] });
    }
  });
});
