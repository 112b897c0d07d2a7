/** Of the proleptic Gregorian calendar, where the year 0 is 1 BC and others before it are negative. */
export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** From days since 1970-01-01, for any number of them: Date ends at the year 275760. */
export function civilDate(days: number): CivilDate {
  // Years that begin in March have their leap day last; 719,468 days lie between 0000-03-01 and 1970-01-01, 146,097 in 400 years.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}
