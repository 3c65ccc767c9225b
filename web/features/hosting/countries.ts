import { countryName } from '@/ui/stay/country';

// ISO 3166-1 alpha-2, the officially assigned ones; their names come from the runtime.
const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR ' +
  'CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ' +
  'ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ ' +
  'MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI ' +
  'SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

/** Every country with its name, in the order of names. */
export const countries = codes
  .split(' ')
  .map((code) => ({ code, name: countryName(code) }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

const moneyNames = new Intl.DisplayNames('en', { type: 'currency' });

/** Currencies that a price can be in, with their names; those of most hosts first. */
export const currencies =
  'EUR USD GBP CHF AED ARS AUD BGN BRL CAD CLP CNY COP CZK DKK EGP HKD HUF IDR ILS INR ISK JOD JPY KES KRW KWD MAD MXN MYR NOK NZD PEN PHP PLN QAR RON RSD SAR SEK SGD THB TND TRY TWD UAH UYU VND ZAR'
    .split(' ')
    .map((code) => ({ code, name: moneyNames.of(code) ?? code }));

type Named = { code: string; name: string };

/**
 * What a list of options may show: all of it once the page lives, until then what is chosen. Servers and browsers name and order
 * countries and currencies differently, and a page whose first HTML is not what its scripts expect loses what was typed into it.
 */
export function optionsOf(list: Named[], chosen: string, hydrated: boolean): Named[] {
  return hydrated ? list : list.filter(({ code }) => code === chosen);
}
