/** The period within which an auto-number counts: the dates that its text names. */
export function periodOfNumbering(numbering: string, day: string): string {
  if (numbering.includes('{DD}')) return day
  if (numbering.includes('{MM}')) return day.slice(0, 7)
  return numbering.includes('{YYYY}') ? day.slice(0, 4) : ''
}

/** `HT-{YYYY}{MM}-{0000}` on 2026-03-05 with number 7 → `HT-202603-0007`; longer numbers are written whole. */
export function writeNumber(numbering: string, day: string, number: number): string {
  return numbering
    .replaceAll('{YYYY}', day.slice(0, 4))
    .replaceAll('{MM}', day.slice(5, 7))
    .replaceAll('{DD}', day.slice(8, 10))
    .replace(/\{(0+)\}/, (_whole, zeros: string) => String(number).padStart(zeros.length, '0'))
}

/** One run of zeros in braces, known dates, no other braces. */
export function isNumbering(text: string): boolean {
  const rest = text.replaceAll(/\{(YYYY|MM|DD)\}/g, '')
  return /^[^{}]{0,40}\{0{1,12}\}[^{}]{0,40}$/.test(rest)
}
