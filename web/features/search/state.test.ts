import { describe, expect, it } from 'vitest';

import { anything, apiQuery, changed, movedTo, parseSearch, queryOf, staysHref, wider } from './state';

const now = new Date('2027-03-10T10:00:00Z');
const parse = (address: string) => {
  const raw: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(address)) {
    const before = raw[name];
    raw[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return parseSearch(raw, now);
};

describe('parseSearch', () => {
  it('finds nothing to look for in an empty address', () => {
    expect(parse('')).toEqual({ search: { ...anything, ...undefinedOnes }, problem: null });
    expect(staysHref(parse('q=&check_in=&guests=').search)).toBe('/stays');
  });

  it('reads what it has written', () => {
    const address =
      '/stays?place=Lisbon&bbox=38.6,-9.3,38.8,-9&check_in=2027-05-14&check_out=2027-05-17&flexible_days=2&guests=3' +
      '&price_min=50&price_max=200&currency=EUR&property_type=apartment,loft&room_type=entire_place&amenities=pool,wifi' +
      '&bedrooms_min=2&beds_min=3&bathrooms_min=1&booking_mode=instant&sort=price_asc&cursor=abc';
    const { search, problem } = parse(address.split('?')[1] ?? '');
    expect(problem).toBeNull();
    expect(staysHref(search)).toBe(address);
  });

  it('takes lists as forms send them', () => {
    const { search } = parse('amenities=wifi&amenities=pool&amenities=wifi&property_type=castle,villa');
    expect(search.amenities).toEqual(['wifi', 'pool']);
    expect(search.propertyTypes).toEqual(['villa']);
  });

  it.each([
    ['check_in=2027-05-14', /both check-in and check-out/],
    ['check_in=2027-05-14&check_out=2027-05-14', /after check-in/],
    ['check_in=2027-02-30&check_out=2027-03-14', /not on the calendar/],
    ['check_in=2027-03-08&check_out=2027-03-14', /passed/],
    ['check_in=2027-03-12&check_out=2029-03-14', /499/],
  ])('says what is wrong with the dates of %s', (address, sentence) => {
    const { search, problem } = parse(address);
    expect(problem).toMatch(sentence);
    expect(search.checkIn).toBeUndefined();
    expect(search.checkOut).toBeUndefined();
  });

  it('lets a stay begin on the day that it still is in the west', () => {
    expect(parse('check_in=2027-03-09&check_out=2027-03-12').search.checkIn).toBe('2027-03-09');
  });

  it.each(['1,2,3', '40,1,30,2', '91,0,92,1', 'a,b,c,d', '1.1.1,2,3,4'])('leaves out the box %s', (bbox) => {
    const { search } = parse(`bbox=${bbox}&place=Somewhere&sort=distance`);
    expect(search.bbox).toBeUndefined();
    expect(search.place).toBeUndefined();
    expect(search.sort).toBe('relevance');
  });

  it('needs a currency for prices, and prices for a currency', () => {
    expect(parse('price_min=50').search.priceMin).toBeUndefined();
    expect(parse('currency=EUR').search.currency).toBeUndefined();
    expect(parse('sort=price_asc').search.sort).toBe('relevance');
    expect(parse('sort=price_asc&currency=EUR').search).toMatchObject({ sort: 'price_asc', currency: 'EUR' });
  });

  it('turns prices round that stand the wrong way', () => {
    expect(parse('price_min=200&price_max=50&currency=EUR').search).toMatchObject({
      priceMin: 50,
      priceMax: 200,
    });
  });

  it('takes no sort of which the API knows nothing', () => {
    expect(parse('sort=toString').search.sort).toBe('relevance');
  });
});

describe('apiQuery', () => {
  it('asks in minor units', () => {
    const { search } = parse('price_min=50&price_max=200&currency=EUR');
    expect(apiQuery(search)).toMatchObject({ price_min: 5000, price_max: 20_000 });
    expect(apiQuery(parse('price_min=5000&currency=JPY').search)).toMatchObject({ price_min: 5000 });
  });

  it('sorts by the distance from the middle, over the antimeridian too', () => {
    expect(apiQuery(parse('bbox=-20,170,-10,-170&sort=distance').search)).toMatchObject({
      lat: -15,
      lng: 180,
    });
  });
});

describe('changed', () => {
  it('starts at the first page', () => {
    expect(changed({ ...anything, cursor: 'x' }, { guests: 2 }).cursor).toBeUndefined();
  });

  it('gives up flexible days with the dates, and the currency with the prices', () => {
    const { search } = parse(
      'check_in=2027-05-14&check_out=2027-05-17&flexible_days=2&price_min=50&currency=EUR',
    );
    const next = changed(search, { checkIn: undefined, priceMin: undefined });
    expect(queryOf(next)).toEqual(queryOf(anything));
  });
});

describe('movedTo', () => {
  it('gives up the place and its text', () => {
    const { search } = parse('q=Lisbon&place=Lisbon&bbox=38.6,-9.3,38.8,-9');
    expect(staysHref(movedTo(search, [-9.12345678, 38, -9, 39]))).toBe('/stays?bbox=38,-9.1235,39,-9');
  });

  it('keeps a text of its own', () => {
    expect(movedTo({ ...anything, q: 'sauna' }, [1, 2, 3, 4]).q).toBe('sauna');
  });
});

describe('wider', () => {
  it('keeps the middle', () => expect(wider('10,20,12,24', 2)).toBe('9,18,13,26'));
  it('crosses the antimeridian', () => expect(wider('-20,178,-16,-178', 2)).toBe('-22,176,-14,-176'));
  it('ends with the whole world', () => expect(wider('-40,-170,40,170', 3)).toBe('-85,-180,85,180'));
});

const undefinedOnes = {
  q: undefined,
  place: undefined,
  bbox: undefined,
  checkIn: undefined,
  checkOut: undefined,
  guests: undefined,
  currency: undefined,
  bedrooms: undefined,
  beds: undefined,
  bathrooms: undefined,
  cursor: undefined,
};
