const extensionMark = /(?:转|分机|ext\.?|extension|x|#)\s*[-:.]?\s*(\d{1,6})\s*$/i

/**
 * A phone number as it is dialled within China: digits, a `+` before other countries, `x` before an extension. Empty
 * where nobody could be called: fewer than seven digits, or one digit again and again.
 */
export function barePhone(text: string): string {
  const written = text.normalize('NFKC').trim()
  const marked = extensionMark.exec(written)
  const groups = withoutCountry(marked ? written.slice(0, marked.index) : written)
  const [digits, dashed] = marked ? [groups.join(''), marked[1]] : withoutDashedExtension(groups)
  if (digits.replace('+', '').length < 7 || /^\+?(\d)\1*$/.test(digits)) return ''
  return dashed === undefined ? digits : `${digits}x${dashed}`
}

/** Groups of digits; the first has a `+` where the number is of another country. */
function withoutCountry(text: string): readonly string[] {
  const groups = text.match(/\d+/g) ?? []
  const all = groups.join('')
  const isAbroad = text.startsWith('+') || all.startsWith('00')
  const bare = all.replace(/^00/, '')
  if (isAbroad && !bare.startsWith('86')) return [`+${bare}`]
  if (isAbroad || /^86(1\d{10}|0\d{9,11})/.test(bare)) return afterCountry(groups)
  return groups
}

/** Without the leading 86 or 0086; a landline has its 0 again. */
function afterCountry(groups: readonly string[]): readonly string[] {
  const [first = '', ...others] = groups
  const rest = first.replace(/^(00)?86/, '')
  const left = first === '00' ? afterCountry(others) : rest === '' ? others : [rest, ...others]
  const digits = left.join('')
  if (/^(1\d{10}|0)/.test(digits) || digits.length < 9) return left
  return [`0${left[0] ?? ''}`, ...left.slice(1)]
}

/** 0571-88881234-801: what comes behind a whole number, set off by a mark. */
function withoutDashedExtension(groups: readonly string[]): readonly [digits: string, extension?: string] {
  const last = groups.at(-1) ?? ''
  const before = groups.slice(0, -1).join('')
  if (!before.startsWith('+') && before.length >= 10 && last.length <= 6) return [before, last]
  return [groups.join('')]
}
